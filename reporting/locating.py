"""Finding the ward of a report: the protected place goes to the gazetteer, in a job, and nowhere else."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import structlog
from flask import has_app_context
from sqlalchemy import delete

from core import audit
from core.clock import local_day
from core.work import Work, harbour
from geography.asides import HOME
from geography.installed import InstalledCity
from geography.locating import City, default_city
from geography.nominatim import ChainedGeocoder
from geography.places import Candidate, Point, Refusal
from geography.vocabulary import Unplaced, Vintage, WardCode
from reporting.events import ReportLocated
from reporting.models import Placement, Report, SmallArea
from reporting.places import FoundPlace, GivenPlace, place_of, protect
from reporting.small_areas import small_areas_of
from reporting.vocabulary import Precision, Setting

NOT_GIVEN = "No place was given."
ONLINE = "It happened online."
FAILED = "We could not look this place up. Choose it by hand."

log = structlog.get_logger()


def locate_report(work: Work, report: Report) -> None:
    """Place a report in its ward under every vintage, or note why it could not be; safe to run again."""
    given = place_of(work, report)
    if not given.is_settled:
        answer = _look_up_or_say_why(given, report.facts.setting, work.harbour.settings.nominatim_url)
        if isinstance(answer, Candidate):
            _place(work, report, given, answer)
        else:
            _leave_unplaced(work, report, given, answer)
    audit.record(work, "report located", report.id, {"precision": report.facts.precision.value})
    work.publish(ReportLocated(report.id))


def place_by_hand(work: Work, report: Report, candidate: Candidate, why: str) -> None:
    """An officer's own decision, under every vintage. What was given is kept; looking it up again changes nothing."""
    reason = f"Chosen by an officer: {why[:1].lower()}{why[1:]}."
    _place(work, report, place_of(work, report), replace(candidate, reason=reason), by_hand=True)
    vintage = city().current_vintage
    wards = " ".join(share.ward for share in candidate.shares(vintage))
    detail = {"precision": candidate.precision.value, "vintage": vintage, "wards": wards}
    audit.record(work, "place chosen by hand", report.id, detail)


def readings_of(given: GivenPlace) -> tuple[list[Candidate], list[str]]:
    """Every place that what was given may mean, all of it together first, and why the rest of it means none."""
    point = Point(*given.point) if given.point else None
    ward = WardCode(given.ward) if given.ward else None
    candidates: dict[tuple[str, Point], Candidate] = {}
    refused: list[str] = []
    answers = (
        city().locate(text=given.words) if given.words else [],
        city().locate(point=point) if point else [],
        city().locate(ward=ward) if ward else [],
    )
    together = city().locate(given.words or None, point, ward)
    for answer in (together if isinstance(together, list) else [], *answers):
        if isinstance(answer, Refusal):
            refused.append(answer.words)
        else:
            candidates.update(
                {(each.place, each.point): each for each in answer if (each.place, each.point) not in candidates}
            )
    return list(candidates.values()), refused


def candidate_at(point: Point) -> Candidate:
    """A pin; ValueError says why it cannot be placed."""
    return _only(city().locate(point=point))


def candidate_of_ward(ward: str) -> Candidate:
    """A whole ward of today; ValueError for one that is not of this city."""
    if WardCode(ward) not in city().boundary_set().codes():
        raise ValueError("That is not a ward of this city.")
    return _only(city().locate(ward=WardCode(ward)))


def city() -> City:
    """The city of this installation as it is now: another one once a new pack was swapped in.

    Outside an application there is no installation, and the shipped city is meant.
    """
    if not has_app_context():
        return default_city()
    settings = harbour().settings
    today = local_day(harbour().clock(), settings.desk_time_zone)
    return _installed(settings.geography_folder, settings.council).city(today)


@cache
def _installed(folder: Path, council: str) -> InstalledCity:
    return InstalledCity(folder, council)


def ward_name(code: str, vintage: str | None = None) -> str:
    """A ward's name; the code itself when it is not of this city's vintage."""
    boundary_set = city().boundary_set(Vintage(vintage) if vintage else city().current_vintage)
    return boundary_set.ward_name(WardCode(code)) if WardCode(code) in boundary_set.codes() else code


def point_words(point: Point) -> str:
    """Where a point on the map is, in words that give nothing but its ward away."""
    found = city().locate(point=point)
    if isinstance(found, Refusal):
        return "A point outside the city"
    return f"A point in {ward_name(found[0].shares(city().current_vintage)[0].ward)}"


def as_given(given: GivenPlace) -> str:
    """Everything that was given about a place, in words; empty when nothing was."""
    parts = (
        given.words,
        f"Somewhere in {ward_name(given.ward)}, chosen from the list" if given.ward else "",
        f"{point_words(Point(*given.point))}, pressed on the map" if given.point else "",
    )
    return "; ".join(filter(None, parts))


def shown_point(place: GivenPlace) -> Point | None:
    """Where a place may be shown to anybody but the desk: a spot that eight postcodes share, or None."""
    spot = (place.found.lat, place.found.lon) if place.found else place.point
    return city().gazetteer.crosswalk.shown(Point(*spot)) if spot else None


@cache
def _address_service(url: str) -> ChainedGeocoder:
    """The installation's own address search, one a process: it remembers when it did not answer."""
    return ChainedGeocoder(lambda: city().gazetteer, url)


def _look_up_or_say_why(given: GivenPlace, setting: Setting, nominatim_url: str) -> Candidate | str:
    """A gazetteer that fails leaves a place to a person: the report must reach the desk without it."""
    try:
        return _look_up(given, setting, nominatim_url)
    except Exception as error:
        log.error("place not looked up", error=type(error).__name__)
        return FAILED


def _look_up(given: GivenPlace, setting: Setting, nominatim_url: str) -> Candidate | str:
    """The one candidate that is beyond doubt, or why there is none, in words."""
    # A pin from an answer that was changed to online says nothing.
    point = Point(*given.point) if given.point and setting is not Setting.ONLINE else None
    if not (given.words or given.ward or point):
        return ONLINE if setting is Setting.ONLINE else NOT_GIVEN
    ward = WardCode(given.ward) if given.ward else None
    found = city().locate(text=given.words or None, point=point, ward=ward)
    if isinstance(found, Refusal) and nominatim_url and given.words and found.reason is Unplaced.NOT_FOUND:
        found = _address_service(nominatim_url).beyond_our_names(given.words) or found
    if isinstance(found, Refusal):
        return found.words
    if len(found) > 1:
        return f"This could be {len(found)} places: {', '.join(each.place for each in found[:4])}."
    only = found[0].beyond_doubt() if setting is Setting.HOME and found[0].doubt == HOME else found[0]
    return f"This may be {only.place}: {only.doubt}." if only.doubtful else only


def _only(answer: list[Candidate] | Refusal) -> Candidate:
    if isinstance(answer, Refusal):
        raise ValueError(answer.words)
    return answer[0]


def _place(work: Work, report: Report, given: GivenPlace, candidate: Candidate, by_hand: bool = False) -> None:
    found = FoundPlace(
        candidate.place,
        candidate.point.lat,
        candidate.point.lon,
        Precision(candidate.precision.value),
        candidate.reason,
        by_hand,
    )
    report.place = protect(work, report.id, report.erasure_slot, given.with_found(found))
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
    report.place = protect(work, report.id, report.erasure_slot, given.with_refusal(why))
    report.facts.precision = Precision.NONE
    work.session.flush()
