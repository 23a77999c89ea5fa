"""Our side: the whole real application, with one page more, which sends the floor's form through `submit_report`."""

import secrets

from flask import Flask, current_app, render_template

from app.factory import create_app
from bench.one_form import PAGE, OneForm
from core.access import public
from core.sealing import Secret
from core.settings import Settings
from core.work import current_work
from reporting.answers import Answers, Identity, Origin, Place
from reporting.receipt import SEED_BYTES, Receipt
from reporting.services import submit_report
from reporting.vocabulary import Category, Channel, Contact, Motive, Strand


@public
def form_page() -> str:
    """Show the form; send a report when it is sent, and show its code."""
    form = OneForm()
    if not form.validate_on_submit():
        return render_template(current_app.extensions["bench form"], form=form)
    receipt = Receipt(secrets.token_bytes(SEED_BYTES))
    report = submit_report(current_work(), _answers(form), Origin(Channel.PUBLIC), receipt)
    return f"Thank you. {receipt.code} {report.id}"


def _answers(form: OneForm) -> Answers:
    reason = form.reason.data
    return Answers(
        categories=frozenset(Category(word) for word in form.kinds.data or []),
        strands=frozenset() if reason == Motive.NOT_SURE else frozenset({Strand(reason)}),
        place=Place(form.place.data or ""),
        words=Secret(form.words.data or ""),
        contact=Contact.REACH_ME,
        identity=Identity(Secret(form.name.data or ""), Secret(form.reach.data or "")),
    )


def make() -> Flask:
    """The application for gunicorn, from the environment."""
    app = create_app(Settings.from_env())
    app.extensions["bench form"] = app.jinja_env.from_string(PAGE)
    app.add_url_rule("/form", view_func=form_page, endpoint="bench.form", methods=["GET", "POST"])
    return app
