"""Tokens: kept as a keyed hash, rotated with a day's overlap, revoked at once, each centre's own."""

import pytest
from sqlalchemy import select

from accounts.services import SignedIn, enrol, found_team
from accounts.vocabulary import Role, TeamKind
from centres.models import Centre, IntakeToken
from centres.services import register_centre
from centres.staffing import change_role, end_colleague
from centres.tokens import (
    LASTS,
    MOST_TOKENS,
    OVERLAP,
    TokenRefused,
    make_token,
    partner_of,
    revoke_token,
    rotate_token,
    to_be_rotated,
    token_of_centre,
    tokens_of,
)
from centres.vocabulary import TokenScope
from core.audit import AuditEntry
from core.sealing import Secret
from core.work import SYSTEM, Work, begin_work, harbour
from tests.services.conftest import Watch

BOTH = frozenset(TokenScope)
LONG = Secret("a password of some length")


def new_centre(work: Work, name: str) -> Centre:
    team, _ = found_team(work, TeamKind.CENTRE, name)
    work.session.flush()
    centre = register_centre(work, team, "1 Demo Street", "SO14 7LY")
    work.session.commit()
    return centre


@pytest.fixture
def lead(work: Work) -> SignedIn:
    team, secret = found_team(work, TeamKind.CENTRE, "Demo Library")
    return SignedIn(enrol(work, team, secret, Role.CENTRE_LEAD, "Demo Lead", "lead@demo.invalid", LONG), secret)


@pytest.fixture
def centre(work: Work, lead: SignedIn) -> Centre:
    return register_centre(work, lead.person.team, "1 Demo Street", "SO14 7LY")


@pytest.fixture
def library(work: Work) -> Centre:
    return new_centre(work, "library")


def later(work: Work, watch: Watch, **span: float) -> Work:
    watch.on(**span)
    return begin_work(work.harbour, work.session, SYSTEM)


def test_its_text_is_kept_nowhere(work: Work, library: Centre) -> None:
    made = make_token(work, library, "case system", BOTH)
    work.session.commit()
    rows = [str(vars(row)) for model in (IntakeToken, AuditEntry) for row in work.session.scalars(select(model))]
    assert not any(made.text in row or made.text.removeprefix("harbour_") in row for row in rows)
    partner = partner_of(work, made.text)
    assert partner is not None
    assert partner.centre is library


def test_it_is_over_after_a_year(work: Work, library: Centre, watch: Watch) -> None:
    made = make_token(work, library, "case system", BOTH)
    assert partner_of(later(work, watch, seconds=LASTS.total_seconds() - 1), made.text) is not None
    assert partner_of(later(work, watch, seconds=1), made.text) is None


def test_rotated_the_old_one_works_a_day_more_and_no_longer(work: Work, library: Centre, watch: Watch) -> None:
    old = make_token(work, library, "case system", BOTH)
    new = rotate_token(work, old.row)
    assert (new.row.name, new.row.scopes) == (old.row.name, old.row.scopes)
    assert new.text != old.text
    with pytest.raises(TokenRefused):
        rotate_token(work, old.row)
    assert partner_of(later(work, watch, seconds=OVERLAP.total_seconds() - 1), old.text) is not None
    after = later(work, watch, seconds=1)
    assert partner_of(after, old.text) is None
    assert partner_of(after, new.text) is not None


def test_revoked_it_ends_at_once(work: Work, library: Centre) -> None:
    made = make_token(work, library, "case system", BOTH)
    revoke_token(work, made.row)
    revoke_token(work, made.row)
    assert partner_of(work, made.text) is None
    with pytest.raises(TokenRefused):
        rotate_token(work, made.row)
    deeds = [entry.action for entry in work.session.scalars(select(AuditEntry)) if entry.subject == made.row.id]
    assert sorted(deeds) == ["token made", "token revoked"]


def test_a_centre_has_its_own_alone_and_not_without_end(work: Work, library: Centre) -> None:
    mosque = new_centre(work, "mosque")
    made = make_token(work, library, "case system", BOTH)
    assert token_of_centre(work, library, made.row.id) is made.row
    assert token_of_centre(work, mosque, made.row.id) is None
    assert tokens_of(work, mosque) == []
    with pytest.raises(TokenRefused):
        make_token(work, library, "case system", BOTH)
    with pytest.raises(TokenRefused):
        make_token(work, library, "nothing", frozenset())
    for number in range(MOST_TOKENS - 1):
        make_token(work, library, f"system {number}", BOTH)
    with pytest.raises(TokenRefused):
        make_token(work, library, "one too many", BOTH)


def test_a_lead_who_is_none_any_more_may_have_a_copy_of_what_was_made_then(
    work: Work, watch: Watch, lead: SignedIn, centre: Centre
) -> None:
    def later() -> Work:
        watch.on(minutes=1)
        return begin_work(harbour(), work.session, lead.actor)

    before = make_token(later(), centre, "Before", BOTH).row
    second = enrol(
        later(), lead.person.team, lead.team_secret, Role.CENTRE_STAFF, "Demo Second", "second@demo.invalid", LONG
    )
    as_staff = make_token(later(), centre, "As staff", BOTH).row
    change_role(later(), second, Role.CENTRE_LEAD)
    meanwhile = make_token(later(), centre, "Meanwhile", BOTH).row
    assert to_be_rotated(later(), centre) == {}
    change_role(later(), second, Role.CENTRE_STAFF)
    after = make_token(later(), centre, "After", BOTH).row
    assert to_be_rotated(later(), centre) == {meanwhile.id: ["Demo Second"]}
    end_colleague(later(), second)
    assert to_be_rotated(later(), centre) == {meanwhile.id: ["Demo Second"]}
    rotate_token(later(), meanwhile)
    assert to_be_rotated(later(), centre) == {}
    assert {each.replaced for each in (before, as_staff, after)} == {False}


def test_a_lead_who_leaves_is_named_beside_every_token_of_their_time(
    work: Work, watch: Watch, lead: SignedIn, centre: Centre
) -> None:
    watch.on(minutes=1)
    then = begin_work(harbour(), work.session, lead.actor)
    token = make_token(then, centre, "Housing", BOTH).row
    enrol(then, lead.person.team, lead.team_secret, Role.CENTRE_LEAD, "Demo Second", "second@demo.invalid", LONG)
    watch.on(minutes=1)
    end_colleague(begin_work(harbour(), work.session, lead.actor), lead.person)
    now = begin_work(harbour(), work.session, SYSTEM)
    assert to_be_rotated(now, centre) == {token.id: [lead.person.name]}
    revoke_token(now, token)
    assert to_be_rotated(now, centre) == {}
