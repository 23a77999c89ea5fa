"""kill -9 of web processes at random moments of a thousand submissions; their senders try again with one cookie."""

import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from os import kill
from signal import SIGKILL

from sqlalchemy import func, select

from bench.ground import KINDS, children, durable_ground, founded
from bench.load import Visitor
from bench.serving import Web, variables_of
from core.db import db, reading
from core.settings import Settings
from core.work import SYSTEM, begin_work, harbour
from drills.rehearsal import answer, opened, say, send, shown_code
from reporting.models import Report
from reporting.reading import REPORTER, open_report
from reporting.receipt import read_code
from reporting.services import find_by_receipt

SUBMISSIONS, VISITORS = 1000, 8
PATIENCE = 90.0
SHORTEST, LONGEST = 0.1, 0.7
"""Seconds between two kills."""


@dataclass
class Sent:
    """One submission: its own words, the code that was shown, how often a request had to be tried again."""

    words: str
    code: str = ""
    retries: int = 0


class Killer(threading.Thread):
    """Kills a web process at random moments; now and then the first of them, and starts it again."""

    def __init__(self, web: Web) -> None:
        super().__init__(daemon=True)
        self.kills = 0
        self._web = web
        self._stopping = threading.Event()
        self._chance = random.Random("kills")

    def run(self) -> None:
        """Until stopped."""
        while not self._stopping.wait(self._chance.uniform(SHORTEST, LONGEST)):
            workers = children(self._web.process.pid)
            if self.kills % 12 == 11:
                self._web.kill()
                self._web.start_again()
            elif workers:
                _kill(self._chance.choice(workers))
            self.kills += 1

    def stop(self) -> None:
        """Kill no more."""
        self._stopping.set()
        self.join()


def run() -> bool:
    """Both databases; whether nothing was lost and nothing doubled."""
    return all([_rehearse(kind) for kind in KINDS])


def _rehearse(kind: str) -> bool:
    with durable_ground(kind) as ground:
        settings = founded(ground)
        with Web("wsgi:app", variables_of(settings), ground.folder / "served.log") as web:
            killer = Killer(web)
            killer.start()
            with ThreadPoolExecutor(VISITORS) as pool:
                sent = list(pool.map(lambda number: _submit(web.port, number), range(SUBMISSIONS)))
            killer.stop()
        lost, doubled, codes = _checked(settings, sent)
        retries = sum(each.retries for each in sent)
        say(f"{kind}: {SUBMISSIONS} submissions, {killer.kills} kills, {retries} retries; {codes} codes shown")
        say(f"{kind}: lost {lost}, doubled {doubled}")
        return lost == 0 and doubled == 0 and codes == SUBMISSIONS


def _submit(port: int, number: int) -> Sent:
    """One visitor, who goes on from wherever their cookie stands until a code is shown."""
    sent, visitor = Sent(f"Submission {number} of the drill."), Visitor(port)
    deadline = time.monotonic() + PATIENCE
    while not sent.code and time.monotonic() < deadline:
        try:
            if "harbour_draft" in visitor.cookies:
                send(visitor)
                sent.code = shown_code(visitor)
            if not sent.code:
                answer(visitor, "own-words", {"words": sent.words})
        except OSError:
            visitor.hang_up()
            sent.retries += 1
            time.sleep(0.05)
    visitor.hang_up()
    return sent


def _checked(settings: Settings, sent: list[Sent]) -> tuple[int, int, int]:
    """Codes that open no report of their own words; reports beyond one a code; codes that differ."""
    codes = {each.code for each in sent if each.code}
    with opened(settings), reading():
        work = begin_work(harbour(), db.session(), SYSTEM)
        lost = 0
        for each in sent:
            receipt = read_code(each.code) if each.code else None
            report = find_by_receipt(work, receipt) if receipt else None
            if receipt is None or report is None:
                lost += 1
            else:
                lost += open_report(work, report, REPORTER, receipt.key_pair[1]).words.reveal() != each.words
        reports = db.session.scalar(select(func.count()).select_from(Report)) or 0
        db.session.rollback()
    return lost, reports - len(codes), len(codes)


def _kill(pid: int) -> None:
    try:
        kill(pid, SIGKILL)
    except ProcessLookupError:
        return
