"""Identifiers that say nothing: random, never ordered by time."""

import secrets

ID_LENGTH = 22
TYPABLE = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def new_id() -> str:
    """128 random bits as 22 characters that are safe in a URL."""
    return secrets.token_urlsafe(16)


def new_reference() -> str:
    """A report's public name among staff, such as SH-7K3M-9QXT: 39 random bits, no letter that misreads."""
    letters = "".join(secrets.choice(TYPABLE) for _ in range(8))
    return f"SH-{letters[:4]}-{letters[4:]}"
