"""What every page may use, and the pages that belong to no one feature."""

import json
from datetime import datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask, redirect, request, url_for
from flask_login import current_user
from flask_wtf.csrf import generate_csrf
from werkzeug.wrappers import Response

from accounts.vocabulary import Role
from app.navigation import HOME_OF_ROLE, navigation
from centres.handing import COOKIE as HANDED_OVER
from core.access import public
from core.periods import in_words
from core.settings import ROOT, Settings


def install_pages(app: Flask, settings: Settings) -> None:
    """Give templates their globals and filters."""
    zone = ZoneInfo(settings.desk_time_zone)
    app.jinja_env.globals.update(
        asset=_asset,
        csrf_token=generate_csrf,
        demo_site=settings.demo,
        partnership=settings.partnership,
        current_person=_current_person,
        navigation=navigation,
        public_links=_public_links,
        kept=lambda name: in_words(getattr(settings.keep, name)),
    )
    app.jinja_env.filters["day"] = lambda moment: _local(moment, zone, "%-d %B %Y")
    app.jinja_env.filters["hour"] = lambda moment: _clock_hour(moment, zone)
    app.jinja_env.filters["moment"] = lambda moment: _local(moment, zone, "%-d %B %Y, %H:%M")
    app.add_url_rule("/", "home", public(_home))


def _home() -> Response | str:
    """The front door: the public start page, or the room of whoever is signed in."""
    if current_user.is_authenticated:
        return redirect(url_for(HOME_OF_ROLE[Role(current_user.role)]))
    return redirect(url_for("reporting.start"))


def _current_person() -> Any:
    """Whoever is signed in, or None. Asked by the pages that show it: an error page must not need the database."""
    return current_user if current_user.is_authenticated else None


def _public_links() -> list[dict[str, str]]:
    lent = HANDED_OVER in request.cookies
    return [
        *([{"text": "Give the screen back", "href": url_for("centres.give_back")}] if lent else []),
        {"text": "Come back with your code", "href": url_for("reporting.come_back")},
        {"text": "Reporting centres near you", "href": url_for("centres.directory")},
        {"text": "Your privacy", "href": url_for("reporting.privacy")},
        {"text": "Become a reporting centre", "href": url_for("centres.become")},
        # A password that the browser remembers would let the visitor in.
        *([] if lent else [{"text": "Sign in for staff", "href": url_for("accounts.sign_in")}]),
    ]


def _asset(name: str) -> str:
    version = _manifest().get(name)
    return url_for("static", filename=name, v=version) if version else url_for("static", filename=name)


@cache
def _manifest() -> dict[str, str]:
    path = ROOT / "static" / "build" / "manifest.json"
    found: dict[str, str] = json.loads(path.read_text()) if path.exists() else {}
    return found


def _local(moment: datetime | Any, zone: ZoneInfo, pattern: str) -> str:
    return moment.astimezone(zone).strftime(pattern) if isinstance(moment, datetime) else moment.strftime(pattern)


def _clock_hour(moment: datetime, zone: ZoneInfo) -> str:
    """An hour in words, such as `2pm on Tuesday 3 November`."""
    local = moment.astimezone(zone)
    hour = local.strftime("%-I:%M%p" if local.minute else "%-I%p").lower()
    return f"{hour} on {local.strftime('%A %-d %B')}"
