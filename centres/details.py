"""What is said of a place: to the public, and to the coordinator alone."""

from dataclasses import dataclass

from centres.opening import Week
from centres.vocabulary import CentreKind, Scheme
from core.languages import Language


@dataclass(frozen=True, slots=True)
class Place:
    """What and where it is. The postcode is written as in SO14 7LY."""

    name: str
    kind: CentreKind
    address: str
    postcode: str


@dataclass(frozen=True, slots=True)
class Life:
    """What a visitor wants to know, and its lead keeps true. Texts may be empty; `website` begins with http."""

    about: str
    phone: str
    website: str
    week: Week
    languages: frozenset[Language]
    step_free: bool
    private_space: bool
    schemes: frozenset[Scheme]


@dataclass(frozen=True, slots=True)
class Lead:
    """Whom the coordinator asks, until they have joined. Never public."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Application:
    """Everything that a place says when it asks to become a centre."""

    place: Place
    life: Life
    lead: Lead
