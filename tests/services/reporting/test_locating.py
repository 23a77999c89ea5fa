"""A report gets its ward in a job: every way a place can be given, and again without harm."""

from collections import defaultdict

import pytest
from sqlalchemy import select

from core.audit import AuditEntry
from core.outbox import drain
from core.sealing import SealBroken
from core.work import Work, harbour
from geography.locating import default_city
from geography.places import Point
from reporting.answers import Answers, Place
from reporting.locating import (
    NOT_GIVEN,
    ONLINE,
    candidate_at,
    candidate_of_ward,
    locate_report,
    place_by_hand,
    readings_of,
    shown_point,
    ward_name,
)
from reporting.models import Placement, Report
from reporting.places import GivenPlace, opened_place, place_of
from reporting.receipt import Receipt
from reporting.services import submit_report
from reporting.tasks import locate
from reporting.vocabulary import Precision, Setting
from tests.services.conftest import Desk
from tests.services.reporting.conftest import PUBLIC

CIVIC_CENTRE = (50.9085, -1.4070)


def send(work: Work, receipt: Receipt, place: Place, setting: Setting = Setting.UNSAID) -> Report:
    report = submit_report(work, Answers(place=place, setting=setting), PUBLIC, receipt)
    work.session.commit()
    drain(harbour())
    work.session.expire_all()
    return report


def given(work: Work, report: Report) -> GivenPlace:
    return place_of(work, report)


def shares(work: Work, report: Report) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for placed in work.session.scalars(select(Placement).where(Placement.report_id == report.id)):
        found[placed.vintage][placed.ward] = placed.weight
    return found


def straddling_street() -> str:
    """A street of the city that lies in more than one ward of the newest vintage."""
    city = default_city()
    for name in (
        "Portswood Road",
        "Shirley Road",
        "Bitterne Road West",
        "Burgess Road",
        "Winchester Road",
        "Hill Lane",
    ):
        found = city.locate(text=name)
        if isinstance(found, list) and len(found) == 1 and len(found[0].shares(city.current_vintage)) > 1:
            return name
    pytest.fail("No street of the list straddles wards.")


def test_a_postcode(work: Work, desk: Desk, receipt: Receipt) -> None:
    report = send(work, receipt, Place(words="so147ly"))
    placed = given(work, report)
    assert placed.found is not None
    assert (placed.found.precision, report.facts.precision) == (Precision.POSTCODE, Precision.POSTCODE)
    assert placed.words == "so147ly"
    assert set(shares(work, report)) == {str(vintage) for vintage in default_city().vintages}
    assert all(sum(wards.values()) == pytest.approx(1) for wards in shares(work, report).values())


def test_a_point(work: Work, desk: Desk, receipt: Receipt) -> None:
    report = send(work, receipt, Place(point=CIVIC_CENTRE))
    assert report.facts.precision is Precision.POINT
    assert given(work, report).point == CIVIC_CENTRE
    assert all(list(wards.values()) == [1.0] for wards in shares(work, report).values())


def test_a_ward(work: Work, desk: Desk, receipt: Receipt) -> None:
    city = default_city()
    code = city.boundary_set().wards[0].code
    report = send(work, receipt, Place(ward=code))
    assert report.facts.precision is Precision.AREA
    assert shares(work, report)[city.current_vintage] == {code: pytest.approx(1)}


def test_a_street_in_several_wards_is_shared_out_and_not_forced_into_one(
    work: Work, desk: Desk, receipt: Receipt
) -> None:
    city, street = default_city(), straddling_street()
    report = send(work, receipt, Place(words=street))
    placed = shares(work, report)[city.current_vintage]
    assert report.facts.precision is Precision.STREET
    assert len(placed) > 1
    assert sum(placed.values()) == pytest.approx(1)


@pytest.mark.parametrize(
    ("place", "setting", "why"),
    [
        pytest.param(Place(), Setting.UNSAID, NOT_GIVEN, id="nothing"),
        pytest.param(Place(), Setting.ONLINE, ONLINE, id="online"),
        pytest.param(Place(words="SO14 9ZZ"), Setting.STREET, "do not know this postcode", id="unknown postcode"),
        pytest.param(Place(words="PO1 2AB"), Setting.STREET, "", id="another city's postcode"),
        pytest.param(Place(words="EC1A 1BB"), Setting.STREET, "", id="a far city's postcode"),
        pytest.param(Place(point=(51.5, -0.12)), Setting.STREET, "outside the city", id="a point elsewhere"),
        pytest.param(Place(words="the usual place by the thing"), Setting.STREET, "", id="words of their own"),
        pytest.param(Place(words="مرحبا 😀"), Setting.STREET, "", id="another script"),
        pytest.param(Place(ward="E99999999"), Setting.STREET, "", id="a ward of nowhere"),
    ],
)
def test_what_cannot_be_placed_is_kept_with_the_reason(
    work: Work, desk: Desk, receipt: Receipt, place: Place, setting: Setting, why: str
) -> None:
    report = send(work, receipt, place, setting)
    kept = given(work, report)
    assert shares(work, report) == {}
    assert report.facts.precision is Precision.NONE
    assert kept.found is None
    assert kept.unplaced
    assert why in kept.unplaced
    assert (kept.words, kept.point, kept.ward) == (place.words, place.point, place.ward)


@pytest.mark.parametrize(
    ("place", "setting", "why"),
    [
        pytest.param(
            Place(words="Wilton Road"),
            Setting.STREET,
            "This may be Milton Road: it was written nearly so.",
            id="a slip",
        ),
        pytest.param(Place(words="I live at SO14 7LY"), Setting.STREET, "where somebody lives", id="a home"),
        pytest.param(
            Place(words="Between SO14 7LY and SO19 5AE"), Setting.STREET, "SO14 7LY, SO19 5AE", id="two postcodes"
        ),
        pytest.param(
            Place(words="Church Street", ward="E05015494"), Setting.STREET, "Church Street, Bitterne Park", id="a ward"
        ),
        pytest.param(
            Place(words="Shirley High Street", point=(50.9185, -1.447)),
            Setting.STREET,
            "Map point in Millbrook, Shirley High Street",
            id="a pin and words",
        ),
        pytest.param(
            Place(point=(50.9185, -1.447), ward="E05015505"),
            Setting.STREET,
            "Map point in Millbrook, Thornhill",
            id="a pin and a ward",
        ),
        pytest.param(Place(point=CIVIC_CENTRE), Setting.ONLINE, ONLINE, id="a pin left over"),
    ],
)
def test_what_is_doubtful_is_left_to_the_desk_with_its_readings(
    work: Work, desk: Desk, receipt: Receipt, place: Place, setting: Setting, why: str
) -> None:
    report = send(work, receipt, place, setting)
    assert shares(work, report) == {}
    assert why in given(work, report).unplaced
    candidates, _ = readings_of(given(work, report))
    assert all(each.place in given(work, report).unplaced for each in candidates) or setting is Setting.ONLINE
    place_by_hand(work, report, candidates[0], "The reporter said so")
    assert shares(work, report)


def test_a_chosen_ward_narrows_what_was_written(work: Work, desk: Desk, receipt: Receipt) -> None:
    city = default_city()
    report = send(work, receipt, Place(words="Portswood Road", ward="E05015504"))
    assert shares(work, report)[city.current_vintage] == {"E05015504": 1.0}
    candidates, _ = readings_of(given(work, report))
    assert [each.place for each in candidates] == ["Portswood Road in Swaythling", "Portswood Road", "Swaythling"]


def test_a_home_is_where_it_happened_when_it_happened_at_home(work: Work, desk: Desk, receipt: Receipt) -> None:
    report = send(work, receipt, Place(words="I live at SO14 7LY"), Setting.HOME)
    placed = given(work, report).found
    assert placed is not None
    assert placed.name == "SO14 7LY"
    assert "Doubtful" not in placed.reason


def test_a_job_that_runs_twice_places_once(work: Work, desk: Desk, receipt: Receipt) -> None:
    report = send(work, receipt, Place(words="SO14 7LY"))
    first, found = shares(work, report), given(work, report)
    locate(work, report.id)
    work.session.commit()
    assert shares(work, report) == first
    assert given(work, report) == found


def test_a_report_that_is_gone_is_no_failure(work: Work, desk: Desk) -> None:
    locate(work, "no-such-report")
    assert work.session.scalar(select(Placement.report_id)) is None


def test_an_officer_may_choose_the_ward(work: Work, desk: Desk, receipt: Receipt) -> None:
    city = default_city()
    report = send(work, receipt, Place(words="the usual place by the thing"))
    vintage, ward = city.current_vintage, city.boundary_set().wards[3].code
    for _ in range(2):
        place_by_hand(work, report, candidate_of_ward(ward), "The place is known locally")
    work.session.commit()
    chosen = given(work, report)
    locate_report(work, report)
    work.session.commit()
    assert given(work, report) == chosen
    assert chosen.words == "the usual place by the thing"
    assert chosen.found and chosen.found.reason == "Chosen by an officer: the place is known locally."
    assert shares(work, report)[vintage] == {ward: 1.0}
    assert set(shares(work, report)) == set(city.vintages)
    assert "place chosen by hand" in set(work.session.scalars(select(AuditEntry.action)))
    with pytest.raises(ValueError, match="not a ward of this city"):
        candidate_of_ward("E05000001")


def test_a_pin_is_placed_under_every_vintage_and_none_outside_the_city(
    work: Work, desk: Desk, receipt: Receipt
) -> None:
    report = send(work, receipt, Place(words="the usual place by the thing"))
    place_by_hand(work, report, candidate_at(Point(*CIVIC_CENTRE)), "The place is known locally")
    by_point, _ = default_city().gazetteer.crosswalk.at_point(Point(*CIVIC_CENTRE))
    assert shares(work, report) == {share.vintage: {share.ward: 1.0} for share in by_point}
    assert report.facts.precision is Precision.POINT
    with pytest.raises(ValueError, match="outside the city"):
        candidate_at(Point(51.5, -0.12))


def test_every_reading_of_what_was_given_and_why_there_are_no_more() -> None:
    ward = default_city().boundary_set().wards[0]
    both = GivenPlace("PO1 2AB", CIVIC_CENTRE, ward.code)
    candidates, refused = readings_of(both)
    assert [each.precision for each in candidates] == ["point", "area"]
    assert refused and "outside the city" in refused[0]
    assert readings_of(GivenPlace()) == ([], [])


def test_the_place_is_bound_to_its_report(work: Work, desk: Desk, receipt: Receipt) -> None:
    report = send(work, receipt, Place(words="SO14 7LY"))
    with pytest.raises(SealBroken):
        opened_place(work, "another-report", report.erasure_slot, report.place)


def test_an_erased_report_has_no_place_any_more(work: Work, desk: Desk, receipt: Receipt) -> None:
    report = send(work, receipt, Place(words="SO14 7LY"))
    assert place_of(work, report).words == "SO14 7LY"
    harbour().erasure.destroy(report.erasure_slot)
    with pytest.raises(SealBroken):
        place_of(work, report)


def test_wards_are_called_by_their_names() -> None:
    ward = default_city().boundary_set().wards[0]
    assert ward_name(ward.code) == ward.name
    assert ward_name("E99999999") == "E99999999"


def test_a_candidate_names_every_vintage() -> None:
    city = default_city()
    answer = city.locate(text="SO14 7LY")
    assert isinstance(answer, list)
    [found] = answer
    assert {share.vintage for share in found.wards} == set(city.vintages)


def test_a_place_is_shown_where_others_share_it(work: Work, desk: Desk, receipt: Receipt) -> None:
    place = given(work, send(work, receipt, Place(point=CIVIC_CENTRE)))
    shown = shown_point(place)
    assert shown is not None
    assert shown == default_city().gazetteer.crosswalk.shown(Point(*CIVIC_CENTRE))
    assert (shown.lat, shown.lon) != CIVIC_CENTRE
    assert shown_point(GivenPlace(words="somewhere")) is None
    assert shown_point(GivenPlace(point=(51.5, -0.12))) is None
