"""kill -9 of placing again, in mid batch: no report is passed over, and each stands where a run left alone puts it."""

import random
import subprocess
import time

from sqlalchemy import select

from app.installation import open_installation
from app.placing import extent, place_all
from bench.ground import KINDS, durable_ground, founded
from bench.reaggregation import OTHER, store_reports
from bench.serving import start, variables_of
from core.audit import AuditEntry
from core.db import db
from core.settings import Settings
from core.work import Harbour
from drills.rehearsal import say, wait_until
from geography.locating import City, default_city
from reporting.models import Placement

REPORTS, KILLS = 20_000, 6
PATIENCE = 120.0
_A_BATCH = 0.4
"""Seconds that a batch takes at most here, so that a kill within them falls anywhere in one."""

_Placed = dict[tuple[str, str], float]


def run() -> bool:
    """Both databases; whether no report was passed over and none placed otherwise."""
    return all([_rehearse(kind) for kind in KINDS])


def _rehearse(kind: str) -> bool:
    city = default_city()
    with durable_ground(kind) as ground:
        settings = founded(ground)
        with open_installation(settings) as harbour:
            store_reports(harbour, city, REPORTS)
            stops = [_killed(harbour, settings) for _ in range(KILLS)]
            finished = _command(settings).wait(PATIENCE) == 0
            left = extent(harbour, default_city(), OTHER).placed_before
            looked_at, broken = _told(), _placed()
            undisturbed = _left_alone(harbour, city)
    wrong = sum(broken.get(key) != undisturbed.get(key) for key in broken.keys() | undisturbed.keys())
    say(f"{kind}: {REPORTS} reports placed again, killed {KILLS} times, when it had done {stops}")
    say(
        f"{kind}: looked at by the run {looked_at}, placed otherwise than by a run left alone {wrong}, left over {left}"
    )
    return finished and looked_at == [REPORTS] and wrong == 0 and left == 0 and any(stops)


def _killed(harbour: Harbour, settings: Settings) -> int:
    """Start the run, kill it somewhere in the batch after next; how many reports it had done."""
    before = extent(harbour, default_city(), OTHER).placed_before
    running = _command(settings)
    wait_until(
        lambda: extent(harbour, default_city(), OTHER).placed_before > before or running.poll() is not None, PATIENCE
    )
    time.sleep(random.uniform(0, _A_BATCH))
    running.kill()
    running.wait()
    return extent(harbour, default_city(), OTHER).placed_before


def _command(settings: Settings) -> subprocess.Popen[bytes]:
    words = ["-c", f"from app.command import main; main(['place-again', '--vintage', '{OTHER}'])"]
    return start(words, variables_of(settings), settings.instance / "placing.log")


def _told() -> list[int]:
    """What each finished run wrote down of itself."""
    found = select(AuditEntry.detail).where(AuditEntry.action == "reports placed again")
    return [int(detail["reports"]) for detail in db.session.scalars(found)]


def _placed() -> _Placed:
    rows = db.session.execute(select(Placement.report_id, Placement.ward, Placement.weight))
    found = {(report_id, str(ward)): weight for report_id, ward, weight in rows}
    db.session.rollback()
    return found


def _left_alone(harbour: Harbour, city: City) -> _Placed:
    """The same places by one run that nobody disturbs, from nothing."""
    db.session.execute(Placement.__table__.delete())  # type: ignore[attr-defined]
    db.session.commit()
    place_all(harbour, city, OTHER)
    return _placed()
