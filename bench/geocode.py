"""Point to ward and text to place, each beside the least that must be done."""

import random
import string
from collections.abc import Callable, Sequence
from dataclasses import replace
from time import perf_counter
from typing import TypeVar

import shapely
from rapidfuzz.fuzz import ratio
from rapidfuzz.process import extractOne

from bench.report import Row, compared
from geography.locating import City, default_city
from geography.places import Point
from geography.wards import BoundarySet

_T = TypeVar("_T")
_R = TypeVar("_R")
POINTS = 1_000_000
ROUNDS = 5


def run() -> list[Row]:
    """Every row of this bench, in about a minute."""
    city = default_city()
    return [
        point_to_ward(city),
        ready_points(city),
        postcode_text(city),
        street_text(city),
        misspelt_text(city),
        landmark_text(city),
    ]


def point_to_ward(city: City) -> Row:
    """A latitude and longitude to the ward, against shapely's tree with its exact test."""
    wards = city.boundary_set()
    points = _random_points(wards, POINTS, "points")
    plain, find = _plain(wards), wards.ward_at_coordinates
    for lat, lon in _random_points(wards, POINTS // 10, "warming"):
        find(lat, lon)
        plain(lat, lon)
    share = POINTS // (2 * ROUNDS)
    rounds = [points[start : start + share] for start in range(0, POINTS, share)]
    same = 0

    def ours(part: Sequence[tuple[float, float]]) -> list[str | None]:
        return [find(lat, lon) for lat, lon in part]

    def theirs(part: Sequence[tuple[float, float]]) -> list[str | None]:
        return [plain(lat, lon) for lat, lon in part]

    timings = []
    for part in rounds:
        ours_took, answers = _timed(ours, part)
        floor_took, floor_answers = _timed(theirs, part)
        same += sum(a == b for a, b in zip(answers, floor_answers, strict=True))
        timings.append((len(part) / ours_took, len(part) / floor_took))
    notes = f"{same:,} of {POINTS:,} random points in the bounds answered alike; {len(rounds)} rounds"
    row = compared("geocode, in process", "points/s", timings, 10, notes)
    return replace(row, goal=f"{row.goal}, all the same", met=row.met and same == POINTS)


def ready_points(city: City) -> Row:
    """The same with both sides' point objects made beforehand."""
    wards = city.boundary_set()
    spots = _random_points(wards, POINTS // 10, "ready")
    points = [Point(lat, lon) for lat, lon in spots]
    shapes = [shapely.Point(lon, lat) for lat, lon in spots]
    tree = _tree(wards)
    timings = []
    for _ in range(ROUNDS):
        ours_took, _answers = _timed(lambda given: [wards.ward_at(point) for point in given], points)
        floor_took, _hits = _timed(lambda given: [tree.query(shape, "intersects") for shape in given], shapes)
        timings.append((len(points) / ours_took, len(shapes) / floor_took))
    return compared("geocode, in process, points ready", "points/s", timings, notes="no objects made on either side")


def postcode_text(city: City) -> Row:
    """A postcode as typed to its candidate, against one look-up in a dictionary of tidied postcodes."""
    known = city.gazetteer.crosswalk.postcodes
    chance = random.Random("postcodes")
    written = [f"{code[:-3]} {code[-3:]}" for code in chance.choices(list(known), k=50_000)]
    written = [text.lower() if chance.random() < 0.5 else text for text in written]
    timings = _interleaved(
        lambda: [city.locate(text) for text in written],
        lambda: [known[text.replace(" ", "").upper()] for text in written],
        len(written),
    )
    row = compared("geocode, postcode text", "texts/s", timings, notes="half of them in lower case")
    return replace(row, goal="≥ 200,000/s", met=row.ours >= 200_000)


def street_text(city: City) -> Row:
    """A street as written in the pack, against the same dictionary look-up."""
    streets = {street.name.lower(): street for street in city.gazetteer.streets}
    written = [street.name for street in city.gazetteer.streets] * 5
    timings = _interleaved(
        lambda: [city.locate(text) for text in written],
        lambda: [streets[text.lower()] for text in written],
        len(written),
    )
    return compared("geocode, street text", "texts/s", timings, notes="wards of both vintages included")


def misspelt_text(city: City) -> Row:
    """A street with one slip, against rapidfuzz alone over the same names."""
    chance = random.Random("slips")
    names = [street.name for street in city.gazetteer.streets if " " in street.name]
    slips = [(_slipped(name, chance), name) for name in names]
    timings = _interleaved(
        lambda: [city.locate(text) for text, _ in slips],
        lambda: [extractOne(text, names, scorer=ratio) for text, _ in slips],
        len(slips),
    )
    right = wrong = 0
    for text, name in slips:
        answer = city.locate(text)
        if isinstance(answer, list):
            right += [candidate.place for candidate in answer] == [name]
            wrong += name not in [candidate.place for candidate in answer]
    notes = f"{right / len(slips):.1%} right and {wrong} wrong of {len(slips)} names with one slip"
    row = compared("geocode, misspelt street", "texts/s", timings, notes=notes)
    met = row.ours >= 2_000 and right / len(slips) >= 0.95
    return replace(row, goal="≥ 2,000/s, ≥ 95 % right", met=met)


def landmark_text(city: City) -> Row:
    """A landmark or district inside a sentence, against a look-up of the bare name."""
    known = {landmark.name: landmark for landmark in city.gazetteer.landmarks}
    written = [f"it happened near {name} last night" for name in known] * 10
    names = list(known) * 10
    timings = _interleaved(
        lambda: [city.locate(text) for text in written], lambda: [known[name] for name in names], len(written)
    )
    return compared("geocode, landmark text", "texts/s", timings, notes="each in a sentence")


def _plain(wards: BoundarySet) -> Callable[[float, float], str | None]:
    tree, codes = _tree(wards), wards.codes()

    def found(lat: float, lon: float) -> str | None:
        hits = tree.query(shapely.Point(lon, lat), predicate="intersects")
        if not len(hits):
            return None
        return codes[int(hits[0] if len(hits) == 1 else hits.min())]

    return found


def _tree(wards: BoundarySet) -> shapely.STRtree:
    return shapely.STRtree([ward.polygon for ward in wards])


def _random_points(wards: BoundarySet, count: int, seed: str) -> list[tuple[float, float]]:
    west, south, east, north = wards.bounds()
    chance = random.Random(seed)
    return [(chance.uniform(south, north), chance.uniform(west, east)) for _ in range(count)]


def _slipped(name: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(name) - 1)
    while name[at] == " " or name[at + 1] == " ":
        at = chance.randrange(1, len(name) - 1)
    before, letter, after = name[:at], name[at], name[at + 1 :]
    other = chance.choice(string.ascii_lowercase)
    return chance.choice(
        [
            before + after,
            before + letter * 2 + after,
            before + other + after,
            before + after[0] + letter + after[1:],
        ]
    )


def _interleaved(ours: Callable[[], object], floor: Callable[[], object], count: int) -> list[tuple[float, float]]:
    ours()
    floor()
    return [
        (count / _timed(lambda _: ours(), None)[0], count / _timed(lambda _: floor(), None)[0]) for _ in range(ROUNDS)
    ]


def _timed(work: Callable[[_T], _R], given: _T) -> tuple[float, _R]:
    start = perf_counter()
    result = work(given)
    return perf_counter() - start, result
