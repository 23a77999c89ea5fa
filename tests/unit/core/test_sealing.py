"""What is sealed is read by its holders alone, and what is secret is never shown by accident."""

import copy
import json
import pickle
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment

from core.sealing import (
    Key,
    PublicKey,
    SealBroken,
    Sealed,
    Secret,
    SecretKey,
    key_pair_from_seed,
    lock,
    new_key,
    new_key_pair,
    seal,
    unlock,
)

CANARY = "canary in the narrative"
CONTEXT = "report/one"
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


def sealed_to(holders: dict[str, PublicKey], erasure: Key, **parts: str) -> Sealed:
    return seal({name: Secret(text) for name, text in parts.items()}, holders, erasure, CONTEXT)


@pytest.fixture
def pair() -> tuple[PublicKey, SecretKey]:
    return new_key_pair()


@pytest.fixture
def erasure() -> Key:
    return new_key()


SHOWINGS: dict[str, Callable[[Secret], Any]] = {
    "str": str,
    "format": lambda secret: f"{secret}",
    "old format": lambda secret: "%s" % secret,  # noqa: UP031
    "format with a width": lambda secret: f"{secret:>80}",
    "joined": lambda secret: "".join([secret]),  # type: ignore[list-item]
    "json": json.dumps,
    "pickle": pickle.dumps,
    "the oldest pickle": lambda secret: pickle.dumps(secret, 0),
    "copied": copy.deepcopy,
    "its dictionary": vars,
    "bytes": lambda secret: bytes(secret),  # type: ignore[call-overload]
    "jinja": lambda secret: Environment(autoescape=True).from_string("{{ told }}").render(told=secret),
    "jinja, listed": lambda secret: Environment(autoescape=True).from_string("{{ told | e }}").render(told=secret),
}


@pytest.mark.parametrize("how", SHOWINGS)
def test_a_secret_is_never_shown(how: str) -> None:
    with pytest.raises(TypeError) as refusal:
        SHOWINGS[how](Secret(CANARY))
    assert CANARY not in str(refusal.value)


def test_a_secret_in_something_that_is_printed_does_not_show() -> None:
    assert CANARY not in repr({"told": [Secret(CANARY)]})


def test_a_secret_tells_only_whether_it_is_empty() -> None:
    assert not Secret("")
    assert Secret(CANARY)
    assert Secret(CANARY) != Secret(CANARY)


@given(words=TEXTS, name=TEXTS)
def test_each_holder_opens_every_part(words: str, name: str) -> None:
    erasure = new_key()
    pairs = {"desk": new_key_pair(), "reporter": new_key_pair()}
    sealed = sealed_to({holder: public for holder, (public, _) in pairs.items()}, erasure, words=words, name=name)
    kept = Sealed.from_bytes(sealed.to_bytes())
    for holder, (_, secret) in pairs.items():
        key = kept.content_key(holder, secret, erasure, CONTEXT)
        assert kept.open("words", key, CONTEXT).reveal() == words
        assert kept.open("name", key, CONTEXT).reveal() == name


@given(
    parts=st.dictionaries(st.text(), st.binary(), max_size=4), wraps=st.dictionaries(st.text(), st.binary(), max_size=4)
)
def test_what_is_stored_comes_back(parts: dict[str, bytes], wraps: dict[str, bytes]) -> None:
    assert Sealed.from_bytes(Sealed(parts, wraps).to_bytes()) == Sealed(parts, wraps)


def test_nobody_else_opens(pair: tuple[PublicKey, SecretKey], erasure: Key) -> None:
    sealed = sealed_to({"desk": pair[0]}, erasure, words=CANARY)
    stranger = new_key_pair()[1]
    with pytest.raises(SealBroken):
        sealed.content_key("desk", stranger, erasure, CONTEXT)
    with pytest.raises(SealBroken, match="Nothing here was sealed to reporter"):
        sealed.content_key("reporter", pair[1], erasure, CONTEXT)


def test_without_its_erasure_key_its_own_holder_cannot_open(pair: tuple[PublicKey, SecretKey], erasure: Key) -> None:
    sealed = sealed_to({"desk": pair[0]}, erasure, words=CANARY)
    with pytest.raises(SealBroken):
        sealed.content_key("desk", pair[1], new_key(), CONTEXT)


def test_what_was_sealed_for_one_record_does_not_open_as_another(
    pair: tuple[PublicKey, SecretKey], erasure: Key
) -> None:
    sealed = sealed_to({"desk": pair[0]}, erasure, words=CANARY, name="Somebody")
    key = sealed.content_key("desk", pair[1], erasure, CONTEXT)
    with pytest.raises(SealBroken):
        sealed.content_key("desk", pair[1], erasure, "report/two")
    with pytest.raises(SealBroken):
        sealed.open("words", key, "report/two")
    exchanged = Sealed({"words": sealed.parts["name"], "name": sealed.parts["words"]}, sealed.wraps)
    with pytest.raises(SealBroken):
        exchanged.open("words", key, CONTEXT)


@given(st.data())
def test_a_changed_byte_is_noticed(data: st.DataObject) -> None:
    public, secret = new_key_pair()
    erasure = new_key()
    sealed = sealed_to({"desk": public}, erasure, words=CANARY)
    part, wrap = sealed.parts["words"], sealed.wraps["desk"]
    place = data.draw(st.integers(0, len(part) + len(wrap) - 1))
    change = data.draw(st.integers(1, 255))
    whole = bytearray(part + wrap)
    whole[place] ^= change
    changed = Sealed({"words": bytes(whole[: len(part)])}, {"desk": bytes(whole[len(part) :])})
    with pytest.raises(SealBroken):
        changed.open("words", changed.content_key("desk", secret, erasure, CONTEXT), CONTEXT)


@given(st.binary(max_size=60))
def test_ciphertext_cut_short_is_broken_not_a_crash(rest: bytes) -> None:
    with pytest.raises(SealBroken):
        unlock(rest, new_key(), CONTEXT)


def test_lengths_tell_little(pair: tuple[PublicKey, SecretKey], erasure: Key) -> None:
    lengths = {len(sealed_to({"desk": pair[0]}, erasure, words="a" * n).parts["words"]) for n in (1, 2, 100, 255)}
    assert len(lengths) == 1
    assert len(sealed_to({"desk": pair[0]}, erasure, words="a" * 256).parts["words"]) == lengths.pop() + 256


def test_an_empty_part_is_not_kept_and_opens_as_empty(pair: tuple[PublicKey, SecretKey], erasure: Key) -> None:
    sealed = sealed_to({"desk": pair[0]}, erasure, words=CANARY, name="")
    assert set(sealed.parts) == {"words"}
    key = sealed.content_key("desk", pair[1], erasure, CONTEXT)
    assert not sealed.open("name", key, CONTEXT)


def test_the_same_words_never_look_the_same(pair: tuple[PublicKey, SecretKey], erasure: Key) -> None:
    first, second = (sealed_to({"desk": pair[0]}, erasure, words=CANARY) for _ in range(2))
    assert first.parts["words"] != second.parts["words"]
    assert first.wraps["desk"] != second.wraps["desk"]
    assert CANARY.encode() not in first.to_bytes()


def test_a_sealed_value_prints_its_shape_alone(pair: tuple[PublicKey, SecretKey], erasure: Key) -> None:
    assert repr(sealed_to({"desk": pair[0]}, erasure, words=CANARY)) == "<sealed words for desk>"


def test_one_seed_gives_one_pair_for_each_purpose() -> None:
    seed = b"0123456789"
    assert key_pair_from_seed(seed, "one") == key_pair_from_seed(seed, "one")
    assert key_pair_from_seed(seed, "one") != key_pair_from_seed(seed, "another")


def test_a_lock_is_bound_to_its_context() -> None:
    key = new_key()
    locked = lock(b"place", key, "place/one")
    assert unlock(locked, key, "place/one") == b"place"
    with pytest.raises(SealBroken):
        unlock(locked, key, "place/two")
