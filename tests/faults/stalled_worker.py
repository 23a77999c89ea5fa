"""A real worker whose first job stops half way: the ward is found, nothing is committed, and a file says so."""

import os
import sys
from functools import partial
from pathlib import Path
from threading import Event
from unittest.mock import patch

from app.factory import create_app
from app.worker import run_worker
from core.settings import Settings
from core.work import Work
from reporting.tasks import LOCATE, locate

LONGEST = 60.0


def stall(work: Work, report_id: str) -> None:
    """Do the job, say so, and wait for whoever kills us."""
    locate(work, report_id)
    work.session.flush()
    Path(os.environ["STALLED_FILE"]).touch()
    Event().wait(LONGEST)
    sys.exit("Nobody killed this worker.")


if __name__ == "__main__":
    with patch("app.worker.create_app", partial(create_app, more_tasks={LOCATE: stall})):
        run_worker(Settings.from_env())
