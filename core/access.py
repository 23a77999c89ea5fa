"""Who may use a view is declared on the view. A view that says nothing answers nobody."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask

View = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Access:
    """A view's declaration: whom it lets in, in words, and `admit`, which returns None or the answer to turn away."""

    who: str
    admit: Callable[[], Any]
    roles: frozenset[str] = frozenset()


def declare(access: Access) -> Callable[[View], View]:
    """Mark a view with its access; the application asks `admit` before the view runs."""

    def mark(view: View) -> View:
        view.access = access  # type: ignore[attr-defined]
        return view

    return mark


public = declare(Access("anybody", lambda: None))


def writes(view: View) -> View:
    """Mark a view whose GET writes (an opening that is recorded), so that its transaction may."""
    view.writes = True  # type: ignore[attr-defined]
    return view


def kept_for(seconds: int) -> Callable[[View], View]:
    """Mark a view whose answers are public and the same for everybody, so that they may be kept so long."""

    def mark(view: View) -> View:
        view.kept_for = seconds  # type: ignore[attr-defined]
        return view

    return mark


def access_of(view: View | None) -> Access | None:
    """A view's declaration, or None when it has none."""
    return getattr(view, "access", None)


def undeclared(app: Flask) -> list[str]:
    """The endpoints of the URL map without a declaration: each is a mistake."""
    return sorted(
        rule.endpoint for rule in app.url_map.iter_rules() if access_of(app.view_functions[rule.endpoint]) is None
    )
