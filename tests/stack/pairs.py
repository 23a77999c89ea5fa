"""The two pairs of database and queue that the platform runs on."""

import itertools
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from core.valkey import PrivateValkey
from tests.stack.postgres import running_cluster

EMBEDDED, SERVER = "embedded", "server"


@dataclass(frozen=True)
class Stack:
    """A running pair. `fresh_database` makes a migrated database and gives its address; `drop` removes it."""

    kind: str
    redis_url: str
    fresh_database: Callable[[], str]
    drop: Callable[[str], None]


@contextmanager
def running_stack(kind: str, migrate: Callable[[str], None]) -> Iterator[Stack]:
    """Start the pair named `kind`: embedded (SQLite, Valkey) or server (PostgreSQL, Redis)."""
    if kind not in {EMBEDDED, SERVER}:
        raise ValueError(f"HARBOUR_TEST_STACK must be {EMBEDDED} or {SERVER}, not {kind!r}.")
    with tempfile.TemporaryDirectory(prefix="harbour-") as name:
        folder = Path(name)
        if kind == EMBEDDED:
            with PrivateValkey(folder / "queue") as queue:
                files = SqliteFiles(folder)
                yield Stack(kind, queue.url, lambda: files.fresh(migrate), files.drop)
        else:
            redis = shutil.which("redis-server")
            queue = PrivateValkey(folder / "queue", Path(redis) if redis else None)
            with queue, running_cluster() as cluster:
                yield Stack(kind, queue.url, lambda: cluster.fresh(migrate), cluster.drop)


class SqliteFiles:
    """Fresh SQLite databases, each a copy of one that was migrated once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._template = folder / "migrated.db"
        self._numbers = itertools.count(1)
        self._free: list[Path] = []

    def fresh(self, migrate: Callable[[str], None]) -> str:
        """The address of a new database in a folder of its own."""
        if not self._template.exists():
            migrate(f"sqlite:///{self._template}")
            if self._template.with_name("migrated.db-wal").exists():
                raise RuntimeError("Migrating left the database open.")
        place = self._free.pop() if self._free else self._folder / f"test-{next(self._numbers)}"
        place.mkdir()
        shutil.copyfile(self._template, place / "harbour.db")
        return f"sqlite:///{place / 'harbour.db'}"

    def drop(self, url: str) -> None:
        """Remove a database with its folder, whose name the next one takes."""
        place = Path(url.removeprefix("sqlite:///")).parent
        shutil.rmtree(place)
        self._free.append(place)
