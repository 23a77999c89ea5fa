"""`python -m bench`: every row, written to bench/RESULTS.md. `python -m bench NAME …`: those rows, printed."""

import importlib
import sys
from time import perf_counter

from bench.report import Row, told, write_results

ROWS = ("submit", "page", "geocode", "reaggregation", "queueing", "on_desk")
BY_NAME_ONLY = ("cold_start",)


def main(names: list[str]) -> int:
    """Run the rows, in order; 2 for a name that is none."""
    unknown = [name for name in names if name not in (*ROWS, *BY_NAME_ONLY)]
    if unknown:
        print(f"No such row: {', '.join(unknown)}. There are: {', '.join((*ROWS, *BY_NAME_ONLY))}.", file=sys.stderr)
        return 2
    began = perf_counter()
    rows: list[Row] = []
    for name in names or ROWS:
        print(f"== {name}", flush=True)
        for row in importlib.import_module(f"bench.{name}").run():
            print(told(row), flush=True)
            rows.append(row)
    if not names:
        write_results(rows, perf_counter() - began)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
