"""A centre of the directory for tests, told apart by what a test gives it."""

from typing import Any

from centres.directory import Listed
from centres.opening import Week
from centres.vocabulary import CentreKind


def listed(name: str = "Demo Library", **given: Any) -> Listed:
    """A library in Demo Square with nothing more to it, but for what is given."""
    plain: dict[str, Any] = {
        "id": f"{name:_<22}"[:22],
        "kind": CentreKind.LIBRARY,
        "about": "",
        "address": "1 Demo Square",
        "postcode": "SO14 7LY",
        "point": None,
        "phone": "",
        "website": "",
        "week": Week(),
        "languages": (),
        "step_free": False,
        "private_space": False,
        "schemes": (),
    }
    return Listed(name=name, **{**plain, **given})
