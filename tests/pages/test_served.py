"""The platform as it is run: a page in a real browser, from real processes."""

from playwright.sync_api import Page

from tests.stack.served import Served


def test_the_start_page_opens_in_a_browser(page: Page) -> None:
    answer = page.goto("/")
    assert answer is not None
    assert answer.status == 200
    assert page.title()


def test_web_and_worker_stay_up(served: Served, page: Page) -> None:
    page.goto("/")
    assert served.web.poll() is None
    assert served.worker.poll() is None, served.log.read_text()
