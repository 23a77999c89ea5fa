"""Names on a map, put one after the other: the more important first, and none over another."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

# The width of a letter and the height of a line, in sizes of the type, for the bold of a wide system font.
_LETTER, LINE = 0.72, 1.15
_NARROW, _WIDE, _DIFFERENCE = frozenset("fijlrtI.,'() "), frozenset("mwMW@"), 0.3
_APART = 3.0
_MARK = 5.0
_MOST_TRIED = 80
"""Of how many of the spots that are left, the best first, the least costly is looked for."""
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
    """A name that would like to stand at a spot. With a mark, it stands beside the mark instead of over it.

    `spots` is where else the middle of a name without a mark may stand, and `one_line` the name unparted. `is_main`
    says that it must stand whatever else does.
    """

    lines: tuple[str, ...]
    style: str
    x: float
    y: float
    size: float
    marked: bool
    spots: tuple[tuple[float, float], ...] = ()
    one_line: str = ""
    is_main: bool = False


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
    lines: tuple[str, ...]
    x: float
    baseline: float
    box: Box

    @property
    def middle(self) -> float:
        """The y of the name's middle."""
        return (self.box.top + self.box.bottom) / 2


@dataclass(slots=True)
class Sheet:
    """A picture on which names are put one after the other; `taken` is the room that nothing else may enter."""

    width: float
    height: float
    taken: list[Box] = field(default_factory=list)

    def place_in_turn(self, wanted: Iterable[Wanted]) -> list[Placed]:
        """Those names for which there is room, in the order given; one is left out rather than set over another."""
        placed: list[Placed] = []
        for name in wanted:
            mark = _mark_of(name)
            if mark and not self._is_free(mark):
                continue
            found = next((spot for spot in _spots(name) if self._is_free(spot.box)), None)
            if found is not None:
                placed.append(found)
                self.taken.extend([found.box, mark] if mark else [found.box])
        return placed

    def place_together(self, wanted: Sequence[Wanted]) -> list[Placed]:
        """Names of one rank: always that one next which has the fewest spots left, where it leaves others the most."""
        left = {name: [spot for spot in _spots(name) if self._is_free(spot.box)] for name in wanted}
        placed: list[Placed] = []
        while left:
            name = min(left, key=lambda each: len(left[each]))
            spots = left.pop(name)
            if not spots:
                continue
            others = [(_around(those), those) for those in left.values() if those]
            found = min(spots[:_MOST_TRIED], key=lambda spot: self._cost(spot, others))
            placed.append(found)
            self.taken.append(found.box)
            for other, those in left.items():
                left[other] = [spot for spot in those if not spot.box.meets(found.box, _APART)]
        return placed

    def _cost(self, spot: Placed, others: Iterable[tuple[Box, list[Placed]]]) -> float:
        """How far a name would stand from its best spot, and how much of the room it would take from the worst off.

        The others are known by the spots that each has left, and the room in which all of those are.
        """
        away = ((spot.x - spot.wanted.x) / self.width) ** 2 + 2 * ((spot.middle - spot.wanted.y) / self.width) ** 2
        near = (those for room, those in others if spot.box.meets(room, _APART))
        lost = (sum(each.box.meets(spot.box, _APART) for each in those) / len(those) for those in near)
        return 3 * away + max(lost, default=0.0)

    def _is_free(self, box: Box) -> bool:
        return box.within(self.width, self.height) and not any(box.meets(other, _APART) for other in self.taken)


def _around(those: list[Placed]) -> Box:
    """The room in which all of these stand."""
    boxes = [each.box for each in those]
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )


def _mark_of(name: Wanted) -> Box | None:
    if not name.marked:
        return None
    return Box(name.x - _MARK, name.y - _MARK, name.x + _MARK, name.y + _MARK)


def _width(line: str) -> float:
    """The width of a line in sizes of its type, rather too wide than too narrow."""
    return sum(_LETTER + _DIFFERENCE * ((letter in _WIDE) - (letter in _NARROW)) for letter in line)


def _spots(name: Wanted) -> Iterable[Placed]:
    """Where a name may stand, its best spot first."""
    if name.spots:
        ways = dict.fromkeys((name.lines, (name.one_line,)))
        near = sorted(((name.x, name.y), *name.spots), key=lambda at: (at[0] - name.x) ** 2 + 2 * (at[1] - name.y) ** 2)
        return [_at(name, lines, x, y) for x, y in near for lines in ways]
    wide, high = _extent(name, name.lines)
    if name.marked:
        beside, over = _MARK + _APART + wide / 2, _MARK + _APART + high / 2
        shifts: Iterable[tuple[float, float]] = ((beside, 0.0), (-beside, 0.0), (0.0, over), (0.0, -over))
    else:
        shifts = ((name.size * across, name.size * down) for across, down in _SHIFTS)
    return (_at(name, name.lines, name.x + across, name.y + down) for across, down in shifts)


def _extent(name: Wanted, lines: tuple[str, ...]) -> tuple[float, float]:
    """The width and height of a name in these lines."""
    return name.size * max(map(_width, lines)), len(lines) * name.size * LINE


def _at(name: Wanted, lines: tuple[str, ...], x: float, y: float) -> Placed:
    """A name in these lines with its middle at a spot."""
    wide, high = _extent(name, lines)
    baseline = y - high / 2 + name.size * (0.35 + LINE / 2)
    return Placed(name, lines, x, baseline, Box(x - wide / 2, y - high / 2, x + wide / 2, y + high / 2))
