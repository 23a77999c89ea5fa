"""Errors for other systems, in one shape: RFC 9457, application/problem+json."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import quote

from flask import Response, request
from werkzeug.exceptions import HTTPException

PREFIX = "/api/"
CONTENT_TYPE = "application/problem+json"
MOST_FAULTS = 50
_LONGEST_NAME = 100

KINDS = {
    400: ("malformed", "The request could not be read"),
    401: ("no-token", "A valid token is needed"),
    403: ("not-allowed", "This token may not do that"),
    404: ("not-found", "There is nothing here for this token"),
    405: ("wrong-method", "This address does not take that method"),
    406: ("not-acceptable", "Answers are JSON alone"),
    409: ("conflict", "This Idempotency-Key was used before"),
    413: ("too-large", "The document is too large"),
    415: ("wrong-type", "The document must be JSON"),
    422: ("invalid", "Something in the request is not as documented"),
    429: ("too-many", "Too many requests with this token"),
    500: ("failure", "Something went wrong on our side"),
    503: ("not-open", "Reports cannot be taken yet"),
}
"""Status → the last part of the problem's type, and its title."""


class Spot(StrEnum):
    """In which part of a request a fault is."""

    DOCUMENT = "pointer"
    QUERY = "parameter"
    HEADER = "header"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: where, and why. `path` leads into the document, or is one name."""

    spot: Spot
    path: tuple[str, ...]
    detail: str

    def to_values(self) -> dict[str, str]:
        """As it is answered: `pointer` is a JSON Pointer (RFC 6901) as a URI fragment."""
        names = [name[:_LONGEST_NAME] for name in self.path]
        if self.spot is not Spot.DOCUMENT:
            return {self.spot.value: "".join(names), "detail": self.detail}
        steps = (quote(name.replace("~", "~0").replace("/", "~1"), safe="~!$&'()*+,;=:@", errors="replace")
                 for name in names)  # fmt: skip
        return {"pointer": "#" + "".join(f"/{step}" for step in steps), "detail": self.detail}


class Problem(HTTPException):
    """A refusal with its status, what to do in words, and each fault found. Never holds what was sent."""

    def __init__(
        self, status: int, detail: str, faults: Iterable[Fault] = (), headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(detail)
        self.code = status
        self.faults = tuple(faults)[:MOST_FAULTS]
        self.more_headers = dict(headers or {})


def wants_problems() -> bool:
    """Whether the request is one of another system's, not of a browser."""
    return request.path.startswith(PREFIX)


def answer_problem(error: HTTPException) -> Response:
    """Any refusal as an answer for another system."""
    status = error.code if error.code in KINDS else 400 if (error.code or 500) < 500 else 500
    kind, title = KINDS[status]
    told: dict[str, Any] = {"type": f"{PREFIX}#{kind}", "title": title, "status": status}
    if isinstance(error, Problem):
        told["detail"] = error.description
        told.update({"errors": [fault.to_values() for fault in error.faults]} if error.faults else {})
    response = Response(json.dumps(told), status, content_type=CONTENT_TYPE)
    response.headers.extend(_headers_of(error))
    return response


def _headers_of(error: HTTPException) -> dict[str, str]:
    if isinstance(error, Problem):
        return error.more_headers
    allowed = getattr(error, "valid_methods", None)
    return {"Allow": ", ".join(sorted(allowed))} if allowed else {}
