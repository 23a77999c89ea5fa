"""Notes between a centre and the desk about a report, which its reporter does not read."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from accounts.queries import team, the_desk
from core import audit
from core.clock import floor_hour
from core.ids import new_id
from core.sealing import PublicKey, SealBroken, Secret, SecretKey, seal
from core.work import Work
from reporting.events import CentreWrote
from reporting.models import Aside, Report
from reporting.reading import CENTRE, DESK, key_beside
from reporting.vocabulary import Author


@dataclass(frozen=True, slots=True, repr=False)
class OpenedAside:
    """One note, opened; new is what the reading side has not seen.

    `words` is None for a centre that has read with a new key since: the desk still has them.
    """

    author: Author
    words: Secret | None
    written_at: datetime
    is_new: bool


class NoCentre(ValueError):
    """A report that no centre logged, or whose centre has no people, has nobody to write to."""


def write_aside(work: Work, report: Report, author: Author, words: Secret) -> Aside:
    """A note from the desk or the centre, sealed to both; NoCentre says why there is nobody on the other side."""
    aside_id = new_id()
    slot, _ = work.harbour.erasure.take()
    erasure_key = key_beside(work, report, slot)
    aside = Aside(
        id=aside_id,
        report_id=report.id,
        position=_next_position(work.session, report.id),
        author=author,
        sealed=seal({"words": words}, _holders(work.session, report), erasure_key, aside_context(aside_id)),
        erasure_slot=slot,
        # A centre's minute would tell when its visitor was there.
        written_at=floor_hour(work.now),
        read_by_desk=author is Author.DESK,
        read_by_centre=author is Author.CENTRE,
    )
    work.session.add(aside)
    work.session.flush()
    audit.record(work.coarsened(), "note between desk and centre", report.id, {"author": author.value})
    if author is Author.CENTRE:
        work.publish(CentreWrote(report.id))
    return aside


def open_asides(work: Work, report: Report, holder: str, secret: SecretKey) -> list[OpenedAside]:
    """Every note about a report in its order, as DESK or CENTRE."""
    opened = []
    for aside in _asides_of(work.session, report.id):
        context, erasure_key = aside_context(aside.id), key_beside(work, report, aside.erasure_slot)
        read = aside.read_by_desk if holder == DESK else aside.read_by_centre
        try:
            words = aside.sealed.open("words", aside.sealed.content_key(holder, secret, erasure_key, context), context)
        except SealBroken:
            if holder != CENTRE:
                raise
            words = None
        opened.append(OpenedAside(aside.author, words, aside.written_at, not read))
    return opened


def mark_asides_read(work: Work, report: Report, holder: str) -> None:
    """The notes are no longer new to DESK or CENTRE; nothing is written when none were."""
    column = Aside.read_by_desk if holder == DESK else Aside.read_by_centre
    unread = update(Aside).where(Aside.report_id == report.id, column.is_(False))
    work.session.execute(unread.values({column: True}).execution_options(synchronize_session=False))


def aside_context(aside_id: str) -> str:
    """What a note's ciphertext is bound to."""
    return f"aside/{aside_id}"


def _holders(session: Session, report: Report) -> dict[str, PublicKey]:
    desk, centre = the_desk(session), team(session, report.centre_id) if report.centre_id else None
    if desk is None or centre is None:
        raise NoCentre("No centre with people of its own logged this report.")
    return {DESK: PublicKey(desk.public_key), CENTRE: PublicKey(centre.public_key)}


def _asides_of(session: Session, report_id: str) -> list[Aside]:
    return list(session.scalars(select(Aside).where(Aside.report_id == report_id).order_by(Aside.position, Aside.id)))


def _next_position(session: Session, report_id: str) -> int:
    return (session.scalar(select(func.max(Aside.position)).where(Aside.report_id == report_id)) or 0) + 1
