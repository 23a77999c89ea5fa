"""Somebody in a browser. Every page they come to is looked at by axe, and must not scroll sideways."""

import re
from dataclasses import dataclass, field

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.journeys.partnership import PASSWORD, email_of

_AXE = Axe()
_SHAPE = """document.documentElement.dir + [...document.querySelectorAll('body *')].map(
    (element) => element.tagName + element.className + element.getAttribute('role') + element.hidden).join()"""
_LOOKED_AT: set[str] = set()
LISTED = ".harbour-queue__title"


@dataclass
class Visitor:
    """A browser profile with one tab, and the pages seen in it."""

    page: Page
    has_script: bool = True
    seen: list[str] = field(default_factory=list)

    def go(self, address: str) -> None:
        """Open an address, and look at the page."""
        self.page.goto(address)
        self.look()

    def press(self, name: str) -> None:
        """Press a button or follow a link by its words, wait for the page it leads to, and look at that."""
        with self.page.expect_navigation():
            self.page.locator(f'main :is(a, button):has-text("{name}")').first.click()
        self.look()

    def press_until(self, name: str, words: str) -> None:
        """Press a button that a script may answer in place, wait until the words stand there, and look at that."""
        self.page.locator(f'main :is(a, button):has-text("{name}")').first.click()
        self.sees(words)
        self.look()

    def open_first(self) -> None:
        """Open the report or referral that stands first in the list."""
        with self.page.expect_navigation():
            self.page.locator(f"{LISTED} a").first.click()
        self.look()

    def look(self) -> None:
        """No accessibility violation, no sideways scrolling, no error page."""
        title = self.page.title()
        self.seen.append(title)
        if self.has_script:  # axe is a script itself
            self._look_with_axe(title)
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{title} scrolls sideways by {wide} pixels"
        assert "went wrong" not in title

    def _look_with_axe(self, title: str) -> None:
        """Once for each shape of a page: it is slow, and finds the same in the same elements."""
        shape = f"{title} {self.page.viewport_size} {self.page.evaluate(_SHAPE)}"
        if shape in _LOOKED_AT:
            return
        found = _AXE.run(self.page).response["violations"]
        assert not found, (title, [(one["id"], one["nodes"][0]["html"][:200]) for one in found])
        _LOOKED_AT.add(shape)

    def sees(self, words: str) -> None:
        """The words stand in the page."""
        expect(self.page.locator("main")).to_contain_text(words)

    def does_not_see(self, words: str) -> None:
        """The words stand nowhere in the page's source."""
        assert words not in self.page.content()

    def sign_in(self, name: str) -> None:
        """Sign in as a person of the test's partnership."""
        self.go("/sign-in")
        self.page.fill("input[name=email]", email_of(name))
        self.page.fill("input[name=password]", PASSWORD)
        self.press("Sign in")

    def code(self) -> str:
        """The receipt code on the page."""
        code = self.page.locator("[data-code]").get_attribute("data-code") or ""
        assert re.fullmatch(r"[2-9A-HJ-NP-Z]{4}(-[2-9A-HJ-NP-Z]{2,4}){4}", code), code
        return code
