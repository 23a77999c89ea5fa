"""A question page of the journey, with a draft behind it, beside a static form of as many bytes."""

from bench import journeys
from bench.ground import POSTGRESQL, durable_ground, founded
from bench.load import Visitor
from bench.report import Row, compared
from bench.serving import Web, variables_of
from bench.submit import VISITORS, interleaved, sides, slowness


def run() -> list[Row]:
    """One row for each number of visitors."""
    size = _page_bytes()
    rows = []
    with durable_ground(POSTGRESQL) as ground, sides(ground, size) as both:
        for visitors in VISITORS:
            ours, floor = interleaved(both, journeys.question_page, journeys.static_page, visitors)
            pairs = list(zip(ours.rates, floor.rates, strict=True))
            notes = f"{size:,} bytes; failed {ours.total.failed}; {slowness(ours.total, floor.total)}"
            rows.append(compared(f"a journey page, C = {visitors}", "pages/s", pairs, 0.5, notes))
    return rows


def _page_bytes() -> int:
    with durable_ground("SQLite") as ground:
        variables = variables_of(founded(ground))
        with Web("bench.ours:make()", variables, ground.folder / "served.log") as web:
            visitor = Visitor(web.port)
            journeys.question_page(visitor)
            return len(visitor.get(journeys.QUESTION).body)
