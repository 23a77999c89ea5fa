"""The chain to an address service of the installation's own, against a real server on this machine."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from geopy.exc import GeocoderParseError, GeocoderServiceError, GeocoderTimedOut, GeocoderUnavailable
from geopy.geocoders.base import Geocoder

from core.work import Work
from geography.locating import City, default_city
from geography.nominatim import Breaker, ChainedGeocoder, without_personal
from geography.vocabulary import Precision
from reporting.answers import Answers, Place
from reporting.locating import locate_report
from reporting.models import Report
from reporting.places import place_of
from reporting.receipt import Receipt
from reporting.services import submit_report
from tests.services.conftest import Desk
from tests.services.reporting.conftest import PUBLIC

UNKNOWN = "Nowhere Villas"
HALL = {"lat": "50.9085", "lon": "-1.4070", "display_name": "Nowhere Villas, Southampton", "class": "building"}
LONDON = {"lat": "51.5", "lon": "-0.12", "display_name": "Nowhere Villas, London", "class": "building"}


@dataclass
class AddressService:
    """A server that answers as it was told to, and remembers what it was asked. `hold` delays until let go."""

    answer: bytes = b"[]"
    status: int = 200
    hold: bool = False
    asked: list[tuple[str, dict[str, list[str]], dict[str, str]]] = field(default_factory=list)
    let_go: Event = field(default_factory=Event)
    address: str = ""

    def will_answer(self, *places: Any) -> None:
        self.answer = json.dumps(places).encode()


@pytest.fixture
def service() -> Iterator[AddressService]:
    told = AddressService()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            told.asked.append((parts.path, parse_qs(parts.query), dict(self.headers)))
            if told.hold:
                told.let_go.wait(30)
            try:
                self.send_response(told.status)
                self.end_headers()
                self.wfile.write(told.answer)
            except OSError:
                pass  # nobody waits for it any more

        def log_message(self, format: str, *arguments: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        told.address = f"http://127.0.0.1:{server.server_port}/maps"
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield told
        told.let_go.set()
        server.shutdown()
        thread.join()


@pytest.fixture
def city() -> City:
    return default_city()


def chained(city: City, service: AddressService, **words: Any) -> ChainedGeocoder:
    return ChainedGeocoder(lambda: city.gazetteer, service.address, **words)


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
    assert query["q"] == [f"{UNKNOWN} ring me on or ,"]
    assert query["bounded"] == ["1"]
    west, south, east, north = city.boundary_set().bounds()
    box = [float(side) for side in query["viewbox"][0].split(",")]
    assert (min(box[0::2]), max(box[0::2])) == pytest.approx((west, east))
    assert (min(box[1::2]), max(box[1::2])) == pytest.approx((south, north))
    assert headers["User-Agent"] == "safe-harbour"
    assert not {"Cookie", "Referer", "From", "Authorization"} & set(headers)


def test_a_long_text_is_cut(city: City) -> None:
    assert len(without_personal("Nowhere " * 500)) <= 120
    assert without_personal("x" * 115 + " someone@example.org") == "x" * 115
    assert without_personal("12-14 Nowhere Villas, SO14") == "12-14 Nowhere Villas, SO14"


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


def test_a_slow_answer_is_not_waited_for(city: City, service: AddressService) -> None:
    service.hold = True
    geocoder = chained(city, service, timeout=0.05)
    with pytest.raises(GeocoderTimedOut):
        geocoder.geocode(UNKNOWN)
    assert geocoder.beyond_our_names(UNKNOWN) == []


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
     b'[{"lat": "50.9085", "lon": "-1.4070", "display_name": ""}]', b"[" * 100_000],
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
