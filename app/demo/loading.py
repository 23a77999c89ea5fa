"""Making the demo: its people, its reports through the one door, and what was done with them."""

import gc
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from random import Random
from typing import TypeVar

from app.demo.centres import furnish_centres
from app.demo.community import add_community, heard_from, posters_up
from app.demo.deeds import Story, tell
from app.demo.people import Cast, found_everybody
from app.demo.places import Places
from app.demo.reports import SEED, MadeUp, first_month, two_years, waiting_today
from centres.services import log_report
from core.db import db
from core.outbox import drain, take_handed
from core.work import REPORTER, SYSTEM, Harbour, begin_work, harbour
from reporting.answers import Origin
from reporting.locating import city
from reporting.models import Report
from reporting.services import submit_report
from reporting.vocabulary import Channel

BATCH = 100
Item = TypeVar("Item")


def load_demo() -> None:
    """Make everything, inside an application context; the same for the same day, but for keys and ids."""
    # Nearly everything made here lives on or is dropped at once: collecting in between only costs time.
    gc.disable()
    try:
        _load(harbour())
    finally:
        gc.enable()


def _load(installation: Harbour) -> None:
    now = installation.clock()
    random = Random(SEED)  # noqa: S311 - made-up reports, not keys
    places = Places(city(), random)
    cast = _found(installation, now)
    past = _submit(installation, cast, two_years(now, places, random))
    drain(installation)
    db.session.expunge_all()
    _tell_all(installation, cast, past, random, now)
    _submit(installation, cast, waiting_today(now, places, random))
    add_community(begin_work(installation, db.session(), SYSTEM, now), cast, places)
    db.session.commit()
    drain(installation)
    db.session.remove()


def _found(installation: Harbour, now: datetime) -> Cast:
    session = db.session()
    begun = datetime.combine(first_month(now), now.timetz())
    cast = found_everybody(begin_work(installation, session, SYSTEM, begun))
    furnish_centres(begin_work(installation, session, SYSTEM, now), cast)
    session.commit()
    return cast


def _submit(installation: Harbour, cast: Cast, reports: Iterable[MadeUp]) -> list[tuple[str, datetime]]:
    """Send the reports, a batch to a transaction; their ids and times."""
    session = db.session()
    posters, random = posters_up(begin_work(installation, session, SYSTEM), cast), Random(SEED)  # noqa: S311
    sent: list[tuple[str, datetime]] = []
    for batch in _batches(reports):
        written = [(_send(installation, cast, made, heard_from(posters, random)), made.received_at) for made in batch]
        sent += [(report.id, moment) for report, moment in written]
        session.commit()
        take_handed(session)
    return sent


def _send(installation: Harbour, cast: Cast, made: MadeUp, poster: str | None) -> Report:
    if made.at_centre:
        work = begin_work(installation, db.session(), cast.centre_staff.actor, made.received_at)
        return log_report(work, cast.centre, made.answers, made.receipt)
    work = begin_work(installation, db.session(), REPORTER, made.received_at)
    return submit_report(work, made.answers, Origin(Channel.DEMO, heard_from=poster), made.receipt)


def _tell_all(
    installation: Harbour, cast: Cast, reports: Iterable[tuple[str, datetime]], random: Random, now: datetime
) -> None:
    session = db.session()
    for batch in _batches(reports):
        for report_id, moment in batch:
            work = begin_work(installation, session, SYSTEM, moment)
            tell(Story(work, cast, random, now), report_id)
        session.commit()
        take_handed(session)


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    waiting = iter(items)
    while batch := list(islice(waiting, BATCH)):
        yield batch
