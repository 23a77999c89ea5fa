"""The blueprint of the desk's and the agencies' pages, and what all of them look up."""

from typing import Any, NoReturn

from flask import Blueprint, abort

from core.forms import Form
from core.work import current_work, harbour
from reporting.locating import as_given
from reporting.wording import in_words, listed
from triage import queries
from triage.clocks import due_in_words
from triage.models import QueueEntry
from triage.wording import for_the_desk, step_words, tone_of, words_for

blueprint = Blueprint("triage", __name__)


@blueprint.context_processor
def words() -> dict[str, Any]:
    """What templates say stored words with."""
    return {
        "in_words": in_words,
        "listed": listed,
        "words_for": words_for,
        "tone_of": tone_of,
        "step_words": step_words,
        "for_the_desk": for_the_desk,
        "as_given": as_given,
        "due_in_words": due_in_words,
        "now": harbour().clock(),
    }


def entry_or_404(report_id: str) -> QueueEntry:
    """A report's entry on the queue; a report that is unknown, or not queued yet, is not found."""
    return queries.entry(current_work().session, report_id) or not_found()


def not_found() -> NoReturn:
    """Answer as if it did not exist, whether it does or not."""
    abort(404)


def button_pressed() -> bool:
    """Whether a bare button was pressed with a good token."""
    return bool(Form().validate_on_submit())


def refuse(form: Form, words: object) -> None:
    """Show a refusal above what was typed."""
    form.form_errors = [*form.form_errors, str(words)]
