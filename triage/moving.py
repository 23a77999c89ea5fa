"""Moving a referral: one door, so that no step is taken without its right, its time, its actor and its record."""

from accounts.queries import the_desk
from core import audit
from core.sealing import PublicKey, Sealed, Secret, seal
from core.work import Work
from reporting.reading import DESK
from reporting.services import NobodyToRead
from triage.models import Agency, Referral, ReferralStep
from triage.reading import AGENCY, step_context
from triage.rules import ENDED, check_move
from triage.vocabulary import Mover, ReferralState


def desk_key(work: Work) -> PublicKey:
    """The desk's public key; NobodyToRead before it was founded."""
    desk = the_desk(work.session)
    if desk is None:
        raise NobodyToRead("The desk has not been set up.")
    return PublicKey(desk.public_key)


def desk_name(work: Work) -> str:
    """What the desk is called in the reporter's conversation."""
    desk = the_desk(work.session)
    return desk.name if desk else "The desk"


def holders_with(work: Work, agency: Agency) -> dict[str, PublicKey]:
    """The two who share what passes between them."""
    return {DESK: desk_key(work), AGENCY: PublicKey(agency.team.public_key)}


def move(work: Work, referral: Referral, to: ReferralState, mover: Mover, words: Secret | None = None) -> None:
    """Take one step; MoveRefused when this mover may not. Two at once: the second sees what the first did."""
    work.session.flush()
    work.session.refresh(referral, ["state", "is_open", "steps"], with_for_update={"of": Referral})
    check_move(referral.state, to, mover)
    referral.state = to
    referral.is_open = to not in ENDED
    if not referral.is_open:
        referral.due_at = None
    note_step(work, referral, words)
    audit.record(work, f"referral {to.value}", referral.id, {"report": referral.report_id})
    work.session.flush()


def shut_to_agency(referral: Referral) -> None:
    """Take the agency's key off a package: from now on the desk alone opens it."""
    package = referral.package
    referral.package = Sealed(package.parts, {DESK: package.wraps[DESK]})


def note_step(work: Work, referral: Referral, words: Secret | None = None) -> None:
    """Write down the step that a referral has just taken."""
    position = len(referral.steps)
    referral.steps.append(
        ReferralStep(
            referral_id=referral.id,
            position=position,
            state=referral.state,
            moved_at=work.now,
            actor_role=work.actor.role,
            actor_id=work.actor.id,
            sealed=_seal(work, referral, position, words) if words else None,
        )
    )


def _seal(work: Work, referral: Referral, position: int, words: Secret) -> Sealed:
    erasure_key = work.harbour.erasure.key(referral.report.erasure_slot)
    holders = holders_with(work, referral.agency)
    return seal({"words": words}, holders, erasure_key, step_context(referral.id, position))
