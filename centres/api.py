"""The intake API of partner systems: log a report, see where one's own stand. Version 1."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from flask import url_for
from flask_smorest import Blueprint

from centres import queries
from centres.access import NOT_ACTIVE, asking_partner, holds_token
from centres.intake import KeyUsed, TakenIn, Told, take_in
from centres.intake_answers import ProblemSchema, RowsSchema, StateSchema, TakenSchema, VocabularySchema
from centres.intake_reading import StrictParser
from centres.intake_schemas import KEY_HEADER, KeySchema, PageSchema, ReportSchema, answers_of
from centres.intake_words import vocabulary_now
from centres.permission import LoggingRefused
from centres.vocabulary import TokenScope
from core.access import View, public
from core.problems import CONTENT_TYPE, KINDS, Fault, Problem, Spot
from core.work import current_work
from reporting.queries import CentreRow
from reporting.rules import consent_from_rows, details_for
from reporting.vocabulary import AgencyKind

_HOUR = 3600
_REFERENCE = re.compile(r"SH-[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}")
_COMMON = (400, 401, 403, 406, 429)
_RETRY = {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer", "minimum": 1}}}
_ASK = {"WWW-Authenticate": {"description": "What is lacking.", "schema": {"type": "string"}}}
_HEADERS = {401: _ASK, 403: _ASK, 429: _RETRY, 503: _RETRY}


class IntakeBlueprint(Blueprint):
    """Reads documents strictly."""

    ARGUMENTS_PARSER = StrictParser()


blueprint = IntakeBlueprint(
    "intake", __name__, url_prefix="/api/v1", description="Reports that partner systems log for their visitors"
)


def refuses(*statuses: int) -> Callable[[View], View]:
    """Document the refusals of an operation."""

    def document(view: View) -> View:
        for status in statuses:
            view = blueprint.alt_response(
                status,
                schema=ProblemSchema,
                content_type=CONTENT_TYPE,
                description=KINDS[status][1],
                headers=_HEADERS.get(status),
            )(view)
        return view

    return document


@blueprint.route("/reports", methods=["POST"])
@holds_token(TokenScope.WRITE)
@blueprint.doc(operationId="logReport", security=[{"token": []}])
@refuses(*_COMMON, 409, 413, 415, 422, 503)
@blueprint.arguments(KeySchema, location="headers", arg_name="header")
@blueprint.arguments(ReportSchema, location="json", arg_name="found")
@blueprint.response(
    201,
    TakenSchema,
    description="The report is in. Sent again under the same key, the answer is the same, with repeated: true.",
    headers={"Location": {"description": "Where its state is.", "schema": {"type": "string"}}},
)
def log_report(header: Mapping[str, Any], found: Mapping[str, Any]) -> Any:
    """Log a report

    Sends what a visitor told, once for each Idempotency-Key. The answer has the visitor's own receipt code.
    """
    work, partner = current_work(), asking_partner()
    try:
        told = Told(found.get("received_on"), found.get("language"))
        taken = take_in(work, partner, header["key"], StrictParser.document_now(), answers_of(found), told)
    except LoggingRefused:
        raise Problem(403, NOT_ACTIVE) from None
    except KeyUsed as refusal:
        raise Problem(409, str(refusal), [Fault(Spot.HEADER, (KEY_HEADER,), str(refusal))]) from None
    place = url_for("intake.report_state", reference=taken.report.reference)
    return _taken(taken), {"Location": place}


@blueprint.route("/reports", methods=["GET"])
@holds_token(TokenScope.READ)
@blueprint.doc(operationId="listReports", security=[{"token": []}])
@refuses(*_COMMON, 422)
@blueprint.arguments(PageSchema, location="query", arg_name="page")
@blueprint.response(200, RowsSchema, description="The centre's own reports, the latest first.")
def list_reports(page: Mapping[str, Any]) -> Any:
    """List own reports

    Every report of the token's centre: its reference, the hour it came, its state, and whether an answer waits.
    """
    after = _position(page["after"]) if "after" in page else None
    rows = queries.page_of_reports(current_work().session, asking_partner().centre, page["limit"] + 1, after)
    shown = rows[: page["limit"]]
    return {
        "reports": [
            {
                "reference": row.reference,
                "received": row.received_at,
                "state": row.state,
                "answer_waits": row.answer_waits,
            }
            for row in shown
        ],
        "next": _cursor(shown[-1]) if len(rows) > len(shown) else None,
    }


@blueprint.route("/reports/<reference>", methods=["GET"])
@holds_token(TokenScope.READ)
@blueprint.doc(operationId="reportState", security=[{"token": []}])
@refuses(*_COMMON, 404)
@blueprint.response(200, StateSchema, description="Where the report is.")
def report_state(reference: str) -> Any:
    """See where a report is

    The state of one report of the token's own centre; any other is not found.
    """
    known = _REFERENCE.fullmatch(reference)
    state = queries.state_of_report(current_work().session, asking_partner().centre, reference) if known else None
    if state is None:
        raise Problem(404, "No report of your centre has this reference.")
    return {"reference": reference, "state": state}


@blueprint.route("/vocabulary", methods=["GET"])
@public
@blueprint.doc(operationId="vocabulary")
@refuses(400)
@blueprint.response(200, VocabularySchema, description="Every word that a report may hold, and today's wards.")
def vocabulary() -> Any:
    """Read the vocabulary

    Stored words with what people read for them. Needs no token.
    """
    return vocabulary_now()


def _taken(taken: TakenIn) -> dict[str, Any]:
    report = taken.report
    consent = consent_from_rows(report.consent)
    shared = [(agency, sorted(details_for(consent, agency))) for agency in AgencyKind]
    return {
        "reference": report.reference,
        "code": taken.receipt.code,
        "received": report.received_at,
        "state": report.state,
        "repeated": taken.repeated,
        "consent": [{"agency": agency, "details": details} for agency, details in shared if details],
    }


def _cursor(row: CentreRow) -> str:
    return f"{int(row.received_at.timestamp()) // _HOUR}.{row.reference}"


def _position(cursor: str) -> tuple[datetime, str]:
    hours, _, reference = cursor.partition(".")
    return datetime.fromtimestamp(int(hours) * _HOUR, UTC), reference
