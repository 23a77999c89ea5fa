"""Community tension stands in tables of its own: by ward and grade, hidden in the preview, in no count of reports."""

from dataclasses import replace
from datetime import date

from core.ids import new_id
from core.sealing import Secret
from core.work import Actor, Work
from reporting.answers import Place
from reporting.intelligence import Heard, file_intelligence, place_intelligence
from reporting.intelligence_words import Assessment, Handling, SourceEvaluation
from reporting.locating import city
from tests.services.trends.conftest import NOW
from trends.download import file_rows
from trends.period import Period
from trends.services import count_month, preview_month
from trends.vocabulary import HIDDEN, NOT_KNOWN, Breakdown

MARCH = Period(date(2024, 3, 1), "2023", NOW.date())


def hear(work: Work, times: int, place: str = "SO14 7LY", assessment: Assessment = Assessment.INDIRECT) -> None:
    actor = replace(work, actor=Actor("officer", new_id()))
    for _ in range(times):
        heard = Heard(
            Secret("heard"), Secret(""), Secret(""), Place(place), SourceEvaluation.UNTESTED, assessment,
            Handling.PERMITTED,
        )  # fmt: skip
        place_intelligence(work, file_intelligence(actor, heard, new_id(), "Demo"))
    work.session.commit()


def test_it_is_counted_by_ward_and_grade_and_among_no_reports(work: Work) -> None:
    hear(work, 6)
    hear(work, 2, "nowhere at all", Assessment.DIRECT)
    wards = city().boundary_set()
    summary = count_month(work, MARCH, wards)
    tension = {row.code: row.now for row in summary.tables[Breakdown.TENSION_WARD].rows if row.now}
    assert sum(tension.values()) == 8  # type: ignore[arg-type]
    assert tension[NOT_KNOWN] == 2
    assert {row.code: row.now for row in summary.tables[Breakdown.TENSION_GRADE].rows} == {"2A": 2, "2C": 6}
    assert summary.total.now == 0
    assert not any(row.now for row in summary.tables[Breakdown.WARD].rows)


def test_small_numbers_are_hidden_in_the_preview_and_its_file(work: Work) -> None:
    hear(work, 6)
    hear(work, 2, "nowhere at all", Assessment.DIRECT)
    preview = preview_month(work, MARCH, city().boundary_set())
    grades = {row.code: row.now for row in preview.tables[Breakdown.TENSION_GRADE].rows}
    assert grades == {"2A": HIDDEN, "2C": 6}
    lines = {row.code: (row.count, row.note) for row in file_rows(preview) if row.table == "tension by grade"}
    assert lines["2A"][0] is HIDDEN
    assert all("no reports" in note for _, note in lines.values())
