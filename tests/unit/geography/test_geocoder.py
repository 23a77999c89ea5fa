from typing import Any

import pytest
from geopy.exc import GeocoderQueryError, GeocoderServiceError
from geopy.geocoders.base import Geocoder

from geography.locating import City


def test_it_is_a_geopy_geocoder(city: City) -> None:
    assert isinstance(city.geocoder, Geocoder)


def test_geocode_gives_a_location(city: City) -> None:
    location: Any = city.geocoder.geocode("so14 7ly", timeout=1)
    assert location.address == "SO14 7LY"
    assert (round(location.latitude, 2), round(location.longitude, 2)) == (50.91, -1.41)
    assert location.raw["precision"] == "postcode"
    assert {"vintage": "2023", "ward": "E05015491", "weight": 1.0} in location.raw["wards"]


def test_geocode_can_give_them_all(city: City) -> None:
    found: Any = city.geocoder.geocode("Shirley Road and Howard Road", exactly_one=False)
    assert [location.address for location in found] == ["Shirley Road", "Howard Road"]


def test_no_place_is_none(city: City) -> None:
    assert city.geocoder.geocode("hello world") is None
    assert city.geocoder.geocode("", exactly_one=False) is None
    assert city.geocoder.reverse((51.5, -0.1)) is None


@pytest.mark.parametrize("query", [(50.9, -1.4), "50.9, -1.4"])
def test_reverse_gives_the_ward(city: City, query: object) -> None:
    location: Any = city.geocoder.reverse(query)
    assert location.address == "Map point in Bargate"
    assert location.raw["precision"] == "point"


def test_geopys_own_exceptions(city: City) -> None:
    with pytest.raises(GeocoderQueryError):
        city.geocoder.geocode({"street": "x"})
    with pytest.raises(GeocoderQueryError):
        city.geocoder.reverse("not a point")


def test_it_never_uses_the_network(city: City) -> None:
    with pytest.raises(GeocoderServiceError, match="makes no requests"):
        city.geocoder._call_geocoder("https://example.invalid", lambda reply: reply)
