"""Every answer, errors included: nothing kept, nothing from elsewhere, nothing told to elsewhere."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.factory import create_app
from core.db import db
from core.settings import Settings
from tests.pages.conftest import SignIn
from tests.pages.test_access import address, methods
from tests.pages.visiting import Reporter, Visitor


def holds(answer: TestResponse, *, static: bool = False) -> None:
    headers = answer.headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "base-uri 'none'" in policy
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert static or headers["Cache-Control"] == "no-store"
    assert "Server" not in headers or "Python" not in headers["Server"]


MAY_BE_KEPT = {"centres.directory_json", "centres.directory_geojson", "centres.directory_pdf"}
"""Public, and the same for everybody."""


def test_every_route_and_every_error(partnership: Flask, reporter: Reporter, sign_in: SignIn) -> None:
    reporter.answer_all()
    reporter.come_back(reporter.send())
    codes = set()
    for visitor in (Visitor(partnership), reporter, sign_in("officer"), sign_in("housing")):
        for rule in partnership.url_map.iter_rules():
            if rule.endpoint in {"accounts.sign_out", "reporting.leave", "reporting.close_report"}:
                continue
            for method in [*methods(rule), "OPTIONS", "DELETE"]:
                answer = visitor.client.open(address(rule), method=method)
                kept = rule.endpoint in MAY_BE_KEPT and method in {"GET", "HEAD"}
                holds(answer, static=kept)
                assert not kept or answer.headers["Cache-Control"] == "public, max-age=300"
                codes.add(answer.status_code)
    assert {200, 302, 403, 404, 405} <= codes
    assert 500 not in codes


def test_a_style_sheet_may_be_kept_and_one_that_is_not_there_may_not(partnership: Flask) -> None:
    visitor = Visitor(partnership)
    found = re.search(r'href="(/build/[^"]+\.css[^"]*)"', visitor.get("/report").get_data(as_text=True))
    assert found
    sheet = visitor.get(found.group(1))
    holds(sheet, static=True)
    sheet.close()
    missing = visitor.get("/build/nothing.css")
    assert missing.status_code == 404
    holds(missing)


def test_the_nonce_is_new_each_time_and_on_every_script(reporter: Reporter) -> None:
    nonces = set()
    for _ in range(3):
        answer = reporter.get("/report/own-words")
        [nonce] = re.findall(r"'nonce-([^']+)'", answer.headers["Content-Security-Policy"])
        scripts = re.findall(r"<script[^>]*>", answer.get_data(as_text=True))
        assert scripts
        assert all(f'nonce="{nonce}"' in script for script in scripts)
        nonces.add(nonce)
    assert len(nonces) == 3


def test_no_page_asks_anything_of_another_site(partnership: Flask, reporter: Reporter) -> None:
    reporter.answer_all()
    reporter.come_back(reporter.send())
    for path in ("/report", "/report/where", "/report/receipt", "/your-report", "/come-back", "/privacy", "/sign-in"):
        page = reporter.get(path).get_data(as_text=True)
        loaded = re.findall(r'<(?:script|img|link|iframe|source|input)[^>]*(?:src|href)="([^"]+)"', page)
        assert all(each.startswith("/") and not each.startswith("//") for each in loaded), path


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "localhost@evil.example", "127.0.0.1.nip", ""]
)
@pytest.mark.parametrize("path", ["/report", "/sign-in", "/nothing", "/your-report", "/build/harbour.css"])
def test_a_forged_host_is_refused(partnership: Flask, host: str, path: str) -> None:
    answer = partnership.test_client().get(path, headers={"Host": host})
    assert answer.status_code == 400
    assert "evil" not in answer.get_data(as_text=True)
    holds(answer)


@pytest.fixture
def behind_a_proxy(settings: Settings) -> Iterator[Flask]:
    """The platform as it is behind its TLS proxy."""
    app = create_app(replace(settings, secure_cookies=True))
    yield app
    with app.app_context():
        db.engine.dispose()


FORWARDED = {
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-For": "203.0.113.9",
    "X-Forwarded-Prefix": "//evil.example",
    "Forwarded": "host=evil.example",
    "X-Original-URL": "//evil.example",
}


def test_a_forged_forwarded_host_poisons_no_link(partnership: Flask, behind_a_proxy: Flask) -> None:
    for app in (partnership, behind_a_proxy):
        for path in ("/desk/queue", "/report", "/", "/report/check", "/your-report"):
            answer = app.test_client().get(path, headers=FORWARDED)
            assert "evil" not in (answer.location or "") + answer.get_data(as_text=True)


def test_behind_tls_cookies_are_secure_and_the_browser_is_told_to_stay(behind_a_proxy: Flask) -> None:
    visitor = Reporter(behind_a_proxy)
    secure = {"headers": {"X-Forwarded-Proto": "https"}, "base_url": "https://localhost"}
    page = visitor.get("/report/safe-now", **secure)
    assert "max-age" in page.headers["Strict-Transport-Security"]
    assert all("Secure" in cookie for cookie in page.headers.getlist("Set-Cookie"))
