"""What happened in accounts that other rooms may want to hear of."""

from dataclasses import dataclass

from accounts.vocabulary import Role


@dataclass(frozen=True, slots=True)
class PersonJoined:
    """Somebody used their invitation."""

    person_id: str
    team_id: str
    role: Role
