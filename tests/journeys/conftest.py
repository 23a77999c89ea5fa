"""A partnership that exists, served for real, and people who come to it in a browser."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from core.settings import Settings
from tests.journeys.partnership import found_partnership
from tests.journeys.visitor import Visitor
from tests.stack.served import Served

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NewVisitor = Callable[[], Visitor]


@pytest.fixture
def partnership(settings: Settings) -> None:
    """The desk, two agencies, a centre and the Network, before anything is served."""
    found_partnership(settings)


@pytest.fixture(params=["with JavaScript", "without JavaScript"])
def new_visitor(
    request: pytest.FixtureRequest, browser: "Browser", partnership: None, served: Served
) -> Iterator[NewVisitor]:
    """Makes visitors, each with a browser profile of their own, on a small phone's width."""
    contexts = []

    def make() -> Visitor:
        script = request.param == "with JavaScript"
        context = browser.new_context(
            base_url=served.url, java_script_enabled=script, viewport={"width": 390, "height": 844}
        )
        contexts.append(context)
        return Visitor(context.new_page(), script)

    yield make
    for context in contexts:
        context.close()
