"""A month's figures stay when its reports are destroyed, and nothing else of them does."""

from dataclasses import replace
from datetime import date

from sqlalchemy import func, select

from core.work import Work
from geography.locating import default_city
from geography.vocabulary import Vintage
from reporting.answers import Place
from reporting.events import ReportEnds
from reporting.models import Facts, Placement, Report, SmallArea
from reporting.vocabulary import Channel, Strand
from tests.services.trends.conftest import SendReport
from tests.services.trends.test_counting import IN_BARGATE, MONTH, POINTS, STRADDLING
from tests.stack.vintages import two_areas
from trends.models import MonthCell
from trends.period import Period
from trends.rules import Summary
from trends.services import count_month
from trends.vocabulary import Part


def counted(work: Work, vintage: str) -> Summary:
    """The month, by deprivation too."""
    period = Period(MONTH, vintage, date(2024, 3, 9))
    return count_month(work, period, default_city().boundary_set(Vintage(vintage)), two_areas())


def destroy(work: Work, report: Report) -> None:
    """As the sweep does."""
    work.publish(ReportEnds(report.id))
    work.session.delete(report)
    work.session.flush()


def test_no_figure_changes_on_any_vintage_and_only_cells_stay(work: Work, send: SendReport) -> None:
    sent = [
        send(place=IN_BARGATE, strands=frozenset({Strand.RACE, Strand.RELIGION})),
        send(place=IN_BARGATE, strands=frozenset({Strand.RACE})),
        send(place=STRADDLING, asb=True, channel=Channel.CENTRE),
        send(),
        *(send(place=Place(point=spot)) for spot in POINTS),
        send(date(2023, 1, 9), IN_BARGATE, frozenset({Strand.DISABILITY})),
    ]
    work.session.add(SmallArea(report_id=sent[0].id, vintage=two_areas().vintage, code="E01099901"))
    work.session.commit()
    vintages = [str(each) for each in default_city().vintages]
    before = {vintage: counted(work, vintage) for vintage in vintages}
    for number, report in enumerate(sent):
        destroy(work, report)
        after = {vintage: counted(work, vintage) for vintage in vintages}
        for vintage in vintages:
            assert after[vintage].tables == before[vintage].tables, number
            assert after[vintage].total == before[vintage].total
            assert after[vintage].begun == before[vintage].begun
    for table in (Report, Facts, Placement, SmallArea):
        assert work.session.scalar(select(func.count()).select_from(table)) == 0
    wards = select(func.sum(MonthCell.reports)).where(MonthCell.part == Part.TOTAL)
    assert work.session.scalar(wards) == len(sent)


def test_what_is_destroyed_cannot_be_placed_again_and_the_page_does_not_ask_for_it(
    work: Work, send: SendReport
) -> None:
    report = send(place=IN_BARGATE)
    for placement in [each for each in report.placements if each.vintage != "2023"]:
        report.placements.remove(placement)
    work.session.flush()
    old = next(str(each) for each in default_city().vintages if str(each) != "2023")
    assert counted(work, old).to_place
    total = counted(work, old).total
    destroy(work, report)
    again = counted(work, old)
    assert (again.total, again.to_place) == (total, False)
    assert replace(again, to_place=True).now.wards["not-known"] == 1
