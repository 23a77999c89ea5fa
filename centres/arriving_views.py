"""The address on a poster: the public form, with the centre that told of it noted for this one report."""

from flask import redirect, url_for
from werkzeug.wrappers import Response

from centres import queries
from centres.blueprint import blueprint
from core.access import public
from core.forms import Form
from core.work import current_work
from reporting import drafts
from reporting.drafts import HeardFrom
from reporting.page_parts import keep_draft, show_start, writable_draft
from reporting.questions import QUESTIONS
from reporting.services import as_reporter


@blueprint.route("/c/<short>", methods=["GET", "POST"], endpoint="arrive")
@public
def arrive_page(short: str) -> str | Response:
    """The start page with the centre named. Looking at it keeps nothing; starting notes the centre in the draft."""
    work = as_reporter(current_work())
    centre = queries.centre_of_code(work.session, short)
    if centre is None:
        return show_start(unknown=True)
    form = Form()
    if not form.validate_on_submit():
        return show_start(arriving=centre)
    draft = writable_draft(work)
    drafts.note_heard_from(work, draft, HeardFrom(centre.id, centre.name))
    return keep_draft(redirect(url_for("reporting.question", slug=QUESTIONS[0].slug)), draft)
