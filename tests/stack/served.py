"""The platform as it is run: gunicorn and a worker, for tests that speak HTTP or drive a browser."""

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from core.settings import Settings
from core.valkey import die_with_parent

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Served:
    """A running platform: its address, and its processes for tests that kill them."""

    url: str
    web: subprocess.Popen[bytes]
    worker: subprocess.Popen[bytes]
    log: Path


def environment(settings: Settings) -> dict[str, str]:
    """The variables that give another process these settings."""
    return {
        "HARBOUR_DATABASE_URL": settings.database_url,
        "HARBOUR_REDIS_URL": settings.redis_url,
        "HARBOUR_INSTANCE": str(settings.instance),
        "HARBOUR_TRUSTED_HOSTS": ",".join(settings.trusted_hosts),
        "HARBOUR_DEMO": "yes" if settings.demo else "no",
        "HARBOUR_ARGON_OPS": str(settings.argon_ops),
        "HARBOUR_ARGON_MEMORY": str(settings.argon_memory),
        "PATH": str(Path(sys.executable).parent),
    }


@contextmanager
def serving(settings: Settings, log: Path) -> Iterator[Served]:
    """Start web and worker on a free loopback port; what they print goes to `log`.

    The port is open before gunicorn starts, so a first request waits for it and nothing has to be polled.
    """
    started: list[subprocess.Popen[bytes]] = []
    try:
        with socket.create_server(("127.0.0.1", 0), backlog=128) as listener:
            port, descriptor = listener.getsockname()[1], listener.fileno()
            gunicorn = ["gunicorn", "--config", "gunicorn.conf.py", "--bind", f"fd://{descriptor}", "wsgi:app"]
            started.append(start(["-m", *gunicorn], settings, log, (descriptor,)))
        started.append(start_worker(settings, log))
        yield Served(f"http://127.0.0.1:{port}", started[0], started[1], log)
    finally:
        stop(*started)


def start_worker(settings: Settings, log: Path) -> subprocess.Popen[bytes]:
    """One more worker; whoever starts it stops it."""
    return start(["-c", "from app.command import main; main(['worker'])"], settings, log, ())


def start(words: list[str], settings: Settings, log: Path, descriptors: tuple[int, ...]) -> subprocess.Popen[bytes]:
    """A Python process of the platform with these settings, which ends with us."""
    with log.open("ab") as output:
        return subprocess.Popen(
            [sys.executable, *words],
            cwd=ROOT,
            env=environment(settings),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            pass_fds=descriptors,
            start_new_session=True,
            preexec_fn=partial(die_with_parent, signal.SIGTERM),
        )


def stop(*processes: subprocess.Popen[bytes]) -> None:
    """End processes kindly, all at once, then not."""
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for pipe in (process.stdout, process.stderr):
            if pipe is not None:
                pipe.close()
