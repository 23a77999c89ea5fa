"""The files of a pack that people write: one reader each, for whoever builds, searches, draws or checks.

Tables are parted by tabs and say their columns first; a file without a line is an empty list. What cannot be read
raises SourceError, a sentence with the file and the row.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from shapely import is_valid
from shapely.geometry import Polygon

from geography.landmarks import Landmark
from geography.neighbours import Neighbour
from geography.places import Point
from geography.sources.boundaries import in_the_kingdom
from geography.sources.files import Row, Source, is_a_name, number, open_any, read_json, tidy

LARGEST_RADIUS = 5_000.0
"""Metres: more is a whole town, and no place in one."""
_LANDMARK = ("name", "kind", "lat", "lon", "radius_m", "aliases")
_NEIGHBOUR = ("name", "district", "lat", "lon")

Rows = tuple[tuple[int, Landmark], ...]
"""Landmarks, each with its row."""


def read_landmarks(path: Path) -> tuple[Landmark, ...]:
    """The landmarks of a file; `aliases` are parted by |."""
    return tuple(landmark for _, landmark in landmark_rows(path)[1])


def landmark_rows(path: Path) -> tuple[Source, Rows]:
    """The same with their rows, and the file that can say what is wrong with one."""
    source = open_any(path)
    seen: dict[str, int] = {}
    found = []
    for row, cells in _table(source, _LANDMARK):
        landmark = _landmark(source, row, cells)
        before = seen.setdefault(landmark.name.casefold(), row)
        if before != row:
            raise source.wrong(f"{landmark.name} is there already, in row {before}. Keep one of the two.", row)
        found.append((row, landmark))
    return source, tuple(found)


def _landmark(source: Source, row: int, cells: Row) -> Landmark:
    if not is_a_name(cells["name"]):
        raise source.wrong("it has no name. Complete it, or leave the row out.", row)
    if not cells["kind"]:
        raise source.wrong("it has no kind, such as park or district. Complete it.", row)
    point = _point(source, row, cells)
    radius = number(source, row, "radius_m", cells["radius_m"])
    if not 0 < radius <= LARGEST_RADIUS:
        raise source.wrong(
            f"its radius of {radius:g} m is not between 0 and {LARGEST_RADIUS:,.0f} m. Correct the row.", row
        )
    aliases = (alias.strip() for alias in cells["aliases"].split("|"))
    return Landmark(cells["name"], cells["kind"], point, radius, tuple(filter(None, aliases)))


def read_districts(path: Path) -> tuple[Neighbour, ...]:
    """Places around the council, with the district that each is in."""
    source = open_any(path)
    found = []
    for row, cells in _table(source, _NEIGHBOUR):
        missing = next((name for name in ("name", "district") if not is_a_name(cells[name])), None)
        if missing:
            raise source.wrong(f"it has no {missing}. Complete it, or leave the row out.", row)
        point = _point(source, row, cells)
        if not in_the_kingdom(point.lon, point.lat):
            raise source.wrong(
                f"{point.lat:g}, {point.lon:g} is not in the United Kingdom. Correct the place (latitude and "
                "longitude in degrees).",
                row,
            )
        found.append(Neighbour(cells["name"], cells["district"], point))
    return tuple(found)


def read_neighbours(path: Path, council: str = "") -> frozenset[str]:
    """Names of places around the council, one a line."""
    source = open_any(path)
    names = {name: row for row, line in _lines(source) if (name := tidy(line))}
    for name, row in names.items():
        if council and name.casefold() == council.casefold():
            raise source.wrong(f"{name} is the council itself. Leave the row out.", row)
    return frozenset(names)


def read_water(path: Path) -> tuple[tuple[tuple[str, Point], ...], tuple[Polygon, ...]]:
    """Names of water, each with the place to write it at, and the areas to draw as water."""
    source = open_any(path)
    if not source.text.strip():
        return (), ()
    written = read_json(source) if source.text.lstrip().startswith(("{", "[")) else None
    if written is None:
        raise source.wrong("it is not JSON. Correct it, or leave the file out.")
    names, areas = (written.get(key) for key in ("names", "areas")) if isinstance(written, dict) else (None, None)
    if not isinstance(names, list) or not isinstance(areas, list):
        raise source.wrong("it must have names and areas, each a list. Correct it, or leave the file out.")
    return (
        tuple(_water_name(source, position, name) for position, name in enumerate(names, start=1)),
        tuple(_water_area(source, position, area) for position, area in enumerate(areas, start=1)),
    )


def _water_name(source: Source, position: int, written: Any) -> tuple[str, Point]:
    match written:
        case [str(name), int() | float() as lat, int() | float() as lon] if is_a_name(name) and in_the_kingdom(
            lon, lat
        ):
            return tidy(name), Point(float(lat), float(lon))
    raise source.wrong(f"name {position} must be a name, a latitude and a longitude in degrees. Correct it.")


def _water_area(source: Source, position: int, written: Any) -> Polygon:
    corners = _corners(written)
    if len(corners) < 3:
        raise source.wrong(
            f"area {position} must be a list of at least three corners, each a longitude and a latitude in degrees. "
            "Correct it."
        )
    area = Polygon(corners)
    if not is_valid(area):
        raise source.wrong(f"area {position}: its outline crosses itself. Correct it.")
    return area


def _corners(written: Any) -> Sequence[tuple[float, float]]:
    """The corners of an area; none where one of them is no corner."""
    corners = []
    for corner in written if isinstance(written, list) else ():
        match corner:
            case [int() | float() as lon, int() | float() as lat] if in_the_kingdom(lon, lat):
                corners.append((float(lon), float(lat)))
            case _:
                return ()
    return corners


def _point(source: Source, row: int, cells: Row) -> Point:
    lat, lon = (number(source, row, name, cells[name]) for name in ("lat", "lon"))
    return Point(lat, lon)


def _table(source: Source, columns: Sequence[str]) -> Iterator[tuple[int, Row]]:
    header: list[str] | None = None
    for row, line in _lines(source):
        cells = [tidy(cell) for cell in line.split("\t")]
        if header is None:
            header = cells
            if not set(columns) <= set(header) or len(set(header)) < len(header):
                listed = f"{', '.join(columns[:-1])} and {columns[-1]}"
                raise source.wrong(f"its first row must name the columns {listed}, with tabs between. Correct it.")
            continue
        # Editors take the tab off that ends a line whose last cell is empty.
        cells += [""] * (len(cells) == len(header) - 1)
        if len(cells) != len(header):
            raise source.wrong(f"it has {len(cells)} columns where the header has {len(header)}. Correct the row.", row)
        yield row, dict(zip(header, cells, strict=True))


def _lines(source: Source) -> Iterator[tuple[int, str]]:
    """Each line that is not empty, with its number; a line ends as editors end it, not at every odd space."""
    lines = source.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return ((row, line) for row, line in enumerate(lines, start=1) if line.strip())
