"""Codes that people write down and type: 80 random bits in letters that cannot be misread, with a check character."""

from core.ids import TYPABLE

SEED_BYTES = 10
_DIGITS = 17
_BASE = len(TYPABLE)
_IGNORED = str.maketrans("", "", " -–—.·\t\r\n\u00a0\u200e\u200f\u200b")


class MistypedCode(ValueError):
    """What was typed cannot be any code: told apart before any look-up."""


def code_of(seed: bytes) -> str:
    """The code of a seed in groups of four, such as `K7QF 2M9X RT4W H8NB 3C`."""
    number = int.from_bytes(seed)
    values = []
    for _ in range(_DIGITS):
        number, value = divmod(number, _BASE)
        values.append(value)
    values.reverse()
    letters = "".join(TYPABLE[value] for value in [*values, _check(values)])
    return " ".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def seed_of(typed: str) -> bytes:
    """The seed of a typed code, whatever its spaces and case; MistypedCode when the check character says so."""
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
    return number.to_bytes(SEED_BYTES)


def _check(values: list[int]) -> int:
    """Weighted sum modulo the prime 31: any one wrong letter and any two swapped ones change it."""
    return sum(position * value for position, value in enumerate(values, start=1)) % _BASE
