"""Placing every report again while something else happens: another pack, another run."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

import reporting.replacing as replacing
from app.placing import extent, leave_to_worker, place_all
from core.audit import AuditEntry
from core.outbox import drain
from core.work import Work, harbour
from geography.locating import City
from geography.reaggregation import Reaggregation
from geography.vocabulary import Vintage
from reporting.models import PlacingRun, Report
from reporting.replacing import place_next
from tests.services.reporting.conftest import PLACES, located_on, placed
from tests.stack.vintages import NORTH, SOUTH, THIRD

OTHER_WAY = {NORTH: SOUTH, SOUTH: NORTH}


def swapped(later: City) -> City:
    """The same vintage, once the names of its two wards were put right."""
    crosswalk = later.gazetteer.crosswalk
    wards = crosswalk.sets[-1]
    right = replace(wards, wards=tuple(replace(each, code=OTHER_WAY[each.code]) for each in wards))
    sets = (*crosswalk.sets[:-1], right)
    return replace(later, gazetteer=replace(later.gazetteer, crosswalk=replace(crosswalk, sets=sets)))


def first_batch(work: Work, city: City) -> None:
    """What a run did before it was stopped."""
    assert place_next(work, city, Reaggregation(city, THIRD)) == 2
    work.session.commit()


def test_a_corrected_pack_starts_over(work: Work, sent: list[Report], later_city: City, small_batches: None) -> None:
    first_batch(work, later_city)
    assert extent(harbour(), later_city, THIRD).placed_before == 2
    corrected = swapped(later_city)
    assert extent(harbour(), corrected, THIRD).placed_before == 0
    assert place_all(harbour(), corrected, THIRD) == len(PLACES)
    after = placed(work)
    for report, place in zip(sent, PLACES, strict=True):
        assert after.get((report.id, THIRD), {}) == located_on(corrected, place), place
    [ended] = work.session.scalars(select(AuditEntry).where(AuditEntry.action == "reports placed again"))
    assert ended.detail["reports"] == "9"


def test_workers_start_over_on_a_corrected_pack(
    work: Work, sent: list[Report], later_city: City, small_batches: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    drain(harbour())
    asked = []

    def city_of_the_moment() -> City:
        asked.append(1)
        return later_city if len(asked) < 3 else corrected

    corrected = swapped(later_city)
    monkeypatch.setattr("reporting.tasks.city", city_of_the_moment)
    leave_to_worker(harbour(), THIRD)
    drain(harbour())
    # Two batches on the one, then five on the other and the job that finds nothing left, each asking once.
    assert len(asked) == 8
    after = placed(work)
    for report, place in zip(sent, PLACES, strict=True):
        assert after.get((report.id, THIRD), {}) == located_on(corrected, place), place


def test_a_run_that_another_pack_took_over_stops(
    work: Work, sent: list[Report], later_city: City, small_batches: None
) -> None:
    corrected, heard = swapped(later_city), []

    def meanwhile(reports: int) -> None:
        heard.append(reports)
        if len(heard) == 1:
            first_batch(work, corrected)

    assert place_all(harbour(), later_city, THIRD, meanwhile) == 2
    assert extent(harbour(), corrected, THIRD).placed_before == 2


@pytest.mark.parametrize("by_worker", [False, True])
def test_two_runs_at_once_place_each_report_once(
    work: Work,
    sent: list[Report],
    later_city: City,
    small_batches: None,
    monkeypatch: pytest.MonkeyPatch,
    by_worker: bool,
) -> None:
    drain(harbour())
    monkeypatch.setattr("reporting.tasks.city", lambda: later_city)
    if by_worker:
        leave_to_worker(harbour(), THIRD)
        leave_to_worker(harbour(), THIRD)
        drain(harbour())
    else:
        # The other finishes everything after the first batch of this one.
        others: list[int] = []

        def meanwhile(reports: int) -> None:
            if not others:
                others.append(place_all(harbour(), later_city, THIRD))

        assert (place_all(harbour(), later_city, THIRD, meanwhile), others) == (2, [len(PLACES) - 2])
    [ended] = work.session.scalars(select(AuditEntry).where(AuditEntry.action == "reports placed again"))
    assert ended.detail["reports"] == "9"
    assert work.session.scalar(select(func.count()).select_from(PlacingRun)) == 0


def test_two_runs_that_begin_at_the_same_moment_go_on_together(
    work: Work, sent: list[Report], later_city: City, small_batches: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    first_batch(work, later_city)
    held, looked = replacing._held, []

    def a_moment_before(work: Work, vintage: Vintage) -> PlacingRun | None:
        looked.append(vintage)
        return None if len(looked) == 1 else held(work, vintage)

    monkeypatch.setattr(replacing, "_held", a_moment_before)
    assert place_all(harbour(), later_city, THIRD) == len(PLACES) - 2
