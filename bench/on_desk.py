"""From the receipt to the desk's queue: twenty submissions a second through real web and worker processes."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from statistics import median
from time import perf_counter

from sqlalchemy import create_engine, text

from bench import journeys
from bench.ground import KINDS, durable_ground, founded
from bench.load import Visitor
from bench.report import Row
from bench.serving import Web, Worker, variables_of

EACH_SECOND, SECONDS, VISITORS = 20, 15, 8
PATIENCE = 20.0


class Arrivals:
    """When each report was first seen on the queue, by a look every few milliseconds."""

    def __init__(self, database_url: str) -> None:
        self.seen: dict[str, float] = {}
        self._engine = create_engine(database_url, isolation_level="AUTOCOMMIT")
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._look)
        self._thread.start()

    def wait_for(self, count: int) -> None:
        """Until so many have come, or patience ends."""
        deadline = time.monotonic() + PATIENCE
        while len(self.seen) < count and time.monotonic() < deadline:
            time.sleep(0.01)

    def stop(self) -> None:
        """Look no more."""
        self._stopping.set()
        self._thread.join()
        self._engine.dispose()

    def _look(self) -> None:
        with self._engine.connect() as connection:
            while not self._stopping.wait(0.005):
                now = perf_counter()
                for (report_id,) in connection.execute(text("SELECT report_id FROM queue_entry")):
                    self.seen.setdefault(report_id, now)


def run() -> list[Row]:
    """One row for each pair."""
    return [_row(kind) for kind in KINDS]


def _row(kind: str) -> Row:
    with durable_ground(kind) as ground:
        settings = founded(ground)
        variables, log = variables_of(settings), ground.folder / "served.log"
        with Web("bench.ours:make()", variables, log) as web, Worker(variables, log):
            journeys.sent_form(Visitor(web.port))
            arrivals = Arrivals(settings.database_url)
            try:
                arrivals.wait_for(1)
                receipts = _submissions(web.port)
                arrivals.wait_for(len(receipts) + 1)
            finally:
                arrivals.stop()
    took = sorted(arrivals.seen[report] - at for report, at in receipts.items() if report in arrivals.seen)
    middle, slowest = median(took), took[int(len(took) * 0.99)]
    notes = f"p99 {slowest:.2f} s; {len(took)} of {EACH_SECOND * SECONDS} arrived, at {EACH_SECOND} a second"
    met = middle <= 0.5 and slowest <= 2.0 and len(took) == EACH_SECOND * SECONDS
    return Row(f"submit → on the desk's queue, {kind}", "s", middle, None, (), "≤ 0.5 s, p99 ≤ 2 s", met, notes)


def _submissions(port: int) -> dict[str, float]:
    """Report id → when its receipt was shown; sent at their times, whether or not those before were answered."""
    visitors = threading.local()
    began = perf_counter()

    def submit(number: int) -> tuple[str, float]:
        if not hasattr(visitors, "own"):
            visitors.own = Visitor(port)
        time.sleep(max(0.0, began + number / EACH_SECOND - perf_counter()))
        visitors.own.forget()
        body = journeys.sent_form(visitors.own).body
        return body.split()[-1].decode(), perf_counter()

    with ThreadPoolExecutor(VISITORS) as pool:
        return dict(pool.map(submit, range(EACH_SECOND * SECONDS)))
