"""How a feature hears of something above or beside it: facts published, handlers joined in the assembly."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

Handler = Callable[[Any, Any], None]
"""Called with the publisher's unit of work and the event."""


class Events:
    """Event class → handlers. A handler runs at once, inside the publisher's transaction."""

    def __init__(self) -> None:
        self._handlers: dict[type, list[Handler]] = defaultdict(list)

    def connect(self, event: type, handler: Handler) -> None:
        """Let `handler` hear of every published `event`."""
        self._handlers[event].append(handler)

    def publish(self, work: object, event: object) -> None:
        """Tell every handler of the event's class, in the order they were connected."""
        for handler in self._handlers[type(event)]:
            handler(work, event)
