"""The list of what a centre logged."""

from flask import render_template

from accounts.access import requires
from centres import queries
from centres.blueprint import blueprint
from centres.pages import LOGGING, own_centre
from core.work import current_work
from reporting.wording import in_words


@blueprint.get("/centre/reports", endpoint="reports")
@requires(*LOGGING)
def reports_page() -> str:
    """References and states of what this centre logged."""
    work = current_work()
    centre = own_centre(work)
    rows = queries.reports_of(work.session, centre)
    return render_template("centres/reports.html", centre=centre, rows=rows, in_words=in_words)
