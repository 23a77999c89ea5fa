"""Tokens, community intelligence and oversight in a browser: three widths, with JavaScript and without."""

from core.clock import utc_now
from tests.journeys.conftest import NewVisitor
from tests.journeys.visitor import Visitor

HEARD = "Test: stickers on the bus stop. سمعنا ذلك"


def at_every_width(visitor: Visitor, address: str) -> None:
    """Look at a page as on a phone, a tablet and a desk."""
    for width in (1280, 768, 390):
        visitor.page.set_viewport_size({"width": width, "height": 900})
        visitor.go(address)


def test_a_lead_makes_and_revokes_a_token(new_visitor: NewVisitor) -> None:
    lead = new_visitor()
    lead.sign_in("lead")
    at_every_width(lead, "/centre/tokens")
    lead.page.fill("input[name=name]", "Case system")
    lead.page.check("input[value='reports:write']")
    lead.press("Make the token")
    token = lead.page.locator("#token").input_value()
    assert token.startswith("harbour_")
    lead.press("I have copied it")
    lead.does_not_see(token)
    lead.page.locator("summary", has_text="Revoke").first.click()
    lead.press("Revoke it now")
    lead.sees("No system of yours reports here yet")
    at_every_width(lead, "/centre/numbers")
    lead.sees("No monthly summary has been issued yet")
    at_every_width(new_visitor(), "/api/")


def test_what_is_heard_reaches_the_desk_and_the_month(new_visitor: NewVisitor) -> None:
    centre, officer, coordinator = new_visitor(), new_visitor(), new_visitor()
    centre.sign_in("centre")
    at_every_width(centre, "/intelligence")
    centre.press("Send it to the team")
    assert centre.page.title().startswith("Error")
    centre.page.fill("textarea[name=words]", HEARD)
    centre.page.fill("input[name=place_words]", "SO14 7LY")
    for name, value in (("source_evaluation", "2"), ("assessment", "B"), ("handling", "C")):
        centre.page.check(f"input[name={name}][value='{value}']")
    centre.page.fill("textarea[name=conditions]", "Only to the neighbourhood team")
    centre.press("Send it to the team")
    centre.sees("2BC")
    officer.sign_in("officer")
    at_every_width(officer, "/desk/intelligence")
    officer.does_not_see(HEARD)
    with officer.page.expect_navigation():
        officer.page.locator("main h2 a").first.click()
    officer.look()
    officer.sees(HEARD)
    officer.sees("Only to the neighbourhood team")
    officer.press("Mark as read")
    coordinator.sign_in("coordinator")
    coordinator.go(f"/trends/month?month={utc_now():%Y-%m}")
    coordinator.sees("2B: untested; known indirectly to the source but corroborated")
    at_every_width(coordinator, "/network/oversight")
    coordinator.sees("Test Library")
