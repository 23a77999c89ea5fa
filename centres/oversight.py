"""Oversight of centres: their numbers, who has gone quiet, and which wards have no centre near."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from centres.models import Centre
from centres.oversight_queries import (
    FirstAnswer,
    centres_overseen,
    counted_by_month,
    counted_by_poster,
    first_answers,
    last_received,
)
from centres.oversight_rules import (
    HIDDEN_WORDS,
    WITHIN_MILES,
    Answered,
    CentreNumbers,
    Counted,
    added_up,
    has_gone_quiet,
    last_months,
    median_of,
    shown,
)
from centres.vocabulary import CentreState
from core.clock import local_day
from core.work import Work
from core.working_time import DeskHours
from geography.places import Point
from geography.reach import middles_of_wards, miles_to_nearest
from geography.vocabulary import WardCode
from reporting.locating import city


@dataclass(frozen=True, slots=True)
class WardReach:
    """A ward, and how many miles lie between its postcodes' middle and the nearest active centre."""

    code: WardCode
    name: str
    miles: float | None

    @property
    def is_near(self) -> bool:
        """Whether a centre is within a mile."""
        return self.miles is not None and self.miles <= WITHIN_MILES


def oversee(work: Work, training: Mapping[str, str] | None = None) -> list[CentreNumbers]:
    """Every centre's numbers, by name. `training` says by centre how its people stand with theirs."""
    return _numbers(work, centres_overseen(work.session), training or {})


def numbers_of(work: Work, centre: Centre) -> CentreNumbers:
    """One centre's own numbers, for its people."""
    [own] = _numbers(work, [centre], {})
    return own


def heard_where(work: Work) -> list[tuple[str, str]]:
    """Where those who sent a report themselves in the last months heard of the form, the most first: where, and how
    many in words. Small numbers are hidden, and no total is given that would show one.
    """
    first = last_months(local_day(work.now, work.harbour.settings.desk_time_zone))[0]
    counted = counted_by_poster(work.session, first)
    posters = sorted((-_weight(reports), name, reports) for name, reports in counted.items() if name)
    return [
        *((f"Poster of {name}", shown(reports)) for _, name, reports in posters),
        ("No centre’s poster", shown(counted.get(None, 0))),
    ]


def reach_of_centres(centres: Iterable[Centre]) -> list[WardReach]:
    """Each ward of today, by name, with how far the nearest active centre is."""
    here = city()
    active = [Point(*spot) for spot in map(spot_of, centres) if spot]
    miles = miles_to_nearest(middles_of_wards(here.gazetteer.crosswalk), active)
    wards = sorted(here.boundary_set(), key=lambda ward: ward.name)
    return [WardReach(ward.code, ward.name, miles.get(ward.code)) for ward in wards]


def spot_of(centre: Centre) -> tuple[float, float] | None:
    """Where an active centre is; None for one that is not active, or whose postcode is unknown."""
    if centre.state is not CentreState.ACTIVE or centre.lat is None or centre.lon is None:
        return None
    return centre.lat, centre.lon


def _weight(reports: int) -> int:
    """What a count may do to an order: a hidden one's place must not tell which it is."""
    return reports if shown(reports) != HIDDEN_WORDS else 0


def _numbers(work: Work, centres: list[Centre], training: Mapping[str, str]) -> list[CentreNumbers]:
    settings = work.harbour.settings
    today = local_day(work.now, settings.desk_time_zone)
    months = last_months(today)
    ids = [centre.id for centre in centres]
    counted = counted_by_month(work.session, ids, months[0])
    answers = _answers(first_answers(work.session, ids, months[0]), DeskHours.of(settings))
    last = {
        centre_id: local_day(moment, settings.desk_time_zone)
        for centre_id, moment in last_received(work.session, ids).items()
    }
    return [
        CentreNumbers(
            centre_id=centre.id,
            name=centre.name,
            is_active=centre.state is CentreState.ACTIVE,
            months=tuple((month, by_month.get(month, Counted()).reports) for month in months),
            counted=added_up(by_month),
            median_hours=median_of(answers.get(centre.id, [])),
            answered=sum(each.reports for each in answers.get(centre.id, [])),
            last_on=last.get(centre.id),
            is_quiet=has_gone_quiet(
                centre.state is CentreState.ACTIVE, last.get(centre.id), _begun_on(work, centre), today
            ),
            training=training.get(centre.id),
        )
        for centre in centres
        for by_month in [counted.get(centre.id, {})]
    ]


def _begun_on(work: Work, centre: Centre) -> date:
    return local_day(centre.agreed_at or centre.applied_at, work.harbour.settings.desk_time_zone)


def _answers(found: Iterable[FirstAnswer], hours: DeskHours) -> dict[str, list[Answered]]:
    by_centre: dict[str, list[Answered]] = {}
    for each in found:
        waited = hours.hours_between(each.received_at, each.answered_at)
        by_centre.setdefault(each.centre_id, []).append(Answered(waited, each.reports))
    return by_centre
