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
    words, now = receipt_words(language), reading_time()
    when = _hour_in(words.language, now["next_reading"])
    address = urlsplit(url_for("reporting.come_back", _external=True))
    return {
        "words": words,
        "read_words": words.reading_now if now["open_now"] else words.next_read.replace("{when}", when),
        "come_back_words": words.come_back.replace("{address}", f"{address.netloc}{address.path}"),
        "sheet_reference": reference,
    }


def _hour_in(language: Language, moment: Any) -> str:
    """An hour that needs no translation, but for English readers, who get it in words."""
    local = moment.astimezone(ZoneInfo(harbour().settings.desk_time_zone))
    pattern = "%A %-d %B, %H:%M" if language is Language.ENGLISH else "%d.%m.%Y, %H:%M"
    return str(local.strftime(pattern))
