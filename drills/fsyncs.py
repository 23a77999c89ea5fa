"""How often the disk is told to keep what a commit wrote: counted with strace, beside the same without commits."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from bench.ground import KINDS, SQLITE, Ground, children, durable_ground, founded, tree
from bench.serving import ROOT, variables_of
from core.settings import Settings
from drills.rehearsal import say, wait_until

COMMITS = 100
PATIENCE = 120.0
_SYNC = re.compile(r"\b(fsync|fdatasync|sync_file_range)\(\d+.*?\) += 0|resumed>.*?\) += 0")


def run() -> bool:
    """Both databases; whether each commit was synced at least once. Without strace: says so, and does not count."""
    if shutil.which("strace") is None:
        say("strace is not installed (apt-get install strace): the syncs were not counted.")
        return True
    return all([_rehearse(kind) for kind in KINDS])


def _rehearse(kind: str) -> bool:
    with durable_ground(kind) as ground:
        settings = founded(ground)
        idle, busy = _syncs(ground, settings, 0), _syncs(ground, settings, COMMITS)
    each = (busy - idle) / COMMITS
    setting = "synchronous=FULL" if kind == SQLITE else "synchronous_commit=on"
    say(f"{kind}, {setting}: {busy} syncs for {COMMITS + 1} commits, {idle} for 1: {each:.2f} a commit")
    return each >= 1


def _syncs(ground: Ground, settings: Settings, commits: int) -> int:
    """Syncs made by whoever writes the database while a process commits so often."""
    trace = ground.folder / f"syncs-{commits}"
    strace = ["strace", "-f", "-e", "trace=fsync,fdatasync", "-o", str(trace)]
    work = [sys.executable, "-m", "drills.commits", str(commits)]
    environment = {**variables_of(settings), "PATH": os.environ["PATH"]}
    if ground.kind == SQLITE:
        subprocess.run([*strace, *work], cwd=ROOT, env=environment, check=True, timeout=PATIENCE)
        return _counted(trace)
    return _syncs_of_server(strace, work, environment, trace)


def _syncs_of_server(strace: list[str], work: list[str], environment: dict[str, str], trace: Path) -> int:
    """The server's processes are watched, those that it starts meanwhile too."""
    watched = [word for pid in tree(_server()) for word in ("-p", str(pid))]
    watcher = subprocess.Popen([*strace, *watched], stderr=subprocess.DEVNULL)
    try:
        wait_until(lambda: all(_is_traced(int(pid)) for pid in watched[1::2]), 10)
        subprocess.run(work, cwd=ROOT, env=environment, check=True, timeout=PATIENCE)
    finally:
        watcher.terminate()
        watcher.wait(timeout=10)
    return _counted(trace)


def _server() -> int:
    """Our own child that is PostgreSQL."""
    return next(pid for pid in children(os.getpid()) if Path(f"/proc/{pid}/comm").read_text().strip() == "postgres")


def _is_traced(pid: int) -> bool:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return True
    return "TracerPid:\t0" not in status


def _counted(trace: Path) -> int:
    return sum(1 for line in trace.read_text().splitlines() if _SYNC.search(line))
