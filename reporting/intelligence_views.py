"""Community intelligence: partners file what they hear; the desk reads it and says what came of it."""

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from accounts.access import requires, signed_in
from accounts.queries import names_of_people
from accounts.vocabulary import Role
from core.access import writes
from core.work import Work, current_work
from reporting.blueprint import blueprint
from reporting.intelligence import (
    PAGE,
    PAGE_OF_ONES_OWN,
    confirm_grade,
    file_intelligence,
    filed_by,
    intelligence,
    mark_acted_on,
    mark_read,
    newest_intelligence,
    open_intelligence,
)
from reporting.intelligence_forms import ActionForm, GradeForm, HeardForm
from reporting.intelligence_models import Intelligence
from reporting.intelligence_words import (
    Action,
    Assessment,
    Handling,
    SourceEvaluation,
    Standing,
    grade_of,
    meaning_of,
    reference_of,
    words_of,
)
from reporting.locating import city, ward_name
from reporting.wording import listed

FILING = (Role.CENTRE_LEAD, Role.CENTRE_STAFF, Role.CASEWORKER, Role.COORDINATOR, Role.OFFICER, Role.PARTNER)
"""Who may file; everybody else is asked to tell one of them."""
_LAST_PAGE = 10_000
_TONES = {Standing.NEW: "new", Standing.READ: "waiting", Standing.GRADED: "working", Standing.ACTED_ON: "done"}


@blueprint.get("/intelligence", endpoint="intelligence")
@requires(*FILING)
def form_page() -> str:
    """The form, and what became of one's own."""
    return _form(HeardForm(formdata=None))


@blueprint.post("/intelligence", endpoint="file_intelligence")
@requires(*FILING)
def file_page() -> str | Response:
    """File it; sent twice, it is one."""
    form = HeardForm()
    if not form.validate():
        return _form(form)
    row = file_intelligence(current_work(), form.heard(), form.once.data or "", signed_in().person.team.name)
    flash(f"Thank you. The triage team will read it. Its reference is {reference_of(row.id)}.", "success")
    return redirect(url_for("reporting.intelligence"))


@blueprint.get("/desk/intelligence", endpoint="intelligence_list")
@requires(Role.OFFICER)
def list_page() -> str:
    """What came in, the newest first: no word of it before it is opened."""
    page = _page_number()
    rows = newest_intelligence(current_work().session, page)
    return render_template(
        "reporting/intelligence_list.html", rows=rows[:PAGE], page=page, has_next=len(rows) > PAGE, **_words()
    )


@blueprint.get("/desk/intelligence/<intelligence_id>", endpoint="open_intelligence")
@requires(Role.OFFICER)
@writes
def open_page(intelligence_id: str) -> str:
    """Open one: it is read then, and the opening is recorded."""
    row = _row_or_404(intelligence_id)
    mark_read(current_work(), row)
    return _show(row)


@blueprint.post("/desk/intelligence/<intelligence_id>/grade", endpoint="grade_intelligence")
@requires(Role.OFFICER)
def grade_page(intelligence_id: str) -> str | Response:
    """Confirm the partner's grade, or give another."""
    row, form = _row_or_404(intelligence_id), GradeForm()
    if not form.validate():
        return _show(row, grading=form)
    confirm_grade(current_work(), row, *form.grade)
    flash("The grade is confirmed. Whoever filed it sees that.", "success")
    return redirect(url_for("reporting.intelligence_list"))


@blueprint.post("/desk/intelligence/<intelligence_id>/act", endpoint="act_on_intelligence")
@requires(Role.OFFICER)
def act_page(intelligence_id: str) -> str | Response:
    """Say what came of it."""
    row, form = _row_or_404(intelligence_id), ActionForm()
    if not form.validate():
        return _show(row, acting=form)
    mark_acted_on(current_work(), row, Action(form.action.data))
    flash("Noted. Whoever filed it can see that it was acted on.", "success")
    return redirect(url_for("reporting.intelligence_list"))


def _row_or_404(intelligence_id: str) -> Intelligence:
    return intelligence(current_work().session, intelligence_id) or abort(404)


def _form(form: HeardForm) -> str:
    work = current_work()
    page = _page_number()
    mine = filed_by(work.session, signed_in().person.id, page)
    return render_template(
        "reporting/intelligence.html",
        form=form,
        mine=mine[:PAGE_OF_ONES_OWN],
        page=page,
        has_next=len(mine) > PAGE_OF_ONES_OWN,
        works_at_a_centre=signed_in().person.role in (Role.CENTRE_LEAD, Role.CENTRE_STAFF),
        hints=_hints(),
        **_words(),
    )


def _show(row: Intelligence, grading: GradeForm | None = None, acting: ActionForm | None = None) -> str:
    work: Work = current_work()
    people = names_of_people(work.session, [each for each in (row.filed_by, row.moved_by) if each])
    return render_template(
        "reporting/intelligence_open.html",
        row=row,
        opened=open_intelligence(work, row, signed_in().team_secret),
        people=people,
        grading=grading or GradeForm(formdata=None, obj=row),
        acting=acting or ActionForm(formdata=None),
        hints=_hints(),
        listed=listed,
        **_words(),
    )


def _hints() -> dict[str, dict[str, str]]:
    """Each grade in plain words."""
    grades = (SourceEvaluation, Assessment, Handling)
    return {each.__name__: {word.value: meaning_of(word) for word in each} for each in grades}


def _page_number() -> int:
    return min(max(request.args.get("page", 1, type=int), 1), _LAST_PAGE)


def _words() -> dict[str, object]:
    return {
        "words_of": words_of,
        "grade_of": grade_of,
        "reference_of": reference_of,
        "wards_of": _wards_of,
        "tone_of": lambda standing: _TONES[standing],
        "Standing": Standing,
    }


def _wards_of(row: Intelligence) -> str:
    """The wards of today that it lies in, by name; empty while it is in none."""
    now = city().current_vintage
    return " or ".join(sorted(ward_name(each.ward) for each in row.wards if each.vintage == now))
