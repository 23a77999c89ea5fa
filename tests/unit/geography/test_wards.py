import csv
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
import shapely
from shapely.geometry import box

from geography.locating import City
from geography.places import Point
from geography.vocabulary import Vintage, WardCode
from geography.wards import BoundarySet, Ward

SQUARES = BoundarySet(
    Vintage("2023"),
    date(2023, 5, 4),
    (
        Ward(WardCode("B"), "Beta", box(-1.40, 50.90, -1.39, 50.91)),
        Ward(WardCode("A"), "Alpha", box(-1.41, 50.90, -1.40, 50.91)),
    ),
)


def test_the_wards_of_each_vintage(city: City) -> None:
    assert city.vintages == ("2011", "2023")
    assert [len(city.boundary_set(vintage).wards) for vintage in city.vintages] == [16, 17]
    current = city.boundary_set()
    assert current.valid_from == date(2023, 5, 4)
    assert current.codes() == tuple(f"E050{number}" for number in range(15490, 15507))
    assert current.ward_name(WardCode("E05015491")) == "Bargate"
    assert all(ward.residents and ward.residents.count > 10_000 for ward in current)
    with pytest.raises(KeyError, match="1999"):
        city.boundary_set(Vintage("1999"))


def test_a_shared_edge_goes_to_the_lowest_code_however_the_wards_are_given() -> None:
    on_the_edge = Point(50.905, -1.40)
    assert SQUARES.ward_at(on_the_edge) == "A"
    assert SQUARES.ward_at_coordinates(50.905, -1.40) == "A"
    turned = BoundarySet(SQUARES.vintage, SQUARES.valid_from, SQUARES.wards[::-1])
    assert turned.ward_at(on_the_edge) == "A"


def test_a_repeated_code_is_refused() -> None:
    with pytest.raises(ValueError, match="same code"):
        BoundarySet(SQUARES.vintage, SQUARES.valid_from, (SQUARES.wards[0], SQUARES.wards[0]))


@pytest.mark.parametrize(("metres", "ward"), [(5, "B"), (45, "B"), (55, None), (5000, None)])
def test_a_point_just_outside_goes_to_the_nearest_ward(metres: float, ward: str | None) -> None:
    east = Point(50.905, -1.39 + metres / 70_300)
    north = Point(50.91 + metres / 111_240, -1.395)
    for point in (east, north):
        placement = SQUARES.place(point)
        assert (placement.ward if placement else None) == ward
        if placement:
            assert placement.nearest
            assert placement.metres == pytest.approx(metres, rel=0.01)


def test_a_point_inside_is_not_called_nearest() -> None:
    placement = SQUARES.place(Point(50.905, -1.395))
    assert placement is not None
    assert (placement.ward, placement.nearest, placement.metres) == ("B", False, 0.0)


def test_equally_near_wards_give_the_lowest_code() -> None:
    placement = SQUARES.place(Point(50.9102, -1.40))
    assert placement is not None
    assert placement.ward == "A"


def test_many_points_are_placed_as_each_alone(city: City) -> None:
    for wards in (SQUARES, *(city.boundary_set(vintage) for vintage in city.vintages)):
        west, south, east, north = wards.bounds()
        chance = np.random.default_rng(1)
        lat, lon = (
            chance.uniform(south - 0.002, north + 0.002, 5_000),
            chance.uniform(west - 0.002, east + 0.002, 5_000),
        )
        lat, lon = np.append(lat, [50.9102, 50.905]), np.append(lon, [-1.40, -1.40])
        alone = [wards.place(Point(*spot)) for spot in zip(lat.tolist(), lon.tolist(), strict=True)]
        together = [wards.codes()[number] if number >= 0 else None for number in wards.place_many(lat, lon)]
        assert together == [placed.ward if placed else None for placed in alone]
        assert any(placed and placed.nearest for placed in alone)
        assert None in together
    assert wards.place_many(np.array([]), np.array([])).tolist() == []


@pytest.mark.parametrize(
    ("day", "vintage"),
    [
        (date(2010, 12, 31), None),
        (date(2011, 1, 1), "2011"),
        (date(2023, 5, 3), "2011"),
        (date(2023, 5, 4), "2023"),
        (date(2026, 1, 1), "2023"),
    ],
)
def test_the_wards_in_force_on_a_day(city: City, day: date, vintage: str | None) -> None:
    found = city.gazetteer.crosswalk.in_force(day)
    assert (found.vintage if found else None) == vintage


def test_of_two_sets_without_an_end_the_later_is_in_force(city: City) -> None:
    crosswalk = city.gazetteer.crosswalk
    later = BoundarySet(Vintage("2027"), date(2027, 5, 6), SQUARES.wards)
    three = replace(crosswalk, sets=(*crosswalk.sets, later))
    days = (date(2027, 5, 5), date(2027, 5, 6))
    assert [found.vintage for day in days if (found := three.in_force(day))] == ["2023", "2027"]


def test_boundaries_cannot_end_before_they_begin() -> None:
    with pytest.raises(ValueError, match="end before they begin"):
        BoundarySet(Vintage("2023"), date(2023, 5, 4), SQUARES.wards, date(2023, 5, 3))


def test_every_postcode_by_polygon(city: City) -> None:
    postcodes = city.gazetteer.crosswalk.postcodes.values()
    wards = city.boundary_set(Vintage("2023"))
    by_polygon = [p.code for p in postcodes if wards.ward_at(p.point) != p.ward]
    placements = {p.code: wards.place(p.point) for p in postcodes}
    by_rule = [p.code for p in postcodes if (found := placements[p.code]) is None or found.ward != p.ward]
    print(f"{len(postcodes)} postcodes; polygon disagrees on {by_polygon}; with the nearest rule on {by_rule}")
    assert len(postcodes) == 5810
    assert len(by_polygon) / len(postcodes) < 0.002
    assert by_rule == ["SO195AE"]


@pytest.mark.parametrize("vintage", ["2011", "2023"])
def test_real_months_by_point(city: City, police_months: list[Path], vintage: str) -> None:
    wards = city.boundary_set(Vintage(vintage))
    plain = shapely.STRtree([ward.polygon for ward in wards])
    for month in police_months:
        ours: Counter[str | None] = Counter()
        theirs: Counter[str | None] = Counter()
        with month.open(newline="") as file:
            for row in csv.DictReader(file):
                lon, lat = float(row["Longitude"]), float(row["Latitude"])
                ours[wards.ward_at(Point(lat, lon))] += 1
                hits = plain.query(shapely.Point(lon, lat), predicate="intersects")
                theirs[wards.codes()[int(hits.min())] if len(hits) else None] += 1
        named = {wards.ward_name(WardCode(code)) if code else "outside": ours[code] for code in sorted(ours, key=str)}
        print(f"{month.stem} on the wards of {vintage}: {ours.total():,} records: {named}")
        assert ours == theirs
        assert ours.total() > 2_000
