"""The whole journey, once, for real: told, sealed, placed, queued, opened, referred, answered, counted."""

import csv
import io
from datetime import timedelta

from playwright.sync_api import Page

from core.clock import utc_now
from tests.journeys.conftest import NewVisitor
from tests.journeys.visitor import LISTED, Visitor

NARRATIVE = "Test: somebody shouted at me. كان الأمر مخيفا 😟"
NAME, NUMBER = "Test Person Anonymous-Not", "02300 000000"


def test_a_report_travels_from_the_form_to_the_months_count(new_visitor: NewVisitor) -> None:
    """An anonymous report and a centre's, all the way to the coordinator's download."""
    reporter, centre = new_visitor(), new_visitor()
    code = tell(reporter)
    log_for_visitor(centre)
    officer = new_visitor()
    refer(officer)
    police, housing = new_visitor(), new_visitor()
    answer(housing, "The graffiti was removed and the block visited.")
    police.sign_in("police")
    police.open_first()
    police.does_not_see(NAME)
    police.sees(NARRATIVE)
    come_back(reporter, code)
    count(new_visitor())


def tell(reporter: Visitor) -> str:
    """Walk the question pages as somebody who gives a name to housing alone; the code."""
    page = reporter.page
    reporter.go("/report")
    reporter.press("Start now")
    page.check("input[value=unsafe]")
    reporter.press("Continue")
    reporter.sees("999")
    reporter.press("Go on with the report")
    tick(page, "verbal-abuse", "graffiti")
    reporter.press("Continue")
    tick(page, "race")
    reporter.press("Continue")
    yesterday = utc_now().date() - timedelta(days=1)
    page.check("input[value=exact]")
    for part in ("day", "month", "year"):
        page.fill(f"input[name=date-{part}]", str(getattr(yesterday, part)))
    reporter.press("Continue")
    page.check("input[value=home]")
    page.fill("input[name=place_words]", "so14 7ly")
    reporter.press("Continue")
    page.fill("textarea[name=words]", NARRATIVE)
    reporter.press("Continue")
    for answer_ in ("before-and-worse", "threat-to-life", "neighbour", "no", "nobody", "make-it-stop"):
        tick(page, answer_)
        reporter.press("Continue")
    page.check("input[value=reach-me]")
    page.fill("input[name=name]", NAME)
    page.fill("input[name=reach]", NUMBER)
    reporter.press("Continue")
    tick(page, "police:what-happened", "housing:what-happened", "housing:how-to-reach-me", "housing:who-i-am")
    reporter.press("Continue")
    reporter.sees(NARRATIVE)
    reporter.press("Send the report")
    code = reporter.code()
    reporter.press("I have kept my code")
    reporter.does_not_see(code[:4])
    return code


def log_for_visitor(centre: Visitor) -> None:
    """Log a visitor's report at the centre: a code for them, a reference and a state for the centre."""
    centre.sign_in("centre")
    centre.press("Log a report")
    tick(centre.page, "nuisance-noise")
    centre.page.fill("input[name=place_words]", "Shirley High Street")
    centre.page.fill("textarea[name=words]", "Test: a visitor's own words")
    centre.page.check("input[name=agreed]")
    centre.press_until("Send the report", "The report is in")
    assert centre.code()
    centre.press("Back to the list")
    centre.sees("Received")
    centre.does_not_see("a visitor's own words")


def refer(officer: Visitor) -> None:
    """Open the report of highest risk, refer it to police and housing, with a preview of exactly what leaves."""
    officer.sign_in("officer")
    wait_for_queue(officer, 2)
    assert "High risk" in officer.page.locator(".harbour-queue__row").first.inner_text()
    officer.open_first()
    officer.sees(NARRATIVE)
    officer.sees("Bargate")
    officer.page.locator("input[name=level-level][value=high]").check()
    officer.press("Set the level")
    officer.press("Refer")
    tick_label(officer.page, "Test Police", "Test Housing")
    officer.press("See what would leave")
    parts = officer.page.locator("main").inner_text()
    assert parts.count(NARRATIVE) == 2
    assert parts.count(NAME) == 1
    officer.press("Send to")
    officer.sees("Test Housing")


def answer(housing: Visitor, words: str) -> None:
    """Accept as the housing agency, and record what was done."""
    housing.sign_in("housing")
    housing.open_first()
    housing.sees(NAME)
    housing.sees(NUMBER)
    housing.press("Accept")
    housing.page.select_option("select[name=outcome-outcome]", index=2)
    housing.page.fill("textarea[name=outcome-words]", words)
    housing.press("Record the outcome")


def come_back(reporter: Visitor, code: str) -> None:
    """See what was done behind the code, and answer."""
    reporter.go("/come-back")
    reporter.page.fill("input[name=code]", code.lower().replace("-", " "))
    reporter.press("Open my report")
    reporter.sees("Test Housing")
    reporter.sees("The graffiti was removed and the block visited.")
    reporter.page.fill("textarea[name=words]", "Test: thank you")
    reporter.press("Send the message")
    reporter.sees("Test: thank you")
    assert code[:4] not in reporter.page.url


def count(coordinator: Visitor) -> None:
    """Open the month, see true counts marked as such, and download the preview with small numbers hidden."""
    coordinator.sign_in("coordinator")
    coordinator.sees("not for release")
    coordinator.go("/trends/month/preview")
    with coordinator.page.expect_download() as waiting:
        coordinator.page.locator("main a[href*='preview.csv']").first.click()
    rows = list(csv.DictReader(io.StringIO(waiting.value.path().read_text("utf-8-sig"))))
    assert rows
    assert {row["status"] for row in rows} == {"not for release"}
    assert not {row["count"] for row in rows} & {"1", "2", "3", "4"}


def wait_for_queue(officer: Visitor, wanted: int) -> None:
    """Look at the queue until the worker has brought the reports there, for a bounded time."""
    listed = officer.page.locator(LISTED)
    for _ in range(100):
        if listed.count() >= wanted:
            return
        officer.go("/desk/queue")
    raise AssertionError(f"{listed.count()} of {wanted} reports came to the queue")


def tick(page: Page, *values: str) -> None:
    """Choose boxes or buttons by their stored word."""
    for value in values:
        page.locator(f'input[value="{value}"]').check()


def tick_label(page: Page, *labels: str) -> None:
    """Choose boxes by the words beside them."""
    for label in labels:
        page.get_by_label(label).first.check()
