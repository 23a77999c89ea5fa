"""Every key that lies on the disk, and the attempt to open every sealed value with every one of them."""

import base64
import binascii
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import MetaData, create_engine, select

from core.keyring import load_keyring
from core.sealing import KEY_BYTES, Key, SealBroken, Sealed, Secret, SecretKey, unbox, unlock
from core.settings import Settings

_LARGEST_KEY_FILE = 1 << 20
_CONTEXTS = {"report": "report/{id}", "message": "message/{id}"}
_LOCKED = {("person", "locked_secret"), ("open_session", "locked_secret"), ("draft", "locked")}


@dataclass
class Attempt:
    """What was tried: sealed values and locked keys seen, tries made, how many opened."""

    sealed: int = 0
    locked: int = 0
    tries: int = 0
    opened: int = 0

    @classmethod
    def with_keys(cls, settings: Settings, keys: Iterable[Key]) -> "Attempt":
        """Try every key on every sealed value and every locked key of the database."""
        attempt, kept = cls(), set(keys)
        erasure = [key for path in settings.erasure_folder.glob("*.keys") for key in _slices(path.read_bytes())]
        for table, column, row in _values(settings.database_url):
            value = row[column]
            if (table, column) in _LOCKED:
                attempt.locked += 1
                attempt.opened += attempt._unlocks(value, kept, row)
            elif (sealed := _sealed(value)) is not None:
                attempt.sealed += 1
                attempt.opened += attempt._opens(sealed, kept, erasure, _context(table, row))
        return attempt

    def _unlocks(self, value: bytes, keys: set[Key], row: dict[str, Any]) -> bool:
        contexts = ("person's secret key", str(row.get("lookup", "")))
        return any(self._unlock(value, key, context) is not None for key in keys for context in contexts)

    def _opens(self, sealed: Sealed, keys: set[Key], erasure: list[Key], context: str) -> bool:
        content = set(keys)
        for wrap in sealed.wraps.values():
            for key in keys:
                inner = self._unbox(wrap, key)
                if inner is not None:
                    content.update(Key(each) for slot in erasure if (each := self._unlock(inner, slot, context)))
        return any(self._reads(sealed, part, key, context) for part in sealed.parts for key in content)

    def _reads(self, sealed: Sealed, part: str, key: Key, context: str) -> bool:
        self.tries += 1
        try:
            return isinstance(sealed.open(part, key, context), Secret)
        except SealBroken:
            return False

    def _unbox(self, wrap: bytes, key: Key) -> bytes | None:
        self.tries += 1
        try:
            return unbox(wrap, SecretKey(key))
        except SealBroken:
            return None

    def _unlock(self, locked: bytes, key: Key, context: str) -> bytes | None:
        self.tries += 1
        try:
            return unlock(locked, key, context)
        except SealBroken:
            return None


def keys_found(settings: Settings) -> set[Key]:
    """Everything on the disk that could be a key: key files and what they give, values of the database, texts."""
    found = {
        getattr(load_keyring(settings.key_folder), field.name) for field in fields(load_keyring(settings.key_folder))
    }
    for path in settings.instance.rglob("*"):
        if path.is_file() and path.stat().st_size <= _LARGEST_KEY_FILE:
            found.update(_slices(path.read_bytes()))
            found.update(_decoded(path.read_text(errors="ignore").split()))
    for _, column, row in _values(settings.database_url):
        found.update(_of_value(row[column]))
    return found


def _of_value(value: Any) -> set[Key]:
    if isinstance(value, bytes):
        return {Key(value)} if len(value) == KEY_BYTES else set()
    return _decoded([value]) if isinstance(value, str) else set()


def _decoded(words: Iterable[str]) -> set[Key]:
    found = set()
    for word in words:
        for decode in (lambda text: base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)), bytes.fromhex):
            try:
                key = decode(word)
            except (ValueError, binascii.Error):
                continue
            if len(key) == KEY_BYTES:
                found.add(Key(key))
    return found


def _slices(content: bytes) -> list[Key]:
    return [Key(content[at : at + KEY_BYTES]) for at in range(0, len(content) - KEY_BYTES + 1, KEY_BYTES)]


def _values(database_url: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Table, column, row: once for each value that is there."""
    engine, tables = create_engine(database_url), MetaData()
    with engine.connect() as connection:
        tables.reflect(connection)
        for table in tables.tables.values():
            for row in connection.execute(select(table)).mappings():
                yield from ((table.name, name, dict(row)) for name, value in row.items() if value is not None)
    engine.dispose()


def _sealed(value: Any) -> Sealed | None:
    """A value as ciphertext, if that is what it is."""
    try:
        return Sealed.from_bytes(value) if isinstance(value, bytes) else None
    except (ValueError, KeyError, UnicodeDecodeError):
        return None


def _context(table: str, row: dict[str, Any]) -> str:
    return _CONTEXTS.get(table, table + "/{id}").format(id=row.get("id", ""))
