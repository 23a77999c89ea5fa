"""A sealed envelope that a centre holds for a visitor who cannot keep a code: it opens with their own passphrase."""

from nacl.utils import random

from centres.visit_models import Envelope
from centres.visit_rules import as_spoken
from core import audit
from core.sealing import (
    SALT_BYTES,
    Key,
    SealBroken,
    Secret,
    combine,
    key_from_password,
    lock,
    new_key,
    unlock,
)
from core.work import Work
from reporting.models import Report
from reporting.receipt import Receipt


def seal_envelope(work: Work, report: Report, receipt: Receipt, passphrase: Secret) -> None:
    """Lay the code into an envelope; a second one takes the place of the first."""
    salt = random(SALT_BYTES)
    key = combine(_slow_key(work, passphrase, salt), work.harbour.erasure.key(report.erasure_slot))
    work.session.merge(Envelope(report_id=report.id, salt=salt, locked=lock(receipt.seed, key, _context(report))))
    work.session.flush()
    audit.record(work.coarsened(), "envelope sealed", report.id)


def open_envelope(work: Work, report: Report, passphrase: Secret) -> Receipt | None:
    """The receipt in a report's envelope; None, after the same time, for a wrong passphrase or no envelope at all."""
    envelope = work.session.get(Envelope, report.id)
    salt = envelope.salt if envelope is not None else bytes(SALT_BYTES)
    key = combine(_slow_key(work, passphrase, salt), work.harbour.erasure.key(report.erasure_slot))
    locked = envelope.locked if envelope is not None else lock(b"nothing", new_key(), _context(report))
    try:
        seed = unlock(locked, key, _context(report))
    except SealBroken:
        audit.record(work.coarsened(), "envelope not opened", report.id)
        return None
    audit.record(work.coarsened(), "envelope opened", report.id)
    return Receipt(seed)


def _slow_key(work: Work, passphrase: Secret, salt: bytes) -> Key:
    settings = work.harbour.settings
    return key_from_password(Secret(as_spoken(passphrase.reveal())), salt, settings.argon_ops, settings.argon_memory)


def _context(report: Report) -> str:
    return f"envelope/{report.id}"
