"""Adding people from the command line: the first of a team makes its key, a later one is handed it by a colleague."""

from dataclasses import dataclass

from sqlalchemy import select

from accounts.models import Person, Team
from accounts.queries import the_desk
from accounts.services import AccessEnded, EnrolmentRefused, SignedIn, check_password, enrol, found_team
from accounts.vocabulary import TEAM_OF_ROLE, Role, TeamKind
from centres.services import register_centre
from centres.staffing import record_training
from core.sealing import Secret, SecretKey
from core.work import Work
from reporting.vocabulary import AgencyKind
from triage.services import register_agency


class VoucherRefused(EnrolmentRefused):
    """The colleague's password was wrong; the try is on record."""


@dataclass(frozen=True, slots=True, repr=False)
class Newcomer:
    """Who joins, as what, with the password they chose."""

    role: Role
    name: str
    email: str
    password: Secret


@dataclass(frozen=True, slots=True)
class NewTeam:
    """A team to be founded. `agency` is set for an agency, `address` and `postcode` for a centre."""

    name: str
    agency: AgencyKind | None = None
    address: str = ""
    postcode: str = ""


def found_with(work: Work, newcomer: Newcomer, new: NewTeam) -> Person:
    """Found a team and make the newcomer its first person; EnrolmentRefused says why not."""
    kind = TEAM_OF_ROLE[newcomer.role]
    _check_new(work, kind, new)
    team, secret = found_team(work, kind, new.name)
    work.session.flush()
    if new.agency is not None:
        register_agency(work, team, new.agency)
    if kind is TeamKind.CENTRE:
        register_centre(work, team, new.address, new.postcode)
    return _enrol(work, team, secret, newcomer)


def join(work: Work, newcomer: Newcomer, team_name: str, voucher: str, voucher_password: Secret) -> Person:
    """Make the newcomer a colleague of `voucher` (an e-mail address), whose password opens the team's key."""
    team = work.session.scalar(select(Team).where(Team.name == team_name))
    if team is None:
        raise EnrolmentRefused(f"There is no team called {team_name}. To found it, say --new-team.")
    colleague = _vouches(work, voucher, voucher_password)
    _check_colleague(colleague, team)
    return _enrol(work.acting(colleague.actor), team, colleague.team_secret, newcomer)


def _vouches(work: Work, email: str, password: Secret) -> SignedIn:
    try:
        colleague = check_password(work, email, password)
    except AccessEnded as ended:
        raise VoucherRefused(str(ended)) from ended
    if colleague is None:
        raise VoucherRefused("The colleague's email address and password do not belong together.")
    return colleague


def _enrol(work: Work, team: Team, secret: SecretKey, newcomer: Newcomer) -> Person:
    """The newcomer, enrolled. Whoever adds centre people by command vouches that they are trained today."""
    person = enrol(work, team, secret, newcomer.role, newcomer.name, newcomer.email, newcomer.password)
    if team.kind is TeamKind.CENTRE:
        record_training(work, person)
    return person


def _check_new(work: Work, kind: TeamKind, new: NewTeam) -> None:
    if work.session.scalar(select(Team.id).where(Team.name == new.name)):
        raise EnrolmentRefused(f"There is a team called {new.name} already. To join it, say --vouched-by.")
    if kind is TeamKind.DESK and the_desk(work.session) is not None:
        raise EnrolmentRefused("There is a desk already, and there can be only one. To join it, say --vouched-by.")
    if (kind is TeamKind.AGENCY) != (new.agency is not None):
        raise EnrolmentRefused("An agency's kind belongs to an agency's caseworker, and to nobody else.")
    if kind is TeamKind.CENTRE and not (new.address and new.postcode):
        raise EnrolmentRefused("A new centre needs --address and --postcode.")


def _check_colleague(colleague: SignedIn, team: Team) -> None:
    if colleague.person.team_id != team.id:
        raise EnrolmentRefused(f"{colleague.person.email} does not belong to {team.name}, and has no key to hand over.")
