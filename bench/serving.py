"""Processes that serve or work, on free loopback ports, ended with the block that started them."""

import os
import signal
import socket
import subprocess
import sys
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from core.settings import Settings
from core.valkey import die_with_parent
from tests.stack.served import ROOT, environment

OURS, FLOORS = "gunicorn.conf.py", "bench/gunicorn_floor.py"


class Web:
    """Gunicorn (2 workers × 4 threads, as the platform is run) around one application of a module.

    The port stays ours from the beginning to the end, so that a client finds it again after a kill.
    """

    def __init__(self, application: str, variables: dict[str, str], log: Path, config: str = OURS) -> None:
        self._application = application
        self._config = config
        self._variables = variables
        self._log = log
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=512)
        self.port: int = self._listener.getsockname()[1]
        self.process = self._started()

    def kill(self) -> None:
        """kill -9 of the first process; its children end when they see it gone."""
        self.process.kill()
        self.process.wait()

    def start_again(self) -> None:
        """Serve again on the same port."""
        self.process = self._started()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        stop(self.process)
        self._listener.close()

    def _started(self) -> subprocess.Popen[bytes]:
        bind = f"fd://{self._listener.fileno()}"
        words = ["-m", "gunicorn", "--config", self._config, "--bind", bind, self._application]
        return start(words, self._variables, self._log, (self._listener.fileno(),))


class Worker:
    """A real worker process; with `module` given, one that a bench or a drill has changed."""

    def __init__(self, variables: dict[str, str], log: Path, module: str = "") -> None:
        self._words = ["-m", module] if module else ["-c", "from app.command import main; main(['worker'])"]
        self._variables = variables
        self._log = log
        self.process = start(self._words, variables, log)

    def kill(self) -> None:
        """kill -9."""
        self.process.kill()
        self.process.wait()

    def start_again(self) -> None:
        """Another worker, like the first."""
        self.process = start(self._words, self._variables, self._log)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        stop(self.process)


def variables_of(settings: Settings, **more: str) -> dict[str, str]:
    """The environment of a process of this installation; its temporary files go where ours go."""
    kept = {name: os.environ[name] for name in ("TMPDIR",) if name in os.environ}
    return {**environment(settings), "HARBOUR_LOG_LEVEL": settings.log_level, **kept, **more}


def start(
    words: list[str], variables: dict[str, str], log: Path, descriptors: tuple[int, ...] = ()
) -> subprocess.Popen[bytes]:
    """Start Python with these words; what it prints goes to `log`; it ends with us."""
    with log.open("ab") as output:
        return subprocess.Popen(
            [sys.executable, *words],
            cwd=ROOT,
            env=variables,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            pass_fds=descriptors,
            start_new_session=True,
            preexec_fn=partial(die_with_parent, signal.SIGTERM),
        )


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a process kindly, then not."""
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
