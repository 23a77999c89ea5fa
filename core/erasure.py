"""Erasure keys: one for each record, in files outside the database and its backups.

A block file holds 256 random keys and is written and synced once, so that a submission pays for one
two-hundredth of a disk write. Destroying a key overwrites it in place: every copy of the record that was
sealed under it, in any old backup, is unreadable from then on.
"""

import os
import secrets
from pathlib import Path
from threading import Lock

from core.clock import floor_hour, utc_now
from core.sealing import KEY_BYTES, Key, SealBroken

BLOCK_KEYS = 256
_DESTROYED = bytes(KEY_BYTES)


class ErasureStore:
    """A folder of key blocks. Each process takes keys from blocks of its own; any process reads all."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = Lock()
        self._owner = 0
        self._block = ""
        self._left: list[int] = []

    def take(self) -> tuple[str, Key]:
        """A slot never given before and its key, already safe on disk."""
        with self._lock:
            self._have_a_block()
            slot = f"{self._block}:{self._left.pop()}"
        return slot, self.key(slot)

    def prepare(self) -> None:
        """Write this process's first block now, so that its time is that of a start and not of somebody's report."""
        with self._lock:
            self._have_a_block()

    def key(self, slot: str) -> Key:
        """A slot's key; SealBroken when it was destroyed or its block is not here."""
        path, offset = self._find(slot)
        try:
            with path.open("rb") as file:
                file.seek(offset)
                key = file.read(KEY_BYTES)
        except FileNotFoundError as error:
            raise SealBroken("The erasure key of this record is not here.") from error
        if len(key) != KEY_BYTES or key == _DESTROYED:
            raise SealBroken("The erasure key of this record was destroyed.")
        return Key(key)

    def destroy(self, slot: str) -> None:
        """Overwrite a slot's key for good; what was sealed under it can never be read again."""
        path, offset = self._find(slot)
        with path.open("r+b") as file:
            file.seek(offset)
            file.write(_DESTROYED)
            file.flush()
            os.fsync(file.fileno())

    def _have_a_block(self) -> None:
        if self._left and self._owner == os.getpid():
            return
        self._block, self._owner = self._write_block(), os.getpid()
        # Shuffled, or the number of a slot would tell in which order reports came.
        self._left = list(range(BLOCK_KEYS))
        secrets.SystemRandom().shuffle(self._left)

    def _find(self, slot: str) -> tuple[Path, int]:
        block, _, index = slot.partition(":")
        return self._folder / f"{block}.keys", int(index) * KEY_BYTES

    def _write_block(self) -> str:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        name = secrets.token_hex(8)
        handle = os.open(self._folder / f"{name}.keys", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(BLOCK_KEYS * KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        sync_folder(self._folder)
        hour = floor_hour(utc_now()).timestamp()
        for path in (self._folder / f"{name}.keys", self._folder):
            os.utime(path, (hour, hour))
        return name


def sync_folder(folder: Path) -> None:
    """Make a new file's name durable too: a synced file in an unsynced folder can still vanish."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
