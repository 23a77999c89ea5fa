"""Taking a report in from a partner's system: once for each Idempotency-Key, with one receipt code."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.exc import IntegrityError

from centres.models import IntakeSent
from centres.services import log_report
from centres.tokens import Partner
from core.languages import Language
from core.sealing import derive, fingerprint
from core.work import Work
from reporting.answers import Answers
from reporting.models import Report
from reporting.receipt import SEED_BYTES, Receipt
from reporting.services import AlreadySent, find_by_receipt
from reporting.taking import Taken

OTHER_CONTENT = "This key came with another document before. A new report needs a new key."
OTHER_TOKEN = (
    "This key was used with another token of your centre: the report is in. To have its code once more, send the same "
    "with that token while it works."
)


class KeyUsed(ValueError):
    """The Idempotency-Key stands for something else, in words for whoever sent it."""


@dataclass(frozen=True, slots=True)
class Told:
    """When the visitor told it, where that is not today, and in which language."""

    day: date | None = None
    language: Language | None = None


@dataclass(frozen=True, slots=True, repr=False)
class TakenIn:
    """A report that is in, the receipt for the visitor, and whether it was in before."""

    report: Report
    receipt: Receipt
    repeated: bool


def take_in(work: Work, partner: Partner, idempotency_key: str, document: Any, answers: Answers, told: Told) -> TakenIn:
    """Log what a partner's system sent, all or nothing; KeyUsed when the key came with something else.

    The receipt follows from the key and the token's own text together, so that a lost reply sent again shows the
    same code, and nobody who has only the database and the server's keys can make it.
    """
    receipt = Receipt(bytes(derive(partner.key, f"receipt code {idempotency_key}", SEED_BYTES)))
    row = IntakeSent(
        lookup=fingerprint(f"{partner.centre.id}/{idempotency_key}".encode(), work.harbour.keyring.tokens),
        digest=_digest_of(document, partner),
        token_id=partner.token.id,
    )
    known = _known(work, row)
    if known is not None:
        return TakenIn(known, receipt, repeated=True)
    # A report can be in although its key is kept no longer: the receipt says so, and it is still one report.
    was_in = find_by_receipt(work, receipt) is not None
    try:
        with work.session.begin_nested():
            report = log_report(work, partner.centre, answers, receipt, Taken(language=told.language, dated=told.day))
            row.report_id = report.id
            work.session.add(row)
            work.session.flush()
    except (IntegrityError, AlreadySent):
        # Sent at the same moment by another connection, whose transaction has ended by now.
        known = _known(work, row)
        if known is None and was_in:
            raise KeyUsed(OTHER_CONTENT) from None
        if known is None:
            raise
        return TakenIn(known, receipt, repeated=True)
    return TakenIn(report, receipt, repeated=was_in)


def _known(work: Work, row: IntakeSent) -> Report | None:
    """The report that stands under the key; KeyUsed when it is not the same; None when there is none."""
    before = work.session.get(IntakeSent, row.lookup)
    if before is None:
        return None
    if before.token_id != row.token_id:
        raise KeyUsed(OTHER_TOKEN)
    if before.digest != row.digest:
        raise KeyUsed(OTHER_CONTENT)
    return work.session.get(Report, before.report_id)


def _digest_of(document: Any, partner: Partner) -> str:
    """Equal for equal documents, in whatever order and spacing they were written."""
    written = json.dumps(document, sort_keys=True, ensure_ascii=True).encode()
    return fingerprint(written, derive(partner.key, "documents"))
