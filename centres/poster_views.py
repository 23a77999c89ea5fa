"""Posters and cards: for a centre's own people, and for the coordinator, of any active centre."""

from typing import Any

from flask import Response, abort, render_template, url_for

from accounts.access import requires
from accounts.vocabulary import Role
from centres import queries
from centres.blueprint import blueprint
from centres.directory import Listed
from centres.pages import LOGGING, own_centre
from centres.printing import print_sheet
from centres.sheets import Sheet, sheet_of
from core.work import current_work
from reporting.translations import WRITINGS, writing_in


@blueprint.get("/centre/posters", endpoint="posters")
@requires(*LOGGING)
def posters_page() -> str:
    """What this centre can print."""
    return _page(own_centre(current_work()).id, "centres.poster")


@blueprint.get("/centre/posters/<sheet>/<language>.pdf", endpoint="poster")
@requires(*LOGGING)
def poster_pdf(sheet: str, language: str) -> Response:
    """This centre's poster or cards in a language."""
    return _printed(own_centre(current_work()).id, sheet, language)


@blueprint.get("/network/posters", endpoint="all_posters")
@requires(Role.COORDINATOR)
def all_posters_page() -> str:
    """Every active centre, each with what can be printed of it."""
    found = sorted(queries.active_centres(current_work().session), key=lambda centre: centre.name.casefold())
    return render_template("centres/all_posters.html", centres=found)


@blueprint.get("/network/centres/<centre_id>/posters", endpoint="network_posters")
@requires(Role.COORDINATOR)
def network_posters_page(centre_id: str) -> str:
    """What can be printed of any active centre."""
    return _page(_active(centre_id).id, "centres.network_poster", url_for("centres.all_posters"), centre_id=centre_id)


@blueprint.get("/network/centres/<centre_id>/posters/<sheet>/<language>.pdf", endpoint="network_poster")
@requires(Role.COORDINATOR)
def network_poster_pdf(centre_id: str, sheet: str, language: str) -> Response:
    """Any active centre's poster or cards in a language."""
    return _printed(centre_id, sheet, language)


def _page(own: str, endpoint: str, back_url: str | None = None, **ids: Any) -> str:
    centre = queries.active_centre(current_work().session, own)
    writings = [writing_in(code) for code in WRITINGS]
    addresses = {
        (sheet.value, each.code): url_for(endpoint, sheet=sheet.value, language=each.code, **ids)
        for sheet in Sheet
        for each in writings
    }
    return render_template(
        "centres/posters.html",
        centre=centre,
        writings=writings,
        addresses=addresses,
        link=_link(centre) if centre else "",
        back_url=back_url,
    )


def _printed(centre_id: str, sheet: str, language: str) -> Response:
    """Made now and kept nowhere: hours change, and a poster takes a fraction of a second."""
    if sheet not in set(Sheet) or language not in WRITINGS:
        abort(404)
    centre = _active(centre_id)
    partnership = current_work().harbour.settings.partnership
    printed = print_sheet(sheet, sheet_of(centre, writing_in(language), _link(centre), partnership))
    answer = Response(printed, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = f'attachment; filename="{sheet}-{language}.pdf"'
    return answer


def _active(centre_id: str) -> Listed:
    centre = queries.active_centre(current_work().session, centre_id)
    if centre is None:
        abort(404)
    return centre


def _link(centre: Listed) -> str:
    return url_for("centres.arrive", short=centre.code, _external=True)
