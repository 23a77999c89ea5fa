"""Submitting a report: through one form beside the floor's, through the real pages, and the memory it takes."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from statistics import median

from bench import journeys
from bench.ground import KINDS, Ground, durable_ground, founded, rss_and_pss, tree
from bench.load import Driver, Journey, Tally
from bench.report import Row, compared
from bench.serving import FLOORS, Web, variables_of

VISITORS = (1, 8, 32)
ROUNDS = 5
SECONDS = 1.5
JOURNEY_SECONDS = 3.0


@dataclass(frozen=True)
class Sides:
    """Ours and the floor, served beside each other on one ground."""

    ours: Web
    floor: Web
    driver: Driver


@dataclass
class Rounds:
    """Rounds of one side: each round's rate, and all of them together."""

    rates: list[float] = field(default_factory=list)
    total: Tally = field(default_factory=Tally)

    def add(self, tally: Tally) -> None:
        """Another round."""
        self.rates.append(tally.rate)
        self.total.add(tally)


@contextmanager
def sides(ground: Ground, page_bytes: int = 0) -> Iterator[Sides]:
    """Serve both on free ports, the floor with a static page of so many bytes."""
    with ExitStack() as stack:
        variables = variables_of(founded(ground))
        floors = {**variables, "BENCH_DATABASE_URL": ground.empty, "BENCH_PAGE_BYTES": str(page_bytes)}
        log = ground.folder / "served.log"
        ours = stack.enter_context(Web("bench.ours:make()", variables, log))
        floor = stack.enter_context(Web("bench.floor:make()", floors, log, FLOORS))
        driver = Driver()
        stack.callback(driver.close)
        yield Sides(ours, floor, driver)


def run() -> list[Row]:
    """Both databases, one after the other."""
    rows: list[Row] = []
    for kind in KINDS:
        with durable_ground(kind) as ground, sides(ground) as both:
            rows.extend(_one_form(kind, both, visitors) for visitors in VISITORS)
            rows.append(_memory(kind, both))
            rows.extend(_journey(kind, both, visitors) for visitors in VISITORS)
            rows.extend(_one_page(kind, both, visitors) for visitors in VISITORS)
    return rows


def _one_form(kind: str, both: Sides, visitors: int) -> Row:
    ours, floor = interleaved(both, journeys.one_form, journeys.one_form, visitors)
    notes = f"failed {ours.total.failed} (floor {floor.total.failed}); {slowness(ours.total, floor.total)}"
    path = f"submit a report, one form, {kind}, C = {visitors}"
    return compared(path, "GET + POST/s", list(zip(ours.rates, floor.rates, strict=True)), 0.8, notes)


def _journey(kind: str, both: Sides, visitors: int) -> Row:
    tally = _driven(both, journeys.question_pages, visitors)
    pages = tally.done * journeys.PAGES_OF_A_JOURNEY / tally.seconds
    notes = f"{len(journeys.ANSWERS)} questions, check, receipt: {pages:,.0f} requests/s; {_went(tally)}"
    return Row(f"submit a report, question pages, {kind}, C = {visitors}", "reports/s", tally.rate, notes=notes)


def _one_page(kind: str, both: Sides, visitors: int) -> Row:
    tally = _driven(both, journeys.one_page_form, visitors)
    path = f"submit a report, the real one-page form, {kind}, C = {visitors}"
    return Row(path, "reports/s", tally.rate, notes=f"page, send, receipt; {_went(tally)}")


def _memory(kind: str, both: Sides) -> Row:
    ours_rss, ours_pss = rss_and_pss(tree(both.ours.process.pid))
    floor_rss, floor_pss = rss_and_pss(tree(both.floor.process.pid))
    ratio = ours_rss / floor_rss
    notes = f"resident, after the load above; proportional: {ours_pss:.0f} and {floor_pss:.0f} MiB"
    return Row(f"memory, web tree, {kind}", "MiB", ours_rss, floor_rss, (ratio,), "≤ 1.3 × floor", ratio <= 1.3, notes)


def interleaved(both: Sides, ours: Journey, floor: Journey, visitors: int) -> tuple[Rounds, Rounds]:
    """Rounds of both in turn, after a short one that is not counted."""
    ours_rounds, floor_rounds = Rounds(), Rounds()
    for port, journey in ((both.ours.port, ours), (both.floor.port, floor)):
        both.driver.drive(port, journey, visitors, SECONDS / 3)
    for _ in range(ROUNDS):
        ours_rounds.add(both.driver.drive(both.ours.port, ours, visitors, SECONDS))
        floor_rounds.add(both.driver.drive(both.floor.port, floor, visitors, SECONDS))
    return ours_rounds, floor_rounds


def slowness(ours: Tally, floor: Tally) -> str:
    """Median and 99th percentile of both, in words."""
    return (
        f"p50 {ours.percentile(0.5):.0f} ms (floor {floor.percentile(0.5):.0f}), "
        f"p99 {ours.percentile(0.99):.0f} ms (floor {floor.percentile(0.99):.0f})"
    )


def _driven(both: Sides, journey: Journey, visitors: int) -> Tally:
    return both.driver.drive(both.ours.port, journey, visitors, JOURNEY_SECONDS)


def _went(tally: Tally) -> str:
    took = median(tally.took) * 1000 if tally.took else 0
    return f"failed {tally.failed}; p50 {took:,.0f} ms, p99 {tally.percentile(0.99):,.0f} ms"
