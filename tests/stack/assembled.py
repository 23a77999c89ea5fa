"""The platform, assembled once a process for the same settings: routes, templates and compiled statements are reused.

Whatever a test may change is as new each time: the installation with its keys, events and clock, the configuration,
the views, what is counted in memory, and the map that was drawn.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from flask import Flask
from sqlalchemy.pool import QueuePool

from accounts.throttle import GuessThrottle
from app.factory import create_app, make_harbour
from centres.access import install_fairness
from core.clock import Clock, utc_now
from core.db import db
from core.settings import Settings


@dataclass(frozen=True)
class Assembled:
    """An application, and what it was made with."""

    app: Flask
    config: dict[str, Any]
    extensions: dict[str, Any]
    views: dict[str, Any]

    def as_new(self, settings: Settings, clock: Clock) -> Flask:
        """The application, with whatever a test may have changed made anew."""
        self.app.config.clear()
        self.app.config.update(self.config)
        self.app.extensions.clear()
        self.app.extensions.update(self.extensions)
        self.app.view_functions.update(self.views)
        keys = self.extensions["harbour"].keyring
        self.app.extensions["harbour"] = make_harbour(settings, keys, clock)
        self.app.extensions["guess throttle"] = GuessThrottle()
        self.app.extensions["intake fairness"] = install_fairness()
        return self.app


_ASSEMBLED: dict[Settings, Assembled] = {}


@contextmanager
def assembled(settings: Settings, clock: Clock = utc_now) -> Iterator[Flask]:
    """The platform for these settings; its connections are closed afterwards, and none may be left open."""
    if settings not in _ASSEMBLED:
        app = create_app(settings, clock)
        _ASSEMBLED[settings] = Assembled(app, dict(app.config), dict(app.extensions), dict(app.view_functions))
    app = _ASSEMBLED[settings].as_new(settings, clock)
    yield app
    with app.app_context():
        db.session.remove()
        left_open = [engine.pool for engine in db.engines.values()]
        for engine in db.engines.values():
            engine.dispose()
    for pool in left_open:
        assert not isinstance(pool, QueuePool) or pool.checkedout() == 0, "A session was left open."
