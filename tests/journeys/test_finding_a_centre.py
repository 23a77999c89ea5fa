"""A centre is found in a browser, with and without scripts; every page looked at on phone, tablet and wide."""

import re

import pytest

from centres.directory import code_of
from tests.journeys.conftest import NewVisitor
from tests.journeys.visitor import Visitor

WIDTHS = (390, 768, 1280)


@pytest.fixture
def somebody(new_visitor: NewVisitor) -> Visitor:
    return new_visitor()


def look_at_every_width(visitor: Visitor) -> None:
    """The page as it is on a phone, a tablet and a wide screen, and turned to be read from the right."""
    for wide in WIDTHS:
        visitor.page.set_viewport_size({"width": wide, "height": 800})
        visitor.look()
    visitor.page.evaluate("document.documentElement.dir = 'rtl'")
    visitor.look()
    visitor.page.evaluate("document.documentElement.dir = 'ltr'")
    visitor.page.set_viewport_size({"width": 390, "height": 844})


def test_from_the_start_page_to_the_nearest_centre_and_its_page(somebody: Visitor) -> None:
    """Nothing of the postcode or the press is in an address that anybody asked for."""
    page, asked = somebody.page, list[str]()
    page.on("request", lambda request: asked.append(request.url))
    somebody.go("/report")
    somebody.press("Reporting centres near you")
    look_at_every_width(somebody)
    page.fill("input[name=place]", "SO17 2NG")
    somebody.press("Show the nearest")
    somebody.sees("minutes’ walk")
    look_at_every_width(somebody)
    somebody.press("Or press a map of the city")
    picture = page.locator("input[type=image]:visible")
    with page.expect_navigation():
        picture.click(position={"x": 150, "y": 120})
    somebody.look()
    somebody.sees("The nearest to your pin stand first.")
    look_at_every_width(somebody)
    somebody.press("Test Library")
    somebody.sees("1 Test Street")
    look_at_every_width(somebody)
    assert asked
    assert not [url for url in asked if re.search(r"2NG|at-\d|\d\.\d{3}", url.replace("127.0.0.1", ""))]


def test_what_is_needed_is_asked_by_a_plain_form(somebody: Visitor) -> None:
    somebody.go("/centres")
    somebody.page.check("#want-step-free")
    somebody.press("Show these")
    somebody.sees("No centre has all of this")
    look_at_every_width(somebody)
    somebody.go("/centres/print")
    look_at_every_width(somebody)


def test_a_poster_leads_to_a_report_with_the_centre_named(somebody: Visitor) -> None:
    somebody.go("/centres")
    address = somebody.page.locator(".harbour-place__name a").first.get_attribute("href") or ""
    somebody.go(f"/c/{code_of(address.rsplit('/', 1)[1])}")
    somebody.sees("You were sent here by Test Library.")
    look_at_every_width(somebody)
    somebody.press("Start now")
    somebody.sees("You were sent here by Test Library.")
    somebody.go("/report/check")
    somebody.press("Remove")
    somebody.does_not_see("Test Library")
    somebody.go("/c/ZZZZZZ")
    somebody.sees("You can report here just the same.")
    look_at_every_width(somebody)


def test_posters_are_downloaded_by_staff_and_by_the_coordinator(new_visitor: NewVisitor) -> None:
    centre, coordinator = new_visitor(), new_visitor()
    centre.sign_in("centre")
    centre.go("/centre/posters")
    look_at_every_width(centre)
    with centre.page.expect_download() as given:
        centre.page.locator("a:has-text('Poster in Urdu')").click()
    assert given.value.suggested_filename == "poster-ur.pdf"
    coordinator.sign_in("coordinator")
    coordinator.go("/network/posters")
    look_at_every_width(coordinator)
    coordinator.press("Test Library")
    with coordinator.page.expect_download() as given:
        coordinator.page.locator("a:has-text('Cards in Polish')").click()
    assert given.value.suggested_filename == "cards-pl.pdf"
