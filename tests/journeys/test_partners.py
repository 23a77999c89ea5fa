"""Tokens, community intelligence and oversight in a browser: three widths, with JavaScript and without."""

from playwright.sync_api import expect

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
    centre.sees("Received")
    officer.sign_in("officer")
    at_every_width(officer, "/desk/intelligence")
    officer.does_not_see(HEARD)
    with officer.page.expect_navigation():
        officer.page.locator("main h2 a").first.click()
    officer.look()
    officer.sees(HEARD)
    officer.sees("Only to the neighbourhood team")
    officer.page.check("input[name=assessment][value=C]")
    officer.press("Confirm the grade")
    coordinator.sign_in("coordinator")
    coordinator.go(f"/trends/month?month={utc_now():%Y-%m}")
    coordinator.sees("2C: untested; known indirectly to the source")
    at_every_width(coordinator, "/network/oversight")
    coordinator.sees("Test Library")


def test_a_partner_without_a_centre_is_invited_and_tells_what_they_hear(new_visitor: NewVisitor) -> None:
    coordinator, partner = new_visitor(), new_visitor()
    coordinator.sign_in("coordinator")
    at_every_width(coordinator, "/network/partners")
    coordinator.go("/network/partners/invite")
    coordinator.press("Make the invitation")
    coordinator.sees("Enter the name of the person")
    coordinator.page.fill("input[name=name]", "Test Speaker")
    coordinator.page.fill("input[name=organisation]", "Test Faith Forum")
    coordinator.press("Make the invitation")
    partner.go("/join")
    partner.page.fill("input[name=code]", coordinator.code())
    partner.page.fill("input[name=email]", "speaker@test.invalid")
    partner.page.fill("input[name=password]", "a password of the speaker")
    partner.press("Join")
    expect(partner.page.locator("body")).to_contain_text("You can tell the triage team what you hear")
    at_every_width(partner, "/intelligence")
    coordinator.go("/network/partners")
    with coordinator.page.expect_navigation():
        coordinator.page.locator("main .harbour-list a").first.click()
    coordinator.look()
    coordinator.press("End their access")
    coordinator.sees("Whose access ended")
    partner.go("/intelligence")
    partner.does_not_see("What you sent")
