"""The second voice of the questions: the same forms, worded for somebody who asks them in a conversation."""

from enum import StrEnum

from core.forms import offer
from reporting.forms import QuestionForm
from reporting.vocabulary import AgencyKind, Contact, Detail, Safety, WhenKind

LABELS = {
    "religion_perceived": "If it was about religion: which religion did those who did it seem to think it was?",
    "place_words": "Postcode, street or name of the place, as they say it",
    "why_not_told": "If they told nobody in authority, why was that?",
    "name": "Their name",
    "reach": "A phone number or email address that is safe to use",
    "safe_times": "When and how is it safe to reach them?",
}
"""Field → its label, where a person's own voice would not do."""
HINTS = {
    "religion_perceived": "They can skip this",
    "date": "For example, 27 3 2026. Leave the day empty if they are unsure.",
    "place_words": "For example SO14 7LY, or Shirley High Street. Leave it empty if they would rather not say.",
    "ward": "",
    "name": "Only if they want to give it",
    "words": "Their words, not yours, in any language. Leave out names of other people if you can.",
}
_CHOICES: dict[str, dict[StrEnum, str]] = {
    "safety": {Safety.UNSURE: "They are not sure"},
    "when_kind": {WhenKind.EXACT: "On a day they know", WhenKind.ABOUT: "About then, they are not sure of the day"},
    "contact": {
        Contact.ANONYMOUS: "They stay anonymous, also to the team. No answer needed",
        Contact.ANSWER_HERE: "They stay anonymous, and are answered behind the code",
        Contact.REACH_ME: "They give a name or a safe way to reach them",
    },
}
_WARD_UNSAID = "They would rather not say, or are not sure"

_WHOM = {
    AgencyKind.SUPPORT: "a victim support service",
    AgencyKind.POLICE: "the police",
    AgencyKind.HOUSING: "your landlord or housing association",
    AgencyKind.COUNCIL: "the council",
}
_WHAT = {
    Detail.WHAT_HAPPENED: "what happened to you",
    Detail.HOW_TO_REACH: "how to reach you",
    Detail.WHO_I_AM: "your name",
}
_SHORT = {
    Detail.WHAT_HAPPENED: "They agree: what happened",
    Detail.HOW_TO_REACH: "They agree: how to reach them",
    Detail.WHO_I_AM: "They agree: who they are",
}


def put_into_conversation(form: QuestionForm) -> QuestionForm:
    """The form with labels, hints and choices worded for whoever asks; what it accepts stays the same."""
    for field in form:
        name = field.short_name
        if name in LABELS:
            field.label.text = LABELS[name]
        if name in HINTS:
            field.description = HINTS[name]
        if name in _CHOICES:
            said = {word.value: words for word, words in _CHOICES[name].items()}
            field.choices = offer((choice.value, said.get(choice.value, choice.label)) for choice in field.choices)
        if name == "ward":
            field.choices = offer((each.value, each.label if each.value else _WARD_UNSAID) for each in field.choices)
    return form


def sentence_to_read(agency: AgencyKind, detail: Detail) -> str:
    """The exact words to read aloud before a visitor agrees, or does not, to one agency having one kind of detail."""
    if detail is Detail.WHAT_HAPPENED:
        return f"May we tell {_WHOM[agency]} {_WHAT[detail]}?"
    return f"And may we tell them {_WHAT[detail]}?"


def agreed_in_words(detail: Detail) -> str:
    """What the box says that is ticked when they say yes."""
    return _SHORT[detail]
