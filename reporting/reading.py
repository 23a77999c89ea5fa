"""Opening what was sealed: as the desk, or as the reporter with their code."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.sealing import Key, Sealed, Secret, SecretKey, combine
from core.work import Work
from reporting.models import Message, Report
from reporting.vocabulary import Author

DESK = "desk"
CENTRE = "centre"
REPORTER = "reporter"


@dataclass(frozen=True, slots=True, repr=False)
class OpenedReport:
    """The sealed parts of a report, opened."""

    words: Secret
    when: Secret
    religion: Secret
    name: Secret
    reach: Secret
    safe_times: Secret


@dataclass(frozen=True, slots=True, repr=False)
class OpenedMessage:
    """One entry of the conversation, opened."""

    id: str
    author: Author
    author_name: str
    words: Secret
    written_at: datetime
    is_new: bool


def report_context(report_id: str) -> str:
    """What a report's ciphertext is bound to."""
    return f"report/{report_id}"


def message_context(message_id: str) -> str:
    """What a message's ciphertext is bound to."""
    return f"message/{message_id}"


def open_report(work: Work, report: Report, holder: str, secret: SecretKey) -> OpenedReport:
    """Every sealed part, as `holder` (DESK or REPORTER); SealBroken when a key is wrong or destroyed."""
    context = report_context(report.id)
    key = _content_key(work, report, report.sealed, holder, secret, context)
    parts = {name: report.sealed.open(name, key, context) for name in OpenedReport.__slots__}
    return OpenedReport(**parts)


def open_messages(
    work: Work, report: Report, messages: Sequence[Message], holder: str, secret: SecretKey
) -> list[OpenedMessage]:
    """The conversation in its order, as `holder`; new is what that holder has not read."""
    return [_open_message(work, report, message, holder, secret) for message in messages]


def key_beside(work: Work, report: Report, slot: str | None) -> Key:
    """The erasure key of what is kept beside a report: gone with the report's, or with the one of its own slot.

    Without a slot it is older than slots of its own, and stands under the report's alone. SealBroken when destroyed.
    """
    of_report = work.harbour.erasure.key(report.erasure_slot)
    return combine(of_report, work.harbour.erasure.key(slot)) if slot else of_report


def _open_message(work: Work, report: Report, message: Message, holder: str, secret: SecretKey) -> OpenedMessage:
    context = message_context(message.id)
    key = _content_key(work, report, message.sealed, holder, secret, context)
    read = message.read_by_desk if holder == DESK else message.read_by_reporter
    words = message.sealed.open("words", key, context)
    return OpenedMessage(message.id, message.author, message.author_name, words, message.written_at, not read)


def _content_key(work: Work, report: Report, sealed: Sealed, holder: str, secret: SecretKey, context: str) -> Key:
    erasure_key = work.harbour.erasure.key(report.erasure_slot)
    return sealed.content_key(holder, secret, erasure_key, context)
