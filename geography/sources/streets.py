"""Streets from OS Open Names, or from our own table of points on them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from geography.national_grid import on_the_grid, to_degrees
from geography.places import Point
from geography.sources.files import Source, SourceError, first_cells, is_a_name, named_rows, number, plain_rows, tidy
from geography.sources.ground import Ground

OPEN_NAMES_COLUMNS = 34
_NAME1, _LANGUAGE1, _NAME2 = 2, 3, 4
_LOCAL_TYPE, _X, _Y = 7, 8, 9
_ROADS = frozenset({"Named Road", "Section Of Named Road"})
_OURS = frozenset({"street", "lon", "lat"})


@dataclass(frozen=True, slots=True)
class StreetTable:
    """Points by street name, both in order. `official` says that they are Ordnance Survey's."""

    sources: tuple[Source, ...]
    streets: Mapping[str, tuple[tuple[float, float], ...]]
    official: bool


def read_streets(sources: Sequence[Source], ground: Ground) -> StreetTable:
    """The streets of the council, those of one name gathered. Raises SourceError."""
    points: defaultdict[str, set[tuple[float, float]]] = defaultdict(set)
    official = False
    for source in sources:
        header = first_cells(source)
        if len(header) == OPEN_NAMES_COLUMNS:
            official = True
            for name, lat, lon in _open_names(source):
                if ground.holds(Point(lat, lon)):
                    points[name].add((lat, lon))
        elif set(header) >= _OURS:
            for name, lat, lon in _ours(source, ground):
                points[name].add((lat, lon))
        else:
            raise _unknown(source)
    if not points:
        raise sources[0].wrong("no street in it is in the council. Give the tiles of OS Open Names that cover it.")
    return StreetTable(tuple(sources), {name: tuple(sorted(points[name])) for name in sorted(points)}, official)


def _open_names(source: Source) -> Iterator[tuple[str, float, float]]:
    names, grid = [], []
    for where, cells in plain_rows(source, OPEN_NAMES_COLUMNS):
        if cells[_LOCAL_TYPE] not in _ROADS:
            continue
        x, y = number(source, where, "GEOMETRY_X", cells[_X]), number(source, where, "GEOMETRY_Y", cells[_Y])
        if not on_the_grid(x, y):
            raise source.wrong(f"{x:g}, {y:g} is not on the British National Grid. Download the file again.", where)
        names.append(_named(source, where, _english(cells)))
        grid.append((x, y))
    for name, (lat, lon) in zip(names, to_degrees(grid), strict=True):
        yield name, lat, lon


def _english(cells: Sequence[str]) -> str:
    """The first name, or the second where the first is Welsh or Gaelic and there is one."""
    return cells[_NAME2] if cells[_LANGUAGE1] not in ("", "eng") and cells[_NAME2] else cells[_NAME1]


def _ours(source: Source, ground: Ground) -> Iterator[tuple[str, float, float]]:
    for where, row in named_rows(source):
        lat, lon = number(source, where, "lat", row["lat"]), number(source, where, "lon", row["lon"])
        if abs(lat) > 90 or abs(lon) > 180:
            raise source.wrong(f"{lat:g}, {lon:g} are not degrees of latitude and longitude. Convert them.", where)
        point, name = Point(lat, lon), _named(source, where, row["street"])
        ground.refuse_far(point, source, where)
        if ground.reaches(point):
            yield name, lat, lon


def _named(source: Source, where: int, name: str) -> str:
    if not is_a_name(name):
        raise source.wrong("the street has no name. Complete it, or leave the row out.", where)
    return tidy(name)


def _unknown(source: Source) -> SourceError:
    return source.wrong(
        f"its columns are neither those of OS Open Names ({OPEN_NAMES_COLUMNS}, without a header) nor street, lon "
        "and lat. Give one of the two."
    )
