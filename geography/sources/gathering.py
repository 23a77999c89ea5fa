"""Everything that a council's pack is built from, read and held against each other: all files' errors at once."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

from geography.places import Point
from geography.sources.boundaries import SMALL_AREA, WARD, Layer, read_areas
from geography.sources.by_hand import landmark_rows, read_districts, read_neighbours, read_water
from geography.sources.figures import Deprivation, Population, read_deprivation, read_population
from geography.sources.files import SourceError, open_source
from geography.sources.ground import Ground
from geography.sources.postcodes import PostcodeTable, read_postcodes
from geography.sources.streets import StreetTable, read_streets
from geography.wards import NEAREST_WITHIN_METRES

COUNCIL = re.compile(r"[ENSW]\d{8}")
MOST_WARDS = 250
BY_HAND = ("neighbours.txt", "districts.tsv", "landmarks.tsv", "water.json")
"""The files of a pack that people write: places around, places to name, and the water to draw."""
_T = TypeVar("_T")
_G = TypeVar("_G")


class WrongSources(ValueError):
    """Files that cannot be used: one sentence each."""

    def __init__(self, sentences: Sequence[str]) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = tuple(sentences)


@dataclass(frozen=True, slots=True)
class WardFile:
    """A file of ward boundaries, with its vintage and first day where the file does not say them."""

    path: Path
    vintage: str | None = None
    first_day: date | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """What a pack is to be built from. What was written by hand is taken as it is, under its name in the pack."""

    council: str
    name: str
    wards: tuple[WardFile, ...]
    postcodes: tuple[Path, ...]
    streets: tuple[Path, ...] = ()
    small_areas: tuple[Path, ...] = ()
    population: tuple[Path, ...] = ()
    deprivation: tuple[Path, ...] = ()
    by_hand: Mapping[str, Path] = field(default_factory=dict)
    licence_year: int | None = None


@dataclass(frozen=True, slots=True)
class WardSet:
    """The wards of one vintage and the days they are for."""

    vintage: str
    valid_from: date
    valid_to: date | None
    layer: Layer


@dataclass(frozen=True, slots=True)
class Material:
    """What was read. `wards` has the oldest first; `official` is the vintage whose wards the postcodes name.

    `landmarks_left_out` are rows of the file of landmarks.
    """

    order: Order
    wards: tuple[WardSet, ...]
    postcodes: PostcodeTable
    official: str
    streets: StreetTable | None
    small_areas: tuple[Layer, ...]
    deprivation: tuple[Deprivation, ...]
    population: Population
    warnings: tuple[str, ...]
    landmarks_left_out: frozenset[int]


def gather(order: Order) -> Material:
    """Read every file of an order. Raises WrongSources with a sentence for each file that cannot be used."""
    if not COUNCIL.fullmatch(order.council):
        raise WrongSources([f"{order.council[:20]!r} is not a council's code, such as E06000045."])
    errors: list[str] = []
    warnings: list[str] = []
    wards = _each(errors, order.wards, lambda file: _ward_set(file, order.council, warnings))
    table = _one(errors, lambda: read_postcodes([open_source(path) for path in order.postcodes], order.council))
    deprivation = _each(errors, order.deprivation, lambda path: read_deprivation(open_source(path)))
    population = _one(errors, lambda: read_population([open_source(path) for path in order.population]))
    if len(wards) < len(order.wards) or not wards:
        # Without an outline nobody can say which streets and small areas are the council's.
        raise WrongSources(errors)
    dated = _one(errors, lambda: _in_order(wards))
    ground = Ground((dated or tuple(wards))[-1].layer)
    streets = None
    if order.streets:
        streets = _one(errors, lambda: read_streets([open_source(path) for path in order.streets], ground))
    small = _each(errors, order.small_areas, lambda path: _small_areas(path, ground))
    outside = _each(errors, list(order.by_hand.items()), lambda given: _check_by_hand(*given, order.name, ground))
    left_out = next(filter(None, outside), {})
    if left_out:
        first = next(iter(left_out.values()))
        warnings.append(f"{len(left_out)} landmarks lie outside the council and were left out, the first {first}.")
    official = _one(errors, lambda: _official(dated, table)) if dated and table else None
    if errors or dated is None or table is None or official is None or population is None:
        raise WrongSources(errors)
    if table.without_place:
        warnings.append(f"{table.without_place} postcodes have no coordinates and were left out.")
    return Material(
        order, dated, table, official, streets, tuple(small), tuple(deprivation), population,
        (*warnings, *_unused(small, deprivation, population)), frozenset(left_out),
    )  # fmt: skip


def _one(errors: list[str], read: Callable[[], _T]) -> _T | None:
    try:
        return read()
    except SourceError as problem:
        errors.append(str(problem))
        return None


def _each(errors: list[str], given: Sequence[_G], read: Callable[[_G], _T]) -> list[_T]:
    results = [_one(errors, lambda each=each: read(each)) for each in given]  # type: ignore[misc]
    return [result for result in results if result is not None]


def _ward_set(file: WardFile, council: str, warnings: list[str]) -> WardSet:
    source = open_source(file.path)
    layer = read_areas(source, WARD, council)
    if len(layer.areas) > MOST_WARDS:
        raise source.wrong(
            f"it has {len(layer.areas)} wards, more than any council. Keep those of {council} only, or take the "
            "file that has their council's code (LAD23CD)."
        )
    vintage = file.vintage or layer.vintage or _year_in(source.name) or _year_in(str(layer.valid_from))
    if vintage is None:
        raise source.wrong("nothing says what year its wards are of. Say it, as in --wards 2023=FILE.")
    try:
        first_day = file.first_day or (date.fromisoformat(layer.valid_from) if layer.valid_from else None)
    except (TypeError, ValueError) as problem:
        raise source.wrong(f"its valid_from is not a day such as 2023-05-04: {layer.valid_from!r}.") from problem
    if first_day is None:
        first_day = date(int(vintage), 1, 1)
        warnings.append(
            f"{source.name}: nothing says from which day its wards are valid; {first_day} is taken. "
            f"Say it, as in --wards {vintage}@{vintage}-05-04=FILE."
        )
    return WardSet(vintage, first_day, None, layer)


def _year_in(text: str) -> str | None:
    found = re.search(r"(?<!\d)(20\d\d)(?!\d)", text)
    return found[1] if found else None


def _in_order(wards: Sequence[WardSet]) -> tuple[WardSet, ...]:
    """The oldest first, each valid until the day before the next."""
    ordered = sorted(wards, key=lambda each: each.valid_from)
    for earlier, later in pairwise(ordered):
        if earlier.valid_from == later.valid_from or earlier.vintage == later.vintage:
            raise later.layer.source.wrong(
                f"{earlier.layer.source.name} is of the same year or begins on the same day. Give each set of wards "
                "once, with its year and first day."
            )
    ends = [each.valid_from - timedelta(days=1) for each in ordered[1:]]
    return tuple(
        WardSet(each.vintage, each.valid_from, end, each.layer)
        for each, end in zip(ordered, [*ends, None], strict=True)
    )


def _check_by_hand(name: str, path: Path, council: str, ground: Ground) -> dict[int, str]:
    """Read what people wrote as everybody will who uses the pack; landmarks that lie outside, by their rows."""
    left_out = {}
    if name == "landmarks.tsv":
        source, rows = landmark_rows(path)
        for row, landmark in rows:
            ground.refuse_far(landmark.point, source, row)
            if not ground.reaches(landmark.point, max(landmark.radius, NEAREST_WITHIN_METRES)):
                left_out[row] = landmark.name
    elif name == "districts.tsv":
        read_districts(path)
    elif name == "neighbours.txt":
        read_neighbours(path, council)
    elif name == "water.json":
        read_water(path)
    return left_out


def _small_areas(path: Path, ground: Ground) -> Layer:
    source = open_source(path)
    layer = read_areas(source, SMALL_AREA, near=ground.bounds)
    if layer.vintage not in ("2011", "2021"):
        raise source.wrong("its small areas must be those of 2011 or 2021, with the column LSOA11CD or LSOA21CD.")
    middles = ((area, area.shape.representative_point()) for area in layer.areas)
    kept = tuple(area for area, middle in middles if ground.holds(Point(middle.y, middle.x)))
    if not kept:
        raise source.wrong("no small area in it is in the council. Check the council's wards and the file.")
    return Layer(source, kept, layer.vintage, layer.valid_from)


def _official(wards: Sequence[WardSet], table: PostcodeTable) -> str:
    """The vintage whose wards the postcodes name: as the table says, else by its codes."""
    source = table.sources[0]
    codes = {each.vintage: {area.code for area in each.layer.areas} for each in wards}
    if table.vintage and table.vintage not in codes:
        raise source.wrong(
            f"it names the wards of {table.vintage}, whose boundaries were not given. Add --wards {table.vintage}=FILE."
        )
    known = {vintage: sum(row.ward in found for row in table.rows) for vintage, found in codes.items()}
    official = table.vintage or max(reversed(known), key=lambda vintage: known[vintage])
    strange = [row for row in table.rows if row.ward not in codes[official]]
    if strange:
        raise source.wrong(
            f"{len(strange)} of its {len(table.rows)} postcodes are in wards that the boundaries of {official} do not "
            f"have, the first {strange[0].code} in {strange[0].ward or 'no ward'}. Give boundaries and postcodes of "
            "the same time and council."
        )
    return official


def _unused(small: Sequence[Layer], deprivation: Sequence[Deprivation], population: Population) -> list[str]:
    """Figures that no polygon was given for."""
    drawn = {layer.vintage for layer in small}
    unused = [
        f"{each.source.name}: the deprivation of the small areas of {each.vintage} is left out, as their boundaries "
        "were not given. Add --lsoa FILE."
        for each in deprivation
        if each.vintage not in drawn
    ]
    counted = sorted({vintage for vintage, _ in population.small_areas} - drawn)
    return unused + [
        f"The residents of the small areas of {vintage} are left out, as their boundaries were not given. "
        "Add --lsoa FILE."
        for vintage in counted
    ]
