"""A place becomes a centre, for real: it applies, is approved; its lead joins, agrees, invites; people are trained."""

from datetime import timedelta

from playwright.sync_api import Page, expect

from core.clock import utc_now
from tests.journeys.conftest import NewVisitor
from tests.journeys.partnership import PASSWORD
from tests.journeys.visitor import Visitor

PLACE = "Test Kitchen"
LEAD, STAFF = "first-lead@test.invalid", "first-staff@test.invalid"


def test_a_place_becomes_a_centre_and_its_people_take_a_report(new_visitor: NewVisitor) -> None:
    """From the public page to the first report, on a tablet."""
    applicant, coordinator, lead, staff = (on_a_tablet(new_visitor()) for _ in range(4))
    apply(applicant)
    code = approve(coordinator)
    lead.does_not_see(code)
    join(lead, code, LEAD)
    lead.sees("When it does not work out")
    lead.press("I accept this for our centre")
    is_told(lead, f"{PLACE} is a reporting centre now")
    code = invite(lead)
    join(staff, code, STAFF)
    staff.sees("You cannot log reports yet")
    staff.go("/centre/log")
    staff.sees("Ask your centre’s lead")
    lead.go("/centre/people")
    lead.press("Test Newcomer")
    record_training(lead)
    staff.go("/centre/log")
    staff.page.fill("textarea[name=words]", "Test: told at a new centre")
    staff.page.check("input[name=agreed]")
    staff.press_until("Send the report", "The report is in")
    assert staff.code()
    suspend(coordinator)
    staff.go("/centre/reports")
    staff.sees("Sign in")
    sign_in_as(staff, STAFF)
    staff.sees(f"Access for {PLACE} is suspended")


def on_a_tablet(visitor: Visitor) -> Visitor:
    """The same, at a tablet's width."""
    visitor.page.set_viewport_size({"width": 768, "height": 1024})
    return visitor


def apply(applicant: Visitor) -> None:
    """Fill in the form, with a mistake on the way, and send it."""
    page = applicant.page
    applicant.go("/become-a-centre")
    applicant.press("Apply")
    fill(page, name=PLACE, address="1 Test Street, Southampton", postcode="SW1A 1AA")
    page.check("input[value=charity]")
    fill(page, **{"monday-opens": "9", "monday-closes": "noon", "monday-opens_again": "11:00"})
    fill(page, **{"monday-closes_again": "5pm", "lead_name": "Test First Lead", "lead_email": LEAD})
    page.check("input[value=so]")
    applicant.press("Continue")
    applicant.sees("outside Southampton")
    applicant.sees("overlaps")
    fill(page, **{"postcode": "SO17 2LJ", "monday-opens_again": "13:00"})
    applicant.press("Continue")
    applicant.sees("Monday: 09:00 to 12:00 and 13:00 to 17:00")
    applicant.press("Send the application")
    applicant.sees("What happens next")


def approve(coordinator: Visitor) -> str:
    """See to everything, approve; the lead's code."""
    coordinator.sign_in("coordinator")
    coordinator.go("/network/centres")
    coordinator.press(PLACE)
    coordinator.sees(LEAD)
    for box in coordinator.page.locator("input[name=checks]").all():
        box.check()
    coordinator.press("Save")
    coordinator.press("Approve")
    return coordinator.code()


def join(newcomer: Visitor, code: str, email: str) -> None:
    """Type the code, choose a password."""
    newcomer.go("/sign-in")
    newcomer.press("Join with your code")
    fill(newcomer.page, code=code, email=email, password=PASSWORD)
    newcomer.press("Join")


def invite(lead: Visitor) -> str:
    """Invite one colleague; a pasted list is told first."""
    lead.go("/centre/people")
    lead.press("Invite somebody")
    lead.page.fill("textarea[name=name]", "Test Newcomer\nTest Second\nTest Third")
    lead.page.check("input[value='centre staff']")
    lead.press("Make the invitation")
    lead.sees("An invitation is for one person")
    assert lead.page.locator("textarea[name=name]").input_value() == "Test Newcomer\nTest Second\nTest Third"
    lead.page.fill("textarea[name=name]", "Test Newcomer")
    lead.press("Make the invitation")
    return lead.code()


def record_training(lead: Visitor) -> None:
    """Note yesterday's course."""
    day = utc_now().date() - timedelta(days=1)
    lead.page.select_option("select[name=course]", "reporting")
    for part, box in zip(
        (day.day, day.month, day.year), lead.page.locator("input[name=completed_on]").all(), strict=True
    ):
        box.fill(str(part))
    lead.press("Record it")
    is_told(lead, "is recorded")


def suspend(coordinator: Visitor) -> None:
    """Suspend the centre, with a reason."""
    coordinator.press("Done")
    coordinator.press("Suspend")
    coordinator.page.check("input[value=concern]")
    coordinator.press("Suspend")
    is_told(coordinator, "Its people were signed out")


def sign_in_as(somebody: Visitor, email: str) -> None:
    """Try to sign in with an address of this journey's own."""
    fill(somebody.page, email=email, password=PASSWORD)
    somebody.press("Sign in")


def is_told(somebody: Visitor, words: str) -> None:
    """The words stand above the page, as what was just done."""
    expect(somebody.page.locator("[role=status]").first).to_contain_text(words)


def fill(page: Page, **words: str) -> None:
    """Fill fields by their names."""
    for name, value in words.items():
        page.fill(f"input[name={name}]", value)
