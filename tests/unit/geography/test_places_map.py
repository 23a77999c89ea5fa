"""The map on which a place is found: names that can be read, more of them the closer, and nothing that is forbidden."""

from functools import cache
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import MultiPolygon, box

from geography.locating import PACKS, City, default_city
from geography.map_labels import Box, Placed, Sheet, Wanted
from geography.map_places import STREET, WATER, MapPlace, Surroundings, surroundings_in
from geography.map_view import MapView
from geography.places import Point
from geography.places_map import PlacesMap
from tests.unit.geography.test_map_view import VIEWS

SVG = "{http://www.w3.org/2000/svg}"
WIDTHS = (288, 352, 560)
PLACES = (
    MapPlace("Southampton Central", "station", Point(50.90743, -1.41363), 120),
    MapPlace("Southampton General Hospital", "hospital", Point(50.93302, -1.43510), 300),
    MapPlace("Southampton Common", "park", Point(50.92750, -1.41050), 900),
    MapPlace("Highfield", "district", Point(50.93000, -1.39750), 500),
    MapPlace("Shirley", "district", Point(50.9210, -1.4290), 500),
    MapPlace("Somewhere <odd> & new", "a kind nobody draws", Point(50.92, -1.40), 10),
)


@pytest.fixture(scope="module")
def drawn() -> PlacesMap:
    """The city with a few places, the water of its pack, and its streets."""
    city = default_city()
    pack = surroundings_in(PACKS / city.council)
    water = tuple(place for place in pack.places if place.kind == WATER)
    return PlacesMap(city.boundary_set(), Surroundings((*PLACES, *water), pack.water), city.gazetteer.streets)


@cache
def shipped() -> PlacesMap:
    """The shipped city with all that its pack says, and the odd places above."""
    city = default_city()
    pack = surroundings_in(PACKS / city.council)
    return PlacesMap(city.boundary_set(), Surroundings((*PLACES, *pack.places), pack.water), city.gazetteer.streets)


def words(placed: list[Placed]) -> list[str]:
    return [" ".join(name.lines) for name in placed]


@pytest.mark.parametrize("view", [MapView(), MapView(2, 1, 1), MapView(4, 7, 7), MapView(4, 0, 0)])
def test_nothing_the_content_security_policy_forbids(drawn: PlacesMap, view: MapView) -> None:
    for element in ElementTree.fromstring(drawn.draw(view, 560)).iter():
        assert element.tag.rpartition("}")[2] not in ("script", "style", "foreignObject", "image", "use", "a")
        assert not [name for name in element.attrib if name == "style" or name.startswith("on") or "href" in name]


@settings(deadline=None)
@given(st.sampled_from(VIEWS), st.sampled_from(WIDTHS))
def test_no_name_stands_over_another_or_over_the_edge(view: MapView, width: int) -> None:
    both = shipped()
    names = both.names(view, width)
    assert not [(a, b) for a, b in combinations(names, 2) if a.box.meets(b.box)]
    assert all(name.box.within(width, both.height(width)) for name in names)


@pytest.mark.parametrize("width", WIDTHS)
def test_every_ward_is_named_on_the_whole_city_at_every_width(drawn: PlacesMap, city: City, width: int) -> None:
    assert {ward.name for ward in city.boundary_set()} <= set(words(drawn.names(MapView(), width)))


@pytest.mark.parametrize("width", WIDTHS)
def test_no_name_is_smaller_than_twelve_pixels(drawn: PlacesMap, width: int) -> None:
    root = ElementTree.fromstring(drawn.draw(MapView(4, 7, 7), width))
    sizes = [float(text.get("font-size", "0")) for text in root.iter(f"{SVG}text")]
    assert sizes and min(sizes) >= 12


@settings(deadline=None)
@given(st.sampled_from([view for view in VIEWS if view.zoom > 1]), st.sampled_from(WIDTHS))
def test_the_main_station_is_named_wherever_it_is_well_in_sight(view: MapView, width: int) -> None:
    drawn = shipped()
    if view.shows(drawn.whole(width), PLACES[0].point, room=0.7):
        assert "Southampton Central" in words(drawn.names(view, width))


def test_names_stand_clear_of_room_that_is_taken(drawn: PlacesMap) -> None:
    bevois = next(name.box for name in drawn.names(MapView(), 560) if name.lines == ("Bevois",))
    around = Box(bevois.left - 5, bevois.top - 5, bevois.right + 5, bevois.bottom + 5)
    names = drawn.names(MapView(), 560, [around])
    assert "Bevois" in words(names)
    assert not [name for name in names if name.box.meets(around)]


def test_how_much_of_a_view_is_city(drawn: PlacesMap) -> None:
    assert drawn.land_in(MapView(4, 0, 0)) == 0
    assert drawn.land_in(MapView(4, 6, 6)) > 0.9
    assert 0.3 < drawn.land_in(MapView()) < 0.7


def test_closer_views_name_more_kinds_and_at_last_streets(drawn: PlacesMap) -> None:
    central = PLACES[0].point
    seen = [MapView.around(drawn.whole(288), [central], zoom) for zoom in (1, 3, 4)]
    kinds = [{name.wanted.style for name in drawn.names(view, 288)} for view in seen]
    assert "station" not in kinds[0]
    assert "station" in kinds[1]
    assert STREET in kinds[2] and STREET not in kinds[1]


def test_a_district_called_like_a_ward_is_not_named_twice(drawn: PlacesMap) -> None:
    near = MapView.around(drawn.whole(560), [PLACES[3].point, PLACES[4].point])
    named = words(drawn.names(near, 560))
    assert named.count("Shirley") == 1
    assert "Highfield" in named


def test_kinds_nobody_draws_are_left_out_and_signs_are_escaped() -> None:
    odd = MapPlace("Fish & <Chips>", "station", Point(50.92, -1.40), 0)
    only = PlacesMap(default_city().boundary_set(), Surroundings((odd, PLACES[-1])))
    root = ElementTree.fromstring(only.draw(MapView.around(only.whole(560), [odd.point]), 560))
    texts = {" ".join(str(span.text) for span in text) for text in root.iter(f"{SVG}text")}
    assert "Fish & <Chips>" in texts
    assert not [text for text in texts if "odd" in text]


def test_every_view_is_small_enough_for_a_phone(drawn: PlacesMap) -> None:
    largest = max(len(drawn.draw(view, width)) for view in VIEWS[:10] for width in WIDTHS)
    assert largest < 60_000


def test_a_city_of_which_nothing_more_is_known_is_drawn_with_its_wards(city: City, tmp_path: Path) -> None:
    nothing = surroundings_in(tmp_path)
    assert nothing == Surroundings((), MultiPolygon())
    assert len(PlacesMap(city.boundary_set(), nothing).names(MapView(), 560)) == 17


def test_places_and_water_are_read_as_they_are_written(tmp_path: Path) -> None:
    head = "name\tkind\tlat\tlon\tradius_m\taliases\n"
    (tmp_path / "landmarks.tsv").write_text(head + 'The "Old" Quay\tport\t50.9\t-1.4\t50\tquay|old quay\n', "utf-8")
    corners = "[[-1.5, 50.8], [-1.4, 50.8], [-1.4, 50.9], [-1.5, 50.9]]"
    (tmp_path / "water.json").write_text(f'{{"names": [["River", 50.85, -1.45]], "areas": [{corners}]}}', "utf-8")
    found = surroundings_in(tmp_path)
    assert found.places == (
        MapPlace("River", WATER, Point(50.85, -1.45)),
        MapPlace('The "Old" Quay', "port", Point(50.9, -1.4), 50.0),
    )
    assert found.water.equals(box(-1.5, 50.8, -1.4, 50.9))


def test_the_first_name_has_the_first_choice() -> None:
    def at(x: float, name: str) -> Wanted:
        return Wanted((name,), "ward", x, 50, 10, marked=False)

    wanted = [at(50, "First"), at(52, "Second"), *(at(51, f"More{number}") for number in range(20))]
    placed = Sheet(100, 100).place_in_turn(wanted)
    assert (placed[0].x, words(placed)[0]) == (50, "First")
    assert 2 <= len(placed) < 22
