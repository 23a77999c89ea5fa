"""A load driver: keep-alive visitors in threads of processes of their own, bounded in time.

It shares the machine's cores with what it measures, so it reads an answer with as little work as it can.
"""

import socket
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, field
from io import BufferedReader
from multiprocessing import get_context
from time import perf_counter
from urllib.parse import urlencode

HOST = "127.0.0.1"
PROCESSES = 2
PATIENCE = 30.0


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: status, where it sends the visitor, the page."""

    status: int
    location: str
    body: bytes

    def hidden(self, name: str) -> str:
        """The value of a hidden field, or nothing."""
        before, _, after = self.body.partition(f'name="{name}"'.encode())
        if not after:
            return ""
        tag = before[before.rfind(b"<") :] + after[: after.find(b">")]
        return tag.partition(b'value="')[2].partition(b'"')[0].decode()


class Visitor:
    """Somebody with one kept connection and a jar of cookies."""

    def __init__(self, port: int, source: str = "", headers: dict[str, str] | None = None) -> None:
        self.cookies: dict[str, str] = {}
        self.requests = 0
        self._port = port
        self._source = source
        self._headers = "".join(f"{name}: {value}\r\n" for name, value in (headers or {}).items())
        self._socket: socket.socket | None = None
        self._reader: BufferedReader | None = None

    def get(self, path: str) -> Answer:
        """Ask for a page."""
        return self._ask("GET", path, b"")

    def post(self, path: str, fields: dict[str, str]) -> Answer:
        """Send a form."""
        return self._ask("POST", path, urlencode(fields).encode())

    def forget(self) -> None:
        """Become another visitor on the same connection."""
        self.cookies.clear()

    def hang_up(self) -> None:
        """Close the connection; the next request opens another."""
        if self._reader is not None:
            self._reader.close()
        if self._socket is not None:
            self._socket.close()
        self._socket = self._reader = None

    def _ask(self, method: str, path: str, body: bytes) -> Answer:
        fresh = self._socket is None
        try:
            return self._exchange(method, path, body)
        except (ConnectionResetError, BrokenPipeError):
            # A server may close a kept connection as the next request leaves; then nothing was done.
            self.hang_up()
            if fresh or method != "GET":
                raise
            return self._exchange(method, path, body)
        except OSError:
            self.hang_up()
            raise

    def _exchange(self, method: str, path: str, body: bytes) -> Answer:
        self.requests += 1
        connection, reader = self._connection()
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: {HOST}\r\n{self._headers}"
            f"{f'Cookie: {cookies}' + chr(13) + chr(10) if cookies else ''}"
            "Content-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        connection.sendall(head.encode() + body)
        return self._read(reader)

    def _read(self, reader: BufferedReader) -> Answer:
        status_line = reader.readline()
        if not status_line:
            raise ConnectionResetError("The server closed the connection.")
        headers = self._headers_of(reader)
        length = int(headers.get(b"content-length", b"0"))
        body = reader.read(length)
        if len(body) != length:
            raise ConnectionResetError("The answer was cut short.")
        if headers.get(b"connection", b"").lower() == b"close":
            self.hang_up()
        return Answer(int(status_line.split()[1]), headers.get(b"location", b"").decode(), body)

    def _headers_of(self, reader: BufferedReader) -> dict[bytes, bytes]:
        headers = {}
        while (line := reader.readline()) not in (b"\r\n", b""):
            name, _, value = line.partition(b":")
            headers[name.lower()] = value.strip()
            if name.lower() == b"set-cookie":
                self._keep(value.strip().decode())
        return headers

    def _keep(self, cookie: str) -> None:
        name, _, value = cookie.partition(";")[0].partition("=")
        if value:
            self.cookies[name] = value
        else:
            self.cookies.pop(name, None)

    def _connection(self) -> tuple[socket.socket, BufferedReader]:
        if self._socket is None or self._reader is None:
            source = (self._source, 0) if self._source else None
            self._socket = socket.create_connection((HOST, self._port), PATIENCE, source)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._reader = self._socket.makefile("rb")
        return self._socket, self._reader


Journey = Callable[[Visitor], bool]
"""One whole visit; whether it went well. A journey is a function of a module, so that a process can find it."""


@dataclass
class Tally:
    """What came of driving: journeys done, failed, requests made, and how long each journey took, in seconds."""

    done: int = 0
    failed: int = 0
    requests: int = 0
    seconds: float = 0.0
    took: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Journeys a second."""
        return self.done / self.seconds if self.seconds else 0.0

    def percentile(self, share: float) -> float:
        """How long the slowest but `share` of journeys took, in milliseconds."""
        ordered = sorted(self.took)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000 if ordered else 0.0

    def add(self, other: "Tally") -> None:
        """Count another's journeys too; the times stand beside each other, not one after another."""
        self.done += other.done
        self.failed += other.failed
        self.requests += other.requests
        self.seconds = max(self.seconds, other.seconds)
        self.took.extend(other.took)


class Driver:
    """Processes that wait to drive; started once, so that no measured second pays for it."""

    def __init__(self) -> None:
        self._pool = ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn"))

    def drive(self, port: int, journey: Journey, visitors: int, seconds: float) -> Tally:
        """Let so many visitors repeat a journey for so long."""
        shares = [visitors // PROCESSES + (number < visitors % PROCESSES) for number in range(PROCESSES)]
        waiting = [self._pool.submit(_drive, port, journey, share, seconds) for share in shares if share]
        total = Tally()
        for each in waiting:
            total.add(each.result())
        return total

    def close(self) -> None:
        """End the processes."""
        self._pool.shutdown()


def _drive(port: int, journey: Journey, visitors: int, seconds: float) -> Tally:
    with ThreadPoolExecutor(visitors) as pool:
        total = Tally()
        for tally in pool.map(lambda _: _visit(port, journey, seconds), range(visitors)):
            total.add(tally)
    return total


def _visit(port: int, journey: Journey, seconds: float) -> Tally:
    tally, visitor = Tally(), Visitor(port)
    began = perf_counter()
    while (start := perf_counter()) - began < seconds:
        try:
            went_well = journey(visitor)
        except OSError:
            went_well = False
        tally.done += went_well
        tally.failed += not went_well
        tally.took.append(perf_counter() - start)
    tally.seconds = perf_counter() - began
    tally.requests = visitor.requests
    visitor.hang_up()
    return tally
