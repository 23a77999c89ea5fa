"""The demo's people: one account a role, and the teams they belong to."""

from dataclasses import dataclass

from accounts.models import Person, Team
from accounts.services import SignedIn, enrol, found_team
from accounts.vocabulary import TEAM_OF_ROLE, Role
from centres.models import Centre
from centres.services import register_centre
from core.sealing import Secret, SecretKey
from core.work import Work
from reporting.vocabulary import AgencyKind
from triage.models import Agency
from triage.services import register_agency


@dataclass(frozen=True, slots=True)
class Account:
    """A sign-in of the demo. Its password is public, so it exists in a demo only."""

    word: str
    role: Role
    team: str
    agency: AgencyKind | None = None

    @property
    def name(self) -> str:
        """What the person is called."""
        return f"Demo {self.word.capitalize()}"

    @property
    def email(self) -> str:
        """An address that cannot exist."""
        return f"{self.word}@demo.invalid"

    @property
    def password(self) -> str:
        """The same in every demo."""
        return f"demo-harbour-{self.word}"


ACCOUNTS = (
    Account("officer", Role.OFFICER, "Triage desk"),
    Account("police", Role.CASEWORKER, "Demo Police", AgencyKind.POLICE),
    Account("housing", Role.CASEWORKER, "Demo Housing", AgencyKind.HOUSING),
    Account("council", Role.CASEWORKER, "Demo Council", AgencyKind.COUNCIL),
    Account("support", Role.CASEWORKER, "Demo Victim Support", AgencyKind.SUPPORT),
    Account("centre", Role.CENTRE_STAFF, "Demo Library"),
    Account("lead", Role.CENTRE_LEAD, "Demo Library"),
    Account("coordinator", Role.COORDINATOR, "Demo Network"),
    Account("admin", Role.ADMINISTRATOR, "Demo Office"),
    Account("partner", Role.PARTNER, "Demo Faith Forum (Demo Partner)"),
)


@dataclass(frozen=True, slots=True, repr=False)
class Cast:
    """Everybody, signed in: the desk's officer, a centre's staff and lead, the coordinator, a community partner,
    each agency's person.
    """

    officer: SignedIn
    centre: Centre
    centre_staff: SignedIn
    centre_lead: SignedIn
    coordinator: SignedIn
    partner: SignedIn
    agencies: dict[AgencyKind, tuple[Agency, SignedIn]]


def sign_ins() -> tuple[Account, ...]:
    """Every account, for whoever tells how to look around."""
    return ACCOUNTS


def found_everybody(work: Work) -> Cast:
    """Found the teams, and enrol each account in its own."""
    founded: dict[str, tuple[Team, SecretKey]] = {}
    signed_in: dict[Role, SignedIn] = {}
    agencies: dict[AgencyKind, tuple[Agency, SignedIn]] = {}
    for account in ACCOUNTS:
        if account.team not in founded:
            founded[account.team] = found_team(work, TEAM_OF_ROLE[account.role], account.team)
            work.session.flush()
        team, secret = founded[account.team]
        person = _enrol(work, team, secret, account)
        if account.agency is not None:
            agencies[account.agency] = (register_agency(work, team, account.agency), person)
        signed_in[account.role] = person
    library, _ = founded["Demo Library"]
    centre = register_centre(work, library, "1 Demo Square, Southampton", "SO14 7LY")
    return Cast(
        signed_in[Role.OFFICER],
        centre,
        signed_in[Role.CENTRE_STAFF],
        signed_in[Role.CENTRE_LEAD],
        signed_in[Role.COORDINATOR],
        signed_in[Role.PARTNER],
        agencies,
    )


def _enrol(work: Work, team: Team, secret: SecretKey, account: Account) -> SignedIn:
    password = Secret(account.password)
    person: Person = enrol(work, team, secret, account.role, account.name, account.email, password)
    return SignedIn(person, secret)
