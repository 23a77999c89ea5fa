"""A month's ward table as a map: each ward filled by how many reports it has, or as hidden."""

from dataclasses import dataclass

from shapely.geometry.base import BaseGeometry

from geography.drawing import NO_WATER, draw_ward_map
from geography.hatching import Band, LegendEntry, WardFill, legend
from geography.vocabulary import WardCode
from geography.wards import BoundarySet
from trends.rules import Table
from trends.sentences import HIDDEN_WORDS, count_words, describe_rows
from trends.vocabulary import HIDDEN, Figure

_SHADES = (Band.LOWEST, Band.LOW, Band.MIDDLE, Band.HIGH, Band.HIGHEST)


@dataclass(frozen=True, slots=True)
class WardMap:
    """A drawn map: SVG text of our own making, and its legend."""

    drawing: str
    legend: list[LegendEntry]


def draw_map(title: str, table: Table, wards: BoundarySet, smallest: int, water: BaseGeometry = NO_WATER) -> WardMap:
    """The map of a ward table. `smallest` is the least count this edition shows, nought apart; `water` is its shape."""
    rows = [row for row in table.rows if WardCode(row.code) in wards.codes()]
    largest = max((row.now for row in rows if row.now is not HIDDEN), default=0)
    shades = shade_ranges(smallest, largest)
    fills = {WardCode(row.code): _fill(row.now, shades) for row in rows}
    drawing = draw_ward_map(wards, title, describe_rows(table.rows, "ward"), fills, water)
    return WardMap(drawing, legend(fills.values()))


def shade_ranges(smallest: int, largest: int) -> list[tuple[int, int]]:
    """At most five equally wide ranges of counts, both ends counted in, from `smallest` until `largest`."""
    width = max(1, -(-(largest - smallest + 1) // len(_SHADES)))
    return [(start, start + width - 1) for start in range(smallest, largest + 1, width)]


def _fill(count: Figure, shades: list[tuple[int, int]]) -> WardFill:
    if count is HIDDEN:
        return WardFill(Band.HIDDEN, HIDDEN_WORDS.capitalize(), HIDDEN_WORDS)
    for shade, (least, most) in zip(_SHADES, shades, strict=False):
        if least <= count <= most:
            words = count_words(least) if least == most else f"{least:,} to {most:,} reports"
            return WardFill(shade, words, count_words(count))
    return WardFill(Band.NONE, "No reports", count_words(count))
