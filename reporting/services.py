"""What can be done with a report: send it, write in its conversation, move its state."""

from collections.abc import Iterable

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from accounts.queries import the_desk
from core import audit, outbox
from core.clock import floor_hour
from core.ids import new_id, new_reference
from core.sealing import PublicKey, Sealed, Secret, seal
from core.work import REPORTER as REPORTER_ACTOR
from core.work import Work
from core.working_time import DeskHours
from reporting import rules
from reporting.answers import Answers, Consent, Origin
from reporting.events import ConsentChanged, ReporterWrote
from reporting.models import Facts, Message, Report
from reporting.places import GivenPlace, place_of, protect
from reporting.reading import DESK, REPORTER, message_context, open_report, report_context
from reporting.receipt import Receipt
from reporting.vocabulary import TAXONOMY_VERSION, Author, State

LOCATE = "reporting.locate"
_ASKED = (
    "categories", "strands", "setting", "safety", "harms", "repeat", "offender", "under_18", "told", "why_not_told",
    "wishes",
)  # fmt: skip
"""Answers that are facts as they are, under the same name."""


class NobodyToRead(RuntimeError):
    """The desk has no key yet: nothing can be sealed to anybody, so nothing is accepted."""


class AlreadySent(ValueError):
    """Another report stands under this receipt: what is sent now says something else, and must not be lost."""


def submit_report(work: Work, answers: Answers, origin: Origin, receipt: Receipt) -> Report:
    """Seal and store a report, its facts, an audit entry and the job that finds its ward, all or nothing.

    The same answers under the same receipt give the same report however often they are sent; AlreadySent for
    other answers. NobodyToRead before the desk is founded.
    """
    work = work.coarsened()
    report = _sealed_report(work, answers, origin, receipt)
    report.facts = _facts(work, report.id, answers, origin)
    try:
        with work.session.begin_nested():
            work.session.add(report)
            audit.record(work, "report received", report.id, {"channel": origin.channel.value})
            outbox.hand_over(work, LOCATE, report_id=report.id)
            work.session.flush()
    except IntegrityError:
        # Sent before: that one is the report.
        other = find_by_receipt(work, receipt)
        if other is None:
            raise
        if not _says_the_same(work, other, answers, receipt):
            raise AlreadySent("This receipt belongs to a report that says something else.") from None
        return other
    return report


def find_by_receipt(work: Work, receipt: Receipt) -> Report | None:
    """The report that a receipt opens."""
    lookup = receipt.lookup(work.harbour.keyring)
    return work.session.scalar(select(Report).where(Report.receipt_lookup == lookup))


def write_message(work: Work, report: Report, author: Author, author_name: str, words: Secret) -> Message:
    """Add to the conversation, sealed to the reporter and the desk; nobody else's key is needed or used."""
    message_id = new_id()
    from_reporter = author is Author.REPORTER
    message = Message(
        id=message_id,
        report_id=report.id,
        position=_next_position(work, report),
        author=author,
        author_name=author_name,
        sealed=_seal_words(work, report, message_id, words),
        # Times behind the code are kept to the hour whoever wrote: a minute would tell when it was read.
        written_at=floor_hour(work.now),
        read_by_reporter=from_reporter,
        read_by_desk=author is Author.DESK,
    )
    work.session.add(message)
    work.session.flush()
    audit.record(work, "message written", report.id, {"author": author.value})
    if from_reporter:
        work.publish(ReporterWrote(report.id))
    return message


def move_state(work: Work, report: Report, state: State) -> None:
    """Say where the report is now, for its reporter and its centre."""
    if report.state is not state:
        report.state = state
        audit.record(work, "report state", report.id, {"state": state.value})


def change_consent(work: Work, report: Report, consent: Consent) -> None:
    """The reporter's own change of whom to share with; it binds whatever has not been shared yet."""
    hold(work, report)
    report.consent = rules.consent_to_rows(consent)
    audit.record(work, "consent changed", report.id)
    work.publish(ConsentChanged(report.id))


def hold(work: Work, report: Report) -> None:
    """See the report's consent as it is now, and let nobody change it before this transaction has ended."""
    work.session.flush()
    work.session.refresh(report, ["consent"], with_for_update={"of": Report})


def mark_read_by_reporter(work: Work, shown: Iterable[Message]) -> None:
    """These messages are no longer new to the reporter."""
    _mark(work, shown, {"read_by_reporter": True})


def mark_read_by_desk(work: Work, shown: Iterable[Message]) -> None:
    """These messages are no longer new to the desk."""
    _mark(work, shown, {"read_by_desk": True})


def as_reporter(work: Work) -> Work:
    """The unit of work of somebody who never gave a name."""
    return work.acting(REPORTER_ACTOR)


def _mark(work: Work, shown: Iterable[Message], values: dict[str, bool]) -> None:
    changed = update(Message).where(Message.id.in_([message.id for message in shown])).values(values)
    work.session.execute(changed.execution_options(synchronize_session=False))


def _says_the_same(work: Work, report: Report, answers: Answers, receipt: Receipt) -> bool:
    """Whether a report was made from these answers: its sealed parts, its place, and what may be counted of it."""
    opened = open_report(work, report, REPORTER, receipt.key_pair[1])
    parts = _parts_of(answers)
    kept = place_of(work, report)
    given = GivenPlace.of(answers.place)
    facts = report.facts
    return (
        all(getattr(opened, name).reveal() == text.reveal() for name, text in parts.items())
        and (kept.words, kept.point, kept.ward) == (given.words, given.point, given.ward)
        and all(getattr(facts, name) == getattr(answers, name) for name in _ASKED)
        and (facts.kind, facts.hours) == (rules.kind_of(answers), answers.when.hours)
    )


def _parts_of(answers: Answers) -> dict[str, Secret]:
    """What is sealed of the answers, by the name of the part."""
    return {
        "words": answers.words,
        "when": Secret(rules.when_in_words(answers.when)),
        "religion": answers.religion_perceived,
        "name": answers.identity.name,
        "reach": answers.identity.reach,
        "safe_times": answers.identity.safe_times,
    }


def _sealed_report(work: Work, answers: Answers, origin: Origin, receipt: Receipt) -> Report:
    report_id = new_id()
    slot, erasure_key = work.harbour.erasure.take()
    public, _ = receipt.key_pair
    holders = {DESK: _desk_key(work), REPORTER: public}
    return Report(
        id=report_id,
        reference=new_reference(),
        receipt_lookup=receipt.lookup(work.harbour.keyring),
        reporter_key=public,
        erasure_slot=slot,
        sealed=seal(_parts_of(answers), holders, erasure_key, report_context(report_id)),
        place=protect(work, report_id, slot, GivenPlace.of(answers.place)),
        contact=answers.contact,
        consent=rules.consent_to_rows(rules.consent_in_force(answers.contact, answers.consent)),
        centre_id=origin.centre_id,
        centre_name=origin.centre_name,
        state=State.RECEIVED,
        received_at=work.now,
    )


def _facts(work: Work, report_id: str, answers: Answers, origin: Origin) -> Facts:
    reported = origin.dated or DeskHours.of(work.harbour.settings).day_of(work.now)
    return Facts(
        report_id=report_id,
        taxonomy=TAXONOMY_VERSION,
        kind=rules.kind_of(answers),
        channel=origin.channel,
        centre_id=origin.centre_id,
        heard_from=origin.heard_from,
        reported_month=rules.month_of(reported),
        incident_month=rules.incident_month(answers, origin, reported),
        weekday=rules.incident_weekday(answers),
        hours=answers.when.hours,
        **{name: getattr(answers, name) for name in _ASKED},
    )


def _seal_words(work: Work, report: Report, message_id: str, words: Secret) -> Sealed:
    holders = {DESK: _desk_key(work), REPORTER: PublicKey(report.reporter_key)}
    erasure_key = work.harbour.erasure.key(report.erasure_slot)
    return seal({"words": words}, holders, erasure_key, message_context(message_id))


def _desk_key(work: Work) -> PublicKey:
    desk = the_desk(work.session)
    if desk is None:
        raise NobodyToRead("The desk has not been set up.")
    return PublicKey(desk.public_key)


def _next_position(work: Work, report: Report) -> int:
    last = work.session.scalar(select(func.max(Message.position)).where(Message.report_id == report.id))
    return (last or 0) + 1
