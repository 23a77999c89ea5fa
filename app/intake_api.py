"""The interface for partner systems, assembled: its document under /api/, and a page that explains it."""

from typing import Any

from flask import Flask, Response, current_app, jsonify, render_template
from flask_smorest import Api

import centres.api
from centres.access import install_fairness
from core.access import public
from core.problems import KINDS, PREFIX
from reporting.locating import city

_DESCRIPTION = (
    "Partner systems log reports of hate crime and anti-social behaviour for their visitors. "
    "Every refusal is application/problem+json (RFC 9457). Times of reports are to the hour."
)


class IntakeApi(Api):
    """flask-smorest, with errors as the whole application answers them."""

    def _register_error_handlers(self) -> None:
        """None of its own."""


def install_intake_api(app: Flask) -> None:
    """Register the operations, their document and the page that explains them."""
    app.config.update(
        API_TITLE="Safe Harbour intake", API_VERSION="1", OPENAPI_VERSION="3.1.0", OPENAPI_URL_PREFIX=None
    )
    app.extensions["intake fairness"] = install_fairness()
    api = IntakeApi(app, spec_kwargs={"info": {"description": _DESCRIPTION}})
    api.DEFAULT_ERROR_RESPONSE_NAME = None
    api.spec.components.security_scheme("token", {"type": "http", "scheme": "bearer"})
    api.register_blueprint(centres.api.blueprint)
    app.extensions["intake api"] = api
    app.add_url_rule(f"{PREFIX}openapi.json", "openapi", public(_document))
    app.add_url_rule(PREFIX, "api_reference", public(_reference))


def document_now() -> dict[str, Any]:
    """The OpenAPI document with today's wards."""
    written: dict[str, Any] = current_app.extensions["intake api"].spec.to_dict()
    schemas = written["components"]["schemas"]
    # flask-smorest's own, which no answer of ours has.
    for unused in ("Error", "PaginationMetadata"):
        schemas.pop(unused, None)
    schemas["Place"]["properties"]["ward"]["enum"] = [str(code) for code in city().boundary_set().codes()]
    schemas["Report"]["anyOf"] = [
        {"required": ["words"], "properties": {"words": {"pattern": r"\S"}}},
        {"required": ["categories"], "properties": {"categories": {"minItems": 1}}},
    ]
    return written


def _document() -> Response:
    return jsonify(document_now())


def _reference() -> str:
    """What there is, in words, made from the same document."""
    return render_template("centres/api_reference.html", document=document_now(), problems=KINDS)
