"""A visitor at a centre, for real: the screen handed over, the sheet, the envelope, and the visitor come back."""

import random
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from core.settings import Settings
from drills.centres import lost_and_doubled
from drills.line_cut import KINDS, SEND, Line, log_past, sign_in
from tests.journeys.a_visit import ALONE, answer_alone, come_back_to_the_envelope, send_and_take_the_code
from tests.journeys.conftest import NewVisitor
from tests.journeys.partnership import PASSWORD, email_of
from tests.stack.served import Served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


def test_a_visitor_answers_alone_leaves_an_envelope_and_comes_back(new_visitor: NewVisitor) -> None:
    centre = new_visitor()
    centre.page.set_viewport_size({"width": 768, "height": 1024})
    centre.sign_in("centre")
    answer_alone(centre, "Test Library")
    centre.does_not_see(ALONE)
    centre.sees("Answered by the visitor, sealed")
    code = send_and_take_the_code(centre)
    come_back_to_the_envelope(centre, code)


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
