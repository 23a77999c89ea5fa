"""Rows of figures, and the page that they are written down on."""

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from bench.ground import machine
from core.settings import ROOT

RESULTS = ROOT / "bench" / "RESULTS.md"
HEAD = """# What was measured

Written by `make bench`. Ours and its floor run interleaved on the same machine; a ratio is ours over the floor's,
the median of its rounds with the least and the most. Absolute figures mean little on a shared machine: ratios hold.
The load driver shares the cores with what it measures, on both sides alike.
"""


@dataclass(frozen=True)
class Row:
    """One line: a path, ours and the floor's rate, their ratios round by round, the goal and whether it was met."""

    path: str
    unit: str
    ours: float
    floor: float | None = None
    ratios: tuple[float, ...] = ()
    goal: str = ""
    met: bool | None = None
    notes: str = ""


def compared(
    path: str, unit: str, pairs: Sequence[tuple[float, float]], least: float | None = None, notes: str = ""
) -> Row:
    """A row from rounds of (ours, floor), held against the least ratio that is the goal."""
    ratios = tuple(ours / floor for ours, floor in pairs)
    return Row(
        path,
        unit,
        median(ours for ours, _ in pairs),
        median(floor for _, floor in pairs),
        ratios,
        f"≥ {least:g} × floor" if least else "",
        median(ratios) >= least if least else None,
        notes,
    )


def told(row: Row) -> str:
    """A row as one line of the table."""
    floor = "" if row.floor is None else _figure(row.floor)
    ratio = f"{median(row.ratios):.2f} ({min(row.ratios):.2f}–{max(row.ratios):.2f})" if row.ratios else ""
    met = {None: "", True: "met", False: "**missed**"}[row.met]
    return f"| {row.path} | {_figure(row.ours)} | {floor} | {row.unit} | {ratio} | {row.goal} | {met} | {row.notes} |"


def write_results(rows: Sequence[Row], seconds: float, path: Path = RESULTS) -> None:
    """Write the page: the machine, the day, every row."""
    missed = [row.path for row in rows if row.met is False]
    lines = [
        HEAD,
        f"Machine: {machine()}. Day: {datetime.now(UTC):%-d %B %Y}. Version: {_version()}. Took {seconds:.0f} s.\n",
        "| path | ours | floor | unit | ratio (least–most) | goal | | notes |",
        "|---|---|---|---|---|---|---|---|",
        *(told(row) for row in rows),
        "",
        f"Goals missed: {'; '.join(missed)}." if missed else "No goal was missed.",
        "",
    ]
    path.write_text("\n".join(lines))


def _figure(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _version() -> str:
    words = ["git", "-C", str(ROOT), "describe", "--always", "--dirty"]
    found = subprocess.run(words, capture_output=True, text=True, check=False).stdout.strip()
    return found or "unknown"
