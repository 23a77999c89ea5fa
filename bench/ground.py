"""What a bench or a drill stands on: a durable database, a queue, and an installation with a desk."""

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from accounts.services import enrol, found_team
from accounts.vocabulary import Role, TeamKind
from app.installation import open_installation
from app.migrate import migrate
from core.db import db
from core.keyring import make_server_key
from core.sealing import Secret
from core.settings import Settings
from core.valkey import PrivateValkey
from core.work import SYSTEM, begin_work
from tests.stack import postgres

SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"
KINDS = (POSTGRESQL, SQLITE)
DURABLE = {
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "autovacuum": "on",
    "shared_buffers": "128MB",
    "max_connections": "100",
}
OFFICER, PASSWORD = "officer@example.org", "a bench is not a secret"


@dataclass(frozen=True)
class Ground:
    """A running pair: PostgreSQL and Redis, or SQLite and Valkey. `empty` is the address of an unused database."""

    kind: str
    folder: Path
    queue: PrivateValkey
    database_url: str
    empty: str


@contextmanager
def durable_ground(kind: str) -> Iterator[Ground]:
    """Start the pair in a folder of its own, with every commit synced to the disk; all gone afterwards."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="harbour-")))
        redis = shutil.which("redis-server") if kind == POSTGRESQL else None
        queue = stack.enter_context(PrivateValkey(folder / "queue", Path(redis) if redis else None))
        if kind == SQLITE:
            yield Ground(kind, folder, queue, f"sqlite:///{folder / 'harbour.db'}", f"sqlite:///{folder / 'floor.db'}")
            return
        stack.enter_context(patch.dict(postgres.OPTIONS, DURABLE))
        cluster = stack.enter_context(postgres.running_cluster())
        yield Ground(kind, folder, queue, cluster.unused(), cluster.unused())


def founded(ground: Ground, name: str = "instance") -> Settings:
    """An installation on this ground, migrated, with a desk and one officer."""
    settings = Settings(
        database_url=ground.database_url,
        redis_url=ground.queue.url,
        instance=ground.folder / name,
        argon_ops=1,
        argon_memory=8192,
        log_level="WARNING",
    )
    settings.instance.mkdir(mode=0o700, exist_ok=True)
    make_server_key(settings.key_folder)
    migrate(settings)
    with open_installation(settings) as harbour:
        work = begin_work(harbour, db.session(), SYSTEM)
        desk, secret = found_team(work, TeamKind.DESK, "Triage desk")
        enrol(work, desk, secret, Role.OFFICER, "Officer", OFFICER, Secret(PASSWORD))
        db.session.commit()
    return settings


def rss_and_pss(pids: list[int]) -> tuple[float, float]:
    """Resident and proportional memory of processes together, in MiB; shared pages count once in the second."""
    sums = {"Rss": 0, "Pss": 0}
    for pid in pids:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            name, _, value = line.partition(":")
            if name in sums:
                sums[name] += int(value.split()[0])
    return sums["Rss"] / 1024, sums["Pss"] / 1024


def tree(pid: int) -> list[int]:
    """A process and all its descendants that live."""
    found = [pid]
    for child in children(pid):
        found.extend(tree(child))
    return found


def children(pid: int) -> list[int]:
    """The direct children of a process, started from any of its threads."""
    pids: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*"):
        try:
            pids.extend(int(word) for word in (task / "children").read_text().split())
        except OSError:
            continue
    return pids


def machine() -> str:
    """The machine in words: processor, cores, memory, file system of the temporary folder."""
    processor = next(
        (line.split(":")[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line),
        "unknown processor",
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{processor}, {os.cpu_count()} cores, {memory:.0f} GiB"
