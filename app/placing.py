"""Placing every stored report again in a vintage of wards: a run that can be stopped and goes on where it was."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from flask import current_app

from core.db import db, reading
from core.outbox import hand_over, take_handed
from core.queue import wake
from core.work import SYSTEM, Harbour, begin_work
from geography.locating import City
from geography.reaggregation import Reaggregation
from geography.vocabulary import Vintage
from geography.wards import BoundarySet
from reporting.replacing import place_next, reports_to_place
from reporting.tasks import PLACE_AGAIN


class NoSuchVintage(ValueError):
    """The city has no such wards; the message says which it has."""


@dataclass(frozen=True, slots=True)
class Extent:
    """How many reports there are, and how many an earlier run that was stopped had placed already."""

    reports: int
    placed_before: int


def wanted_vintage(city: City, vintage: str | None) -> Vintage:
    """The vintage asked for, by default the one in force today; NoSuchVintage in words."""
    if vintage is not None and vintage not in city.vintages:
        known = " and ".join(city.vintages)
        raise NoSuchVintage(f"{city.name} has no ward boundaries called {vintage}. It has those of {known}.")
    return Vintage(vintage) if vintage else city.current_vintage


def still_to_come(city: City, today: date) -> list[BoundarySet]:
    """The boundary sets that are loaded and not in force yet, the next first."""
    return [each for each in city.gazetteer.crosswalk.sets if each.valid_from > today]


def extent(harbour: Harbour, city: City, vintage: Vintage) -> Extent:
    """What lies before a run."""
    with reading():
        again = Reaggregation(city, vintage)
        found = reports_to_place(begin_work(harbour, db.session(), SYSTEM), again)
        db.session.rollback()
    return Extent(*found)


def place_all(
    harbour: Harbour, city: City, vintage: Vintage, advance: Callable[[int], None] = lambda reports: None
) -> int:
    """Place every report not yet placed by this run, a batch to a transaction; how many. `advance` hears each batch.

    It stops where another process has finished the run in the meantime.
    """
    again, placed, begun_on = Reaggregation(city, vintage), 0, ""
    session = db.session()
    while number := place_next(begin_work(harbour, session, SYSTEM), city, again, begun_on):
        session.commit()
        placed, begun_on = placed + number, again.pack
        advance(number)
    session.commit()
    return placed


def leave_to_worker(harbour: Harbour, vintage: Vintage) -> None:
    """Let a worker do the same, a batch to a job."""
    session = db.session()
    hand_over(begin_work(harbour, session, SYSTEM), PLACE_AGAIN, vintage=vintage)
    session.commit()
    wake(harbour.settings, current_app.extensions["carrier"], take_handed(session))
