"""Tokens of partner systems: made by a centre's lead, shown once, rotated, revoked at once."""

import secrets
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from centres.leading import copied_by, past_leads
from centres.models import Centre, IntakeToken
from centres.vocabulary import TokenScope
from core import audit
from core.ids import new_id
from core.sealing import Key, derive, fingerprint
from core.work import Work

PREFIX = "harbour_"
LASTS = timedelta(days=365)
OVERLAP = timedelta(hours=24)
"""How long a token that was rotated still works."""
MOST_TOKENS = 20
ROTATED = (
    "This token was rotated already, and the new one was shown then, once. If nobody kept it, rotate the new one: "
    "it stands in the list under the same name."
)
_SECRET_BYTES = 32


class TokenRefused(ValueError):
    """Why a token cannot be made or changed, in words for whoever tried."""


@dataclass(frozen=True, slots=True, repr=False)
class NewToken:
    """A token just made, with its text: the only time that the text is there."""

    row: IntakeToken
    text: str


@dataclass(frozen=True, slots=True, repr=False)
class Partner:
    """A partner system that proved itself: its token's row, and a key that follows from the token's own text."""

    token: IntakeToken
    key: Key

    @property
    def centre(self) -> Centre:
        """The centre that it reports for."""
        return self.token.centre


def make_token(work: Work, centre: Centre, name: str, scopes: frozenset[TokenScope]) -> NewToken:
    """A token for a centre's system; TokenRefused for a name in use, or too many."""
    # One at a time: two presses must not make two tokens of one name.
    work.session.refresh(centre, with_for_update=True)
    working = [token for token in tokens_of(work, centre) if works(work, token)]
    if any(token.name == name and not token.replaced for token in working):
        raise TokenRefused("There is a working token of that name. Rotate that one, or choose another name.")
    return _make(work, centre, name, scopes, len(working))


def rotate_token(work: Work, token: IntakeToken) -> NewToken:
    """A new token in the place of one, which works for 24 hours more; TokenRefused for one that ended."""
    _hold(work, token)
    if token.replaced:
        raise TokenRefused(ROTATED)
    if not works(work, token):
        raise TokenRefused("This token does not work any more. Make a new one.")
    token.ends_at = min(token.ends_at, work.now + OVERLAP)
    token.replaced = True
    audit.record(work, "token rotated", token.id)
    working = sum(works(work, other) for other in tokens_of(work, token.centre))
    return _make(work, token.centre, token.name, token.scopes, working)


def revoke_token(work: Work, token: IntakeToken) -> None:
    """End a token now; harmless when it has ended."""
    _hold(work, token)
    if token.revoked_at is None:
        token.revoked_at = work.now
        audit.record(work, "token revoked", token.id)
        work.session.flush()


def tokens_of(work: Work, centre: Centre) -> list[IntakeToken]:
    """Every token of a centre, the newest first."""
    found = select(IntakeToken).where(IntakeToken.centre_id == centre.id)
    return list(work.session.scalars(found.order_by(IntakeToken.made_at.desc(), IntakeToken.id)))


def to_be_rotated(work: Work, centre: Centre) -> dict[str, list[str]]:
    """Token id → who led the centre when it was made and leads it no more, for every working token of that kind."""
    past = past_leads(work.session, centre.id)
    names = {token.id: copied_by(token, past) for token in tokens_of(work, centre) if works(work, token)}
    return {token_id: who for token_id, who in names.items() if who}


def token_of_centre(work: Work, centre: Centre, token_id: str) -> IntakeToken | None:
    """A centre's own token; None for any other."""
    token = work.session.get(IntakeToken, token_id)
    return token if token is not None and token.centre_id == centre.id else None


def works(work: Work, token: IntakeToken) -> bool:
    """Whether a token is neither revoked nor over."""
    return token.revoked_at is None and token.ends_at > work.now


def partner_of(work: Work, text: str) -> Partner | None:
    """Whose token this is; None for one that is unknown, revoked or over."""
    token = work.session.scalar(select(IntakeToken).where(IntakeToken.lookup == _lookup(work, text)))
    if token is None or not works(work, token):
        return None
    return Partner(token, derive(Key(b"partner token"), text))


def note_use(session: Session, token_id: str, today: date) -> None:
    """Keep the day on which a token was last used, and no finer time."""
    session.execute(update(IntakeToken).where(IntakeToken.id == token_id).values(used_on=today))


def _hold(work: Work, token: IntakeToken) -> None:
    """The token's row as it is now, held: two people must not change it in the same moment."""
    work.session.refresh(token, with_for_update={"of": IntakeToken})


def _make(work: Work, centre: Centre, name: str, scopes: frozenset[TokenScope], working: int) -> NewToken:
    if not scopes:
        raise TokenRefused("Choose what the token may do.")
    if working >= MOST_TOKENS:
        raise TokenRefused(f"A centre may have {MOST_TOKENS} working tokens. Revoke one first.")
    text = PREFIX + secrets.token_urlsafe(_SECRET_BYTES)
    row = IntakeToken(
        id=new_id(),
        centre_id=centre.id,
        centre=centre,
        lookup=_lookup(work, text),
        name=name,
        scopes=scopes,
        made_by=work.actor.id,
        made_at=work.now,
        ends_at=work.now + LASTS,
        replaced=False,
    )
    work.session.add(row)
    work.session.flush()
    audit.record(work, "token made", row.id, {"scopes": " ".join(sorted(scopes)), "centre": centre.id})
    return NewToken(row, text)


def _lookup(work: Work, text: str) -> str:
    return fingerprint(text.encode(), work.harbour.keyring.tokens)
