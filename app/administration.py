"""The administrator's page: whether the machinery is well. Counts only; no report can be opened here."""

from flask import Blueprint, render_template
from sqlalchemy import func, select

from accounts.access import requires
from accounts.vocabulary import Role
from core.audit import AuditEntry
from core.outbox import OutboxRow, often_failed
from core.work import current_work

blueprint = Blueprint("administration", __name__, url_prefix="/administration")


@blueprint.get("/", endpoint="health")
@requires(Role.ADMINISTRATOR)
def health_page() -> str:
    """Jobs waiting and failing, audit entries not yet chained."""
    session = current_work().session
    return render_template(
        "administration/health.html",
        waiting=session.scalar(select(func.count()).select_from(OutboxRow)),
        failing=list(session.execute(select(OutboxRow.task, OutboxRow.failure).where(often_failed()))),
        audited=session.scalar(select(func.count()).select_from(AuditEntry)),
        unchained=session.scalar(select(func.count()).where(AuditEntry.number.is_(None))),
    )
