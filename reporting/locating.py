"""Finding the ward of a report: the protected place goes to the gazetteer, in a job, and nowhere else."""

from functools import cache

from sqlalchemy import delete

from core import audit
from core.work import Work
from geography.locating import City, default_city
from geography.places import Candidate, Point, Refusal
from geography.vocabulary import Vintage, WardCode
from reporting.events import ReportLocated
from reporting.models import Placement, Report, SmallArea
from reporting.places import FoundPlace, GivenPlace, place_of, protect
from reporting.small_areas import small_areas_of
from reporting.vocabulary import Precision, Setting

NOT_GIVEN = "No place was given."
ONLINE = "It happened online."


def locate_report(work: Work, report: Report) -> None:
    """Place a report in its ward under every vintage, or note why it could not be; safe to run again."""
    given = place_of(work, report.id, report.place)
    answer = _look_up(given, report.facts.setting)
    if isinstance(answer, Candidate):
        _place(work, report, given, answer)
    else:
        _leave_unplaced(work, report, given, answer)
    audit.record(work, "report located", report.id, {"precision": report.facts.precision.value})
    work.publish(ReportLocated(report.id))


def place_by_hand(work: Work, report: Report, vintage: str, ward: str) -> None:
    """An officer's own decision for one vintage; ValueError for a ward that is not of it."""
    if WardCode(ward) not in city().boundary_set(Vintage(vintage)).codes():
        raise ValueError("That is not a ward of this city.")
    settled = delete(Placement).where(Placement.report_id == report.id, Placement.vintage == vintage)
    work.session.execute(settled)
    work.session.add(Placement(report_id=report.id, vintage=vintage, ward=ward, weight=1.0))
    audit.record(work, "ward chosen by hand", report.id, {"vintage": vintage, "ward": ward})


@cache
def city() -> City:
    """The city of this installation, loaded once a process."""
    return default_city()


def ward_name(code: str, vintage: str | None = None) -> str:
    """A ward's name; the code itself when it is not of this city's vintage."""
    boundary_set = city().boundary_set(Vintage(vintage) if vintage else city().current_vintage)
    return boundary_set.ward_name(WardCode(code)) if WardCode(code) in boundary_set.codes() else code


def shown_point(place: GivenPlace) -> Point | None:
    """Where a place may be shown to anybody but the desk: a spot that eight postcodes share, or None."""
    spot = (place.found.lat, place.found.lon) if place.found else place.point
    return city().gazetteer.crosswalk.shown(Point(*spot)) if spot else None


def _look_up(given: GivenPlace, setting: Setting) -> Candidate | str:
    """The one candidate, or why there is none, in words."""
    if not given.is_given:
        return ONLINE if setting is Setting.ONLINE else NOT_GIVEN
    point = Point(*given.point) if given.point else None
    ward = WardCode(given.ward) if given.ward else None
    found = city().locate(text=given.words or None, point=point, ward=ward)
    if isinstance(found, Refusal):
        return found.words
    if len(found) > 1:
        return f"This could be {len(found)} places: {', '.join(each.place for each in found[:4])}."
    return found[0]


def _place(work: Work, report: Report, given: GivenPlace, candidate: Candidate) -> None:
    found = FoundPlace(
        candidate.place,
        candidate.point.lat,
        candidate.point.lon,
        Precision(candidate.precision.value),
        candidate.reason,
    )
    report.place = protect(work, report.id, given.with_found(found))
    report.facts.precision = found.precision
    work.session.execute(delete(Placement).where(Placement.report_id == report.id))
    work.session.add_all(
        Placement(report_id=report.id, vintage=share.vintage, ward=share.ward, weight=share.weight)
        for share in candidate.wards
    )
    _note_small_areas(work, report, found)
    work.session.flush()


def _note_small_areas(work: Work, report: Report, found: FoundPlace) -> None:
    work.session.execute(delete(SmallArea).where(SmallArea.report_id == report.id))
    areas = small_areas_of(city(), found)
    work.session.add_all(SmallArea(report_id=report.id, vintage=vintage, code=code) for vintage, code in areas.items())


def _leave_unplaced(work: Work, report: Report, given: GivenPlace, why: str) -> None:
    report.place = protect(work, report.id, given.with_refusal(why))
    report.facts.precision = Precision.NONE
    work.session.flush()
