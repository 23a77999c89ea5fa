"""Where it happened, found in a browser: pressed on the map at a phone's width, or chosen from the list by keyboard."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.conftest import NewVisitor
from tests.journeys.visitor import LISTED, Visitor

PICTURE = "input[type=image]:visible"


def test_a_place_is_pressed_on_the_map_and_the_pin_is_moved(new_visitor: NewVisitor) -> None:
    """The pin stands where the finger was; nothing of it is in an address that anybody asked for."""
    somebody = new_visitor()
    page = somebody.page
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    to_the_map(somebody)
    press(somebody, 0.45, 0.55)
    somebody.sees("A point in ")
    assert pin_of(page) == pressed_at(page, 0.45, 0.55)
    somebody.press("Zoom in")
    somebody.press("Zoom in")
    somebody.press("East")
    press(somebody, 0.3, 0.7)
    assert pin_of(page) == pressed_at(page, 0.3, 0.7)
    for wide in (320, 1280):
        page.set_viewport_size({"width": wide, "height": 800})
        somebody.look()
        press(somebody, 0.5, 0.5)
        assert pin_of(page) == pressed_at(page, 0.5, 0.5)
    somebody.press("Use this point")
    somebody.sees("You chose: A point in ")
    assert asked
    assert not [url for url in asked if re.search(r"\d\.\d{3}|point|lat|lon|at-\d", url)]


def test_a_place_is_chosen_from_the_list_by_keyboard_alone(new_visitor: NewVisitor) -> None:
    """Open a ward, choose all of it, use it: no picture is needed."""
    somebody = new_visitor()
    page = somebody.page
    to_the_map(somebody)
    page.locator("summary", has_text="Bargate").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    somebody.look()
    assert page.locator("input[name=area]:checked").get_attribute("value") == "ward:E05015491"
    page.locator("button:has-text('Use this area')").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    somebody.look()
    assert page.locator("select[name=ward]").input_value() == "E05015491"


def test_the_map_is_not_mirrored_where_words_run_from_right_to_left(new_visitor: NewVisitor) -> None:
    """West stays at the left, and a press means the same place."""
    somebody = new_visitor()
    to_the_map(somebody)
    somebody.page.evaluate("document.documentElement.dir = 'rtl'")
    somebody.look()
    west, east = (somebody.page.locator(".harbour-map__way", has_text=word).bounding_box() for word in ("West", "East"))
    assert west and east and west["x"] < east["x"]
    press(somebody, 0.3, 0.6)
    assert pin_of(somebody.page) == pressed_at(somebody.page, 0.3, 0.6)


def test_what_was_pressed_can_be_used_without_scrolling(new_visitor: NewVisitor) -> None:
    """On phones upright and on their side, and in low windows: the words and both buttons are in view, uncovered."""
    somebody = new_visitor()
    page = somebody.page
    to_the_map(somebody)
    for wide, high in ((320, 568), (360, 640), (390, 844), (640, 400), (740, 360), (1280, 720), (1366, 768)):
        page.set_viewport_size({"width": wide, "height": high})
        press(somebody, 0.5, 0.5)
        for words in ("Use this point", "Remove"):
            button = page.locator(f'.harbour-map__use :is(a, button):has-text("{words}")')
            box = button.bounding_box()
            assert box and box["y"] >= 0 and box["y"] + box["height"] <= high, (wide, high, words)
            button.click(trial=True)
        box = page.locator(PICTURE).bounding_box()
        assert box and box["y"] + box["height"] <= high, (wide, high, "the picture")


def test_enter_on_the_picture_leads_to_the_list(new_visitor: NewVisitor) -> None:
    """A keyboard points at no place on a picture: what to do instead is said, and is one press away."""
    somebody = new_visitor()
    page = somebody.page
    to_the_map(somebody)
    page.locator(PICTURE).focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    somebody.look()
    if somebody.has_script:
        expect(page.locator(".govuk-error-summary")).to_be_focused()
    page.locator(".govuk-error-summary a").click()
    assert page.url.endswith("#areas")


def test_an_officer_looks_around_and_goes_back_by_the_browser(new_visitor: NewVisitor) -> None:
    """Every look has an address of its own, from which nothing can be read."""
    reporter, officer = new_visitor(), new_visitor()
    reporter.go("/report/where")
    reporter.page.fill("input[name=place_words]", "behind the old shed")
    reporter.press("Continue")
    reporter.go("/report/check")
    reporter.press("Send the report")
    officer.sign_in("officer")
    open_when_queued(officer)
    officer.press("Choose the place on a map")
    pins = officer.page.locator(".harbour-map__sheet:visible .harbour-map__pins g")
    press(officer, 0.5, 0.5)
    where = pin_of(officer.page)
    officer.press("Zoom in")
    closer = officer.page.url
    officer.page.go_back()
    officer.look()
    assert pin_of(officer.page) == where
    officer.page.go_back()
    officer.look()
    assert pins.count() == 0
    officer.go(closer)
    assert pins.count() == 1
    assert not [url for url in (closer, officer.page.url) if re.search(r"\d\.\d{2}|pin|zoom", url)]


def open_when_queued(officer: Visitor) -> None:
    """Open the one report there is, once the worker has put it on the queue."""
    expect(officer.page.locator(f"{LISTED} a, .harbour-empty").first).to_be_visible()
    for _ in range(50):
        if officer.page.locator(f"{LISTED} a").count():
            break
        officer.go("/desk/queue")
    officer.open_first()


def to_the_map(somebody: Visitor) -> None:
    """From the question to its map."""
    somebody.go("/report/where")
    somebody.press("Show it on a map of the city")


def press(somebody: Visitor, across: float, down: float) -> None:
    """Press the picture in view, at a share of its width and height."""
    picture = somebody.page.locator(PICTURE)
    box = picture.bounding_box()
    assert box
    at = {"x": round(across * box["width"]), "y": round(down * box["height"])}
    with somebody.page.expect_navigation():
        picture.click(position=at)  # type: ignore[arg-type]
    somebody.look()


def pressed_at(page: Page, across: float, down: float) -> tuple[int, int]:
    """Where that was, in the picture's pixels."""
    box = page.locator(PICTURE).bounding_box()
    assert box
    return round(across * box["width"]), round(down * box["height"])


def pin_of(page: Page) -> tuple[int, int]:
    """Where the tip of the pin stands on the picture in view, in its pixels."""
    moved = page.locator(".harbour-map__sheet:visible .harbour-map__pins g").get_attribute("transform") or ""
    found = re.fullmatch(r"translate\(([\d.]+) ([\d.]+)\)", moved)
    assert found, moved
    return round(float(found[1])), round(float(found[2]))
