"""Where each role begins, and what stands in its navigation."""

from collections.abc import Callable
from typing import Any

from flask import request, url_for
from flask_login import current_user
from sqlalchemy.orm import Session

from accounts.vocabulary import Role
from centres.queries import count_applications
from core.work import current_work
from reporting.intelligence import count_ungraded

HOME_OF_ROLE = {
    Role.CENTRE_LEAD: "centres.reports",
    Role.CENTRE_STAFF: "centres.reports",
    Role.OFFICER: "triage.queue",
    Role.CASEWORKER: "triage.referrals",
    Role.COORDINATOR: "trends.month",
    Role.ADMINISTRATOR: "administration.health",
    Role.PARTNER: "reporting.intelligence",
}
_INTELLIGENCE = ("What we hear", "reporting.intelligence")
_OF_A_CENTRE = (
    ("Reports we logged", "centres.reports"),
    ("Log a report", "centres.log_report"),
    ("Open visits", "centres.visits"),
    ("Posters", "centres.posters"),
    _INTELLIGENCE,
    ("Our numbers", "centres.numbers"),
)
_PLACES: dict[Role, tuple[tuple[str, str], ...]] = {
    Role.CENTRE_LEAD: (
        *_OF_A_CENTRE,
        ("People", "centres.people"),
        ("Our centre", "centres.details"),
        ("Tokens", "centres.tokens"),
    ),
    Role.CENTRE_STAFF: _OF_A_CENTRE,
    Role.OFFICER: (("Queue", "triage.queue"), ("Intelligence", "reporting.intelligence_list")),
    Role.CASEWORKER: (("Referrals", "triage.referrals"), _INTELLIGENCE),
    Role.COORDINATOR: (
        ("This month", "trends.month"),
        ("Centres", "centres.network"),
        ("Partners", "accounts.partners"),
        ("Oversight", "centres.oversight"),
        ("Posters", "centres.all_posters"),
        _INTELLIGENCE,
    ),
    Role.ADMINISTRATOR: (("Health", "administration.health"),),
    Role.PARTNER: (_INTELLIGENCE,),
}
_WAITING: dict[str, tuple[Callable[[Session], int], str, str]] = {
    "centres.network": (count_applications, "application waits", "applications wait"),
    "reporting.intelligence_list": (count_ungraded, "waits for a grade", "wait for a grade"),
}
"""How much waits at a place, each a count on an index, and the words for one and for several."""


def navigation() -> list[dict[str, Any]]:
    """The signed-in person's places: text, address, whether it is the current page, and how much waits."""
    if not current_user.is_authenticated:
        return []
    return [
        {"text": text, "href": url_for(endpoint), "current": _stands_under(endpoint), **_waiting(endpoint)}
        for text, endpoint in _PLACES[Role(current_user.role)]
    ]


def _waiting(endpoint: str) -> dict[str, Any]:
    if endpoint not in _WAITING:
        return {}
    count, one, several = _WAITING[endpoint]
    waiting = count(current_work().session)
    return {"count": waiting, "count_words": one if waiting == 1 else several}


def _stands_under(endpoint: str) -> bool:
    """Whether the current page is the place itself or lies under its address."""
    place = url_for(endpoint)
    return request.path == place or request.path.startswith(f"{place}/")
