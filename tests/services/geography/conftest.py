"""An address service of the installation's own, as a real server on this machine."""

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from geography.locating import City, default_city
from geography.nominatim import ChainedGeocoder

UNKNOWN = "Nowhere Villas"
HALL = {"lat": "50.9085", "lon": "-1.4070", "display_name": "Nowhere Villas, Southampton", "class": "building"}


@dataclass
class AddressService:
    """A server that answers as it was told to, and remembers what it was asked. `hold` delays until let go.

    `drip` sends a space at a time until let go, never a whole answer; before the headers are done when `slow_headers`.
    """

    answer: bytes = b"[]"
    status: int = 200
    hold: bool = False
    drip: bool = False
    slow_headers: bool = False
    asked: list[tuple[str, dict[str, list[str]], dict[str, str]]] = field(default_factory=list)
    let_go: Event = field(default_factory=Event)
    address: str = ""

    def will_answer(self, *places: Any) -> None:
        self.answer = json.dumps(places).encode()


class Handler(BaseHTTPRequestHandler):
    """Answers a request as its server's `told` says."""

    server: "Server"

    def do_GET(self) -> None:
        told, parts = self.server.told, urlsplit(self.path)
        told.asked.append((parts.path, parse_qs(parts.query), dict(self.headers)))
        if told.hold:
            told.let_go.wait(30)
        with suppress(OSError):  # nobody waits for it any more
            self._answer(told)

    def _answer(self, told: AddressService) -> None:
        self.send_response(told.status)
        if told.slow_headers:
            self.flush_headers()
            self._drip(b"X-Slow: 1\r\n")
        self.end_headers()
        if told.drip:
            self._drip(b" ")
        self.wfile.write(told.answer)

    def _drip(self, part: bytes) -> None:
        while not self.server.told.let_go.wait(0.02):
            self.wfile.write(part)

    def log_message(self, format: str, *arguments: Any) -> None:
        """Says nothing."""


class Server(ThreadingHTTPServer):
    """A server on a port of its own."""

    def __init__(self, told: AddressService) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.told = told


@pytest.fixture
def service() -> Iterator[AddressService]:
    told = AddressService()
    with Server(told) as server:
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
    """The city's names first, then the service."""
    return ChainedGeocoder(lambda: city.gazetteer, service.address, **words)
