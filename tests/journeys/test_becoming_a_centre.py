"""A place becomes a centre, for real, and does a centre's work, up to the visitor who comes back with their code."""

import re
from datetime import timedelta

from playwright.sync_api import Page, expect

from core.clock import utc_now
from tests.journeys.a_visit import ALONE, answer_alone, give_back, send_and_take_the_code
from tests.journeys.conftest import NewVisitor
from tests.journeys.partnership import PASSWORD
from tests.journeys.test_whole_journey import wait_for_queue
from tests.journeys.visitor import LISTED, Visitor
from tests.stack.paper import said_in

PLACE = "Test Kitchen"
ANSWER = "Test: would you like somebody to visit you?"
LEAD, STAFF = "first-lead@test.invalid", "first-staff@test.invalid"


def test_a_place_becomes_a_centre_takes_a_report_and_brings_back_the_answer(new_visitor: NewVisitor) -> None:
    """From the public page to the first report and its answer, on a tablet; a poster is followed on a phone."""
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
    staff.go("/centre/reports")
    answer_alone(staff, PLACE)
    code = send_and_take_the_code(staff)
    follow_the_poster(new_visitor(), poster_of(lead))
    ask_the_visitor(new_visitor())
    come_back_with_the_code(staff, code)
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


def poster_of(lead: Visitor) -> str:
    """Download the poster; the address that stands on it."""
    lead.go("/centre/posters")
    with lead.page.expect_download() as given:
        lead.page.locator("a:has-text('Poster in English')").click()
    words = " ".join(said_in(given.value.path().read_bytes()))
    found = re.search(r"/c/[0-9A-Z]{6}", words)
    assert found, words
    return found[0]


def follow_the_poster(passer_by: Visitor, address: str) -> None:
    """Open what the poster says, on a phone, and send a report that names the centre."""
    passer_by.go(address)
    passer_by.sees(f"You were sent here by {PLACE}.")
    passer_by.press("Start now")
    passer_by.sees(f"You were sent here by {PLACE}.")
    passer_by.go("/report/own-words")
    passer_by.page.fill("textarea[name=words]", "Test: seen on a poster")
    passer_by.press("Continue")
    passer_by.go("/report/check")
    passer_by.sees(PLACE)
    passer_by.press("Send the report")
    assert passer_by.code()


def ask_the_visitor(officer: Visitor) -> None:
    """The desk opens the visitor's report and asks something."""
    officer.sign_in("officer")
    wait_for_queue(officer, 2)
    for row in range(2):
        officer.go("/desk/queue")
        with officer.page.expect_navigation():
            officer.page.locator(f"{LISTED} a").nth(row).click()
        if ALONE in officer.page.content():
            break
    officer.sees(ALONE)
    officer.page.fill("textarea[name=message-words]", ANSWER)
    officer.press("Send the message")


def come_back_with_the_code(staff: Visitor, code: str) -> None:
    """The visitor is back: they read the desk's answer on the handed screen, and leave nothing on it."""
    staff.go("/centre/reports")
    staff.sees("An answer waits")
    staff.press("A visitor is back with a code")
    staff.does_not_see(PLACE)
    staff.press("Come back with your code")
    staff.page.fill("input[name=code]", code)
    staff.press("Open my report")
    staff.sees(ANSWER)
    with staff.page.expect_navigation():
        staff.page.locator("footer a:has-text('Give the screen back')").click()
    staff.press("Clear the screen")
    give_back(staff)
    staff.does_not_see(ANSWER)


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
