"""How long the notes between a centre and the desk are kept, and community intelligence. Never counted among reports.

What is kept beside a report never goes before its case is closed: whoever works on it may need it.
"""

from typing import Any

from sqlalchemy import ColumnElement, Select, select

from core.clock import local_day
from core.retention import Kind, delete_row
from core.work import Work
from reporting.intelligence_models import Intelligence
from reporting.models import Aside, Report
from reporting.vocabulary import State


def at_rest() -> ColumnElement[bool]:
    """Which reports nobody works on any more."""
    return Report.state == State.CLOSED


def _asides_over(work: Work) -> Select[Any]:
    last = work.now - work.harbour.settings.keep.of("asides")
    return select(Aside).join(Report).where(Aside.written_at <= last, at_rest()).order_by(Aside.written_at, Aside.id)


def _intelligence_over(work: Work) -> Select[Any]:
    today = local_day(work.now, work.harbour.settings.desk_time_zone)
    return select(Intelligence).where(Intelligence.keep_until <= today).order_by(Intelligence.keep_until)


KEPT = (
    Kind("notes between desk and centre", _asides_over, delete_row),
    Kind("community intelligence", _intelligence_over, delete_row),
)
"""What this room keeps for a time."""
