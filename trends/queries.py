"""Reads of the facts, two months at a time: what is read does not grow with all reports ever made."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import ColumnElement, and_, distinct, func, select
from sqlalchemy.orm import Session

from reporting.intelligence_models import Intelligence, IntelligenceWard
from reporting.intelligence_words import grade_of
from reporting.models import Facts, Placement, SmallArea
from trends.kept import Cell
from trends.models import MonthCell
from trends.rules import ReportGroup, Tension

WHOLLY = 0.999_999
"""A share at least this large is the whole of a place: shares are sums of floating point numbers."""


def ward_counts(session: Session, month: date, vintage: str) -> dict[str, int]:
    """Ward code → reports of that month wholly inside the ward. Wards without any are not in it."""
    return ward_counts_by_month(session, [month], vintage).get(month, {})


def ward_counts_by_month(session: Session, months: Collection[date], vintage: str) -> dict[date, dict[str, int]]:
    """Month → ward code → reports wholly inside the ward; a place that straddles wards is in none of them."""
    wholly = and_(_placed_on(vintage), Placement.weight >= WHOLLY)
    found = (
        select(Facts.reported_month, Placement.ward, func.count())
        .outerjoin(Placement, wholly)
        .where(Facts.reported_month.in_(months))
        .group_by(Facts.reported_month, Placement.ward)
    )
    counts: dict[date, dict[str, int]] = {}
    for month, ward, reports in session.execute(found):
        if ward is not None:
            counts.setdefault(month, {})[ward] = reports
    return counts


def placed_by_month(session: Session, months: Collection[date], vintage: str | None) -> dict[date, int]:
    """Month → reports placed in one ward or several of this vintage, or of any."""
    placed = Placement.report_id == Facts.report_id if vintage is None else _placed_on(vintage)
    found = (
        select(Facts.reported_month, func.count(distinct(Placement.report_id)))
        .outerjoin(Placement, placed)
        .where(Facts.reported_month.in_(months))
        .group_by(Facts.reported_month)
    )
    return {month: reports for month, reports in session.execute(found)}


def small_areas_by_month(session: Session, months: Collection[date], vintage: str) -> dict[date, dict[str, int]]:
    """Month → code of a small area → reports in it. Reports whose place is not known closely are in none."""
    found = (
        select(Facts.reported_month, SmallArea.code, func.count())
        .outerjoin(SmallArea, and_(SmallArea.report_id == Facts.report_id, SmallArea.vintage == vintage))
        .where(Facts.reported_month.in_(months))
        .group_by(Facts.reported_month, SmallArea.code)
    )
    counts: dict[date, dict[str, int]] = {}
    for month, code, reports in session.execute(found):
        if code is not None:
            counts.setdefault(month, {})[code] = reports
    return counts


def _placed_on(vintage: str) -> ColumnElement[bool]:
    # An outer join is read from the months outwards. SQLite begins an inner one at the ward index of the
    # vintage, which holds every report ever made.
    return and_(Placement.report_id == Facts.report_id, Placement.vintage == vintage)


def report_groups(session: Session, months: Collection[date]) -> Sequence[ReportGroup]:
    """The reports of these months, grouped by month, kind, channel and their set of strands."""
    alike = (Facts.reported_month, Facts.kind, Facts.channel, Facts.strands)
    found = select(*alike, func.count()).where(Facts.reported_month.in_(months)).group_by(*alike)
    return [ReportGroup(*row) for row in session.execute(found)]


def tension_by_month(session: Session, months: Collection[date], vintage: str) -> dict[date, Tension]:
    """Month → community intelligence filed in it: wholly inside each ward, placed anywhere, and by grade."""
    placed_on = and_(IntelligenceWard.intelligence_id == Intelligence.id, IntelligenceWard.vintage == vintage)
    ours = Intelligence.filed_month.in_(months)
    by_ward = (
        select(Intelligence.filed_month, IntelligenceWard.ward, func.count())
        .outerjoin(IntelligenceWard, and_(placed_on, IntelligenceWard.weight >= WHOLLY))
        .where(ours)
        .group_by(Intelligence.filed_month, IntelligenceWard.ward)
    )
    placed = (
        select(Intelligence.filed_month, func.count(distinct(IntelligenceWard.intelligence_id)))
        .outerjoin(IntelligenceWard, placed_on)
        .where(ours)
        .group_by(Intelligence.filed_month)
    )
    graded = (Intelligence.filed_month, Intelligence.source_evaluation, Intelligence.assessment)
    by_grade = select(*graded, func.count()).where(ours).group_by(*graded)
    wards: dict[date, dict[str, int]] = {}
    grades: dict[date, dict[str, int]] = {}
    for month, ward, pieces in session.execute(by_ward):
        if ward is not None:
            wards.setdefault(month, {})[ward] = pieces
    for month, source, assessment, pieces in session.execute(by_grade):
        grades.setdefault(month, {})[grade_of(source, assessment)] = pieces
    known = {month: pieces for month, pieces in session.execute(placed)}
    return {month: Tension(wards.get(month, {}), known.get(month, 0), grades.get(month, {})) for month in months}


def kept_by_month(session: Session, months: Collection[date]) -> dict[date, dict[Cell, int]]:
    """Month → cells of the reports of that month that are destroyed; every month asked for is in it."""
    kept: dict[date, dict[Cell, int]] = {month: {} for month in months}
    for cell in session.scalars(select(MonthCell).where(MonthCell.month.in_(months))):
        kept[cell.month][cell.part, cell.vintage, cell.code] = cell.reports
    return kept


def first_month(session: Session) -> date | None:
    """The first month with any report, or None; answered from the ends of two indexes."""
    firsts = (session.scalar(select(func.min(column))) for column in (Facts.reported_month, MonthCell.month))
    return min((month for month in firsts if month is not None), default=None)
