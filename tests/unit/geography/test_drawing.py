from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import box

from geography.drawing import draw_ward_map
from geography.hatching import LAND, WATER, Band, WardFill, legend
from geography.locating import City, default_city
from geography.picture import Picture, fitting_height
from geography.places import Point
from geography.vocabulary import WardCode

SVG = "{http://www.w3.org/2000/svg}"


def fills(city: City) -> dict[WardCode, WardFill]:
    bands = list(Band)
    return {
        code: WardFill(bands[number % 8], f"<{bands[number % 8]}>", f"{number} & more")
        for number, code in enumerate(city.boundary_set().codes())
    }


def ward_map(city: City, title: str = "Reports by ward") -> ElementTree.Element:
    return ElementTree.fromstring(draw_ward_map(city.boundary_set(), title, "A map.", fills(city)))


def test_the_map_is_an_image_with_a_name(city: City) -> None:
    root = ward_map(city, "Reports <b>& more</b>")
    assert root.get("role") == "img"
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None and title.text == "Reports <b>& more</b>"
    assert description is not None and description.text == "A map."
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"


@pytest.mark.parametrize("kind", ["ward map", "legend"])
def test_nothing_the_content_security_policy_forbids(city: City, kind: str) -> None:
    drawn = {
        "ward map": draw_ward_map(city.boundary_set(), "x", "y", fills(city)),
        "legend": "<svg>" + "".join(entry.swatch for entry in legend(fills(city).values())) + "</svg>",
    }[kind]
    for element in ElementTree.fromstring(drawn).iter():
        assert element.tag.rpartition("}")[2] not in ("script", "style", "foreignObject", "image", "use", "a")
        assert not [name for name in element.attrib if name == "style" or name.startswith("on") or "href" in name]


def test_every_ward_is_drawn_with_its_band_and_words(city: City) -> None:
    wards = [e for e in ward_map(city).iter(f"{SVG}path") if "ward-map__ward" in str(e.get("class"))]
    assert len(wards) == 17
    first = wards[0].find(f"{SVG}title")
    assert first is not None and first.text == "Banister & Polygon: 0 & more"
    assert str(wards[1].get("class")).endswith("--lowest")


def test_every_fill_is_a_hatch_that_is_there_and_no_two_bands_look_alike(city: City) -> None:
    root = ward_map(city)
    patterns = {e.get("id"): ElementTree.tostring(e, "unicode") for e in root.iter(f"{SVG}pattern")}
    used = {str(e.get("fill"))[5:-1] for e in root.iter(f"{SVG}path") if str(e.get("fill")).startswith("url")}
    assert used == set(patterns)
    marks = {drawing.partition("<ns0:g")[2].partition(">")[2] for drawing in patterns.values()}
    assert len(marks) == len(Band)


def test_what_is_outside_the_city_is_land_but_for_the_water(city: City) -> None:
    sea = box(-1.5, 50.8, -1.4, 50.9)
    root = ElementTree.fromstring(draw_ward_map(city.boundary_set(), "x", "y", fills(city), sea))
    grounds = {str(each.get("class")): each for each in root if str(each.get("class")).startswith("map__")}
    assert grounds["map__land"].get("fill") == LAND
    water = grounds["map__water"]
    assert water.get("fill") == WATER and str(water.get("d")).startswith("M")
    dry = ElementTree.fromstring(draw_ward_map(city.boundary_set(), "x", "y", fills(city)))
    assert [each.get("d") for each in dry if each.get("class") == "map__water"] == [""]


def test_every_ward_is_named(city: City) -> None:
    names = {" ".join(str(span.text) for span in text) for text in ward_map(city).iter(f"{SVG}text")}
    assert names == {ward.name for ward in city.boundary_set()}


def test_a_ward_without_a_fill_has_no_figure(city: City) -> None:
    drawn = draw_ward_map(city.boundary_set(), "x", "y", {})
    assert drawn.count("No figure") == 17


def test_the_legend_runs_from_none_to_the_most() -> None:
    entries = legend([WardFill(Band.HIDDEN, "1 to 4"), WardFill(Band.HIGH, "20 or more"), WardFill(Band.NONE, "0")])
    assert [(entry.band, entry.words) for entry in entries] == [
        (Band.NONE, "0"), (Band.HIGH, "20 or more"), (Band.HIDDEN, "1 to 4"),
    ]  # fmt: skip


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_words_make_well_formed_xml(title: str, words: str) -> None:
    wards = default_city().boundary_set()
    ElementTree.fromstring(draw_ward_map(wards, title, words, {wards.codes()[0]: WardFill(Band.LOW, words, title)}))


sizes = st.integers(120, 2000)


@given(sizes, sizes, st.floats(0, 1), st.floats(0, 1))
def test_a_click_is_the_inverse_of_the_drawing(width: int, height: int, across: float, down: float) -> None:
    x, y = across * width, down * height
    picture = Picture.of(default_city().boundary_set(), width, height)
    back = picture.place(picture.point(x, y))
    assert back == pytest.approx((x, y), abs=1e-6)


@given(sizes, sizes)
def test_the_whole_city_is_on_the_picture(width: int, height: int) -> None:
    picture = Picture.of(default_city().boundary_set(), width, height)
    west, south, east, north = default_city().boundary_set().bounds()
    for lat, lon in ((south, west), (north, east)):
        x, y = picture.place(Point(lat, lon))
        assert 0 <= x <= width
        assert 0 <= y <= height


def test_a_click_on_a_drawn_corner_is_that_corner(city: City) -> None:
    wards = city.boundary_set()
    picture = Picture.of(wards, 340, fitting_height(wards, 340))
    ward = wards.wards[1]
    lon, lat = ward.polygon.exterior.coords[0]  # type: ignore[union-attr]
    x, y = (float(number) for number in picture.path(ward.polygon)[1:].partition("L")[0].split())
    found = picture.point(x, y)
    assert (found.lat, found.lon) == pytest.approx((lat, lon), abs=5e-5)


def test_an_empty_picture_is_refused(city: City) -> None:
    with pytest.raises(ValueError, match="width and a height"):
        Picture.of(city.boundary_set(), 0, 100)
