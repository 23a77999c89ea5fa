"""A lead's page of tokens for the centre's own systems."""

from collections.abc import Callable

from flask import abort, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from accounts.access import requires
from accounts.queries import names_of_people
from accounts.vocabulary import Role
from centres.blueprint import blueprint
from centres.models import IntakeToken
from centres.pages import own_centre
from centres.token_forms import TokenForm
from centres.tokens import (
    NewToken,
    TokenRefused,
    make_token,
    revoke_token,
    rotate_token,
    to_be_rotated,
    token_of_centre,
    tokens_of,
    works,
)
from centres.vocabulary import TokenScope
from core.forms import PRESS_AGAIN, Form
from core.work import Work, current_work

_WORDS = {TokenScope.WRITE: "Log reports", TokenScope.READ: "See references and states"}


@blueprint.get("/centre/tokens", endpoint="tokens")
@requires(Role.CENTRE_LEAD)
def tokens_page() -> str:
    """Every token of the centre, and a form for another."""
    return _list(current_work(), TokenForm(formdata=None))


@blueprint.post("/centre/tokens", endpoint="make_token")
@requires(Role.CENTRE_LEAD)
def make_page() -> str:
    """Make a token and show it, this once."""
    work, form = current_work(), TokenForm()
    if form.validate():
        scopes = frozenset(TokenScope(word) for word in form.scopes.data)
        try:
            return _show(make_token(work, own_centre(work), form.name.data or "", scopes))
        except TokenRefused as refusal:
            form.name.errors = [str(refusal)]
    return _list(work, form)


@blueprint.post("/centre/tokens/<token_id>/rotate", endpoint="rotate_token")
@requires(Role.CENTRE_LEAD)
def rotate_page(token_id: str) -> str | Response:
    """A new token in the place of one."""
    return _change(token_id, lambda work, token: _show(rotate_token(work, token), replaced=token))


@blueprint.post("/centre/tokens/<token_id>/revoke", endpoint="revoke_token")
@requires(Role.CENTRE_LEAD)
def revoke_page(token_id: str) -> str | Response:
    """End a token at once."""

    def revoke(work: Work, token: IntakeToken) -> Response:
        revoke_token(work, token)
        flash(f"The token “{token.name}” is revoked. It does not work any more.", "success")
        return redirect(url_for("centres.tokens"))

    return _change(token_id, revoke)


def _change(token_id: str, deed: Callable[[Work, IntakeToken], str | Response]) -> str | Response:
    work = current_work()
    token = token_of_centre(work, own_centre(work), token_id)
    if token is None:
        abort(404)
    try:
        if Form().validate():
            return deed(work, token)
        flash(PRESS_AGAIN, "warning")
    except TokenRefused as refusal:
        flash(str(refusal), "warning")
    return redirect(url_for("centres.tokens"))


def _show(made: NewToken, replaced: IntakeToken | None = None) -> str:
    return render_template("centres/token.html", token=made.row, text=made.text, replaced=replaced)


def _list(work: Work, form: TokenForm) -> str:
    centre = own_centre(work)
    tokens = tokens_of(work, centre)
    copies = to_be_rotated(work, centre)
    names = names_of_people(work.session, [token.made_by for token in tokens if token.made_by])
    return render_template(
        "centres/tokens.html",
        centre=centre,
        working=[token for token in tokens if works(work, token)],
        ended=[token for token in tokens if not works(work, token)],
        names=names,
        copies=copies,
        form=form,
        button_form=Form(formdata=None),
        may=_may,
    )


def _may(token: IntakeToken) -> str:
    return "; ".join(words for scope, words in _WORDS.items() if scope in token.scopes)
