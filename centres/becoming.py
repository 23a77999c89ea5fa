"""How a place becomes a centre, and what becomes of it: applying, approving, agreeing, suspending, leaving."""

from collections.abc import Collection

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from accounts.events import PersonJoined
from accounts.invitations import NewInvitation, hold_team_and_invitations, invite_founder, rename_team, revoke_all
from accounts.models import Team
from accounts.services import close_team, reopen_team
from accounts.vocabulary import Closure, Role
from centres import queries
from centres.details import Application, Lead, Life, Place
from centres.models import Centre, CentreCheck, CentreStep
from centres.premises import find_postcode
from centres.rules import AGREEMENT, SHUT, MoveRefused, check_move
from centres.vocabulary import CentreState, Check, Reason
from core import audit
from core.ids import ID_LENGTH, new_id
from core.lettering import as_compared
from core.sealing import fingerprint
from core.work import Actor, Work
from geography.places import Point

APPLICANT = Actor("applicant")
NAME_TAKEN = (
    "We know a place of this name already, or an application from one. If it is yours, the coordinator gets in touch. "
    "If it is another place, add what tells them apart, such as the street."
)
SENT_BEFORE = (
    "This application was sent already. What you changed since then was not sent. "
    "Tell the coordinator when they get in touch."
)

NOBODY_NAMED = (
    "Whom to invite is not known any more: the contact of an application is forgotten after a time. "
    "Name its lead first."
)


class ApplicationRefused(ValueError):
    """Why an application cannot be taken, in words for whoever sent it."""


class NameTaken(ApplicationRefused):
    """Another place has the name."""


def apply_to_become(work: Work, key: str, application: Application) -> Centre:
    """Take an application; sent twice with one key it is one. ApplicationRefused says why not."""
    work = work.acting(APPLICANT)
    centre_id = fingerprint(key.encode(), work.harbour.keyring.cookies)[:ID_LENGTH]
    earlier = work.session.get(Centre, centre_id)
    if earlier is not None:
        return _same(earlier, application)
    check_name(work, application.place.name)
    try:
        with work.session.begin_nested():
            centre = _write(work, centre_id, application)
            work.session.flush()
    except IntegrityError:
        # The same moment brought the same page twice, or two places of one name.
        earlier = work.session.get(Centre, centre_id)
        if earlier is None:
            raise NameTaken(NAME_TAKEN) from None
        return _same(earlier, application)
    _note_step(work, centre, CentreState.APPLIED)
    return centre


def check_name(work: Work, name: str, own_id: str | None = None) -> None:
    """NameTaken when another place or team has the name, however it is written."""
    wanted = as_compared(name)
    for table in (Centre, Team):
        # Compared here: no database folds capitals and accents of every script the same way, and there are few names.
        for there in work.session.scalars(select(table.name).where(table.id != (own_id or ""))):
            if as_compared(there) == wanted:
                raise NameTaken(NAME_TAKEN)


def note_checks(work: Work, centre: Centre, checks: Collection[Check]) -> None:
    """What the coordinator has seen to; what is no longer ticked is taken back."""
    _lock(work, centre)
    known = queries.checks_of(work.session, centre)
    for check in set(checks) - known.keys():
        work.session.add(CentreCheck(centre_id=centre.id, check=check, seen_at=work.now, seen_by=work.actor.id))
        audit.record(work, "centre checked", centre.id, {"check": check.value})
    gone = known.keys() - set(checks)
    if gone:
        found = delete(CentreCheck).where(CentreCheck.centre_id == centre.id, CentreCheck.check.in_(gone))
        work.session.execute(found)
        audit.record(work, "centre check taken back", centre.id, {"checks": " ".join(sorted(gone))})
    work.session.flush()


def approve(work: Work, centre: Centre) -> NewInvitation | None:
    """Approve an application: the lead's invitation, or None for a centre that comes back with the people it had."""
    _lock(work, centre)
    check_move(centre.state, CentreState.APPROVED, work.actor.role, queries.checks_of(work.session, centre))
    _check_somebody_is_named(centre)
    _note_step(work, centre, CentreState.APPROVED)
    if centre.team is not None:
        reopen_team(work, centre.team)
        return None
    return invite_founder(work, centre.id, centre.name, Role.CENTRE_LEAD, centre.lead_name)


def invite_lead_again(work: Work, centre: Centre) -> NewInvitation:
    """A new code for a lead who has not joined yet; the one before stops working."""
    _lock(work, centre)
    if centre.state is not CentreState.APPROVED or centre.team is not None:
        raise MoveRefused("The lead has joined already, or the place is not approved.")
    _check_somebody_is_named(centre)
    revoke_all(work, team_id=centre.id)
    return invite_founder(work, centre.id, centre.name, Role.CENTRE_LEAD, centre.lead_name)


def name_lead(work: Work, centre: Centre, lead: Lead) -> None:
    """Say whom to invite where that was forgotten; MoveRefused where somebody is named or nobody is wanted."""
    _lock(work, centre)
    if not lacks_lead(centre):
        raise MoveRefused("This place has a lead, or nobody is to be invited to it now.")
    centre.lead_name, centre.lead_email, centre.lead_named_at = lead.name, lead.email, work.now
    audit.record(work, "lead named", centre.id)
    work.session.flush()


def lacks_lead(centre: Centre) -> bool:
    """Whether nobody can be invited although the place is looked at: its contact was forgotten in time."""
    wanted = centre.state in {CentreState.APPLIED, CentreState.APPROVED}
    return wanted and centre.team is None and not centre.lead_name


def move(work: Work, centre: Centre, to: CentreState, reason: Reason | None = None) -> None:
    """Decline, suspend, take back, let go, or look again; MoveRefused says why not. Access follows at once."""
    _lock(work, centre)
    if to is CentreState.APPROVED or (centre.state, to) == (CentreState.APPROVED, CentreState.ACTIVE):
        raise MoveRefused("A place is approved, and its lead agrees, on pages of their own.")
    check_move(centre.state, to, work.actor.role, reason=reason)
    _note_step(work, centre, to, reason)
    if to in SHUT - {CentreState.SUSPENDED}:
        revoke_all(work, team_id=centre.id)
    if centre.team is not None:
        if to in SHUT:
            close_team(work, centre.team, Closure.SUSPENDED if to is CentreState.SUSPENDED else Closure.LEFT)
        elif to is CentreState.ACTIVE:
            reopen_team(work, centre.team)


def accept_agreement(work: Work, centre: Centre) -> None:
    """The lead agrees, which makes an approved place a centre; a newer agreement is accepted the same way."""
    _lock(work, centre)
    if centre.state is not CentreState.ACTIVE:
        check_move(centre.state, CentreState.ACTIVE, work.actor.role)
        _note_step(work, centre, CentreState.ACTIVE)
    elif work.actor.role != Role.CENTRE_LEAD:
        raise MoveRefused("Only the centre’s lead can accept the agreement.")
    centre.agreement, centre.agreed_at = AGREEMENT, work.now
    audit.record(work, "agreement accepted", centre.id, {"version": AGREEMENT})


def change_life(work: Work, centre: Centre, life: Life) -> None:
    """Change what visitors are told."""
    _lock(work, centre)
    _set_life(centre, life)
    audit.record(work, "centre details changed", centre.id)


def change_place(work: Work, centre: Centre, place: Place) -> None:
    """Change what and where it is; reports keep the name that it had. NameTaken when another has the name."""
    _lock(work, centre)
    check_name(work, place.name, centre.id)
    renamed = place.name != centre.name
    try:
        with work.session.begin_nested():
            _set_place(centre, place)
            if renamed:
                rename_team(work, centre.id, place.name)
    except IntegrityError:
        # Somebody gave another place this name in the same moment.
        raise NameTaken(NAME_TAKEN) from None
    if renamed:
        audit.record(work, "centre renamed", centre.id)


def on_person_joined(work: Work, event: PersonJoined) -> None:
    """Once its lead has joined, whom to ask is kept with their account and nowhere else."""
    centre = work.session.get(Centre, event.team_id)
    if centre is not None and event.role is Role.CENTRE_LEAD:
        centre.lead_name = centre.lead_email = ""


def _same(earlier: Centre, application: Application) -> Centre:
    if (earlier.place, earlier.life) != (application.place, application.life):
        raise ApplicationRefused(SENT_BEFORE)
    return earlier


def _write(work: Work, centre_id: str, application: Application) -> Centre:
    centre = Centre(id=centre_id, state=CentreState.APPLIED, applied_at=work.now)
    centre.lead_name, centre.lead_email = application.lead.name, application.lead.email
    _set_place(centre, application.place)
    _set_life(centre, application.life)
    work.session.add(centre)
    return centre


def _set_place(centre: Centre, place: Place) -> None:
    spot = find_postcode(place.postcode)
    centre.name, centre.kind = place.name, place.kind
    centre.address, centre.postcode = place.address, place.postcode
    centre.lat, centre.lon = (spot.lat, spot.lon) if isinstance(spot, Point) else (None, None)


def _set_life(centre: Centre, life: Life) -> None:
    centre.about, centre.phone, centre.website = life.about, life.phone, life.website
    centre.hours = life.week.to_values()
    centre.languages, centre.schemes = life.languages, life.schemes
    centre.step_free, centre.private_space = life.step_free, life.private_space


def _check_somebody_is_named(centre: Centre) -> None:
    if lacks_lead(centre):
        raise MoveRefused(NOBODY_NAMED)


def _lock(work: Work, centre: Centre) -> None:
    """Hold the row, as it now is: two people must not move it from the same place, nor anybody join meanwhile."""
    work.session.flush()
    hold_team_and_invitations(work, centre.id)
    work.session.refresh(centre, with_for_update=True)


def _note_step(work: Work, centre: Centre, state: CentreState, reason: Reason | None = None) -> None:
    detail = {"from": centre.state.value, "to": state.value, **({"reason": reason.value} if reason else {})}
    centre.state = state
    work.session.add(
        CentreStep(
            id=new_id(),
            centre_id=centre.id,
            state=state,
            reason=reason,
            moved_at=work.now,
            moved_by=work.actor.id,
        )
    )
    audit.record(work, f"centre {state.value}", centre.id, detail)
    work.session.flush()
