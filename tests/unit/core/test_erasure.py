"""Erasure keys: never given twice, gone for good when destroyed, for their owner's eyes."""

import os
import stat
from pathlib import Path

import pytest

from core.erasure import BLOCK_KEYS, ErasureStore
from core.sealing import SealBroken


@pytest.fixture
def store(tmp_path: Path) -> ErasureStore:
    return ErasureStore(tmp_path / "erasure")


def test_no_slot_is_given_twice_nor_any_key(store: ErasureStore) -> None:
    taken = [store.take() for _ in range(BLOCK_KEYS * 2 + 1)]
    assert len({slot for slot, _ in taken}) == len(taken)
    assert len({key for _, key in taken}) == len(taken)
    assert len({slot.partition(":")[0] for slot, _ in taken}) == 3


def test_another_process_takes_from_a_block_of_its_own(store: ErasureStore, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = store.take()[0]
    parent = os.getpid()
    monkeypatch.setattr(os, "getpid", lambda: parent + 1)
    forked = store.take()[0]
    assert mine.partition(":")[0] != forked.partition(":")[0]


def test_a_store_started_again_goes_on_in_a_new_block(store: ErasureStore, tmp_path: Path) -> None:
    slot, key = store.take()
    again = ErasureStore(tmp_path / "erasure")
    assert again.take()[0].partition(":")[0] != slot.partition(":")[0]
    assert again.key(slot) == key


def test_a_destroyed_key_is_gone_and_its_neighbours_are_not(store: ErasureStore) -> None:
    (before, _), (slot, key), (after, _) = store.take(), store.take(), store.take()
    store.destroy(slot)
    with pytest.raises(SealBroken, match="destroyed"):
        store.key(slot)
    assert store.key(before)
    assert store.key(after)
    store.destroy(slot)
    assert key


def test_a_destroyed_key_is_nowhere_on_disk(store: ErasureStore, tmp_path: Path) -> None:
    slot, key = store.take()
    store.destroy(slot)
    assert not any(key in path.read_bytes() for path in (tmp_path / "erasure").iterdir())


def test_a_block_that_is_not_here_is_told(store: ErasureStore) -> None:
    with pytest.raises(SealBroken, match="not here"):
        store.key("0123456789abcdef:4")


def test_a_block_cut_short_is_told(store: ErasureStore, tmp_path: Path) -> None:
    slot, _ = store.take()
    next((tmp_path / "erasure").iterdir()).write_bytes(b"short")
    with pytest.raises(SealBroken):
        store.key(slot)


def test_only_its_owner_can_read_the_keys(store: ErasureStore, tmp_path: Path) -> None:
    store.take()
    folder = tmp_path / "erasure"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


def test_slots_and_times_tell_neither_the_order_nor_the_minute_of_reports(store: ErasureStore, tmp_path: Path) -> None:
    store.prepare()
    [block] = (tmp_path / "erasure").iterdir()
    slots = [store.take()[0] for _ in range(BLOCK_KEYS)]
    assert {slot.partition(":")[0] for slot in slots} == {block.stem}
    numbers = [int(slot.partition(":")[2]) for slot in slots]
    assert sorted(numbers) == list(range(BLOCK_KEYS))
    assert numbers != sorted(numbers)
    assert numbers != sorted(numbers, reverse=True)
    for path in (block, tmp_path / "erasure"):
        assert path.stat().st_mtime % 3600 == 0
