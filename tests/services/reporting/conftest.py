"""A report's answers, reports of every sort of place, and what tests look for afterwards."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from core.sealing import Secret, new_key
from core.work import Work
from geography.locating import City, default_city
from geography.places import Point
from reporting import replacing
from reporting.answers import Answers, Identity, Origin, Place, When
from reporting.locating import locate_report
from reporting.models import Placement, Report
from reporting.receipt import receipt_of_draft
from reporting.services import submit_report
from reporting.vocabulary import AgencyKind, Category, Channel, Contact, Detail, Strand, WhenKind
from tests.services.conftest import Desk
from tests.stack.vintages import THIRD, with_third_vintage

PUBLIC = Origin(Channel.PUBLIC)
STORY = "canary: they shouted on the stairs 😀 مرحبا"
NAME, REACH, RELIGION, STREET = "Canary Name", "07000 900999", "canary religion", "SO14 7LY"

PLACES = [
    Place(point=(50.9085, -1.4070)),
    Place(point=(50.9352, -1.3960)),
    Place(words="SO14 7LY"),
    Place(words="Winchester Road"),
    Place(words="50.9181, -1.4302"),
    Place(ward="E05015491"),
    Place(ward="E05002456"),
    Place(words="somewhere or other"),
    Place(),
]


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


@pytest.fixture(scope="module")
def later_city() -> City:
    """The city once a third vintage was imported."""
    return with_third_vintage(default_city())


@pytest.fixture
def sent(work: Work, desk: Desk) -> list[Report]:
    """Reports of every sort of place, placed on the vintages that there were."""
    reports = [submit_report(work, Answers(place=place), PUBLIC, receipt_of_draft(new_key())) for place in PLACES]
    for report in reports:
        locate_report(work, report)
    work.session.commit()
    return reports


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Two reports to a batch."""
    monkeypatch.setattr(replacing, "BATCH", 2)
    yield


def placed(work: Work) -> dict[tuple[str, str], dict[str, float]]:
    """(report, vintage) → ward → weight, of everything."""
    found: dict[tuple[str, str], dict[str, float]] = {}
    for each in work.session.scalars(select(Placement)):
        found.setdefault((each.report_id, each.vintage), {})[each.ward] = round(each.weight, 9)
    work.session.rollback()
    return found


def located_on(city: City, place: Place) -> dict[str, float]:
    """What the one door says of a place today, on the third vintage."""
    point = Point(*place.point) if place.point else None
    answer = city.locate(place.words or None, point, place.ward)  # type: ignore[arg-type]
    shares = answer[0].shares(THIRD) if isinstance(answer, list) else ()
    return {share.ward: round(share.weight, 9) for share in shares}
