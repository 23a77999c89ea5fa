"""Community intelligence: filed by partners, sealed to the desk, placed in its ward, read and acted on by officers."""

from dataclasses import dataclass

import structlog
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from accounts.queries import the_desk
from core import audit, outbox
from core.clock import floor_hour, local_day
from core.ids import ID_LENGTH
from core.sealing import PublicKey, Secret, SecretKey, fingerprint, seal
from core.work import Work
from geography.places import Refusal
from geography.vocabulary import WardCode
from reporting.answers import Place
from reporting.intelligence_models import Intelligence, IntelligenceWard
from reporting.intelligence_words import (
    UNGRADED,
    Action,
    Assessment,
    Handling,
    SourceEvaluation,
    Standing,
    grade_of,
)
from reporting.locating import city
from reporting.places import FoundPlace, GivenPlace, opened_place, protect
from reporting.reading import DESK
from reporting.rules import month_of
from reporting.services import NobodyToRead
from reporting.vocabulary import Precision, Strand

PLACE = "reporting.place_intelligence"
PAGE = 50
PAGE_OF_ONES_OWN = 10

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, repr=False)
class Heard:
    """What somebody heard, where, and how sure."""

    words: Secret
    source: Secret
    conditions: Secret
    place: Place
    source_evaluation: SourceEvaluation
    assessment: Assessment
    handling: Handling
    strands: frozenset[Strand] = frozenset()


@dataclass(frozen=True, slots=True, repr=False)
class OpenedIntelligence:
    """The sealed parts, opened, and the place as given and as found."""

    words: Secret
    source: Secret
    conditions: Secret
    place: GivenPlace


def file_intelligence(work: Work, heard: Heard, once: str, team_name: str) -> Intelligence:
    """Seal and store what somebody heard, with the job that finds its ward; NobodyToRead before there is a desk.

    `once` is the page's own random word: the same form sent twice is one.
    """
    desk = the_desk(work.session)
    if desk is None:
        raise NobodyToRead("The desk has not been set up.")
    found_id = _id_of(work, heard, once)
    known = work.session.get(Intelligence, found_id)
    if known is not None:
        return known
    row = _sealed(work, heard, found_id, team_name, PublicKey(desk.public_key))
    try:
        with work.session.begin_nested():
            work.session.add(row)
            audit.record(work, "intelligence filed", found_id)
            outbox.hand_over(work, PLACE, intelligence_id=found_id)
            work.session.flush()
    except IntegrityError:
        # Sent twice at the same moment.
        known = work.session.get(Intelligence, found_id)
        if known is None:
            raise
        return known
    return row


def place_intelligence(work: Work, row: Intelligence) -> None:
    """Find the wards, or note why not; safe to run again."""
    given = opened_place(work, row.id, row.erasure_slot, row.place)
    ward = WardCode(given.ward) if given.ward else None
    try:
        answer = city().locate(text=given.words or None, ward=ward)
    except Exception as error:
        log.error("place of intelligence not looked up", error=type(error).__name__)
        return
    if isinstance(answer, Refusal) or len(answer) > 1:
        several = "It could be several places." if not isinstance(answer, Refusal) else answer.words
        row.place = protect(work, row.id, row.erasure_slot, given.with_refusal(several))
        return
    [one] = answer
    precision = Precision(one.precision.value)
    found = FoundPlace(one.place, one.point.lat, one.point.lon, precision, one.reason)
    row.place = protect(work, row.id, row.erasure_slot, given.with_found(found))
    row.precision = precision
    row.wards = [
        IntelligenceWard(intelligence_id=row.id, vintage=share.vintage, ward=share.ward, weight=share.weight)
        for share in one.wards
    ]
    work.session.flush()


def open_intelligence(work: Work, row: Intelligence, desk_secret: SecretKey) -> OpenedIntelligence:
    """The words, as the desk; the opening is on record. SealBroken when a key is wrong or destroyed."""
    erasure_key = work.harbour.erasure.key(row.erasure_slot)
    key = row.sealed.content_key(DESK, desk_secret, erasure_key, _context(row.id))
    words, source, conditions = (row.sealed.open(part, key, _context(row.id)) for part in _PARTS)
    audit.record(work, "intelligence opened", row.id)
    return OpenedIntelligence(words, source, conditions, opened_place(work, row.id, row.erasure_slot, row.place))


def mark_read(work: Work, row: Intelligence) -> None:
    """An officer has read it; what went further stays so."""
    if row.standing is Standing.NEW:
        _move(work, row, Standing.READ)


def confirm_grade(work: Work, row: Intelligence, source: SourceEvaluation, assessment: Assessment) -> None:
    """The desk's own grade in place of the partner's; what was acted on stays so. The trail keeps both grades."""
    before = grade_of(row.source_evaluation, row.assessment)
    row.source_evaluation, row.assessment = source, assessment
    if row.standing in UNGRADED:
        row.standing = Standing.GRADED
    row.moved_at, row.moved_by = work.now, work.actor.id
    audit.record(work, "intelligence graded", row.id, {"from": before, "to": grade_of(source, assessment)})
    work.session.flush()


def mark_acted_on(work: Work, row: Intelligence, action: Action) -> None:
    """Something came of it; a later word replaces an earlier one."""
    row.action = action
    _move(work, row, Standing.ACTED_ON)


def intelligence(session: Session, intelligence_id: str) -> Intelligence | None:
    """One piece, for somebody whose right to it was checked."""
    return session.get(Intelligence, intelligence_id)


def newest_intelligence(session: Session, page: int = 1) -> list[Intelligence]:
    """A page of what came in, the newest first, and one more where there is another page."""
    ordered = select(Intelligence).order_by(Intelligence.filed_at.desc(), Intelligence.id)
    return list(session.scalars(ordered.offset(PAGE * (page - 1)).limit(PAGE + 1)))


def count_ungraded(session: Session) -> int:
    """How many wait for the desk to confirm their grade: counted on an index."""
    found = select(func.count()).select_from(Intelligence).where(Intelligence.standing.in_(UNGRADED))
    return session.scalar(found) or 0


def filed_by(session: Session, person_id: str, page: int = 1) -> list[Intelligence]:
    """A page of what one person filed, the newest first, and one more where there is another page."""
    ordered = (
        select(Intelligence)
        .where(Intelligence.filed_by == person_id)
        .order_by(Intelligence.filed_at.desc(), Intelligence.id)
    )
    return list(session.scalars(ordered.offset(PAGE_OF_ONES_OWN * (page - 1)).limit(PAGE_OF_ONES_OWN + 1)))


_PARTS = ("words", "source", "conditions")


def _sealed(work: Work, heard: Heard, intelligence_id: str, team_name: str, desk_key: PublicKey) -> Intelligence:
    slot, erasure_key = work.harbour.erasure.take()
    parts = {"words": heard.words, "source": heard.source, "conditions": heard.conditions}
    today = local_day(work.now, work.harbour.settings.desk_time_zone)
    return Intelligence(
        id=intelligence_id,
        erasure_slot=slot,
        sealed=seal(parts, {DESK: desk_key}, erasure_key, _context(intelligence_id)),
        place=protect(work, intelligence_id, slot, GivenPlace.of(heard.place)),
        source_evaluation=heard.source_evaluation,
        assessment=heard.assessment,
        handling=heard.handling,
        strands=heard.strands,
        precision=Precision.NONE,
        filed_month=month_of(today),
        filed_at=floor_hour(work.now),
        filed_by=work.actor.id or "",
        team_name=team_name,
        standing=Standing.NEW,
        keep_until=today + work.harbour.settings.keep.of("intelligence"),
    )


def _move(work: Work, row: Intelligence, to: Standing) -> None:
    row.standing = to
    row.moved_at, row.moved_by = work.now, work.actor.id
    audit.record(work, f"intelligence {to.value}", row.id, {"action": row.action.value} if row.action else None)
    work.session.flush()


def _id_of(work: Work, heard: Heard, once: str) -> str:
    """The same for the same form sent again by the same person, and for nothing else."""
    words = (heard.words.reveal(), heard.source.reveal(), heard.conditions.reveal())
    said = (work.actor.id, once, *words, heard.place.words, heard.place.ward)
    graded = (heard.source_evaluation, heard.assessment, heard.handling, *sorted(heard.strands))
    return fingerprint(repr((said, graded)).encode(), work.harbour.keyring.cookies)[:ID_LENGTH]


def _context(intelligence_id: str) -> str:
    return f"intelligence/{intelligence_id}"
