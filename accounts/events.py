"""What happened in accounts that other rooms may want to hear of."""

from dataclasses import dataclass

from accounts.vocabulary import Role


@dataclass(frozen=True, slots=True)
class PersonJoined:
    """Somebody used their invitation."""

    person_id: str
    team_id: str
    role: Role


@dataclass(frozen=True, slots=True)
class TeamKeyRenewed:
    """A team reads with a new key: whatever was sealed to it before opens for nobody in it any more."""

    team_id: str
