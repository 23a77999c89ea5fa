"""Keeping the month's figures true when a report is destroyed: its cells grow in the transaction that it goes in."""

from core.work import Work
from reporting.events import ReportEnds
from reporting.models import Facts, Report
from trends.kept import cells_of
from trends.models import MonthCell
from trends.queries import WHOLLY
from trends.rules import ReportGroup


def on_report_ends(work: Work, event: ReportEnds) -> None:
    """Count the report in its cells; a report without facts was never counted."""
    report = work.session.get(Report, event.report_id)
    if report is None or report.facts is None:
        return
    facts: Facts = report.facts
    group = ReportGroup(facts.reported_month, facts.kind, facts.channel, facts.strands, 1)
    placements = [(each.vintage, each.ward, each.weight >= WHOLLY) for each in report.placements]
    areas = [(each.vintage, each.code) for each in report.small_areas]
    for part, vintage, code in sorted(cells_of(group, placements, areas)):
        key = (facts.reported_month, part, vintage, code)
        cell = work.session.get(MonthCell, key, with_for_update=True)
        if cell is None:
            cell = MonthCell(month=key[0], part=part, vintage=vintage, code=code, reports=0)
            work.session.add(cell)
        cell.reports += 1
    work.session.flush()
