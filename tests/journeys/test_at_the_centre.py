"""A visitor at a centre, for real: the screen handed over, the sheet, the envelope, and the visitor come back."""

import random
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from core.settings import Settings
from drills.centres import lost_and_doubled
from drills.line_cut import KINDS, SEND, Line, log_past, sign_in
from tests.journeys.conftest import NewVisitor
from tests.journeys.partnership import PASSWORD, email_of
from tests.journeys.visitor import Visitor
from tests.stack.served import Served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ALONE = "Test: he works here, and I am afraid of him."
PASSPHRASE = "four grey horses walking"


def test_a_visitor_answers_alone_leaves_an_envelope_and_comes_back(new_visitor: NewVisitor) -> None:
    centre = new_visitor()
    centre.page.set_viewport_size({"width": 768, "height": 1024})
    centre.sign_in("centre")
    answer_alone(centre)
    centre.does_not_see(ALONE)
    centre.sees("Answered by the visitor, sealed")
    code = send_and_take_the_code(centre)
    come_back_to_the_envelope(centre, code)


def answer_alone(centre: Visitor) -> None:
    """Begin a visit, hand over the screen, write, and give it back."""
    page = centre.page
    centre.press("Log a report")
    page.check("input[value=verbal-abuse]")
    page.select_option("select[name=language]", "fa")
    page.locator("button:has-text('hand the screen')").click()
    page.wait_for_url("**/visitor")
    centre.look()
    centre.does_not_see("Test Library")
    page.fill("textarea[name=words]", ALONE)
    page.locator("button:has-text('Lock my answers')").click()
    page.wait_for_url("**/give-back")
    give_back(centre)


def send_and_take_the_code(centre: Visitor) -> str:
    """Read aloud, send, hand over the screen for the code, and seal the envelope; the code."""
    page = centre.page
    page.check("input[name=read][value='support:what-happened']")
    page.check("input[name=consent][value='support:what-happened']")
    page.check("input[name=agreed]")
    centre.press_until("Send the report", "The report is in")
    assert page.locator("[data-code]").count() == 0
    centre.press("Hand the screen to the visitor")
    code = centre.code()
    page.emulate_media(media="print")
    expect(page.locator(".harbour-sheet")).to_be_visible()
    for unsafe in (".harbour-header", ".harbour-exit", ".harbour-footer", "button >> nth=0"):
        expect(page.locator(unsafe).first).to_be_hidden()
    page.emulate_media(media="screen")
    page.fill("input[name=passphrase]", PASSPHRASE)
    page.fill("input[name=again]", PASSPHRASE)
    centre.press("Seal the envelope")
    centre.sees("Your envelope is sealed")
    centre.press("clear the screen")
    give_back(centre)
    return code


def come_back_to_the_envelope(centre: Visitor, code: str) -> None:
    """Weeks later, without the code: the passphrase opens the envelope on the handed screen, and that the report."""
    page = centre.page
    with page.expect_navigation():
        page.locator("table a").first.click()
    centre.look()
    centre.does_not_see(code)
    centre.press("Hand over the screen for the envelope")
    page.fill("input[name=passphrase]", "four grey horses running")
    centre.press("Open the envelope")
    centre.sees("That does not open an envelope")
    page.fill("input[name=passphrase]", PASSPHRASE)
    centre.press("Open the envelope")
    assert centre.code() == code
    centre.press("Open my report")
    centre.sees(ALONE)
    with page.expect_navigation():
        page.locator("footer a:has-text('Give the screen back')").click()
    centre.look()
    centre.press("Clear the screen")
    centre.page.go_back()
    centre.does_not_see(ALONE)
    centre.page.go_forward()
    give_back(centre)


def give_back(centre: Visitor) -> None:
    """Take the screen back as the member of staff."""
    centre.look()
    centre.page.fill("input[name=password]", PASSWORD)
    centre.press("Take the screen back")


@pytest.mark.parametrize("kind", KINDS)
def test_a_line_that_is_cut_loses_no_report_and_doubles_none(
    kind: Callable[[Line, random.Random], None],
    browser: "Browser",
    partnership: None,
    served: Served,
    settings: Settings,
) -> None:
    context = browser.new_context(base_url=served.url)
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    sign_in(page, email_of("centre"), PASSWORD)
    words = "Test: told on a line that was cut."
    line = Line(page)
    sent = [(log_past(line, words, random.Random("a cut"), kind), words)]
    context.close()
    assert lost_and_doubled(settings, sent) == (0, 0)


def test_no_button_moves_from_under_the_pointer_when_the_line_goes(
    browser: "Browser", partnership: None, served: Served
) -> None:
    context = browser.new_context(base_url=served.url)
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    sign_in(page, email_of("centre"), PASSWORD)
    for width in (390, 768, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        page.goto("/centre/log")
        assert_the_button_stays(page)
        context.set_offline(False)
    context.close()


def assert_the_button_stays(page: "Page") -> None:
    """Type, lose the line, and type on: whatever is said about it, the button that sends is where it was."""
    line, button = page.locator("[data-line]"), page.locator(SEND)
    button.scroll_into_view_if_needed()
    before = button.bounding_box()
    type_something = "form => form.dispatchEvent(new Event('input'))"
    for happens, words in (
        (lambda: page.locator("form[data-visit]").evaluate(type_something), "Not saved yet."),
        (lambda: page.context.set_offline(True), "The line is gone"),
        (lambda: page.locator("form[data-visit]").evaluate(type_something), "Waiting for the line"),
    ):
        happens()
        line.filter(has_text=words).wait_for()
        assert button.bounding_box() == before, words
