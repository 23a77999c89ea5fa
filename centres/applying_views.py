"""Asking to become a centre: a public form, held in the page until it is sent."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from accounts.throttle import spend_guess
from centres.becoming import ApplicationRefused, NameTaken, apply_to_become
from centres.blueprint import blueprint
from centres.pages import refuse
from centres.place_forms import ApplicationForm
from centres.presenting import life_rows, place_rows
from core.access import public
from core.db import db
from core.ids import new_id
from core.languages import Language
from core.work import SYSTEM, begin_work, harbour
from reporting.locating import city

FROM_ONE_PLACE, FROM_EVERYWHERE = 5, 60
"""Applications in five minutes. A flood is told to wait; it touches no report."""
TOO_MANY = (
    "Many applications are coming in just now, and yours was not sent yet. "
    "Nothing you wrote is lost: wait five minutes, then press the button again."
)
_NOT_SHOWN_AGAIN = {"csrf_token", "key", "action"}


@blueprint.get("/become-a-centre", endpoint="become")
@public
def become_page() -> str:
    """What a reporting centre does, and what it takes."""
    return render_template("centres/become.html", city_name=city().name)


@blueprint.get("/become-a-centre/apply", endpoint="apply")
@public
def apply_page() -> str:
    """The empty form."""
    fresh = {"key": new_id(), "languages": [Language.ENGLISH.value]}
    return render_template("centres/apply.html", form=ApplicationForm(formdata=None, data=fresh))


@blueprint.post("/become-a-centre/apply", endpoint="check_application")
@public
def check_page() -> str:
    """What was typed, to be checked before it is sent."""
    form = ApplicationForm()
    return _check(form) if form.validate() else render_template("centres/apply.html", form=form)


@blueprint.post("/become-a-centre/send", endpoint="send_application")
@public
def send_page() -> str | Response:
    """Send it, or go back to change it; sent twice it is one application."""
    form = ApplicationForm()
    if not form.validate() or request.form.get("action") == "change":
        return render_template("centres/apply.html", form=form)
    if not _may_send():
        refuse(form, TOO_MANY)
        return _check(form)
    try:
        apply_to_become(begin_work(harbour(), db.session(), SYSTEM), form.key.data or new_id(), form.application())
    except NameTaken as taken:
        form.name.errors = [str(taken)]
        return render_template("centres/apply.html", form=form)
    except ApplicationRefused as refusal:
        refuse(form, refusal)
        return _check(form)
    return redirect(url_for("centres.application_sent"))


@blueprint.get("/become-a-centre/sent", endpoint="application_sent")
@public
def sent_page() -> str:
    """What happens next."""
    return render_template("centres/application_sent.html")


def _check(form: ApplicationForm) -> str:
    application = form.application()
    kept = [(name, value) for name, value in request.form.items(multi=True) if name not in _NOT_SHOWN_AGAIN]
    return render_template(
        "centres/check_application.html",
        form=form,
        kept=kept,
        rows=[*place_rows(application.place), *life_rows(application.life)],
        lead=application.lead,
    )


def _may_send() -> bool:
    here = spend_guess("centre application here", request.remote_addr or "", FROM_ONE_PLACE)
    return here and spend_guess("centre application", "", FROM_EVERYWHERE)
