"""Placing every report again: in a vintage that came later, from the protected place, once, whatever stops it."""

from dataclasses import replace

import pytest
from sqlalchemy import delete, func, select

from app.placing import extent, leave_to_worker, place_all
from core.audit import AuditEntry
from core.outbox import OutboxRow, drain
from core.work import Work, harbour
from geography.locating import City, default_city
from geography.places import Point
from geography.reaggregation import Reaggregation
from geography.vocabulary import Vintage
from reporting.locating import candidate_at, candidate_of_ward, locate_report, place_by_hand
from reporting.models import Placement, PlacingRun, Report, SmallArea
from tests.services.reporting.conftest import PLACES, located_on, placed
from tests.stack.vintages import NORTH, SOUTH, THIRD, two_areas


def choose_by_hand(work: Work, report: Report, ward: str) -> None:
    """An officer's decision."""
    place_by_hand(work, report, candidate_of_ward(ward), "Known locally")


def test_a_later_vintage_is_derived_and_the_others_stay(work: Work, sent: list[Report], later_city: City) -> None:
    before = placed(work)
    assert place_all(harbour(), later_city, THIRD) == len(PLACES)
    after = placed(work)
    assert {key: shares for key, shares in after.items() if key[1] != THIRD} == before
    for report, place in zip(sent, PLACES, strict=True):
        assert after.get((report.id, THIRD), {}) == located_on(later_city, place), place
    assert {ward for shares in after.values() for ward in shares} >= {NORTH, SOUTH}


def test_placing_again_where_all_are_placed_changes_nothing(work: Work, sent: list[Report]) -> None:
    before = placed(work)
    for vintage in default_city().vintages:
        place_all(harbour(), default_city(), vintage)
    assert placed(work) == before
    ended = work.session.scalars(select(AuditEntry).where(AuditEntry.action == "reports placed again"))
    assert [each.detail["changed"] for each in ended] == ["0", "0"]


def test_what_was_lost_comes_back(work: Work, sent: list[Report]) -> None:
    before = placed(work)
    work.session.execute(delete(Placement).where(Placement.vintage == "2011", Placement.report_id != sent[6].id))
    work.session.commit()
    place_all(harbour(), default_city(), Vintage("2011"))
    assert placed(work) == before


def test_a_ward_chosen_by_hand_stays(work: Work, sent: list[Report]) -> None:
    bargate = "E05015491"
    for report in (sent[1], sent[3], sent[7]):
        choose_by_hand(work, report, bargate)
    work.session.commit()
    place_all(harbour(), default_city(), Vintage("2023"))
    after = placed(work)
    assert all(after[(report.id, "2023")] == {bargate: 1.0} for report in (sent[1], sent[3], sent[7]))


def test_what_an_officer_chose_is_believed_on_a_later_vintage(work: Work, sent: list[Report], later_city: City) -> None:
    choose_by_hand(work, sent[7], "E05015491")
    work.session.commit()
    place_all(harbour(), later_city, THIRD)
    assert placed(work)[(sent[7].id, THIRD)] == {SOUTH: 1.0}


def test_a_pin_that_an_officer_set_is_placed_by_its_point(work: Work, sent: list[Report], later_city: City) -> None:
    point = later_city.boundary_set(THIRD).wards[0].polygon.representative_point()
    place_by_hand(work, sent[7], candidate_at(Point(point.y, point.x)), "Told on the telephone")
    work.session.commit()
    place_all(harbour(), later_city, THIRD)
    assert placed(work)[(sent[7].id, THIRD)] == {later_city.boundary_set(THIRD).wards[0].code: 1.0}


def test_it_goes_on_where_it_was_stopped(
    work: Work, sent: list[Report], later_city: City, small_batches: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = Reaggregation.place, []

    def stopped(self: Reaggregation, places: list[object]) -> object:
        calls.append(len(places))
        if len(calls) == 3:
            raise KeyboardInterrupt
        return real(self, places)  # type: ignore[arg-type]

    monkeypatch.setattr(Reaggregation, "place", stopped)
    with pytest.raises(KeyboardInterrupt):
        place_all(harbour(), later_city, THIRD)
    work.session.rollback()
    assert extent(harbour(), later_city, THIRD).placed_before == 4
    heard: list[int] = []
    assert place_all(harbour(), later_city, THIRD, heard.append) == len(PLACES) - 4
    assert heard == [2, 2, 1]
    assert extent(harbour(), later_city, THIRD).placed_before == 0
    after = placed(work)
    for report, place in zip(sent, PLACES, strict=True):
        assert after.get((report.id, THIRD), {}) == located_on(later_city, place)
    [ended] = work.session.scalars(select(AuditEntry).where(AuditEntry.action == "reports placed again"))
    assert ended.detail == {"vintage": THIRD, "reports": "9", "changed": "7"}


def test_the_workers_do_it_a_batch_to_a_job(
    work: Work, sent: list[Report], later_city: City, small_batches: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    drain(harbour())
    monkeypatch.setattr("reporting.tasks.city", lambda: later_city)
    leave_to_worker(harbour(), THIRD)
    # Five batches and the last job, which finds nothing left.
    assert drain(harbour()) == 6
    assert work.session.scalar(select(func.count()).select_from(OutboxRow)) == 0
    assert work.session.scalar(select(func.count()).select_from(PlacingRun)) == 0
    assert len([key for key in placed(work) if key[1] == THIRD]) == 7


def test_a_place_that_cannot_be_opened_stops_nobody(work: Work, sent: list[Report], later_city: City) -> None:
    sent[0].place = b"not what was locked"
    work.session.commit()
    assert place_all(harbour(), later_city, THIRD) == len(PLACES)
    assert len([key for key in placed(work) if key[1] == THIRD]) == 7


def test_small_areas_are_noted_and_go_with_the_report(
    work: Work, sent: list[Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    ranked = replace(default_city(), small_areas=(two_areas(),))
    assert work.session.scalar(select(func.count()).select_from(SmallArea)) == 0
    place_all(harbour(), ranked, Vintage("2023"))
    found = {area.report_id: area.code for area in work.session.scalars(select(SmallArea))}
    # Points and postcodes; no street, no whole ward.
    assert {each.id for each in (sent[0], sent[1], sent[2], sent[4])} == set(found)
    assert found[sent[0].id] == "E01099901"
    newer = replace(default_city(), small_areas=(two_areas(-1.5), two_areas(vintage="2021")))
    monkeypatch.setattr("reporting.locating.city", lambda: newer)
    locate_report(work, sent[0])
    work.session.commit()
    place_all(harbour(), newer, Vintage("2023"))
    codes = select(SmallArea.vintage, SmallArea.code).where(SmallArea.report_id == sent[0].id)
    assert {vintage: code for vintage, code in work.session.execute(codes)} == {
        "2011": "E01099902",
        "2021": "E01099901",
    }
    work.session.delete(work.session.get(Report, sent[0].id))
    work.session.commit()
    assert work.session.scalar(codes.limit(1)) is None
