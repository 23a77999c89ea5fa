"""Counts of a real database: which month, which ward, which strand."""

from collections import Counter
from datetime import date

import pytest

from core.work import Work
from geography.locating import default_city
from geography.places import Point
from geography.vocabulary import Vintage
from reporting.answers import Place
from reporting.models import Placement
from reporting.vocabulary import Channel, Strand
from tests.services.trends.conftest import JANUARY, SendReport
from trends import queries
from trends.period import Period
from trends.rules import Summary
from trends.services import count_month, preview_month
from trends.vocabulary import HIDDEN, NOT_KNOWN, NOT_SETTLED, Breakdown

MONTH = date(2024, 1, 1)
BARGATE, SHIRLEY = "E05015491", "E05015502"
IN_BARGATE = Place(ward=BARGATE)
STRADDLING = Place(words="Winchester Road")
POINTS = [(50.9020, -1.4042), (50.9352, -1.3960), (50.9181, -1.4302), (50.9097, -1.4044), (50.9020, -1.4042)]


def counted(work: Work, vintage: str = "2023", month: date = MONTH) -> Summary:
    period = Period(month, vintage, date(2024, 3, 9))
    return count_month(work, period, default_city().boundary_set(Vintage(vintage)))


def now_of(summary: Summary, breakdown: Breakdown) -> dict[str, object]:
    return {row.code: row.now for row in summary.tables[breakdown].rows if row.now != 0}


def test_a_month_has_its_own_reports_and_no_others(work: Work, send: SendReport) -> None:
    for day in (date(2024, 1, 1), date(2024, 1, 31), date(2023, 12, 31), date(2024, 2, 1), date(2022, 1, 15)):
        send(day, IN_BARGATE)
    send(date(2023, 1, 9), IN_BARGATE)
    total = counted(work).total
    assert (total.now, total.before, total.change) == (2, 1, 1)
    assert queries.ward_counts(work.session, MONTH, "2023") == {BARGATE: 2}


def test_a_report_counts_in_its_ward_on_each_vintage(work: Work, send: SendReport) -> None:
    city = default_city()
    for lat, lon in POINTS:
        send(place=Place(point=(lat, lon)))
    for vintage in city.vintages:
        wards = city.boundary_set(vintage)
        direct = Counter(wards.ward_at(Point(lat, lon)) for lat, lon in POINTS)
        assert None not in direct
        assert queries.ward_counts(work.session, MONTH, vintage) == dict(direct)


def test_a_street_through_several_wards_is_forced_into_none(work: Work, send: SendReport) -> None:
    report = send(place=STRADDLING)
    send(place=IN_BARGATE)
    shares = [each for each in report.placements if each.vintage == "2023"]
    assert len(shares) > 1
    assert now_of(counted(work), Breakdown.WARD) == {BARGATE: 1, NOT_SETTLED: 1}


def test_what_was_not_placed_is_not_known(work: Work, send: SendReport) -> None:
    send()
    send(place=Place(words="somewhere or other"))
    assert now_of(counted(work), Breakdown.WARD) == {NOT_KNOWN: 2}


def test_what_was_never_placed_on_these_boundaries_is_not_known_there(work: Work, send: SendReport) -> None:
    report = send(place=IN_BARGATE)
    for share in [each for each in report.placements if each.vintage == "2011"]:
        work.session.delete(share)
    work.session.commit()
    assert now_of(counted(work, "2011"), Breakdown.WARD) == {NOT_KNOWN: 1}
    assert now_of(counted(work, "2023"), Breakdown.WARD) == {BARGATE: 1}


@pytest.mark.parametrize("weight", [1.0, 0.9999999999999999])
def test_a_whole_that_lost_a_bit_in_adding_up_is_still_a_whole(work: Work, send: SendReport, weight: float) -> None:
    report = send()
    work.session.add(Placement(report_id=report.id, vintage="2023", ward=SHIRLEY, weight=weight))
    work.session.commit()
    assert queries.ward_counts(work.session, MONTH, "2023") == {SHIRLEY: 1}


def test_several_strands_count_once_each_and_once_in_the_total(work: Work, send: SendReport) -> None:
    send(strands=frozenset({Strand.RACE, Strand.RELIGION}))
    send(strands=frozenset({Strand.RELIGION, Strand.RACE}))
    send(strands=frozenset({Strand.RACE}), asb=True)
    send(asb=True)
    summary = counted(work)
    assert summary.total.now == 4
    assert now_of(summary, Breakdown.STRAND) == {"race": 3, "religion": 2}
    assert now_of(summary, Breakdown.KIND) == {
        "hate": 2,
        "anti-social behaviour": 1,
        "hate and anti-social behaviour": 1,
    }
    assert (summary.now.with_strand, summary.now.with_several_strands) == (3, 2)


def test_channels_are_counted(work: Work, send: SendReport) -> None:
    send(channel=Channel.CENTRE)
    send(channel=Channel.IMPORT)
    assert now_of(counted(work), Breakdown.CHANNEL) == {"reporting centre": 1, "import": 1}


def test_nothing_was_counted_before_the_first_report(work: Work, send: SendReport) -> None:
    assert counted(work).begun is None
    send(JANUARY)
    assert not counted(work).has_year_before
    send(date(2023, 1, 1))
    assert counted(work).has_year_before


def test_an_empty_month_is_noughts(work: Work, send: SendReport) -> None:
    send(JANUARY)
    summary = counted(work, month=date(2021, 6, 1))
    assert summary.total.now == 0
    assert all(row.now == 0 for table in summary.tables.values() for row in table.rows)
    assert queries.ward_counts(work.session, date(2021, 6, 1), "2023") == {}


def test_the_preview_hides_one_to_four_of_both_months(work: Work, send: SendReport) -> None:
    for _ in range(5):
        send(place=IN_BARGATE, strands=frozenset({Strand.RACE}))
    for _ in range(4):
        send(place=Place(ward=SHIRLEY), asb=True)
    send(date(2023, 1, 5), place=IN_BARGATE)
    period = Period(MONTH, "2023", date(2024, 3, 9))
    summary = preview_month(work, period, default_city().boundary_set())
    wards = summary.tables[Breakdown.WARD]
    assert (wards.row(BARGATE).now, wards.row(BARGATE).before) == (5, HIDDEN)
    assert wards.row(SHIRLEY).now is HIDDEN
    assert wards.row("E05015490").now == 0
    assert (summary.total.now, summary.total.before) == (9, HIDDEN)
