"""The packs of one installation: a new one is swapped in by one small file, and a running process notices.

`COUNCIL.current` names the folder that is in use. It is replaced in one step, after the new folder is whole and
durable, so that whoever looks finds the old pack or the new one and never a part of either.
"""

import fcntl
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from threading import Lock
from typing import TypeVar

from geography.locating import PACKS, City, shipped_city
from geography.pack import BrokenPackError

_T = TypeVar("_T")
_Stamp = tuple[int, int, int]


class NoPackError(BrokenPackError):
    """Nothing is installed for the council, and nothing was shipped."""


def pack_in_use(folder: Path, council: str) -> Path:
    """The pack that is installed for a council, else the one that was shipped. Raises NoPackError."""
    pointer = _pointer(folder, council)
    try:
        name = pointer.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        shipped = PACKS / council
        if shipped.is_dir():
            return shipped
        raise NoPackError(
            f"There is no geography of {council}. Build it: safeharbour geography build --council {council} "
            "--wards FILE --postcodes FILE"
        ) from None
    if not re.fullmatch(rf"{re.escape(council)}-\d+", name):
        raise BrokenPackError(f"{pointer.name} does not name a pack. Build the geography again.")
    return folder / name


class InstalledCity:
    """The city of one council as it is installed now; the same object until another pack is swapped in.

    Safe to share between threads. Whoever holds a City keeps it, whole, for as long as it is held.
    """

    def __init__(self, folder: Path, council: str) -> None:
        self._folder = folder
        self._council = council
        self._pointer = _pointer(folder, council)
        self._lock = Lock()
        self._stamp: _Stamp | None = None
        self._city: City | None = None
        self.problem: BrokenPackError | None = None
        """Why the pack that is named now was not taken, while an older one is still in use."""

    def city(self, day: date) -> City:
        """The city, with the wards of a day: the wards change at midnight while a process runs.

        A pack that cannot be read never replaces one that works; BrokenPackError without any.
        """
        stamp = self._look()
        if self._city is not None and stamp == self._stamp and self._city.on(day) is self._city:
            return self._city
        with self._lock:
            self._city = self._load(self._look()).on(day)
            return self._city

    def _load(self, stamp: _Stamp | None) -> City:
        if self._city is None or stamp != self._stamp:
            try:
                path = pack_in_use(self._folder, self._council)
                self._city = shipped_city(self._council) if path.parent == PACKS else City.load(path)
                self.problem = None
            except BrokenPackError as problem:
                if self._city is None:
                    raise
                self.problem = problem
            self._stamp = stamp
        return self._city

    def _look(self) -> _Stamp | None:
        """What tells one pointer from the next: a few microseconds, so every call can afford it."""
        try:
            found = os.stat(self._pointer)
        except FileNotFoundError:
            return None
        return found.st_ino, found.st_mtime_ns, found.st_size


def install(folder: Path, council: str, make: Callable[[Path], _T]) -> _T:
    """Let `make` fill an empty folder, then swap it in. Whatever it raises leaves the pack in use as it was."""
    folder.mkdir(parents=True, exist_ok=True)
    with _one_at_a_time(folder):
        making = Path(tempfile.mkdtemp(prefix=".making-", dir=folder))
        try:
            made = make(making)
            _sync(making)
            before = _current(folder, council)
            final = folder / f"{council}-{max(_numbers(folder, council), default=0) + 1}"
            making.chmod(0o755)
            making.rename(final)
            _swap(_pointer(folder, council), final.name)
        finally:
            shutil.rmtree(making, ignore_errors=True)
        # The one before stays for a process that had just read its name.
        for number in _numbers(folder, council):
            if (name := f"{council}-{number}") not in (final.name, before):
                shutil.rmtree(folder / name, ignore_errors=True)
    return made


def _pointer(folder: Path, council: str) -> Path:
    return folder / f"{council}.current"


def _current(folder: Path, council: str) -> str:
    pointer = _pointer(folder, council)
    return pointer.read_text(encoding="utf-8").strip() if pointer.exists() else ""


def _numbers(folder: Path, council: str) -> list[int]:
    names = (re.fullmatch(rf"{re.escape(council)}-(\d+)", path.name) for path in folder.iterdir())
    return [int(name[1]) for name in names if name]


def _swap(pointer: Path, name: str) -> None:
    handle, path = tempfile.mkstemp(prefix=".pointer-", dir=pointer.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(f"{name}\n")
        os.chmod(path, 0o644)
        _sync_one(Path(path))
        _sync_one(pointer.parent)
        os.replace(path, pointer)
    finally:
        Path(path).unlink(missing_ok=True)
    _sync_one(pointer.parent)


def _sync(folder: Path) -> None:
    for path in folder.iterdir():
        _sync_one(path)
    _sync_one(folder)


def _sync_one(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    """Two builds at once would each take away what the other is making."""
    with (folder / ".lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
