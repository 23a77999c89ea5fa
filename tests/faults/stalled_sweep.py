"""A real process that sweeps a year and more later, and stops half way at a moment that STALL_AT names."""

import os
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Any
from unittest.mock import patch

from app.factory import create_app
from app.retention import destroy_all_over
from core.clock import utc_now
from core.settings import Settings
from core.work import harbour

LATER = timedelta(days=400)
LONGEST = 60.0
MOMENTS = {
    "rows taken away, nothing committed": "core.retention.audit.record",
    "rows committed, no key destroyed": "app.retention.destroy_condemned",
    "a key destroyed, the list not committed": "core.condemned.delete",
}
"""What is being called when the process stops."""


def stall(*_: Any, **__: Any) -> None:
    """Say so, and wait for whoever kills us."""
    Path(os.environ["STALLED_FILE"]).touch()
    Event().wait(LONGEST)
    sys.exit("Nobody killed this sweep.")


def sweep(stop: Callable[..., None] = stall) -> None:
    """Sweep, as far as the moment."""
    app = create_app(Settings.from_env(), clock=lambda: utc_now() + LATER)
    with app.app_context(), patch(MOMENTS[os.environ["STALL_AT"]], stop):
        destroy_all_over(harbour())


if __name__ == "__main__":
    sweep()
