"""A real worker with one task more on its allow-list: write one audit entry, and nothing else."""

from functools import partial
from unittest.mock import patch

from app.factory import create_app
from app.worker import run_worker
from core import audit
from core.settings import Settings
from core.work import Work

NOTE = "bench.note"


def note(work: Work, number: str) -> None:
    """Record one audit entry."""
    audit.record(work, "bench noted", None, {"number": number})


def main() -> None:
    """Work until SIGTERM."""
    with patch("app.worker.create_app", partial(create_app, more_tasks={NOTE: note})):
        run_worker(Settings.from_env())


if __name__ == "__main__":
    main()
