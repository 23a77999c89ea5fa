"""A report's answers, and what tests look for afterwards."""

import pytest

from core.sealing import Secret
from reporting.answers import Answers, Identity, Origin, Place, When
from reporting.vocabulary import AgencyKind, Category, Channel, Contact, Detail, Strand, WhenKind

PUBLIC = Origin(Channel.PUBLIC)
STORY = "canary: they shouted on the stairs 😀 مرحبا"
NAME, REACH, RELIGION, STREET = "Canary Name", "07000 900999", "canary religion", "SO14 7LY"


@pytest.fixture
def answers() -> Answers:
    """A full report by somebody who can be reached."""
    return Answers(
        categories=frozenset({Category.VERBAL_ABUSE}),
        strands=frozenset({Strand.RACE}),
        religion_perceived=Secret(RELIGION),
        when=When(WhenKind.ONGOING),
        place=Place(words=STREET),
        words=Secret(STORY),
        contact=Contact.REACH_ME,
        identity=Identity(Secret(NAME), Secret(REACH), Secret("canary times")),
        consent=frozenset({(AgencyKind.POLICE, Detail.WHAT_HAPPENED), (AgencyKind.HOUSING, Detail.WHO_I_AM)}),
    )
