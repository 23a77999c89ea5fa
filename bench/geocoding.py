"""Point to ward and text to place: bench.geocode's rows, as the page shows them."""

import re

from bench import geocode
from bench.report import Row

_TIMES, _RATE, _SHARE = re.compile(r">= ([\d.]+) x"), re.compile(r">= ([\d,]+)/s"), re.compile(r">= (\d+) % right")


def run() -> list[Row]:
    """Each row, with its goal held against what came out."""
    return [_row(found) for found in geocode.run()]


def _row(found: geocode.Row) -> Row:
    ratios = (found["ratio_median"], found["ratio_min"], found["ratio_max"])
    goal = found["goal"].replace(">=", "≥").replace(" x", " ×")
    return Row(found["row"], found["unit"], found["ours"], found["floor"], ratios, goal, _met(found), found["notes"])


def _met(found: geocode.Row) -> bool | None:
    """Whether every part of the goal's words holds; None without a goal."""
    goal, holds = found["goal"], []
    if times := _TIMES.search(goal):
        holds.append(found["ratio_median"] >= float(times[1]))
    if rate := _RATE.search(goal):
        holds.append(found["ours"] >= int(rate[1].replace(",", "")))
    if share := _SHARE.search(goal):
        right = re.search(r"([\d.]+)% right", found["notes"])
        holds.append(right is not None and float(right[1]) >= int(share[1]))
    if "all the same" in goal:
        alike = re.match(r"([\d,]+) of ([\d,]+) ", found["notes"])
        holds.append(alike is not None and alike[1] == alike[2])
    return all(holds) if holds else None
