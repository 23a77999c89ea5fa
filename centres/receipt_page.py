"""The visitor's code on a page: large, with what happens next, on a sheet that says only what is safe to carry."""

from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from flask import render_template, url_for

from centres.receipt_words import receipt_words
from centres.visits import OpenVisit, receipt_of_visit
from core.forms import Form
from core.languages import Language
from core.work import Work, harbour
from reporting.models import Report
from reporting.page_parts import reading_time
from reporting.translations import Writing


def receipt_for_staff(work: Work, visit: OpenVisit, report: Report) -> str:
    """The page after sending. Where the code is for the visitor's eyes alone it is not on it."""
    code = None if visit.code_alone else receipt_of_visit(work, visit.key).code
    return render_template(
        "centres/receipt.html",
        report=report,
        code=code,
        visit=visit.row,
        button=Form(formdata=None),
        **sheet(report.language, report.reference),
        **reading_time(),
    )


def sheet(language: Language | None, reference: str) -> dict[str, Any]:
    """What the sheet needs besides the code: its words, its address and when somebody next reads."""
    writing, now = receipt_words(language), reading_time()
    address = urlsplit(url_for("reporting.come_back", _external=True))
    places = {"when": _hour_in(writing, now["next_reading"]), "address": f"{address.netloc}{address.path}"}
    read = "sheet.reading_now" if now["open_now"] else "sheet.next_read"
    return {"writing": writing, "places": places, "read": read, "sheet_reference": reference}


def _hour_in(writing: Writing, moment: Any) -> str:
    """An hour that needs no translation, but for English readers, who get it in words."""
    local = moment.astimezone(ZoneInfo(harbour().settings.desk_time_zone))
    pattern = "%A %-d %B, %H:%M" if writing.tag == Language.ENGLISH else "%d.%m.%Y, %H:%M"
    return str(local.strftime(pattern))
