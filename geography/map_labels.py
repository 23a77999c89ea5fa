"""Names on a map, put one after the other: the more important first, and none over another."""

from collections.abc import Iterable
from dataclasses import dataclass

# The width of a letter and the height of a line, in sizes of the type, for the bold of a wide system font.
_LETTER, LINE = 0.72, 1.15
_NARROW, _WIDE, _DIFFERENCE = frozenset("fijlrtI.,'() "), frozenset("mwMW@"), 0.3
_APART = 3.0
_MARK = 5.0
# How far, in sizes of the type, a name without a mark may stand from its best spot.
_SHIFTS = (
    (0.0, 0.0),
    (0.0, -0.8),
    (0.0, 0.8),
    (-1.2, 0.0),
    (1.2, 0.0),
    (0.0, -1.6),
    (0.0, 1.6),
    (-2.4, 0.0),
    (2.4, 0.0),
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A name that would like to stand at a spot. With a mark, it stands beside the mark instead of over it."""

    lines: tuple[str, ...]
    style: str
    x: float
    y: float
    size: float
    marked: bool


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the picture."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box", apart: float = 0.0) -> bool:
        """Whether the two share anything, or come closer than `apart`."""
        across = self.left - apart < other.right and other.left - apart < self.right
        return across and self.top - apart < other.bottom and other.top - apart < self.bottom

    def within(self, width: float, height: float) -> bool:
        """Whether all of it is on a picture of this size, clear of its edge."""
        return self.left >= 2 and self.top >= 2 and self.right <= width - 2 and self.bottom <= height - 2


@dataclass(frozen=True, slots=True)
class Placed:
    """A name with its room: the middle of its first baseline, and the box that nothing else may enter."""

    wanted: Wanted
    x: float
    baseline: float
    box: Box


def place_names(wanted: Iterable[Wanted], width: float, height: float) -> list[Placed]:
    """Those names for which there is room, in the order given; a name is left out rather than set over another."""
    placed: list[Placed] = []
    taken: list[Box] = []
    for name in wanted:
        mark = _mark_of(name)
        if mark and not _free(mark, taken, width, height):
            continue
        found = next((spot for spot in _spots(name) if _free(spot.box, taken, width, height)), None)
        if found is not None:
            placed.append(found)
            taken.extend([found.box, mark] if mark else [found.box])
    return placed


def _free(box: Box, taken: list[Box], width: float, height: float) -> bool:
    return box.within(width, height) and not any(box.meets(other, _APART) for other in taken)


def _mark_of(name: Wanted) -> Box | None:
    if not name.marked:
        return None
    return Box(name.x - _MARK, name.y - _MARK, name.x + _MARK, name.y + _MARK)


def _width(line: str) -> float:
    """The width of a line in sizes of its type, rather too wide than too narrow."""
    return sum(_LETTER + _DIFFERENCE * ((letter in _WIDE) - (letter in _NARROW)) for letter in line)


def _spots(name: Wanted) -> Iterable[Placed]:
    """Where a name may stand, its best spot first."""
    wide, high = name.size * max(map(_width, name.lines)), len(name.lines) * name.size * LINE
    if name.marked:
        beside, over = _MARK + _APART + wide / 2, _MARK + _APART + high / 2
        shifts: Iterable[tuple[float, float]] = ((beside, 0.0), (-beside, 0.0), (0.0, over), (0.0, -over))
    else:
        shifts = ((name.size * across, name.size * down) for across, down in _SHIFTS)
    for across, down in shifts:
        x, y = name.x + across, name.y + down
        baseline = y - high / 2 + name.size * (0.35 + LINE / 2)
        yield Placed(name, x, baseline, Box(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2))
