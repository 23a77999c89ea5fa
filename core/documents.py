"""JSON documents of other systems, read strictly: what two readers could understand differently is refused."""

import json
from collections.abc import Iterator
from typing import Any

from flask import Request

from core.problems import Fault, Problem, Spot

LARGEST_DOCUMENT = 512 * 1024
DEEPEST = 12
_TYPES = {"application/json"}
_ANSWERS = ("application/json", "application/problem+json")


class _ReadTwoWays(ValueError):
    """The same name twice in one object, or a number that is none."""


def check_answer_type(asked: Request) -> None:
    """Problem 406 for somebody who does not take JSON."""
    if "Accept" in asked.headers and asked.accept_mimetypes.best_match(_ANSWERS) is None:
        raise Problem(406, "Send Accept: application/json, or no Accept header.")


def read_document(asked: Request) -> Any:
    """The JSON of a request; Problem 400, 413, 415 or 422 in words when it is none, or could be read two ways."""
    if asked.mimetype not in _TYPES or asked.mimetype_params.get("charset", "utf-8").lower() != "utf-8":
        raise Problem(415, "Send Content-Type: application/json, in UTF-8.")
    if asked.headers.get("Content-Encoding", "identity") != "identity":
        raise Problem(415, "Send the document without a Content-Encoding.")
    document = _parse(asked.get_data())
    faults = list(_unkeepable(document, ()))
    if faults:
        raise Problem(422, "Some text holds characters that cannot be kept.", faults)
    return document


def _parse(sent: bytes) -> Any:
    try:
        return json.loads(sent.decode(), object_pairs_hook=_once_each, parse_constant=_no_number)
    except _ReadTwoWays as error:
        raise Problem(400, str(error)) from None
    except (ValueError, RecursionError):
        # Without the parser's own words: they quote the document.
        raise Problem(400, "The document is not well-formed JSON in UTF-8.") from None


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _ReadTwoWays("An object in the document has the same name twice.")
    return found


def _no_number(name: str) -> Any:
    raise _ReadTwoWays("JSON has no NaN and no Infinity.")


def _unkeepable(value: Any, path: tuple[str, ...]) -> Iterator[Fault]:
    """NUL, which no database keeps, halves of characters, which are no text, and what is nested without end."""
    if len(path) > DEEPEST:
        yield Fault(Spot.DOCUMENT, path, "Nested too deep.")
    elif isinstance(value, str):
        if "\x00" in value or any("\ud800" <= letter <= "\udfff" for letter in value):
            yield Fault(Spot.DOCUMENT, path, "Leave out NUL and unpaired surrogates.")
    elif isinstance(value, dict):
        for name, each in value.items():
            yield from _unkeepable(each, (*path, name))
    elif isinstance(value, list):
        for place, each in enumerate(value):
            yield from _unkeepable(each, (*path, str(place)))
