"""Reading requests of partner systems: every fault is told with where it is, none with what was sent."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NoReturn

import marshmallow
from flask import Request, g
from webargs.flaskparser import FlaskParser

from core.documents import read_document
from core.problems import Fault, Problem, Spot

_SPOTS = {"json": Spot.DOCUMENT, "query": Spot.QUERY, "headers": Spot.HEADER}


class StrictParser(FlaskParser):
    """Documents as `core.documents` reads them; unknown names in an address are faults too."""

    def __init__(self) -> None:
        super().__init__()
        self.DEFAULT_UNKNOWN_BY_LOCATION = {**self.DEFAULT_UNKNOWN_BY_LOCATION, "query": marshmallow.RAISE}

    def load_json(self, req: Request, schema: marshmallow.Schema) -> Any:
        """The document of the request."""
        g.document = read_document(req)
        return g.document

    @staticmethod
    def document_now() -> Any:
        """The document that this request was read from."""
        return g.document

    def handle_error(self, error: marshmallow.ValidationError, *_: Any, **__: Any) -> NoReturn:
        """Problem 422, a fault for each thing that is wrong."""
        faults = [
            Fault(_SPOTS[location], path, detail)
            for location, messages in error.messages_dict.items()
            for path, detail in _faults(messages, ())
        ]
        raise Problem(422, "Mend what `errors` names, then send it again.", faults)


def _faults(messages: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(messages, Mapping):
        for name, inner in messages.items():
            yield from _faults(inner, path if name == marshmallow.exceptions.SCHEMA else (*path, str(name)))
    elif isinstance(messages, Sequence) and not isinstance(messages, str):
        for inner in messages:
            yield from _faults(inner, path)
    else:
        yield path, str(messages)
