"""Words for who signs in."""

from enum import StrEnum


class Role(StrEnum):
    """What a person may do here."""

    CENTRE_LEAD = "centre lead"
    CENTRE_STAFF = "centre staff"
    OFFICER = "triage officer"
    CASEWORKER = "agency caseworker"
    COORDINATOR = "network coordinator"
    PARTNER = "community partner"
    ADMINISTRATOR = "administrator"


class TeamKind(StrEnum):
    """What kind of team holds a key together."""

    DESK = "desk"
    AGENCY = "agency"
    CENTRE = "centre"
    NETWORK = "network"
    PARTNER = "partner"
    OFFICE = "office"


TEAM_OF_ROLE = {
    Role.CENTRE_LEAD: TeamKind.CENTRE,
    Role.CENTRE_STAFF: TeamKind.CENTRE,
    Role.OFFICER: TeamKind.DESK,
    Role.CASEWORKER: TeamKind.AGENCY,
    Role.COORDINATOR: TeamKind.NETWORK,
    Role.PARTNER: TeamKind.PARTNER,
    Role.ADMINISTRATOR: TeamKind.OFFICE,
}


class Closure(StrEnum):
    """Why a whole team's people may not come in."""

    SUSPENDED = "suspended"
    LEFT = "left"
    ENDED = "ended"
