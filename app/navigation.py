"""Where each role begins, and what stands in its navigation."""

from typing import Any

from flask import request, url_for
from flask_login import current_user

from accounts.vocabulary import Role

HOME_OF_ROLE = {
    Role.CENTRE_LEAD: "centres.reports",
    Role.CENTRE_STAFF: "centres.reports",
    Role.OFFICER: "triage.queue",
    Role.CASEWORKER: "triage.referrals",
    Role.COORDINATOR: "trends.month",
    Role.ADMINISTRATOR: "administration.health",
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
        ("Oversight", "centres.oversight"),
        ("Posters", "centres.all_posters"),
        _INTELLIGENCE,
    ),
    Role.ADMINISTRATOR: (("Health", "administration.health"),),
}


def navigation() -> list[dict[str, Any]]:
    """The signed-in person's places: text, address, and whether it is the current page."""
    if not current_user.is_authenticated:
        return []
    return [
        {"text": text, "href": url_for(endpoint), "current": _stands_under(endpoint)}
        for text, endpoint in _PLACES[Role(current_user.role)]
    ]


def _stands_under(endpoint: str) -> bool:
    """Whether the current page is the place itself or lies under its address."""
    place = url_for(endpoint)
    return request.path == place or request.path.startswith(f"{place}/")
