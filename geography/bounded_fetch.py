"""One request to the configured address service: bounded in time from beginning to end, and in size."""

import json
import ssl
from contextlib import suppress
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from socket import SHUT_RDWR, socket
from threading import Event, Thread
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

from geopy.adapters import AdapterHTTPError, BaseSyncAdapter
from geopy.exc import GeocoderParseError, GeocoderServiceError, GeocoderTimedOut, GeocoderUnavailable

LARGEST_ANSWER = 256 * 1024
_PART = 16 * 1024


class BoundedAdapter(BaseSyncAdapter):  # type: ignore[misc]
    """Asks once, follows no redirection and uses no proxy: the words go to the configured server and nowhere else.

    The time-out is that of the whole exchange, however slowly an answer drips in.
    """

    def __init__(self, *, proxies: Any, ssl_context: Any) -> None:
        super().__init__(proxies=proxies, ssl_context=ssl_context)
        self._context = ssl_context

    def get_json(self, url: str, *, timeout: float, headers: dict[str, str]) -> Any:
        """The answer as values. Raises geopy's exceptions."""
        text = self.get_text(url, timeout=timeout, headers=headers)
        try:
            return json.loads(text)
        except (RecursionError, ValueError) as problem:
            raise GeocoderParseError("The address service answered with something else than JSON.") from problem

    def get_text(self, url: str, *, timeout: float, headers: dict[str, str]) -> str:
        """The answer as text. Raises geopy's exceptions."""
        exchange = _Exchange(url, headers, timeout, self._context)
        body, status = exchange.outcome()
        if status != 200:
            raise AdapterHTTPError(
                f"The address service answered with {status}.", status_code=status, headers={}, text=""
            )
        try:
            return body.decode()
        except UnicodeDecodeError as problem:
            raise GeocoderParseError("The address service answered with something else than text.") from problem


class _Exchange:
    """A request on a thread of its own, so that nothing about it, not even a name look-up, outlasts the deadline."""

    def __init__(self, url: str, headers: dict[str, str], timeout: float, context: Any) -> None:
        parts = urlsplit(url)
        self._path = f"{parts.path or '/'}?{parts.query}"
        self._headers = headers
        self._timeout = timeout
        self._deadline = monotonic() + timeout
        if parts.scheme == "https":
            secure = context if isinstance(context, ssl.SSLContext) else ssl.create_default_context()
            self._connection: HTTPConnection = HTTPSConnection(parts.netloc, timeout=timeout, context=secure)
        else:
            self._connection = HTTPConnection(parts.netloc, timeout=timeout)
        self._socket: socket | None = None
        self._answer: tuple[bytes, int] | None = None
        self._problem: Exception | None = None
        self._over = Event()

    def outcome(self) -> tuple[bytes, int]:
        """The body and the status. Raises geopy's exceptions."""
        Thread(target=self._run, daemon=True).start()
        in_time = self._over.wait(self._timeout)
        if not in_time or monotonic() > self._deadline:
            self._cut()
            raise GeocoderTimedOut("The address service took too long.")
        if isinstance(self._problem, GeocoderServiceError):
            raise self._problem
        if isinstance(self._problem, TimeoutError):
            raise GeocoderTimedOut("The address service took too long.") from self._problem
        if self._answer is None:
            raise GeocoderUnavailable("The address service does not answer.") from self._problem
        return self._answer

    def _run(self) -> None:
        try:
            self._connection.request("GET", self._path, headers=self._headers)
            self._socket = self._connection.sock
            with self._connection.getresponse() as response:
                self._answer = self._read(response), response.status
        except (GeocoderServiceError, HTTPException, OSError, ValueError) as problem:
            self._problem = problem
        finally:
            self._connection.close()
            self._over.set()

    def _read(self, response: HTTPResponse) -> bytes:
        body = bytearray()
        while part := response.read1(_PART):
            body += part
            if len(body) > LARGEST_ANSWER:
                raise GeocoderServiceError("The address service answered with too much.")
            if monotonic() > self._deadline:
                raise GeocoderTimedOut("The address service took too long.")
        return bytes(body)

    def _cut(self) -> None:
        """Wakes the thread where it waits for the server, so that it ends."""
        if self._socket is not None:
            with suppress(OSError):
                self._socket.shutdown(SHUT_RDWR)
