"""The receipt code: 80 random bits in letters that cannot be misread, with a check character.

It is shown in groups of four, never put in a URL, never stored. It finds the report through a keyed hash, and it
is the seed of the reporter's key pair.
"""

from dataclasses import dataclass

from core.codes import SEED_BYTES, MistypedCode, code_of, seed_of
from core.keyring import Keyring
from core.sealing import Key, PublicKey, SecretKey, derive, fingerprint, key_pair_from_seed

__all__ = ["SEED_BYTES", "MistypedCode", "Receipt", "read_code", "receipt_of_draft"]


@dataclass(frozen=True, slots=True, repr=False)
class Receipt:
    """A code's 80 bits and what follows from them."""

    seed: bytes

    @property
    def code(self) -> str:
        """The code in groups of four, such as `K7QF 2M9X RT4W H8NB 3C`."""
        return code_of(self.seed)

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
    return Receipt(seed_of(typed))
