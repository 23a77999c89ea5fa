"""The page on which a visit is logged: every question in the conversation's voice, and what the visit adds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import render_template, request
from werkzeug.datastructures import MultiDict

from centres import queries
from centres.forms import VisitForm
from centres.models import Centre
from centres.visit_rules import unread
from centres.visits import OpenVisit, begin_visit, private_answers, read_token, token_of, what_was_typed
from core.languages import Language
from core.work import Work
from reporting import drafts
from reporting.answers import Answers
from reporting.drafts import OpenDraft
from reporting.forms import QuestionForm
from reporting.page_parts import answer_beside, fields_of, place_on_page, sharing_words
from reporting.questions import BY_SLUG, QUESTIONS, Question
from reporting.schemas import read_pair
from reporting.spoken import agreed_in_words, put_into_conversation, sentence_to_read
from reporting.summary import mark_on_page
from reporting.taking import Taken
from reporting.vocabulary import AgencyKind, Detail, Interpreting, Present
from reporting.wording import in_words

VISIT_ENDED = (
    "The visit of this page has ended, or somebody else began it. What stands in this page is not lost: check it, and "
    "press the button again. What was saved before, or answered by the visitor alone, is gone by closing time."
)
PARTS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("safety", "Safe now?", ("safe-now", "harm", "before", "under-18")),
    ("story", "What happened", ("what-happened", "own-words", "when", "where")),
    ("people", "Who, and why", ("why-targeted", "know-them", "told-before")),
    ("wanted", "What they want", ("wishes", "contact")),
)
"""The questions in the order in which a conversation goes; the sharing choices are read aloud at its end."""


@dataclass(frozen=True, slots=True, repr=False)
class Conversation:
    """A visit on its page. `alone` are the questions that the visitor answered with the screen to themselves, `place`
    what was chosen on the map.
    """

    centre: Centre
    visit: OpenVisit
    form: VisitForm
    forms: dict[str, QuestionForm]
    alone: dict[str, dict[str, Any]] = field(default_factory=dict)
    place: Mapping[str, str] = field(default_factory=dict)
    forgets_mark: bool = False

    def holds(self) -> bool:
        """Whether everything may be sent as it stands; what does not is said beside it."""
        asked = [form.validate() for slug, form in self.forms.items() if slug not in self.alone]
        return all([self.form.validate(), *asked]) and self._was_read_aloud()

    def draft(self) -> OpenDraft:
        """What was answered, by staff and by the visitor alone."""
        given = {slug: answer_beside(self.place, form) for slug, form in self.forms.items() if slug not in self.alone}
        return OpenDraft(self.visit.key, {**given, **self.alone})

    def answers(self) -> Answers:
        """The whole report's answers; marshmallow's ValidationError if they hold what no form lets in."""
        return drafts.answers_of(self.draft())

    def taken(self) -> Taken:
        """How the report was taken."""
        form = self.form
        return Taken(
            language=Language(form.language.data) if form.language.data else None,
            present=frozenset(Present(word) for word in form.present.data or []),
            interpreting=Interpreting(form.interpreting.data) if form.interpreting.data else None,
            read_aloud=form.read_aloud,
            by_visitor=bool(self.alone),
            dated=form.dated.data if form.paper.data else None,
            taken_by=(form.taken_by.data or None) if form.paper.data else None,
        )

    def show(self, work: Work, problem: str | None = None) -> str:
        """The page, with what was typed."""
        self.form.visit.data = token_of(work, self.visit)
        return render_template(
            "centres/log.html",
            centre=self.centre,
            visit=self.form,
            saved=self.visit.row,
            ends_at=self.visit.ends_at,
            parts=PARTS,
            asked={slug: (BY_SLUG[slug], form) for slug, form in self.forms.items()},
            alone=self.alone.keys(),
            shown_forms=[form for slug, form in self.forms.items() if slug not in self.alone],
            problem=problem,
            marked=mark_on_page(self.place, self.forgets_mark),
            ask=_ask,
            sentence_to_read=sentence_to_read,
            agreed_in_words=agreed_in_words,
            agency_kinds=AgencyKind,
            details_of=Detail,
            in_words=in_words,
            immigration=sharing_words()["immigration"],
        )

    def _was_read_aloud(self) -> bool:
        """Consent is what was read and answered; on a paper form they ticked it themselves."""
        if self.form.paper.data:
            return True
        agreed = frozenset(read_pair(pair) for pair in self.forms["sharing"].consent.data or [])
        missing = sorted(unread(agreed, self.form.read_aloud))
        self.form.read.errors = [
            f"{in_words(agency)}: read “{sentence_to_read(agency, detail)}” aloud, and tick that they answered"
            for agency, detail in missing
        ]
        return not missing


def new_conversation(work: Work, centre: Centre) -> Conversation:
    """A fresh page for a new visit."""
    return _conversation(work, centre, begin_visit(work, centre), None)


def saved_conversation(work: Work, centre: Centre, visit: OpenVisit) -> Conversation:
    """The page of a saved visit, with what staff had typed; what the visitor answered alone stays locked."""
    return _conversation(work, centre, visit, what_was_typed(visit))


def sent_conversation(work: Work, centre: Centre) -> tuple[Conversation, bool]:
    """The page as it was sent, and whether its visit still lasts; else it stands under a new visit."""
    visit = read_token(work, request.form.get("visit"))
    lasting = visit is not None
    return _conversation(work, centre, visit or begin_visit(work, centre), request.form), lasting


def _conversation(work: Work, centre: Centre, visit: OpenVisit, typed: "MultiDict[str, str] | None") -> Conversation:
    people = queries.people_of(work.session, centre)
    # Saved words come back through the same door as sent ones, mistakes and all.
    given = typed or None
    form = VisitForm(formdata=given, people=people)
    forms = {question.slug: _filled(question, given) for question in QUESTIONS}
    place = place_on_page(given) if given else {}
    forgets = given is not None and "forget_point" in given
    return Conversation(centre, visit, form, forms, private_answers(work, visit), place, forgets)


def _filled(question: Question, typed: "MultiDict[str, str] | None") -> QuestionForm:
    form = put_into_conversation(question.form(formdata=typed))
    form.is_blank = typed is None
    return form


def _ask(question: Question, form: QuestionForm) -> Any:
    return fields_of(question, form, question.spoken, heading=False, voice="a conversation")
