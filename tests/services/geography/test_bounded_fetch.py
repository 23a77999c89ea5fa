"""What may go wrong with the address service: it is slow, large, broken or not there, and is then left alone."""

import json

import pytest
from geopy.exc import GeocoderServiceError, GeocoderTimedOut, GeocoderUnavailable

from geography.bounded_fetch import LARGEST_ANSWER
from geography.locating import City
from geography.nominatim import Breaker, ChainedGeocoder
from tests.services.geography.conftest import HALL, UNKNOWN, AddressService, chained


def test_a_slow_answer_is_not_waited_for(city: City, service: AddressService) -> None:
    service.hold = True
    geocoder = chained(city, service, timeout=0.05)
    with pytest.raises(GeocoderTimedOut):
        geocoder.geocode(UNKNOWN)
    assert geocoder.beyond_our_names(UNKNOWN) == []


@pytest.mark.parametrize("slowly", [{"drip": True}, {"slow_headers": True}])
def test_an_answer_that_drips_in_has_the_same_time_in_all(
    city: City, service: AddressService, slowly: dict[str, bool]
) -> None:
    service.drip, service.slow_headers = slowly.get("drip", False), slowly.get("slow_headers", False)
    geocoder = chained(city, service, timeout=0.1)
    with pytest.raises(GeocoderTimedOut):
        geocoder.geocode(UNKNOWN)
    for _ in range(5):
        assert geocoder.beyond_our_names(UNKNOWN) == []
    assert not service.let_go.is_set()
    assert len(service.asked) == 3, "after three it is left alone"


def test_an_answer_that_is_too_large_is_not_read(city: City, service: AddressService) -> None:
    service.answer = b" " * (LARGEST_ANSWER + 1) + json.dumps([HALL]).encode()
    with pytest.raises(GeocoderServiceError, match="too much"):
        chained(city, service).geocode(UNKNOWN)


def test_a_redirection_is_not_followed(city: City, service: AddressService) -> None:
    service.status = 302
    with pytest.raises(GeocoderServiceError):
        chained(city, service).geocode(UNKNOWN)
    assert len(service.asked) == 1


@pytest.mark.parametrize("status", [403, 404, 429, 500, 503])
def test_a_broken_service_is_geopys_exception_and_no_candidate(
    city: City, service: AddressService, status: int
) -> None:
    service.status = status
    geocoder = chained(city, service)
    with pytest.raises(GeocoderServiceError):
        geocoder.geocode(UNKNOWN)
    assert geocoder.beyond_our_names(UNKNOWN) == []


def test_a_service_that_is_not_there(city: City) -> None:
    geocoder = ChainedGeocoder(lambda: city.gazetteer, "http://127.0.0.1:9")
    assert geocoder.beyond_our_names(UNKNOWN) == []


@pytest.mark.parametrize(
    "answer",
    [b"", b"<html>", b"[", b"\xff\xfe", b'"text"', b"12", b"[12]", b'{"error": "no"}',
     b'[{"lat": "north", "lon": "1"}]', b'[{"lat": "1e999", "lon": "1", "display_name": "x"}]',
     b'[{"lat": "50.9085", "lon": "-1.4070", "display_name": ""}]',
     b'[{"lat": "50.9085", "lon": "-1.4070", "display_name": "x", "boundingbox": ["1", "0", "x", "1"]}]',
     b'[{"lat": "50.9085", "lon": "-1.4070", "display_name": "x", "boundingbox": ["nan", "0", "0", "1"]}]',
     b"[" * 100_000],
)  # fmt: skip
def test_a_malformed_answer_is_geopys_exception_and_no_candidate(
    city: City, service: AddressService, answer: bytes
) -> None:
    service.answer = answer
    geocoder = chained(city, service)
    with pytest.raises(GeocoderServiceError):
        geocoder.geocode(UNKNOWN)
    assert geocoder.beyond_our_names(UNKNOWN) == []


def test_after_three_failures_it_is_left_alone_for_a_minute(city: City, service: AddressService) -> None:
    now = [1000.0]
    geocoder = chained(city, service, breaker=Breaker(clock=lambda: now[0]))
    service.status = 500
    for _ in range(5):
        assert geocoder.beyond_our_names(UNKNOWN) == []
    assert len(service.asked) == 3
    with pytest.raises(GeocoderUnavailable, match="left alone"):
        geocoder.geocode(UNKNOWN)
    now[0] += 60
    assert geocoder.beyond_our_names(UNKNOWN) == []
    assert geocoder.beyond_our_names(UNKNOWN) == []
    assert len(service.asked) == 4, "one try after the rest, and its failure opens it again"
    now[0] += 60
    service.status = 200
    service.will_answer(HALL)
    for _ in range(4):
        assert len(geocoder.beyond_our_names(UNKNOWN)) == 1
    assert len(service.asked) == 8
