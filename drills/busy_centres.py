"""Sixty people of twenty centres log reports at once from one address: nobody is refused, nothing fails."""

import os
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from bench.ground import KINDS, PASSWORD, durable_ground, founded
from bench.journeys import ANSWERS
from bench.load import Answer, Visitor
from bench.serving import Web, variables_of
from drills.centres import found_centres, lost_and_doubled
from drills.rehearsal import say

CENTRES, STAFF_EACH = 20, 3
SECONDS = float(os.environ.get("HARBOUR_BUSY_SECONDS", "300"))
"""How long they log for; HARBOUR_BUSY_SECONDS sets it."""
PAGE = "/centre/log"
_FORM = {name: text for answer in ANSWERS.values() for name, text in answer.items()}


@dataclass
class Day:
    """One person's day: codes and words of what they logged, what was refused or failed, and how long sending took."""

    sent: list[tuple[str, str]] = field(default_factory=list)
    refused: int = 0
    failed: int = 0
    took: list[float] = field(default_factory=list)


def run() -> bool:
    """Both databases; whether nobody was refused, nothing failed, and every code opens its report."""
    return all([_rehearse(kind) for kind in KINDS])


def _rehearse(kind: str) -> bool:
    with durable_ground(kind) as ground:
        settings = founded(ground)
        people = found_centres(settings, CENTRES, STAFF_EACH)
        with (
            Web("wsgi:app", variables_of(settings), ground.folder / "served.log") as web,
            ThreadPoolExecutor(len(people)) as pool,
        ):
            days = list(pool.map(lambda address: _log_all_day(web.port, address), people))
        sent = [each for day in days for each in day.sent]
        lost, doubled = lost_and_doubled(settings, sent)
    refused, failed = sum(day.refused for day in days), sum(day.failed for day in days)
    took = sorted(each for day in days for each in day.took)
    middle, slowest = (took[min(len(took) - 1, int(len(took) * share))] if took else 0.0 for share in (0.5, 0.99))
    say(f"{kind}: {len(people)} people of {CENTRES} centres, {SECONDS:.0f} s, one address: {len(sent)} reports")
    say(f"{kind}: refused {refused}, failures {failed}, lost {lost}, doubled {doubled}")
    say(f"{kind}: page and sending, median {middle * 1000:.0f} ms, p99 {slowest * 1000:.0f} ms")
    return bool(sent) and refused == failed == lost == doubled == 0


def _log_all_day(port: int, address: str) -> Day:
    day, staff = Day(), Visitor(port)
    token = staff.get("/sign-in").hidden("csrf_token")
    staff.post("/sign-in", {"email": address, "password": PASSWORD, "csrf_token": token})
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        began = time.perf_counter()
        try:
            words = f"Logged by {address}, number {len(day.sent)}."
            _count(day, _log(staff, words), words)
        except OSError:
            staff.hang_up()
            day.failed += 1
        day.took.append(time.perf_counter() - began)
    staff.hang_up()
    return day


def _log(staff: Visitor, words: str) -> Answer:
    page = staff.get(PAGE)
    held = {name: page.hidden(name) for name in ("csrf_token", "visit")}
    return staff.post(PAGE, {**_FORM, **held, "words": words, "read": _FORM["consent"], "agreed": "y"})


def _count(day: Day, answer: Answer, words: str) -> None:
    code = answer.body.partition(b'data-code="')[2].partition(b'"')[0].decode()
    if answer.status in {403, 429, 503}:
        day.refused += 1
    elif answer.status != 200 or not code:
        day.failed += 1
    else:
        day.sent.append((code, words))
