"""Boundaries of an older vintage are held against postcodes and against those of today, not taken as they come."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from shapely.affinity import translate
from shapely.geometry import MultiPolygon, Polygon, box

from geography.building import PackRefused, build
from geography.checking import examine
from geography.locating import City, default_city
from geography.sources.gathering import WardFile
from geography.vocabulary import Vintage
from geography.wards import BoundarySet
from tests.unit.geography import testborough as made

DAY = date(2026, 3, 1)


def with_old(change: Callable[[BoundarySet], BoundarySet]) -> City:
    """The shipped city with its older wards changed."""
    city = default_city()
    crosswalk = city.gazetteer.crosswalk
    older, newer = crosswalk.sets
    return replace(city, gazetteer=replace(city.gazetteer, crosswalk=replace(crosswalk, sets=(change(older), newer))))


def without(*names: str) -> Callable[[BoundarySet], BoundarySet]:
    return lambda wards: replace(wards, wards=tuple(ward for ward in wards if ward.name not in names))


def moved(degrees: float) -> Callable[[BoundarySet], BoundarySet]:
    def change(wards: BoundarySet) -> BoundarySet:
        return replace(wards, wards=tuple(replace(ward, polygon=translate(ward.polygon, degrees)) for ward in wards))

    return change


def one_only(wards: BoundarySet) -> BoundarySet:
    return replace(wards, wards=wards.wards[:1])


def test_the_shipped_vintages_agree() -> None:
    found = examine(default_city())
    assert found.errors() == ()
    assert [each.nowhere for each in found.vintages] == [(), ()]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (without("Redbridge"), ("5.4% of the postcodes lie in none of them", "8.1% smaller")),
        (without("Swaythling"), ("6.0% smaller",)),
        (one_only, ("of the postcodes lie in none of them", "% smaller")),
        (moved(-1.0), ("100.0% of the postcodes lie in none of them", "outline differs from that of 2023 by 100.0%")),
        (moved(0.004), ("outline differs from that of 2023 by",)),
    ],
    ids=["without a ward", "without a small ward", "one ward", "a degree west", "300 m east"],
)
def test_older_wards_that_are_not_the_councils_are_refused(
    change: Callable[[BoundarySet], BoundarySet], words: tuple[str, ...]
) -> None:
    errors = examine(with_old(change)).errors()
    assert all(error.startswith("Wards 2011: ") and error.endswith(".") for error in errors)
    for part in words:
        assert any(part in error for error in errors), errors


def test_a_few_postcodes_in_no_ward_are_to_be_looked_at() -> None:
    def trimmed(wards: BoundarySet) -> BoundarySet:
        west, south, east, north = wards.bounds()
        kept = box(west + 0.006, south, east, north)
        cut = ((ward, ward.polygon.intersection(kept)) for ward in wards)
        return replace(
            wards,
            wards=tuple(replace(ward, polygon=left) for ward, left in cut if isinstance(left, Polygon | MultiPolygon)),
        )

    found = examine(with_old(trimmed))
    (_, older) = found.vintages
    assert 0 < len(older.nowhere) < 0.05 * found.postcodes.count
    assert any("lie in none of the wards of 2011" in words for words in found.warnings())


def test_a_build_with_half_an_older_council_is_refused(tmp_path: Path) -> None:
    old: dict[str, Any] = made.collection(made.feature("E05011111", "Only", made.WEST_RING), valid_from="2015-05-07")
    path = tmp_path / "old-2015.geojson"
    path.write_text(json.dumps(old))
    order = made.order(tmp_path)
    target = tmp_path / "pack"
    target.mkdir()
    with pytest.raises(PackRefused) as refused:
        build(replace(order, wards=(WardFile(path, "2015"), *order.wards)), target, DAY)
    assert "Wards 2015: 50.0% of the postcodes lie in none of them, the first SO14 0AB." in refused.value.sentences[0]
    assert any(Vintage("2015") in line and "1 in none" in line for line in refused.value.lines)
