"""The receipt code: typed by a shaken hand, told when mistyped, never guessed."""

import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ids import TYPABLE
from core.keyring import Keyring
from core.sealing import Key, new_key
from reporting.receipt import SEED_BYTES, MistypedCode, Receipt, read_code, receipt_of_draft

SEEDS = st.binary(min_size=SEED_BYTES, max_size=SEED_BYTES)


def letters_of(receipt: Receipt) -> str:
    return receipt.code.replace(" ", "")


def is_mistyped(typed: str) -> bool:
    try:
        read_code(typed)
    except MistypedCode:
        return True
    return False


@given(SEEDS)
def test_a_code_is_read_as_it_was_shown(seed: bytes) -> None:
    assert read_code(Receipt(seed).code).seed == seed


@given(SEEDS)
def test_codes_have_no_letter_that_misreads(seed: bytes) -> None:
    letters = letters_of(Receipt(seed))
    assert len(letters) == 18
    assert not set(letters) & set("0O1IL")
    assert set(letters) <= set(TYPABLE)


@given(SEEDS, st.sampled_from([" ", "-", "", ". ", "–", "\t", "\u00a0", " - "]), st.booleans())
def test_spaces_hyphens_and_small_letters_do_not_matter(seed: bytes, between: str, small: bool) -> None:
    code = Receipt(seed).code.replace(" ", between)
    assert read_code(f"  {code.lower() if small else code}\n").seed == seed


@given(SEEDS)
def test_every_single_wrong_letter_is_told(seed: bytes) -> None:
    letters = letters_of(Receipt(seed))
    for place, right in enumerate(letters):
        for wrong in TYPABLE.replace(right, ""):
            assert is_mistyped(letters[:place] + wrong + letters[place + 1 :])


@given(SEEDS)
def test_every_swap_of_two_different_neighbours_is_told(seed: bytes) -> None:
    letters = letters_of(Receipt(seed))
    for place in range(len(letters) - 1):
        first, second = letters[place : place + 2]
        if first != second:
            assert is_mistyped(letters[:place] + second + first + letters[place + 2 :])


@given(SEEDS, st.sampled_from("0O1ILoli!?é漢"))
def test_a_letter_that_no_code_has_is_named(seed: bytes, strange: str) -> None:
    letters = letters_of(Receipt(seed))
    with pytest.raises(MistypedCode, match="never have"):
        read_code(strange + letters[1:])


@pytest.mark.parametrize("typed", ["", "K", "K7QF 2M9X RT4W H8NB 3", "K7QF 2M9X RT4W H8NB 3CC", "2" * 5000])
def test_a_code_of_another_length_is_told_with_its_length(typed: str) -> None:
    with pytest.raises(MistypedCode, match="A code has 18 letters and numbers"):
        read_code(typed)


@given(st.text(max_size=300))
def test_nothing_typed_is_ever_a_crash(typed: str) -> None:
    assert is_mistyped(typed) or len(read_code(typed).seed) == SEED_BYTES


def test_a_number_that_no_seed_gives_is_mistyped_even_with_a_right_check_character() -> None:
    largest = "Z" * 17
    assert all(is_mistyped(largest + check) for check in TYPABLE)


def test_a_code_carries_eighty_bits() -> None:
    assert SEED_BYTES * 8 == 80
    assert read_code(Receipt(b"\xff" * SEED_BYTES).code).seed == b"\xff" * SEED_BYTES
    assert read_code(Receipt(bytes(SEED_BYTES)).code).seed == bytes(SEED_BYTES)


def test_a_draft_always_leads_to_the_same_code_and_another_draft_to_another() -> None:
    key, other = new_key(), new_key()
    assert receipt_of_draft(key).code == receipt_of_draft(Key(bytes(key))).code
    assert receipt_of_draft(key).code != receipt_of_draft(other).code
    assert receipt_of_draft(key).seed not in key


def test_what_finds_a_report_depends_on_the_servers_key_and_does_not_lead_back() -> None:
    receipt = Receipt(secrets.token_bytes(SEED_BYTES))
    first, second = Keyring.of(new_key()), Keyring.of(new_key())
    assert receipt.lookup(first) == receipt.lookup(first) != receipt.lookup(second)
    assert receipt.code.replace(" ", "") not in receipt.lookup(first)


def test_a_receipt_is_not_printed() -> None:
    receipt = Receipt(b"0123456789")
    assert "0123456789" not in repr(receipt)
    assert receipt.code not in repr(receipt)
