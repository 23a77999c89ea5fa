"""Who may print what: a centre its own posters, the coordinator those of every active centre."""

import pytest
from flask import Flask
from sqlalchemy import select

from centres.directory import code_of
from centres.models import Centre
from centres.vocabulary import CentreState
from reporting.translations import WRITINGS
from tests.pages.conftest import SignIn, inside
from tests.pages.visiting import words_of


def id_of(app: Flask, name: str) -> str:
    with inside(app) as session:
        return session.scalars(select(Centre.id).where(Centre.name == name)).one()


def test_a_centre_prints_its_own_in_every_language(partnership: Flask, sign_in: SignIn) -> None:
    library = sign_in("library")
    page = library.get("/centre/posters").get_data(as_text=True)
    assert f"/c/{code_of(id_of(partnership, 'Demo Library'))}" in page
    for code in WRITINGS:
        for sheet in ("poster", "cards"):
            assert f'href="/centre/posters/{sheet}/{code}.pdf"' in page
    paper = library.get("/centre/posters/poster/ur.pdf")
    assert (paper.mimetype, paper.data[:5]) == ("application/pdf", b"%PDF-")
    assert paper.headers["Content-Disposition"] == 'attachment; filename="poster-ur.pdf"'
    assert paper.headers["Cache-Control"] == "no-store"


def test_the_coordinator_prints_for_any_active_centre(partnership: Flask, sign_in: SignIn) -> None:
    coordinator, mosque = sign_in("coordinator"), id_of(partnership, "Demo Mosque")
    assert "Demo Mosque" in words_of(coordinator.get("/network/posters"))
    assert f"/network/centres/{mosque}/posters/cards/pl.pdf" in coordinator.get(
        f"/network/centres/{mosque}/posters"
    ).get_data(as_text=True)
    assert coordinator.get(f"/network/centres/{mosque}/posters/cards/pl.pdf").data[:5] == b"%PDF-"


@pytest.mark.parametrize("path", ["poster/xx", "leaflet/en", "..%2Fposter/en", "poster/..%2Fen", "cards/EN"])
def test_what_is_not_printed_is_not_found(sign_in: SignIn, path: str) -> None:
    assert sign_in("library").get(f"/centre/posters/{path}.pdf").status_code == 404


def test_a_centre_that_is_not_active_has_nothing_to_print(partnership: Flask, sign_in: SignIn) -> None:
    library, coordinator = sign_in("library"), sign_in("coordinator")
    centre = id_of(partnership, "Demo Library")
    with inside(partnership) as session:
        session.scalars(select(Centre).where(Centre.id == centre)).one().state = CentreState.SUSPENDED
        session.commit()
    assert library.get("/centre/posters").status_code == 403
    assert library.get("/centre/posters/poster/en.pdf").status_code == 403
    assert coordinator.get(f"/network/centres/{centre}/posters").status_code == 404
    assert "Demo Library" not in words_of(coordinator.get("/network/posters"))
