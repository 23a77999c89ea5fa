"""What several of the room's pages show or set."""

from collections.abc import Mapping
from typing import Any

from flask import current_app, render_template, request
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from core.forms import Form
from core.work import Work, current_work
from core.working_time import DeskHours
from geography.locating import City
from reporting import whereabouts
from reporting.drafts import OpenDraft, open_draft, start_draft
from reporting.forms import QuestionForm, WhereForm
from reporting.locating import city
from reporting.questions import QUESTIONS, Question
from reporting.services import find_by_receipt
from reporting.vocabulary import AgencyKind, Detail
from reporting.wording import choices

DRAFT_COOKIE = "harbour_draft"


def reading_time() -> dict[str, object]:
    """When somebody will next read reports, and whether anybody is on call outside those hours."""
    installation = current_work().harbour
    now = installation.clock()
    next_reading = DeskHours.of(installation.settings).next_reading(now)
    return {
        "next_reading": next_reading,
        "open_now": next_reading == now,
        "on_call": installation.settings.desk_rota,
    }


def show_start(**more: Any) -> str:
    """The start page; `heard_from` and `arriving` are the centre whose poster was followed, noted or about to be."""
    # A form has a token, and a token a cookie: only somebody who followed a poster needs one here.
    form = Form(formdata=None) if more.get("heard_from") or more.get("arriving") else None
    return render_template("reporting/start.html", first=QUESTIONS[0], form=form, **reading_time(), **more)


def sharing_words() -> dict[str, object]:
    """What the consent question needs: agencies, kinds of detail, and the local position on immigration."""
    position = current_work().harbour.settings.immigration_position
    return {"agencies": choices(AgencyKind), "details": choices(Detail), "immigration": position}


def fields_of(
    question: Question, form: QuestionForm, title: str, heading: bool = True, voice: str = "their own"
) -> Markup:
    """A question's fields as HTML. While nobody answered it they are the same for everybody: written once a city."""
    blank: dict[tuple[str, str, bool, str], tuple[City, Markup]]
    blank = current_app.extensions.setdefault("blank fields", {})
    page = question.slug, title, heading, voice
    now = city()
    if form.is_blank and page in blank and blank[page][0] is now:
        return blank[page][1]
    macros: Any = current_app.jinja_env.get_template("macros/ask.html").make_module(sharing_words())
    written: Markup = macros.fields_of(question, form, title, heading)
    if form.is_blank:
        blank[page] = now, written
    return written


def answer_beside(kept: Mapping[str, Any], form: QuestionForm) -> dict[str, Any]:
    """What a draft keeps of a form that was sent; of the place, together with what was chosen on the map."""
    if not isinstance(form, WhereForm):
        return form.answer()
    answer = whereabouts.answered(kept, form.answer(), form.ward_shown.data)
    return whereabouts.without_mark(answer) if "forget_point" in request.form else answer


def place_on_page(sent: "MultiDict[str, str]") -> dict[str, str]:
    """What was chosen on the map, as a page that holds every question shows it and sends it back: sent twice, it is
    the same report, whatever became of the draft."""
    return {name: sent.get(name, "") for name in ("point", "place")} | {"ward": sent.get("ward_shown", "")}


def way_back() -> dict[str, Any]:
    """What an address says while somebody changes one answer, so that they come back to Check your answers."""
    return {"from": "check"} if request.args.get("from") == "check" else {}


def writable_draft(work: Work) -> OpenDraft:
    """The draft to write in: a fresh one when there is none, or when this one's report was sent already."""
    draft = open_draft(work, request.cookies.get(DRAFT_COOKIE))
    return start_draft() if draft is None or find_by_receipt(work, draft.receipt) else draft


def keep_draft(response: Response, draft: OpenDraft) -> Response:
    """Give the draft's key to the reporter's browser, for this visit alone."""
    secure = current_work().harbour.settings.secure_cookies
    response.set_cookie(DRAFT_COOKIE, draft.cookie, httponly=True, samesite="Strict", secure=secure)
    return response
