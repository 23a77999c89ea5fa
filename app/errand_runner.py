"""The errand runner: threads of a worker that carry letters and deliveries out of the house."""

from contextlib import suppress
from threading import Event, Thread

import structlog
from flask import Flask

from core.db import db, writing
from core.errands import run_errands
from core.work import harbour

PAUSE = 1.0

log = structlog.get_logger()


class ErrandRunner(Thread):
    """A thread that runs what is due, pauses a second, and looks again, until it is stopped.

    It must not be the worker's own thread: a receiver that hangs would hold up every report behind it.
    """

    def __init__(self, app: Flask) -> None:
        super().__init__(name="errands", daemon=True)
        self._app = app
        self._stopping = Event()

    def run(self) -> None:
        """Run, pause, run."""
        while not self._stopping.wait(PAUSE):
            with self._app.app_context():
                self._once()

    def stop(self) -> None:
        """Let the errand at hand end, for a few seconds at most."""
        self._stopping.set()
        if self.is_alive():
            self.join(timeout=5)

    def _once(self) -> None:
        try:
            with writing():
                run_errands(harbour())
        except Exception as error:
            log.warning("errands not run", error=type(error).__name__)
            with suppress(Exception):
                db.session.rollback()
        finally:
            db.session.remove()
