"""The receipt code: 80 random bits in letters that cannot be misread, with a check character.

It is shown in groups of four, never put in a URL, never stored. It finds the report through a keyed hash, and it
is the seed of the reporter's key pair.
"""

from dataclasses import dataclass

from core.ids import TYPABLE
from core.keyring import Keyring
from core.sealing import Key, PublicKey, SecretKey, derive, fingerprint, key_pair_from_seed

SEED_BYTES = 10
_DIGITS = 17
_BASE = len(TYPABLE)
_IGNORED = str.maketrans("", "", " -–—.·\t\r\n\u00a0\u200e\u200f\u200b")


class MistypedCode(ValueError):
    """What was typed cannot be any code: told apart before any look-up."""


@dataclass(frozen=True, slots=True, repr=False)
class Receipt:
    """A code's 80 bits and what follows from them."""

    seed: bytes

    @property
    def code(self) -> str:
        """The code in groups of four, such as `K7QF 2M9X RT4W H8NB 3C`."""
        number = int.from_bytes(self.seed)
        values = []
        for _ in range(_DIGITS):
            number, value = divmod(number, _BASE)
            values.append(value)
        letters = "".join(TYPABLE[value] for value in [*reversed(values), _check(list(reversed(values)))])
        return " ".join(letters[start : start + 4] for start in range(0, len(letters), 4))

    @property
    def key_pair(self) -> tuple[PublicKey, SecretKey]:
        """The reporter's X25519 pair."""
        return key_pair_from_seed(self.seed, "reporter's key pair")

    def lookup(self, keyring: Keyring) -> str:
        """What the report is found by."""
        return fingerprint(self.seed, keyring.receipts)


def receipt_of_draft(draft_key: Key) -> Receipt:
    """The receipt that a draft always leads to, so that a lost reply sent again shows the same code."""
    return Receipt(bytes(derive(draft_key, "receipt code", SEED_BYTES)))


def read_code(typed: str) -> Receipt:
    """The receipt of a typed code, whatever its spaces and case; MistypedCode when the check character says so."""
    letters = typed[:200].translate(_IGNORED).upper()
    if len(letters) != _DIGITS + 1:
        raise MistypedCode(f"A code has {_DIGITS + 1} letters and numbers. You typed {len(letters)}.")
    strange = sorted({letter for letter in letters if letter not in TYPABLE})
    if strange:
        raise MistypedCode(f"Our codes never have {' or '.join(strange)} in them. Check what you typed.")
    values = [TYPABLE.index(letter) for letter in letters]
    number = 0
    for value in values[:-1]:
        number = number * _BASE + value
    if values[-1] != _check(values[:-1]) or number >= 1 << (8 * SEED_BYTES):
        raise MistypedCode("One of the letters or numbers is mistyped. Check it against what you wrote down.")
    return Receipt(number.to_bytes(SEED_BYTES))


def _check(values: list[int]) -> int:
    """Weighted sum modulo the prime 31: any one wrong letter and any two swapped ones change it."""
    return sum(position * value for position, value in enumerate(values, start=1)) % _BASE
