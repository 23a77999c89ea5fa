"""Keeping the parts of an embedded installation alive: children that end with us, and are started again if they die."""

import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from typing import Protocol

import structlog

from app.stopping import Stopping
from core.valkey import PrivateValkey, die_with_parent

LOOK_EVERY = 0.2
SETTLED = 30.0
"""Seconds after which a part is taken to run well, so that its next death starts the waits afresh."""
SHORTEST_WAIT, LONGEST_WAIT = 0.2, 10.0
PATIENCE = 15.0
"""Seconds that a child has to end by itself."""

STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

log = structlog.get_logger()


class Part(Protocol):
    """Something that runs and may die."""

    name: str

    def start(self) -> None:
        """Start it, or start it again."""

    def is_alive(self) -> bool:
        """Whether it runs."""

    def stop(self) -> None:
        """Ask it to end."""

    def wait_until_gone(self, deadline: float) -> None:
        """Wait until it has ended, at most until a moment of the monotonic clock, then end it by force."""


class Child:
    """A forked process that runs one function: it shares what is loaded, and starts in no time."""

    def __init__(self, name: str, body: Callable[[], None]) -> None:
        self.name = name
        self.pid = 0
        self._body = body

    def start(self) -> None:
        """Fork."""
        parent = os.getpid()
        sys.stdout.flush()
        sys.stderr.flush()
        # Held back until the child has handlers of its own: one that came in between would be lost.
        signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)
        self.pid = os.fork()
        if self.pid == 0:
            self._live(parent)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)

    def is_alive(self) -> bool:
        """Whether it runs; takes note of its end."""
        if self.pid and os.waitpid(self.pid, os.WNOHANG)[0]:
            self.pid = 0
        return bool(self.pid)

    def stop(self) -> None:
        """SIGTERM: finish what is at hand."""
        if self.is_alive():
            os.kill(self.pid, signal.SIGTERM)

    def wait_until_gone(self, deadline: float) -> None:
        """Wait, then SIGKILL."""
        while self.is_alive() and time.monotonic() < deadline:
            time.sleep(0.02)
        if self.is_alive():
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
            self.pid = 0

    def _live(self, parent: int) -> None:
        """The child's whole life; never returns."""
        code = 1
        try:
            # A session of its own: Ctrl-C is for the parent, which stops its children one after another.
            os.setsid()
            for number in STOPS:
                signal.signal(number, signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)
            die_with_parent(signal.SIGTERM)
            if os.getppid() == parent:
                self._body()
            code = 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
        except BaseException as error:
            log.error("part failed", part=self.name, error=type(error).__name__)
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)


class QueuePart:
    """The private Valkey as a part; whoever made it stops it, after everybody who uses it."""

    name = "queue"

    def __init__(self, valkey: PrivateValkey) -> None:
        self._valkey = valkey

    def start(self) -> None:
        """Start it again."""
        self._valkey.start()

    def is_alive(self) -> bool:
        """Whether its process runs."""
        return self._valkey.pid is not None

    def stop(self) -> None:
        """Nothing: it outlives the others."""

    def wait_until_gone(self, deadline: float) -> None:
        """Nothing, for the same reason."""


class Supervisor:
    """Starts parts, starts them again when they die, a little later each time, and stops them all."""

    def __init__(self, parts: Sequence[Part], monotonic: Callable[[], float] = time.monotonic) -> None:
        self._parts = parts
        self._monotonic = monotonic
        self._started = dict.fromkeys((part.name for part in parts), 0.0)
        self._wait = dict.fromkeys((part.name for part in parts), SHORTEST_WAIT)

    def start(self) -> None:
        """Start what does not run."""
        for part in self._parts:
            if not part.is_alive():
                self._start(part)

    def watch(self, stopping: Stopping) -> None:
        """Look after the parts until it is asked to stop."""
        while not stopping.wait(LOOK_EVERY):
            self.look()

    def look(self) -> None:
        """Start again whatever died and has waited its time."""
        for part in self._parts:
            if not part.is_alive() and self._monotonic() - self._started[part.name] >= self._wait[part.name]:
                lived = self._monotonic() - self._started[part.name]
                wait = SHORTEST_WAIT if lived > SETTLED else min(self._wait[part.name] * 2, LONGEST_WAIT)
                self._wait[part.name] = wait
                log.warning("part died and is started again", part=part.name)
                self._start(part)

    def stop(self) -> None:
        """Ask all to end, then see to it."""
        for part in self._parts:
            part.stop()
        deadline = self._monotonic() + PATIENCE
        for part in self._parts:
            part.wait_until_gone(deadline)

    def _start(self, part: Part) -> None:
        self._started[part.name] = self._monotonic()
        try:
            part.start()
        except RuntimeError as error:
            log.error("part does not start", part=part.name, error=type(error).__name__)
