"""The line of a centre is cut while a visit is typed and as it is sent; nothing may be lost, nothing doubled."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Page, Route, TimeoutError

from bench.ground import PASSWORD, SQLITE, durable_ground, founded
from bench.serving import Web, variables_of
from drills.centres import found_centres, lost_and_doubled
from drills.rehearsal import say
from tests.stack.chromium import find_chromium, running_browser

VISITS = 50
PATIENCE_MS = 90_000
SEND = "button:has-text('Send the report')"
STATE = "[data-line]"


@dataclass
class Line:
    """The line of one browser tab: cut and joined, and made to lose replies that the server had sent."""

    page: Page
    lost_replies: int = 0
    to_lose: int = field(default=0)

    def cut(self) -> None:
        """Nothing goes out or comes in."""
        self.page.context.set_offline(True)

    def join(self) -> None:
        """The line is back."""
        self.page.context.set_offline(False)

    def lose_replies(self, number: int) -> None:
        """Let so many sendings reach the server, and their replies reach nobody."""
        self.to_lose = number
        self.page.route("**/centre/log", self._pass_on)

    def _pass_on(self, route: Route) -> None:
        if route.request.method != "POST" or self.to_lose <= 0:
            route.continue_()
            return
        self.to_lose -= 1
        self.lost_replies += 1
        route.fetch(max_redirects=0)
        route.abort("connectionreset")


def sign_in(page: Page, address: str, password: str) -> None:
    """Sign in as a member of staff."""
    page.goto("/sign-in")
    page.fill("input[name=email]", address)
    page.fill("input[name=password]", password)
    page.click("main button:has-text('Sign in')")
    page.wait_for_url("**/centre/reports")


def log_past(line: Line, words: str, chance: random.Random, kind: Callable[[Line, random.Random], None]) -> str:
    """Log one visit with the line cut in mid form, and once more as `kind` says when it is sent; its code."""
    page = line.page
    page.goto("/centre/log")
    middle = chance.randrange(1, len(words))
    page.type("textarea[name=words]", words[:middle])
    line.cut()
    page.locator(f"{STATE}[data-tone=waiting]").wait_for(timeout=PATIENCE_MS)
    page.type("textarea[name=words]", words[middle:])
    page.check("input[name=agreed]")
    line.join()
    kind(line, chance)
    shown = page.locator("[data-code]")
    try:
        shown.wait_for(timeout=PATIENCE_MS)
    except TimeoutError as error:
        seen = page.locator(f"{STATE}, h1, .govuk-error-summary").all_inner_texts()
        raise AssertionError(f"No code was shown. The page says: {seen}") from error
    page.unroute_all()
    return shown.get_attribute("data-code") or ""


def cut_before_sending(line: Line, chance: random.Random) -> None:
    """The line is gone when the button is pressed, and comes back a while later."""
    line.cut()
    line.page.click(SEND, no_wait_after=True)
    line.page.locator(f"{STATE}:has-text('Waiting for the line')").wait_for(timeout=PATIENCE_MS)
    line.join()


def cut_while_sending(line: Line, chance: random.Random) -> None:
    """The line goes at some moment after the button is pressed."""
    line.page.click(SEND, no_wait_after=True)
    line.page.wait_for_timeout(chance.uniform(0, 120))
    line.cut()
    line.page.wait_for_timeout(chance.uniform(0, 400))
    line.join()


def lose_the_reply(line: Line, chance: random.Random) -> None:
    """The report is in, and nobody hears of it, up to three times."""
    line.lose_replies(chance.randint(1, 3))
    line.page.click(SEND, no_wait_after=True)


KINDS = (cut_before_sending, cut_while_sending, lose_the_reply)


def run() -> bool:
    """Fifty visits; whether nothing was lost and nothing doubled."""
    program = find_chromium()
    if program is None:
        say("No Chromium on this machine.")
        return False
    chance = random.Random("cuts")
    with durable_ground(SQLITE) as ground:
        settings = founded(ground)
        [address] = found_centres(settings, 1, 1)
        with (
            Web("wsgi:app", variables_of(settings), ground.folder / "served.log") as web,
            running_browser(program) as browser,
        ):
            page = browser.new_context(base_url=f"http://127.0.0.1:{web.port}").new_page()
            # A page that asks whether to leave it would otherwise wait for somebody.
            page.on("dialog", lambda dialog: dialog.accept())
            sign_in(page, address, PASSWORD)
            line, sent = Line(page), []
            for number in range(VISITS):
                words = f"Visit {number} of the drill, told on a bad line."
                sent.append((log_past(line, words, chance, chance.choice(KINDS)), words))
        lost, doubled = lost_and_doubled(settings, sent)
    say(f"{VISITS} visits, each cut in mid form and again when sent, {line.lost_replies} replies lost on their way")
    say(f"reports lost {lost}, doubled {doubled}")
    return lost == 0 and doubled == 0
