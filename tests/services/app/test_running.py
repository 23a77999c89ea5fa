"""`safeharbour run`: real processes, started again when they die, gone when they should be."""

import http.client
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from app.running import Purpose, RunError, claim_port, embedded, purpose_of, remember, remembered
from core.settings import Settings
from tests.stack.served import ROOT, environment

PATIENCE = 30


@dataclass(frozen=True)
class Running:
    """The command, its port and what it has printed until it was ready."""

    process: subprocess.Popen[str]
    port: int
    told: str

    def children(self) -> list[int]:
        """The parts' process ids: queue, web, worker."""
        path = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(pid) for pid in path.read_text().split()]

    def get(self, path: str) -> int:
        """The status of a page."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request("GET", path)
        status = connection.getresponse().status
        connection.close()
        return status


@pytest.fixture
def instance(settings: Settings, tmp_path: Path) -> Settings:
    """A folder that was never run from."""
    folder = tmp_path / "embedded"
    return replace(settings, instance=folder, database_url=f"sqlite:///{folder / 'harbour.db'}")


@pytest.fixture
def running(instance: Settings) -> Iterator[Running]:
    """`safeharbour run --empty`, ready."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    call = f"from app.command import main; main(['run', '--empty', '--port', '{port}'])"
    process = subprocess.Popen(
        [sys.executable, "-c", call],
        cwd=ROOT,
        env=environment(instance),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    yield Running(process, port, read_until(process, "Ctrl-C stops it."))
    if process.poll() is None:
        process.kill()
    process.wait()
    # Not read to its end: parts that live on by mistake would hold it open.
    assert process.stdout
    process.stdout.close()


def read_until(process: subprocess.Popen[str], words: str) -> str:
    """What the process prints, up to a line with these words."""
    assert process.stdout
    told = ""
    for line in process.stdout:
        told += line
        if words in line:
            return told
    raise AssertionError(f"It ended before saying {words!r}:\n{told}")


def wait_until_gone(pids: list[int]) -> None:
    """Wait until processes have ended; AssertionError if one does not."""
    for pid in pids:
        try:
            handle = os.pidfd_open(pid)
        except ProcessLookupError:
            continue
        gone, _, _ = select.select([handle], [], [], PATIENCE)
        os.close(handle)
        assert gone, f"{pid} lives on."


def test_an_empty_start_gives_a_set_up_code_to_this_machine_alone(running: Running, instance: Settings) -> None:
    code = (instance.key_folder / "set-up.code").read_text()
    assert code in running.told
    assert f"http://127.0.0.1:{running.port}/set-up" in running.told
    assert "demo.invalid" not in running.told
    assert running.get("/set-up") == 200
    assert instance.instance.stat().st_mode & 0o777 == 0o700
    assert remembered(instance) is Purpose.REAL
    with socket.socket() as other, pytest.raises(ConnectionRefusedError):
        other.connect(("127.0.0.2", running.port))


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_everything_cleanly(running: Running, how: signal.Signals) -> None:
    children = running.children()
    assert len(children) == 3
    running.process.send_signal(how)
    output, _ = running.process.communicate(timeout=PATIENCE)
    assert running.process.returncode == 0
    assert output.rstrip().endswith("Stopped.")
    assert "Traceback" not in output
    wait_until_gone(children)


def test_killed_parts_are_started_again(running: Running) -> None:
    before = running.children()
    for pid in before:
        os.kill(pid, signal.SIGKILL)
    told = read_until(running.process, '"worker"')
    assert '"queue"' in told
    assert '"web"' in told
    assert running.get("/") in {200, 302}
    assert not set(before) & set(running.children())
    running.process.terminate()
    running.process.communicate(timeout=PATIENCE)
    assert running.process.returncode == 0


def test_killed_itself_it_takes_all_with_it(running: Running) -> None:
    children = running.children()
    running.process.kill()
    running.process.wait()
    wait_until_gone(children)


def test_a_second_start_in_the_same_folder_is_told_in_words(running: Running, instance: Settings) -> None:
    call = "from app.command import main; main(['run', '--port', '65000'])"
    second = subprocess.run(
        [sys.executable, "-c", call], cwd=ROOT, env=environment(instance), capture_output=True, text=True, check=False
    )
    assert second.returncode == 1
    assert second.stderr.count("\n") == 1
    assert "already running from this folder" in second.stderr


def test_a_taken_port_is_told_in_words() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(RunError, match="is taken"):
        claim_port(taken.getsockname()[1])


def test_another_database_is_told_in_words(instance: Settings) -> None:
    with pytest.raises(RunError, match="safeharbour serve"):
        embedded(replace(instance, database_url="postgresql:///elsewhere"))


def test_the_purpose_is_remembered(instance: Settings) -> None:
    embedded(instance)
    assert purpose_of(instance, empty=False, is_new=True) is Purpose.LOADING
    remember(instance, Purpose.DEMO)
    assert purpose_of(instance, empty=False, is_new=False) is Purpose.DEMO
    with pytest.raises(RunError, match="holds the demo"):
        purpose_of(instance, empty=True, is_new=False)
    remember(instance, Purpose.REAL)
    assert purpose_of(instance, empty=False, is_new=False) is Purpose.REAL


def test_a_demo_cut_short_is_begun_again(instance: Settings) -> None:
    embedded(instance)
    remember(instance, Purpose.LOADING)
    database = instance.instance / "harbour.db"
    database.write_text("half")
    assert purpose_of(instance, empty=False, is_new=False) is Purpose.LOADING
    assert not database.exists()


def test_a_database_made_otherwise_is_never_filled_with_a_demo(instance: Settings) -> None:
    embedded(instance)
    (instance.instance / "harbour.db").write_text("somebody's")
    assert purpose_of(instance, empty=False, is_new=False) is Purpose.REAL
