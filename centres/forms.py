"""The shape of what is typed at a centre, or to find one, besides the public form's own questions."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from centres.visit_rules import (
    SHORTEST_PASSPHRASE,
    is_too_easy,
    is_too_short,
    needs_a_second_look,
    obstacle_to_call_back,
)
from core.clock import local_day
from core.forms import DayField, Form, offer, strip
from core.languages import Language
from core.sealing import Secret
from core.work import harbour
from reporting.answers import Consent
from reporting.schemas import CONSENT_PAIRS, read_pair
from reporting.vocabulary import Interpreting, Present
from reporting.wording import choices

LONGEST_NOTE = 10_000
_OFFICE_HOURS = range(8, 21)


def _note(label: str, hint: str = "", needed: str = "") -> TextAreaField:
    too_long = Length(max=LONGEST_NOTE, message=f"Use {LONGEST_NOTE:,} letters or fewer. Nothing you wrote is lost")
    return TextAreaField(
        label, description=hint, filters=[strip], validators=[*([DataRequired(needed)] if needed else []), too_long]
    )


class VisitForm(Form):
    """One visit. Its key is in the page, not in a cookie, so that two visitors can be served side by side."""

    visit = HiddenField("Visit", validators=[Length(max=200)])
    present = SelectMultipleField("Who else is here?", choices=offer(choices(Present)), validators=[Optional()])
    language = SelectField("Which language do they speak with you, or with the interpreter?", validators=[Optional()])
    interpreting = RadioField(
        "Who interprets?",
        choices=offer(choices(Interpreting)),
        validators=[Optional()],
        description="Rather not a child or a relative: they may be part of it, and it is a lot to carry.",
    )
    paper = BooleanField("They filled in a paper form before, and I am typing it in")
    dated = DayField("What day is on the paper form?", description="For example, 27 3 2026")
    dated_sure = BooleanField("I checked the date: it is right, although it is long ago")
    taken_by = SelectField("Who took the paper form?", validators=[Optional()])
    read = SelectMultipleField(
        "Read and answered", choices=offer((pair, "") for pair in CONSENT_PAIRS), validators=[Optional()]
    )
    note_agreed = BooleanField("They agree that this centre keeps a note for them")
    note = _note("The note for them", "Only people of this centre can read it. The team that reads reports cannot.")
    support_plan = _note("Support plan", "For your own team: what you agreed to do, and who does it.")
    debrief = _note("Debrief", "How this visit was for you. For your own team.")
    code_alone = BooleanField("They would rather see their code alone: I hand over the screen after sending")
    agreed = BooleanField(
        "I read this to the visitor, or it stands on their signed paper form, and they agree that this report is sent",
        validators=[InputRequired("Read the sharing choices to the visitor, and tick that they agree")],
    )

    def __init__(self, *args: Any, people: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        spoken = [(language.value, language.english) for language in Language]
        self.language.choices = offer([("", "Not said"), *spoken])
        self.taken_by.choices = offer([("", "Somebody who is not in this list"), *people])

    def validate_present(self, field: Field) -> None:
        """Nobody, and somebody, cannot both be there."""
        if Present.ALONE.value in (field.data or []) and len(field.data) > 1:
            raise ValidationError("Choose who else is here, or “Nobody else”, not both")

    def validate_dated(self, field: Field) -> None:
        """A paper form has a day, which does not lie ahead, and one long ago is asked about once more."""
        today = today_here()
        if not self.paper.data:
            if field.data:
                raise ValidationError("Tick that you are typing in a paper form, or leave its date empty")
            return
        if field.data is None:
            if not field.errors:
                raise ValidationError("Give the day that is on the paper form")
            return
        if field.data > today:
            raise ValidationError("This date is in the future. Give the day that is on the paper form")
        if needs_a_second_look(field.data, today) and not self.dated_sure.data:
            day = f"{field.data:%-d %B %Y}"
            raise ValidationError(f"{day} is more than a year ago. If it is right, tick below that you checked it")

    def validate_note(self, field: Field) -> None:
        """A note that the visitor did not agree to is not kept, and not dropped in silence either."""
        if field.data and not self.note_agreed.data:
            raise ValidationError("Ask whether you may keep this note, and tick that they agree, or leave it empty")

    @property
    def read_aloud(self) -> Consent:
        """The sentences that were read and answered."""
        return frozenset(read_pair(pair) for pair in self.read.data or [])

    def was_read(self, agency: str, detail: str) -> bool:
        """Whether the sentence of an agency and a kind of detail was read and answered."""
        return f"{agency}:{detail}" in (self.read.data or [])


class GiveBackForm(Form):
    """The staff member's own password, to have the screen back."""

    password = PasswordField(
        "Password of the member of staff", validators=[InputRequired("Enter your password"), Length(max=200)]
    )


class PassphraseForm(Form):
    """A passphrase of the visitor's own."""

    passphrase = PasswordField("Your passphrase", validators=[InputRequired("Type your passphrase"), Length(max=200)])


class EnvelopeForm(Form):
    """A new passphrase of the visitor's own, typed twice."""

    passphrase = PasswordField(
        "Choose a passphrase",
        description="Three or four words that only you would put together. Not a name, not a birthday.",
        validators=[
            InputRequired("Choose a passphrase"),
            Length(max=200, message="Use 200 letters or fewer"),
        ],
    )
    again = PasswordField("Type it again", validators=[Length(max=200)])

    def validate_passphrase(self, field: Field) -> None:
        """Neither short, once it is said, nor the same letters over and over."""
        if is_too_short(field.data or ""):
            raise ValidationError(f"Use {SHORTEST_PASSPHRASE} letters or more")
        if is_too_easy(field.data or ""):
            raise ValidationError("This is easily guessed. Choose three or four words that do not belong together")

    def validate_again(self, field: Field) -> None:
        """A slip of the finger would shut the envelope for good."""
        if field.data != self.passphrase.data:
            raise ValidationError("The two are not the same. Type both again")


class NoteForm(Form):
    """A further note of the centre."""

    kind = RadioField("What is it?", validators=[InputRequired("Choose what kind of note it is")])
    words = _note("The note", "Only people of this centre can read it.", "Write the note")

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.kind.choices = offer(kinds)


class AsideForm(Form):
    """A note to the desk."""

    words = _note("Write to the desk", "The visitor does not read it.", "Write the note")


class ReminderForm(Form):
    """A promised call-back."""

    due = DayField("On which day?", description="For example, 27 3 2026")
    hour = SelectField("At what time, about?")
    person = SelectField("Who calls?")
    words = _note("What it is about", "Only people of this centre can read it. It can stay empty.")

    def __init__(self, *args: Any, people: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.hour.choices = offer((str(hour), f"{hour}:00") for hour in _OFFICE_HOURS)
        self.person.choices = offer(people)

    def validate_due(self, field: Field) -> None:
        """A promise lies ahead, and not too far."""
        if field.data is None:
            if not field.errors:
                raise ValidationError("Give the day on which you promised to call")
            return
        obstacle = obstacle_to_call_back(self.due_at(), harbour().clock())
        if obstacle:
            raise ValidationError(obstacle)

    def due_at(self) -> datetime:
        """The promised hour of the promised day, at the centre; only of a form that holds."""
        hour = int(self.hour.data) if self.hour.data in map(str, _OFFICE_HOURS) else _OFFICE_HOURS[-1]
        day = self.due.data or today_here()
        return datetime.combine(day, time(hour), ZoneInfo(harbour().settings.desk_time_zone))


class NearForm(Form):
    """Where somebody is. It is answered and forgotten, so it needs no token, and no cookie for one."""

    class Meta:
        csrf = False

    place = StringField(
        "Your postcode",
        filters=[strip],
        validators=[Length(max=100, message="Write a postcode, such as SO14 7LY")],
        description="For example SO14 7LY. We use it for this answer, and do not keep it.",
    )


class SearchForm(Form):
    """A reference to look for: it is no secret."""

    class Meta:
        csrf = False

    reference = StringField("Find a reference", filters=[strip], validators=[Length(max=40)])


def today_here() -> date:
    """The day it is where the desk and the centres are."""
    installation = harbour()
    return local_day(installation.clock(), installation.settings.desk_time_zone)


def secret_of(field: Field) -> Secret:
    """What was typed, as something that cannot be logged."""
    return Secret(field.data or "")
