"""The questions, in their order: one source, in two voices (a person's own, and a conversation at a centre)."""

from dataclasses import dataclass

from reporting import forms


@dataclass(frozen=True, slots=True)
class Question:
    """One question: its address, its form, its title in each voice, and why it is asked.

    `private` ones are what a visitor of a centre may rather answer alone, with the screen handed over.
    """

    slug: str
    form: type[forms.QuestionForm]
    title: str
    spoken: str
    why: str = ""
    private: bool = False


QUESTIONS: tuple[Question, ...] = (
    Question(
        "safe-now",
        forms.SafeNowForm,
        "Are you safe right now?",
        "Are they safe right now?",
        "If you are not, we put your report first. In danger, call 999 before anything else.",
    ),
    Question(
        "what-happened",
        forms.WhatHappenedForm,
        "What happened?",
        "What did they say happened?",
        "Tick everything that fits. It does not have to be a crime to matter.",
    ),
    Question(
        "why-targeted",
        forms.WhyTargetedForm,
        "Why do you think it happened?",
        "Why do they think it happened?",
        "What you think is enough. Nobody will ask you to prove it.",
        private=True,
    ),
    Question("when", forms.WhenForm, "When did it happen?", "When did it happen?"),
    Question(
        "where",
        forms.WhereForm,
        "Where did it happen?",
        "Where did it happen?",
        "We use the place to find the part of the city. The exact place is kept locked.",
    ),
    Question(
        "own-words",
        forms.OwnWordsForm,
        "Tell us in your own words",
        "What happened, in their own words?",
        "Any language is fine. Leave out names of other people if you can, and anything that gives you away "
        "if you want to stay anonymous.",
        private=True,
    ),
    Question(
        "before",
        forms.BeforeForm,
        "Has this happened before?",
        "Has this happened to them before?",
        "Things that come back often get worse. It helps us decide how fast to act.",
    ),
    Question(
        "harm",
        forms.HarmForm,
        "Was anybody hurt or threatened?",
        "Was anybody hurt or threatened?",
        "It helps us decide how fast to act.",
    ),
    Question(
        "know-them",
        forms.KnowThemForm,
        "Do you know who did it?",
        "Do they know who did it?",
        "If it is somebody close to you, we take care never to contact your home.",
        private=True,
    ),
    Question(
        "under-18",
        forms.Under18Form,
        "Is the person it happened to under 18?",
        "Is the person it happened to under 18?",
        "Children have people whose work it is to keep them safe.",
    ),
    Question(
        "told-before",
        forms.ToldBeforeForm,
        "Have you told anybody about this before?",
        "Had they told anybody about this before?",
        "It shows the city where people were not heard. There is no wrong answer.",
    ),
    Question(
        "wishes",
        forms.WishesForm,
        "What would you like to happen?",
        "What would they like to happen?",
        "It is your choice. Help without the police is a full choice too.",
    ),
    Question(
        "contact",
        forms.ContactForm,
        "Do you want to hear back from us?",
        "Do they want to hear back?",
        "You never have to say who you are. Nobody contacts you unless you ask for it here.",
        private=True,
    ),
    Question(
        "sharing",
        forms.SharingForm,
        "Who may we share this with?",
        "Who do they agree we may share this with?",
        "Each box is your choice. If you tick nothing, only our own team reads your report.",
    ),
)
BY_SLUG = {question.slug: question for question in QUESTIONS}


def step_of(question: Question) -> int:
    """1 for the first question."""
    return QUESTIONS.index(question) + 1


def after(question: Question) -> Question | None:
    """The next question, or None after the last."""
    place = step_of(question)
    return QUESTIONS[place] if place < len(QUESTIONS) else None


def before(question: Question) -> Question | None:
    """The question before, or None before the first."""
    place = step_of(question) - 1
    return QUESTIONS[place - 1] if place > 0 else None
