"""The chain to an address service of the installation's own, against a real server on this machine."""

from dataclasses import replace
from typing import Any

import pytest
from geopy.exc import GeocoderParseError
from geopy.geocoders.base import Geocoder

from core.work import Work
from geography.locating import City
from geography.places import Candidate
from geography.vocabulary import Precision
from reporting.answers import Answers, Place
from reporting.locating import locate_report
from reporting.models import Report
from reporting.places import place_of
from reporting.receipt import Receipt
from reporting.services import submit_report
from tests.services.conftest import Desk
from tests.services.geography.conftest import HALL, UNKNOWN, AddressService, chained
from tests.services.reporting.conftest import PUBLIC

LONDON = {"lat": "51.5", "lon": "-0.12", "display_name": "Nowhere Villas, London", "class": "building"}


def test_it_is_a_geopy_geocoder_and_asks_the_city_first(city: City, service: AddressService) -> None:
    geocoder = chained(city, service)
    location: Any = geocoder.geocode("so14 7ly")
    assert isinstance(geocoder, Geocoder)
    assert location.address == "SO14 7LY"
    assert service.asked == []


@pytest.mark.parametrize("text", ["the bus stop", "a shop in Eastleigh", "SO14 9ZZ", ""])
def test_only_what_was_not_found_is_asked(city: City, service: AddressService, text: str) -> None:
    assert chained(city, service).geocode(text) is None
    assert service.asked == []


def test_a_place_the_city_lacks(city: City, service: AddressService) -> None:
    service.will_answer(HALL)
    location: Any = chained(city, service).geocode(UNKNOWN)
    assert location.address == "Nowhere Villas"
    assert location.raw["precision"] == Precision.ADDRESS
    assert {"vintage": "2023", "ward": "E05015491", "weight": 1.0} in location.raw["wards"]
    assert "address service" in location.raw["reason"]


def test_only_the_words_of_the_place_are_sent(city: City, service: AddressService) -> None:
    told = f"{UNKNOWN} ring me on 07700 900123 or +44 (0)23 8083 3000, a.person@example.org"
    chained(city, service).geocode(told)
    path, query, headers = service.asked[0]
    assert path == "/maps/search"
    assert query["q"] == ["nowhere villas"]
    assert query["bounded"] == ["1"]
    west, south, east, north = city.boundary_set().bounds()
    box = [float(side) for side in query["viewbox"][0].split(",")]
    assert (min(box[0::2]), max(box[0::2])) == pytest.approx((west, east))
    assert (min(box[1::2]), max(box[1::2])) == pytest.approx((south, north))
    assert headers["User-Agent"] == "safe-harbour"
    assert not {"Cookie", "Referer", "From", "Authorization"} & set(headers)


def test_a_result_outside_the_city_is_left_out(city: City, service: AddressService) -> None:
    service.will_answer(LONDON)
    assert chained(city, service).geocode(UNKNOWN) is None
    service.will_answer({"lat": None, "lon": None, "display_name": UNKNOWN})
    assert chained(city, service).geocode(UNKNOWN) is None
    service.will_answer(LONDON, HALL)
    found: Any = chained(city, service).geocode(UNKNOWN, exactly_one=False)
    assert [location.latitude for location in found] == [50.9085]


def test_a_point_is_never_sent(city: City, service: AddressService) -> None:
    location: Any = chained(city, service).reverse((50.9, -1.4))
    assert location.address == "Map point in Bargate"
    assert service.asked == []


@pytest.mark.parametrize(
    ("told", "sent"),
    [
        ("my neighbour Ahmed Khan at 14 Zorba Gardens", ["zorba gardens"]),
        ("Mrs Shirley Weston", []),
        ("O7700 9OO123", []),
        ("07700/900/123", []),
        ("DOB 12/03/1990", []),
        ("john dot smith at gmail dot com", []),
        ("somebody shouted at me for being who I am", []),
    ],
)
def test_on_the_wire_there_is_a_street_or_nothing(
    city: City, service: AddressService, told: str, sent: list[str]
) -> None:
    chained(city, service).beyond_our_names(told)
    assert [query["q"] for _, query, _ in service.asked] == [[street] for street in sent]


WIDE = ["50.900", "50.930", "-1.440", "-1.390"]


def found_as(city: City, service: AddressService, kind: str, box: list[str] | None) -> Candidate:
    service.will_answer({**HALL, "class": kind, **({"boundingbox": box} if box else {})})
    [found] = chained(city, service).beyond_our_names(UNKNOWN)
    return found


def test_a_result_is_shared_out_over_its_box(city: City, service: AddressService) -> None:
    found = found_as(city, service, "highway", WIDE)
    assert len(found.shares(city.current_vintage)) > 3
    for vintage in city.vintages:
        assert sum(share.weight for share in found.shares(vintage)) == pytest.approx(1)
    small = found_as(city, service, "highway", ["50.9084", "50.9086", "-1.4071", "-1.4069"])
    assert [share.weight for share in small.shares(city.current_vintage)] == [1.0]


@pytest.mark.parametrize(
    ("kind", "box", "precision"),
    [
        ("highway", WIDE, Precision.STREET),
        ("building", None, Precision.ADDRESS),
        ("building", WIDE, Precision.AREA),
        ("place", None, Precision.AREA),
        ("waterway", WIDE, Precision.AREA),
        ("something-new", None, Precision.AREA),
        ("leisure", ["50.9080", "50.9090", "-1.4075", "-1.4065"], Precision.STREET),
        ("", None, Precision.AREA),
    ],
)
def test_only_a_building_is_an_address(
    city: City, service: AddressService, kind: str, box: list[str] | None, precision: Precision
) -> None:
    assert found_as(city, service, kind, box).precision is precision


def test_a_result_by_another_name_is_doubtful(city: City, service: AddressService) -> None:
    service.will_answer({**HALL, "display_name": "Nowhere Close, Southampton"})
    [found] = chained(city, service).beyond_our_names(UNKNOWN)
    assert found.doubtful
    service.will_answer({**HALL, "display_name": "14, Nowhere Villas, Southampton"})
    [found] = chained(city, service).beyond_our_names(UNKNOWN)
    assert not found.doubtful


def test_a_text_that_is_all_personal_is_not_sent(city: City, service: AddressService) -> None:
    assert chained(city, service).beyond_our_names("07700 900123 someone@example.org") == []
    assert service.asked == []


def submitted(work: Work, receipt: Receipt) -> Report:
    report = submit_report(work, Answers(place=Place(words=UNKNOWN)), PUBLIC, receipt)
    work.session.commit()
    return report


def test_a_report_is_placed_by_it_only_when_configured(
    work: Work, desk: Desk, receipt: Receipt, service: AddressService
) -> None:
    service.will_answer(HALL)
    report = submitted(work, receipt)
    locate_report(work, report)
    assert place_of(work, report).found is None
    assert service.asked == []
    settings = replace(work.harbour.settings, nominatim_url=service.address)
    locate_report(replace(work, harbour=replace(work.harbour, settings=settings)), report)
    found = place_of(work, report).found
    assert found is not None
    assert found.name == "Nowhere Villas"


def test_parse_errors_are_told_apart(city: City, service: AddressService) -> None:
    service.answer = b'[{"lat": "north", "lon": "1"}]'
    with pytest.raises(GeocoderParseError, match="something else than places"):
        chained(city, service).geocode(UNKNOWN)
