"""What can be done with a month: count it, and take its preview out."""

from dataclasses import replace

from core import audit
from core.work import Work
from geography.small_areas import SmallAreas
from geography.wards import BoundarySet
from trends import queries
from trends.kept import added, areas_of, summed, tally_of
from trends.period import Period, code_of
from trends.rules import Summary, by_deprivation, hide_summary, summarise, tally, with_tension
from trends.vocabulary import GRADE_NAMES, NETWORK_HIDES_UP_TO


def count_month(work: Work, period: Period, wards: BoundarySet, areas: SmallAreas | None = None) -> Summary:
    """The true counts of a month beside those of the year before; by deprivation where small areas are given."""
    months = [period.month, period.year_before]
    groups = queries.report_groups(work.session, months)
    by_ward = queries.ward_counts_by_month(work.session, months, period.vintage)
    placed = queries.placed_by_month(work.session, months, period.vintage)
    tallies = [
        tally([group for group in groups if group.month == month], by_ward.get(month, {}), placed.get(month, 0))
        for month in months
    ]
    # Destroyed reports count on. `placed` stays that of the living: nobody can place the others again.
    kept = queries.kept_by_month(work.session, months)
    tallies = [added(each, tally_of(kept[month], period.vintage)) for each, month in zip(tallies, months, strict=True)]
    if areas is not None:
        by_area = queries.small_areas_by_month(work.session, months, areas.vintage)
        pairs = zip(tallies, months, strict=True)
        tallies = [
            by_deprivation(each, summed(by_area.get(month, {}), areas_of(kept[month], areas.vintage)), areas.quintile)
            for each, month in pairs
        ]
    names = {str(ward.code): ward.name for ward in wards}
    now, before = tallies
    summary = summarise(period, now, before, names, queries.first_month(work.session))
    tension = queries.tension_by_month(work.session, months, period.vintage)
    summary = with_tension(summary, tension[period.month], tension[period.year_before], names, GRADE_NAMES)
    return replace(summary, to_place=queries.placed_by_month(work.session, months, None) != placed)


def preview_month(work: Work, period: Period, wards: BoundarySet, areas: SmallAreas | None = None) -> Summary:
    """The same month as the Network would see it before secondary suppression."""
    return hide_summary(count_month(work, period, wards, areas), NETWORK_HIDES_UP_TO)


def take_out_preview(work: Work, period: Period, wards: BoundarySet, areas: SmallAreas | None = None) -> Summary:
    """The preview, for a file that leaves the page; the taking is recorded."""
    detail = {"month": code_of(period.month), "vintage": period.vintage}
    audit.record(work, "preview downloaded", None, detail)
    return preview_month(work, period, wards, areas)
