"""Custody of keys: a person's pair under their password, a team's key wrapped to each of its people."""

from dataclasses import dataclass

from nacl.utils import random

from core.sealing import (
    SALT_BYTES,
    PublicKey,
    SealBroken,
    Secret,
    SecretKey,
    box,
    key_from_password,
    lock,
    new_key_pair,
    unbox,
    unlock,
)
from core.settings import Settings

_SECRET_CONTEXT = "person's secret key"


@dataclass(frozen=True, slots=True, repr=False)
class PersonKeys:
    """What is stored of a new person's pair, and the public half others wrap to."""

    salt: bytes
    public_key: PublicKey
    locked_secret: bytes


def make_person_keys(password: Secret, settings: Settings) -> PersonKeys:
    """A fresh pair, its secret half locked under the password by Argon2id."""
    salt = random(SALT_BYTES)
    public, secret = new_key_pair()
    key = key_from_password(password, salt, settings.argon_ops, settings.argon_memory)
    return PersonKeys(salt, public, lock(secret, key, _SECRET_CONTEXT))


def unlock_person(password: Secret, salt: bytes, locked_secret: bytes, settings: Settings) -> SecretKey | None:
    """The person's secret key, or None when the password is not theirs."""
    key = key_from_password(password, salt, settings.argon_ops, settings.argon_memory)
    try:
        return SecretKey(unlock(locked_secret, key, _SECRET_CONTEXT))
    except SealBroken:
        return None


def spend_a_check(password: Secret, settings: Settings) -> None:
    """Take the time of a password check: an unknown e-mail address must not answer faster than a known one."""
    key_from_password(password, bytes(SALT_BYTES), settings.argon_ops, settings.argon_memory)


def wrap_team_key(team_secret: SecretKey, person: PublicKey) -> bytes:
    """The team's secret key, for one person's eyes."""
    return box(team_secret, person)


def open_team_key(boxed: bytes, person_secret: SecretKey) -> SecretKey:
    """The team's secret key, as that person."""
    return SecretKey(unbox(boxed, person_secret))
