"""The queue's own process: private, answered for, and gone when its owner is."""

import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis

from core.valkey import LONGEST_SOCKET_PATH, PrivateValkey, ValkeyError

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def queue(tmp_path: Path) -> Iterator[PrivateValkey]:
    """A running one."""
    with PrivateValkey(tmp_path / "queue") as running:
        yield running


def ends_within(pid: int, seconds: int) -> bool:
    """Whether a process that is not our child ends in time."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([handle], [], [], seconds)[0])
    finally:
        os.close(handle)


def test_only_its_owner_can_reach_it(queue: PrivateValkey) -> None:
    assert queue.directory.stat().st_mode & 0o777 == 0o700
    assert queue.socket.stat().st_mode & 0o777 == 0o700
    with Redis.from_url(queue.url) as client:
        assert client.ping()
        assert client.config_get("port") == {"port": "0"}


def test_nothing_queued_is_written_to_disk(queue: PrivateValkey) -> None:
    with Redis.from_url(queue.url) as client:
        client.set("waiting", "canary-in-the-queue")
    queue.stop()
    assert {path.name for path in queue.directory.iterdir()} == {"valkey.log"}
    assert "canary" not in (queue.directory / "valkey.log").read_text()


def test_two_starts_in_one_folder_do_not_share_a_queue(queue: PrivateValkey) -> None:
    with pytest.raises(ValkeyError, match="already running from this folder"):
        PrivateValkey(queue.directory).start()
    with Redis.from_url(queue.url) as client:
        assert client.ping()


def test_it_starts_again_after_it_was_killed(queue: PrivateValkey) -> None:
    before = queue.pid or 0
    os.kill(before, signal.SIGKILL)
    os.waitid(os.P_PID, before, os.WEXITED | os.WNOWAIT)
    assert not queue.pid
    queue.start()
    with Redis.from_url(queue.url) as client:
        assert client.ping()


def test_a_folder_with_a_long_name_gets_a_short_socket(tmp_path: Path) -> None:
    with PrivateValkey(tmp_path / ("a" * LONGEST_SOCKET_PATH)) as running:
        assert len(os.fsencode(running.socket)) < LONGEST_SOCKET_PATH
        with Redis.from_url(running.url) as client:
            assert client.ping()
    assert not running.socket.parent.exists()


def test_a_program_that_does_not_start_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ValkeyError, match=r"valkey\.log says why"):
        PrivateValkey(tmp_path / "queue", Path("/bin/false")).start()
    assert not (tmp_path / "queue" / "valkey.sock").exists()


def test_it_ends_when_its_owner_is_killed(tmp_path: Path) -> None:
    program = (
        "import os, signal, sys; from pathlib import Path; from core.valkey import PrivateValkey\n"
        "queue = PrivateValkey(Path(sys.argv[1])); queue.start()\n"
        "print(queue.pid, flush=True); os.kill(os.getpid(), signal.SIGKILL)"
    )
    owner = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "queue")],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        check=False,
    )
    assert owner.returncode == -signal.SIGKILL
    assert ends_within(int(owner.stdout), seconds=10)
