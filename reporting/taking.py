"""How a report was taken down at a centre, kept beside it."""

from dataclasses import dataclass, field
from datetime import date

from core.languages import Language
from core.work import Work
from reporting.answers import Consent
from reporting.models import Report, Taking
from reporting.rules import consent_to_rows
from reporting.vocabulary import Interpreting, Present


@dataclass(frozen=True, slots=True)
class Taken:
    """Who was there, in which language, what was read aloud and answered; a paper form's day and who took it."""

    language: Language | None = None
    present: frozenset[Present] = frozenset()
    interpreting: Interpreting | None = None
    read_aloud: Consent = field(default_factory=frozenset)
    by_visitor: bool = False
    dated: date | None = None
    taken_by: str | None = None


def note_taking(work: Work, report: Report, taken: Taken) -> None:
    """Keep it with the report; a report sent twice keeps what came first."""
    if work.session.get(Taking, report.id) is not None:
        return
    report.language = taken.language
    work.session.add(
        Taking(
            report_id=report.id,
            present=taken.present,
            interpreting=taken.interpreting,
            read_aloud=consent_to_rows(taken.read_aloud),
            by_visitor=taken.by_visitor,
            dated=taken.dated,
            taken_by=taken.taken_by,
        )
    )
    work.session.flush()
