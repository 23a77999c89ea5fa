"""The server key: made once, never replaced, and not trusted when it is not whole or not private."""

import os
import stat
from dataclasses import fields
from pathlib import Path

import pytest

from core.keyring import KeyFileError, Keyring, load_keyring, make_server_key
from core.sealing import new_key


def test_a_key_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    make_server_key(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "server.key").stat().st_mode) == 0o600


def test_a_key_is_never_replaced(tmp_path: Path) -> None:
    make_server_key(tmp_path)
    first = (tmp_path / "server.key").read_bytes()
    make_server_key(tmp_path)
    assert (tmp_path / "server.key").read_bytes() == first


def test_the_file_and_its_name_are_both_safe_before_it_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[bool] = []
    really = os.fsync

    def note(handle: int) -> None:
        synced.append(stat.S_ISDIR(os.fstat(handle).st_mode))
        really(handle)

    monkeypatch.setattr(os, "fsync", note)
    make_server_key(tmp_path / "keys")
    assert synced == [False, True]


def test_a_missing_key_is_not_made_up(tmp_path: Path) -> None:
    with pytest.raises(KeyFileError, match="no server key"):
        load_keyring(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("size", [0, 31, 33])
def test_a_key_of_another_length_is_not_trusted(tmp_path: Path, size: int) -> None:
    make_server_key(tmp_path)
    (tmp_path / "server.key").write_bytes(bytes(size))
    with pytest.raises(KeyFileError, match="not a whole key"):
        load_keyring(tmp_path)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644])
def test_a_key_that_others_may_read_is_not_trusted(tmp_path: Path, mode: int) -> None:
    make_server_key(tmp_path)
    (tmp_path / "server.key").chmod(mode)
    with pytest.raises(KeyFileError, match="Others may read"):
        load_keyring(tmp_path)


def test_every_purpose_has_a_key_of_its_own_and_none_is_printed(tmp_path: Path) -> None:
    root = new_key()
    keyring = Keyring.of(root)
    keys = [getattr(keyring, each.name) for each in fields(Keyring)]
    assert len({*keys, root}) == len(keys) + 1
    assert keyring == Keyring.of(root)
    assert not any(str(key) in repr(keyring) or key.hex() in repr(keyring) for key in keys)
