"""From a clean copy to the first page of `make run`, with warm package caches; then the same again, warm."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from bench.report import Row
from core.settings import ROOT

PATIENCE = 600.0


def run() -> list[Row]:
    """Copy what a clone would hold, start it twice."""
    with TemporaryDirectory(prefix="harbour-cold-") as name:
        folder = Path(name) / "clone"
        _copy(folder)
        cold, warm = _start(folder), _start(folder)
    return [
        Row("cold start, make run", "s", cold, None, (), "≤ 60 s", cold <= 60, "clean copy, warm package caches, demo"),
        Row("warm start, make run", "s", warm, None, (), "≤ 3 s", warm <= 3, "the same folder again"),
    ]


def _copy(folder: Path) -> None:
    """Every file that version control knows or would take in."""
    words = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    for name in subprocess.run(words, capture_output=True, check=True).stdout.decode().split("\0"):
        if name and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)


def _start(folder: Path) -> float:
    """Seconds from `make run` to its first page; stopped again with Ctrl-C."""
    port = _free_port()
    log = (folder.parent / "run.log").open("ab")
    began = perf_counter()
    words = ["make", "run", f"PORT={port}"]
    process = subprocess.Popen(words, cwd=folder, stdout=log, stderr=log, start_new_session=True)
    try:
        _wait_for_page(process, port, folder.parent / "run.log")
        return perf_counter() - began
    finally:
        # As a terminal does: to make and to all that it started.
        os.killpg(process.pid, signal.SIGINT)
        process.wait(timeout=60)
        log.close()


def _wait_for_page(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        try:
            connection.request("GET", "/report")
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.05)
        finally:
            connection.close()
    raise RuntimeError(f"make run did not serve a page: {log.read_text()[-2000:]}")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port
