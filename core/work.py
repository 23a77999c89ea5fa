"""One unit of work: what every service is given. A request or a task has one, and commits once or not at all."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from flask import current_app, g
from sqlalchemy.orm import Session

from core.clock import Clock, floor_hour
from core.erasure import ErasureStore
from core.events import Events
from core.keyring import Keyring
from core.settings import Settings


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. `role` is a word of the accounts room, `reporter` or `system`; a reporter has no id."""

    role: str
    id: str | None = None
    team_id: str | None = None

    @property
    def is_reporter(self) -> bool:
        """Whether this is somebody whose times are kept no finer than the hour."""
        return self.role == "reporter"


REPORTER = Actor("reporter")
SYSTEM = Actor("system")


@dataclass(frozen=True, slots=True)
class Harbour:
    """What an installation's running process holds: one for the application's life.

    `tasks` are what a worker runs, by name, within a transaction; `errands` what leaves the house, outside one.
    """

    settings: Settings
    keyring: Keyring
    erasure: ErasureStore
    events: Events
    clock: Clock
    tasks: Mapping[str, Callable[..., None]]
    errands: Mapping[str, Callable[..., None]]


@dataclass(frozen=True, slots=True)
class Work:
    """A session, who acts, when, and the installation. `coarse` work keeps no time finer than the hour."""

    session: Session
    actor: Actor
    now: datetime
    harbour: Harbour
    coarse: bool = False

    def acting(self, actor: Actor) -> "Work":
        """The same unit of work under another actor; a reporter's is coarse."""
        work = replace(self, actor=actor)
        return work.coarsened() if actor.is_reporter else work

    def coarsened(self) -> "Work":
        """The same unit of work, with its time floored to the hour: a reporter caused it."""
        return replace(self, coarse=True, now=floor_hour(self.now))

    def publish(self, event: object) -> None:
        """Tell the handlers of an event, inside this unit of work."""
        self.harbour.events.publish(self, event)


def begin_work(harbour: Harbour, session: Session, actor: Actor, now: datetime | None = None) -> Work:
    """A new unit of work at this moment (or `now`), floored to the hour for a reporter."""
    moment = now or harbour.clock()
    return Work(session, Actor("system"), moment, harbour).acting(actor)


def harbour() -> Harbour:
    """The running installation of the current application."""
    found: Harbour = current_app.extensions["harbour"]
    return found


def current_work() -> Work:
    """The request's unit of work, begun by the application before the view."""
    work: Work = g.work
    return work
