"""The list of what a centre logged: references, wards, states, whether an answer waits, call-backs that are due."""

from flask import render_template, request
from wtforms import Form as PlainForm

from accounts.access import requires
from centres import queries
from centres.blueprint import blueprint
from centres.forms import SearchForm
from centres.pages import LOGGING, own_centre, wards_in_words
from core.forms import Form
from core.work import current_work
from reporting.wording import in_words


@blueprint.get("/centre/reports", endpoint="reports")
@requires(*LOGGING)
def reports_page() -> str:
    """References and states of what this centre logged, a page at a time; never a report's words."""
    work = current_work()
    centre = own_centre(work)
    search: PlainForm = SearchForm(formdata=request.args)
    reference = _as_stored(search.reference.data or "")
    last = queries.pages_of_reports(work.session, centre, reference)
    page = min(max(request.args.get("page", 1, type=int), 1), last)
    return render_template(
        "centres/reports.html",
        centre=centre,
        rows=queries.reports_of(work.session, centre, page, reference),
        wards=wards_in_words,
        reminders=queries.open_reminders_of(work.session, centre, work.now),
        names=dict(queries.people_of(work.session, centre)),
        search=search,
        sought=reference,
        page=page,
        last=last,
        in_words=in_words,
        button=Form(formdata=None),
    )


def _as_stored(typed: str) -> str:
    """A reference however it was typed: `sh7k3m 9qxt` is SH-7K3M-9QXT."""
    letters = "".join(letter for letter in typed.upper() if letter.isascii() and letter.isalnum())
    letters = letters.removeprefix("SH") if len(letters) == 10 else letters
    return f"SH-{letters[:4]}-{letters[4:]}" if letters else ""
