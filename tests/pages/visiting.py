"""People who visit the pages without a browser: they read a page, fill in its form and press its button."""

import re
from collections.abc import Mapping
from html import unescape
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

ANSWERS: dict[str, dict[str, Any]] = {
    "safe-now": {"safety": "safe"},
    "what-happened": {"categories": ["verbal-abuse", "graffiti"]},
    "why-targeted": {"why": ["race"]},
    "when": {"when_kind": "exact", "date-day": "4", "date-month": "3", "date-year": "2024", "hours": "12-18"},
    "where": {"setting": "street", "place_words": "SO14 7LY"},
    "own-words": {"words": "They shouted at me on the stairs."},
    "before": {"repeat": "first"},
    "harm": {"harms": ["none"]},
    "know-them": {"offender": "stranger"},
    "under-18": {"under_18": "no"},
    "told-before": {"told": ["nobody"], "why_not_told": ["afraid"]},
    "wishes": {"wishes": ["police"]},
    "contact": {"contact": "reach-me", "name": "Demo Reporter", "reach": "07000 900123"},
    "sharing": {"consent": ["police:what-happened", "housing:what-happened"]},
}
DRAFT, CODE, SIGNED_IN, SESSION = "harbour_draft", "harbour_code", "harbour_session", "harbour"
_TOKEN = re.compile(r'name="(?:\w+-)?csrf_token"[^>]*value="([^"]+)"')


def words_of(answer: TestResponse) -> str:
    """What a person reads on a page: the words between its tags."""
    page = re.sub(r"(?s)<(script|style).*?</\1>", " ", answer.get_data(as_text=True))
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page)))


def field_value(answer: TestResponse, name: str) -> str:
    """What stands in a hidden field, an input or a text area of a page."""
    page = answer.get_data(as_text=True)
    area = re.search(rf'(?s)<textarea[^>]*name="{name}"[^>]*>(.*?)</textarea>', page)
    if area:
        return unescape(area.group(1).removeprefix("\n"))
    tag = re.search(rf'<input[^>]*name="{name}"[^>]*>', page)
    value = re.search(r'value="([^"]*)"', tag.group()) if tag else None
    return unescape(value.group(1)) if value else ""


class Visitor:
    """Somebody with a cookie jar."""

    def __init__(self, app: Flask) -> None:
        self.client: FlaskClient = app.test_client()

    def get(self, path: str, **more: Any) -> TestResponse:
        """A page."""
        return self.client.get(path, **more)

    def post(
        self, path: str, data: Mapping[str, Any] | None = None, read: str | None = None, **more: Any
    ) -> TestResponse:
        """Send the form of the page at `read` (by default the same address), with that page's token."""
        sent = {"csrf_token": self.token(read or path), **(data or {})}
        return self.client.post(path, data=sent, **more)

    def token(self, path: str) -> str:
        """The form token of a page; empty when it has none."""
        found = _TOKEN.search(self.get(path).get_data(as_text=True))
        return found.group(1) if found else ""

    def cookie(self, name: str) -> str | None:
        """What the browser holds under a name."""
        cookie = self.client.get_cookie(name)
        return cookie.value if cookie else None

    def take(self, name: str, value: str) -> None:
        """Put a cookie into the jar, as a browser that kept it, or as a thief."""
        self.client.set_cookie(name, value)

    def leave(self) -> TestResponse:
        """Press *Exit this page*, and let what follows the answer happen."""
        left = self.get("/leave")
        left.close()
        return left

    def sign_in(self, email: str, password: str, path: str = "/sign-in") -> TestResponse:
        """Sign in."""
        return self.post(path, {"email": email, "password": password})


class Reporter(Visitor):
    """Somebody who reports through the question pages."""

    def answer(self, slug: str, **given: Any) -> TestResponse:
        """Answer one question."""
        return self.post(f"/report/{slug}", given)

    def answer_all(self, **changed: Mapping[str, Any]) -> None:
        """Answer every question, some otherwise; slugs are written with underscores."""
        for slug, given in ANSWERS.items():
            wanted = changed.get(slug.replace("-", "_"), given)
            answered = self.answer(slug, **wanted)
            assert answered.status_code == 302, (slug, words_of(answered))

    def send(self) -> str:
        """Send what was answered; the code."""
        sent = self.post("/report/check")
        assert sent.status_code == 302, words_of(sent)
        return self.code()

    def code(self) -> str:
        """The code on the receipt page."""
        page = self.get("/report/receipt")
        shown = re.search(r'data-code="([^"]+)"', page.get_data(as_text=True))
        assert shown, words_of(page)
        return shown.group(1)

    def keep_code(self) -> TestResponse:
        """Say that the code is written down."""
        return self.post("/report/receipt")

    def come_back(self, code: str) -> TestResponse:
        """Type the code."""
        return self.post("/come-back", {"code": code})
