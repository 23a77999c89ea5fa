"""Being asked to stop: a request that a signal's handler can make at any moment."""

import signal
from collections.abc import Sequence
from contextlib import suppress
from queue import Empty, SimpleQueue


class Stopping:
    """Whether a stop was asked for, and a wait that ends as soon as it is.

    Not an Event: a handler runs between two steps of the very thread that waits, which may hold the Event's lock, and
    would then wait for itself for ever. A SimpleQueue may be filled from within its own methods.
    """

    def __init__(self) -> None:
        self._asked = False
        self._bell: SimpleQueue[None] = SimpleQueue()

    def ask(self) -> None:
        """Ask for it; more than once does no harm."""
        self._asked = True
        self._bell.put(None)

    def is_asked(self) -> bool:
        """Whether it was asked for."""
        return self._asked

    def wait(self, seconds: float) -> bool:
        """Wait until it is asked for, so many seconds at most; whether it was."""
        if not self._asked:
            with suppress(Empty):
                self._bell.get(timeout=seconds)
        return self._asked

    def listen(self, numbers: Sequence[signal.Signals]) -> None:
        """Let these signals ask for it. From the main thread only."""
        for number in numbers:
            signal.signal(number, lambda *_: self.ask())
