"""Sealing: what a person told us becomes ciphertext here, and nowhere else is a key used.

`Secret` is plaintext in memory that refuses to be printed, logged or stored. `Sealed` is ciphertext: parts
under one random content key (XChaCha20-Poly1305), and that key wrapped for each holder. Each wrap holds the
content key under the record's erasure key, inside a libsodium sealed box to the holder's X25519 public key:
a holder's secret key and the erasure key are both needed to read.
"""

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NewType, NoReturn

from nacl import bindings, pwhash
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, SealedBox
from nacl.public import PublicKey as BoxPublicKey
from nacl.utils import random

Key = NewType("Key", bytes)
PublicKey = NewType("PublicKey", bytes)
SecretKey = NewType("SecretKey", bytes)

KEY_BYTES = 32
SALT_BYTES = pwhash.argon2id.SALTBYTES
_PADDING = 256
_NONCE_BYTES = bindings.crypto_aead_xchacha20poly1305_ietf_NPUBBYTES


class SealBroken(Exception):
    """What was given does not open this: a wrong key, a destroyed key, or changed ciphertext."""


class Secret:
    """Plaintext text in memory. It cannot be printed, formatted, compared or pickled; `reveal()` reads it."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The text itself: only where a person entitled to it is about to read it."""
        return self._text

    def __bool__(self) -> bool:
        return bool(self._text)

    def __repr__(self) -> str:
        return "<secret>"

    def __str__(self) -> NoReturn:
        raise TypeError("A secret is not text: call reveal() where a person is about to read it.")

    def __format__(self, spec: str) -> NoReturn:
        raise TypeError("A secret cannot be formatted.")

    def __reduce__(self) -> NoReturn:
        raise TypeError("A secret cannot be pickled.")


@dataclass(frozen=True, slots=True)
class Sealed:
    """Ciphertext parts by name, and the content key wrapped for each holder by name."""

    parts: Mapping[str, bytes]
    wraps: Mapping[str, bytes]

    def __repr__(self) -> str:
        return f"<sealed {', '.join(sorted(self.parts))} for {', '.join(sorted(self.wraps))}>"

    def open(self, part: str, key: Key, context: str) -> Secret:
        """One part's text; an absent part is an empty secret; SealBroken when the key is not its own."""
        if part not in self.parts:
            return Secret("")
        padded = unlock(self.parts[part], key, f"{context}/{part}")
        return Secret(bindings.sodium_unpad(padded, _PADDING).decode())

    def content_key(self, holder: str, secret_key: SecretKey, erasure_key: Key, context: str) -> Key:
        """The content key as `holder`; SealBroken when nothing was wrapped to them or a key is wrong."""
        if holder not in self.wraps:
            raise SealBroken(f"Nothing here was sealed to {holder}.")
        return Key(unlock(unbox(self.wraps[holder], secret_key), erasure_key, context))

    def to_bytes(self) -> bytes:
        """The form that is stored."""
        packed = {"p": _to_text(self.parts), "w": _to_text(self.wraps)}
        return json.dumps(packed, separators=(",", ":"), sort_keys=True).encode()

    @classmethod
    def from_bytes(cls, stored: bytes) -> "Sealed":
        """What `to_bytes` stored."""
        packed = json.loads(stored)
        return cls(_from_text(packed["p"]), _from_text(packed["w"]))


def seal(parts: Mapping[str, Secret], holders: Mapping[str, PublicKey], erasure_key: Key, context: str) -> Sealed:
    """Seal the non-empty parts under a fresh content key for each holder; `context` names the record for good."""
    key = new_key()
    inner = lock(key, erasure_key, context)
    return Sealed(
        parts={
            name: lock(bindings.sodium_pad(text.reveal().encode(), _PADDING), key, f"{context}/{name}")
            for name, text in parts.items()
            if text
        },
        wraps={name: box(inner, public) for name, public in holders.items()},
    )


def new_key() -> Key:
    """A random symmetric key of 32 bytes."""
    return Key(random(KEY_BYTES))


def lock(plain: bytes, key: Key, context: str) -> bytes:
    """Bytes under a symmetric key, bound to `context`; the nonce leads the ciphertext."""
    nonce = random(_NONCE_BYTES)
    cipher = bindings.crypto_aead_xchacha20poly1305_ietf_encrypt(plain, context.encode(), nonce, key)
    return nonce + cipher


def unlock(locked: bytes, key: Key, context: str) -> bytes:
    """What `lock` locked; SealBroken for another key, another context or changed bytes."""
    nonce, cipher = locked[:_NONCE_BYTES], locked[_NONCE_BYTES:]
    try:
        return bindings.crypto_aead_xchacha20poly1305_ietf_decrypt(cipher, context.encode(), nonce, key)
    except (CryptoError, TypeError, ValueError) as error:
        raise SealBroken("This key does not open this.") from error


def box(plain: bytes, public: PublicKey) -> bytes:
    """Bytes that only the holder of the matching secret key can read."""
    return SealedBox(BoxPublicKey(public)).encrypt(plain)


def unbox(boxed: bytes, secret: SecretKey) -> bytes:
    """What `box` boxed; SealBroken for any other secret key."""
    try:
        return SealedBox(PrivateKey(secret)).decrypt(boxed)
    except (CryptoError, TypeError, ValueError) as error:
        raise SealBroken("This key does not open this.") from error


def new_key_pair() -> tuple[PublicKey, SecretKey]:
    """A random X25519 pair."""
    return _pair(PrivateKey.generate())


def key_pair_from_seed(seed: bytes, purpose: str) -> tuple[PublicKey, SecretKey]:
    """The X25519 pair that a seed always gives; `purpose` keeps pairs of one seed apart."""
    return _pair(PrivateKey(derive(Key(seed), purpose)))


def public_key_of(secret: SecretKey) -> PublicKey:
    """The public half of a secret key."""
    return PublicKey(bytes(PrivateKey(secret).public_key))


def derive(key: Key, purpose: str, size: int = KEY_BYTES) -> Key:
    """A key of `size` bytes for one purpose, by keyed BLAKE2b; it does not lead back to `key`."""
    return Key(hashlib.blake2b(purpose.encode(), key=key, digest_size=size).digest())


def combine(first: Key, second: Key) -> Key:
    """A key that nobody can make without both: destroying either locks what is under it for good."""
    return Key(hashlib.blake2b(second, key=first, digest_size=KEY_BYTES).digest())


def fingerprint(message: bytes, key: Key) -> str:
    """A keyed BLAKE2b hash, as 43 characters that are safe in a URL: finds a thing without storing it."""
    digest = hashlib.blake2b(message, key=key, digest_size=KEY_BYTES).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def key_from_password(password: Secret, salt: bytes, ops: int, memory: int) -> Key:
    """Argon2id: `ops` passes over `memory` bytes; slow on purpose, for what people choose themselves."""
    return Key(pwhash.argon2id.kdf(KEY_BYTES, password.reveal().encode(), salt, opslimit=ops, memlimit=memory))


def _pair(private: PrivateKey) -> tuple[PublicKey, SecretKey]:
    return PublicKey(bytes(private.public_key)), SecretKey(bytes(private))


def _to_text(values: Mapping[str, bytes]) -> dict[str, str]:
    return {name: base64.b64encode(value).decode() for name, value in values.items()}


def _from_text(values: Mapping[str, str]) -> dict[str, bytes]:
    return {name: base64.b64decode(value) for name, value in values.items()}
