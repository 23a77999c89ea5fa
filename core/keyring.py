"""The server key, kept in a file apart from the database, and the keys derived from it."""

import os
from dataclasses import dataclass
from pathlib import Path

from core.erasure import sync_folder
from core.sealing import KEY_BYTES, Key, derive, new_key

_FILE = "server.key"


class KeyFileError(RuntimeError):
    """The server key is missing, cut short, or readable by others."""


@dataclass(frozen=True, slots=True, repr=False)
class Keyring:
    """Keys of the running server, each for one purpose. None of them opens what is sealed to people."""

    receipts: Key
    places: Key
    cookies: Key
    imports: Key
    audit: Key
    proof: Key
    invitations: Key
    tokens: Key

    @classmethod
    def of(cls, root: Key) -> "Keyring":
        """The keys that a root key gives, the same every time."""
        return cls(
            receipts=derive(root, "receipt pepper"),
            places=derive(root, "protected places"),
            cookies=derive(root, "signed cookies"),
            imports=derive(root, "import idempotency"),
            audit=derive(root, "audit chain"),
            proof=derive(root, "proof of key"),
            invitations=derive(root, "invitation codes"),
            tokens=derive(root, "partner tokens"),
        )


def make_server_key(folder: Path) -> None:
    """Write a new server key, 0600, unless one is there already: an existing key is never replaced."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        handle = os.open(folder / _FILE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "wb") as file:
        file.write(new_key())
        file.flush()
        os.fsync(file.fileno())
    sync_folder(folder)


def load_keyring(folder: Path) -> Keyring:
    """The keyring from the key file; KeyFileError in plain words when it cannot be trusted."""
    path = folder / _FILE
    if not path.exists():
        raise KeyFileError(f"There is no server key at {path}. Restore it before starting.")
    if path.stat().st_mode & 0o077:
        raise KeyFileError(f"Others may read {path}. Set its mode to 600.")
    root = path.read_bytes()
    if len(root) != KEY_BYTES:
        raise KeyFileError(f"{path} is not a whole key. Restore it before starting.")
    return Keyring.of(Key(root))
