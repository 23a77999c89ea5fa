"""The steps of a visit at a centre: the screen handed over and back, the code, the envelope, the visitor come back."""

from playwright.sync_api import expect

from tests.journeys.partnership import PASSWORD
from tests.journeys.visitor import Visitor

ALONE = "Test: he works here, and I am afraid of him."
PASSPHRASE = "four grey horses walking"


def answer_alone(centre: Visitor, place: str) -> None:
    """Begin a visit, hand over the screen, write, and give it back."""
    page = centre.page
    centre.press("Log a report")
    page.check("input[value=verbal-abuse]")
    page.select_option("select[name=language]", "fa")
    place_on_the_map(centre)
    page.locator("button:has-text('hand the screen')").click()
    page.wait_for_url("**/visitor")
    centre.look()
    centre.does_not_see(place)
    page.fill("textarea[name=words]", ALONE)
    page.locator("button:has-text('Lock my answers')").click()
    page.wait_for_url("**/give-back")
    give_back(centre)


def place_on_the_map(centre: Visitor) -> None:
    """Go to the map, press the place, and come back to the visit with all that was typed."""
    page = centre.page
    page.locator("button:has-text('Show it on a map')").click()
    page.wait_for_url("**/map")
    centre.look()
    with page.expect_navigation():
        page.locator("input[type=image]:visible").click(position={"x": 150, "y": 150})
    centre.press("Use this point")
    expect(page.locator("input[value=verbal-abuse]")).to_be_checked()
    centre.sees("You chose on the map")


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
