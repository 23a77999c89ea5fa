"""The shape of each question's answer. Every field may be left empty; what is given must make sense."""

from datetime import date
from typing import Any

from wtforms import (
    Field,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms import Form as PlainForm
from wtforms.validators import Length, Optional, ValidationError

from core.days import NoSuchDay, read_whole_day
from core.forms import Form, offer, strip
from core.work import harbour
from core.working_time import DeskHours
from reporting.locating import city
from reporting.schemas import LONGEST_STORY
from reporting.vocabulary import (
    AgencyKind,
    Category,
    Contact,
    Detail,
    Harm,
    HourBand,
    Motive,
    Offender,
    Repeat,
    Safety,
    Setting,
    Strand,
    Told,
    WhenKind,
    WhyNotTold,
    Wish,
    YesNo,
)
from reporting.wording import choices, in_words

LONGEST_LINE = 300


def _radio(label: str, words: Any, **more: Any) -> RadioField:
    offered = [word for word in words if word.value != "unsaid"]
    return RadioField(label, choices=offer(choices(offered)), validators=[Optional()], **more)


def _ticks(label: str, words: Any, **more: Any) -> SelectMultipleField:
    return SelectMultipleField(label, choices=offer(choices(words)), validators=[Optional()], **more)


def _line(label: str, **more: Any) -> StringField:
    too_long = f"Use {LONGEST_LINE} letters or fewer"
    return StringField(label, filters=[strip], validators=[Length(max=LONGEST_LINE, message=too_long)], **more)


class QuestionForm(Form):
    """One question. Its answer is a flat document that a draft keeps and the schema reads."""

    def __init__(self, *args: Any, data: Any = None, **more: Any) -> None:
        super().__init__(*args, data=data, **more)
        self.is_blank = not data and not self.is_submitted()

    def answer(self) -> dict[str, Any]:
        """Field name → what was answered."""
        return {field.short_name: field.data for field in self if field.short_name != "csrf_token"}


class SafeNowForm(QuestionForm):
    """Are you safe now?"""

    safety = _radio("Are you safe right now?", Safety)


class WhatHappenedForm(QuestionForm):
    """What happened; several may be ticked."""

    categories = _ticks("What happened?", [word for word in Category if word is not Category.ASB_UNSPECIFIED])


class WhyTargetedForm(QuestionForm):
    """Why, as the reporter sees it. Perception is enough."""

    why = _ticks("Why do you think it happened?", [*Strand, *Motive])
    religion_perceived = _line(
        "If it was about religion: which religion did they seem to think it was?",
        description="You can skip this",
    )

    def validate_why(self, field: Field) -> None:
        """A denial and a strand cannot both hold."""
        ticked = set(field.data or [])
        if Motive.NOT_ABOUT_THAT.value in ticked and len(ticked) > 1:
            raise ValidationError("Choose reasons, or “It was not about any of these”, not both")


class DayParts(PlainForm):
    """A day in three boxes."""

    day = StringField("Day", filters=[strip])
    month = StringField("Month", filters=[strip])
    year = StringField("Year", filters=[strip])

    def validate(self, extra_validators: Any = None) -> bool:
        """The day must exist and not lie ahead."""
        try:
            read_day(self.day.data, self.month.data, self.year.data, _today())
        except ValidationError as error:
            self.form_errors.append(str(error))
            return False
        return True


class WhenForm(QuestionForm):
    """When it happened: exactly, about, or again and again."""

    when_kind = _radio("When did it happen?", WhenKind)
    date = FormField(
        DayParts, "What was the date?", description="For example, 27 3 2026. Leave the day empty if unsure."
    )
    hours = _radio("What time of day was it?", HourBand)

    def answer(self) -> dict[str, Any]:
        """The three boxes for the form, and the day they mean for the schema."""
        parts, answer = self.date.form, super().answer()
        day = read_day(parts.day.data, parts.month.data, parts.year.data, _today())
        if day and not parts.day.data and answer["when_kind"] == WhenKind.EXACT.value:
            # Only the month was given: its first day must not be taken for the day.
            answer["when_kind"] = WhenKind.ABOUT.value
        return {**answer, "day": day.isoformat() if day else None}


def read_day(day: str | None, month: str | None, year: str | None, today: date) -> date | None:
    """A day from three boxes; an empty day is the first of its month; ValidationError for one that cannot be."""
    if not (day or month or year):
        return None
    if not (month and year):
        raise ValidationError("Give at least the month and the year, or leave all three empty")
    try:
        found = read_whole_day(day or "1", month, year)
    except NoSuchDay as refusal:
        raise ValidationError(str(refusal)) from refusal
    if found > today:
        raise ValidationError("This date is in the future. Give a date that has passed")
    return found


def _today() -> date:
    installation = harbour()
    return DeskHours.of(installation.settings).day_of(installation.clock())


class WhereForm(QuestionForm):
    """Where it happened: a kind of place, and words or a ward, or nothing. What is chosen on the map is not sent here:
    a page that was opened before must not undo it."""

    setting = _radio("What sort of place was it?", Setting)
    place_words = _line(
        "Postcode, street or name of the place",
        description="For example SO14 7LY, or Shirley High Street. Leave it empty if you would rather not say.",
    )
    ward = SelectField("Or choose the part of the city", choices=[], validators=[Optional()])
    ward_shown = HiddenField(validators=[Optional()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wards = city().boundary_set(city().current_vintage).wards
        named = sorted((ward.name, str(ward.code)) for ward in wards)
        unsaid = ("", "Not sure, or rather not say")
        self.ward.choices = offer([unsaid, *((code, name) for name, code in named)])
        if not self.is_submitted():
            self.ward_shown.data = self.ward.data or ""

    def answer(self) -> dict[str, Any]:
        """What was answered; the ward that the page showed at first is no answer."""
        return {name: value for name, value in super().answer().items() if name != "ward_shown"}


class OwnWordsForm(QuestionForm):
    """The story, in any language."""

    words = TextAreaField(
        "Tell us in your own words",
        filters=[strip],
        validators=[
            Length(
                max=LONGEST_STORY,
                message=f"This is longer than {LONGEST_STORY:,} letters. Shorten it, or send the rest "
                "as a message after you have your code. Nothing you wrote is lost",
            )
        ],
    )


class BeforeForm(QuestionForm):
    """Has it happened before?"""

    repeat = _radio("Has this happened before?", Repeat)


class HarmForm(QuestionForm):
    """What was done or threatened."""

    harms = _ticks("Was anybody hurt or threatened?", Harm)

    def validate_harms(self, field: Field) -> None:
        """None of these, and one of these, cannot both hold."""
        if Harm.NONE.value in (field.data or []) and len(field.data) > 1:
            raise ValidationError("Choose what happened, or “None of these”, not both")


class KnowThemForm(QuestionForm):
    """Does the reporter know who did it?"""

    offender = _radio("Do you know who did it?", Offender)


class Under18Form(QuestionForm):
    """Is the person it happened to a child?"""

    under_18 = _radio("Is the person it happened to under 18?", YesNo)


class ToldBeforeForm(QuestionForm):
    """Who was told before, and if nobody, why."""

    told = _ticks("Have you told anybody about this before?", Told)
    why_not_told = _ticks("If you told nobody in authority, why was that?", WhyNotTold)

    def validate_told(self, field: Field) -> None:
        """Nobody, and somebody, cannot both hold."""
        if Told.NOBODY.value in (field.data or []) and len(field.data) > 1:
            raise ValidationError("Choose who you told, or “Nobody”, not both")


class WishesForm(QuestionForm):
    """What would you like to happen?"""

    wishes = _ticks("What would you like to happen?", Wish)


class ContactForm(QuestionForm):
    """Anonymous, anonymous but answered, or how to be reached safely."""

    contact = _radio("Do you want to hear back from us?", Contact)
    name = _line("Your name", description="Only if you want to give it")
    reach = _line("A phone number or email address that is safe to use")
    safe_times = _line(
        "When and how is it safe to reach you?", description="For example, weekday mornings, no voicemail"
    )

    def validate_name(self, field: Field) -> None:
        """A name without a choice would be dropped in silence."""
        self._needs_a_choice(field)

    def validate_reach(self, field: Field) -> None:
        """Somebody who asks to be reached must say how."""
        self._needs_a_choice(field)
        if self.contact.data == Contact.REACH_ME.value and not field.data:
            raise ValidationError("Give a phone number or email address, or choose to be answered here")

    def _needs_a_choice(self, field: Field) -> None:
        if field.data and not self.contact.data:
            raise ValidationError("Choose above whether we may reach you, or leave this empty to stay anonymous")


class SharingForm(QuestionForm):
    """Consent: per kind of agency and per kind of detail."""

    consent = SelectMultipleField(
        "Who may we share this with?",
        choices=offer((f"{agency.value}:{detail.value}", "") for agency in AgencyKind for detail in Detail),
        validators=[Optional()],
    )

    def validate_consent(self, field: Field) -> None:
        """A name or a number is for whoever is told what happened; alone it would be dropped in silence."""
        ticked = set(field.data or [])
        for agency in AgencyKind:
            of_agency = {pair for pair in ticked if pair.startswith(f"{agency.value}:")}
            if of_agency and f"{agency.value}:{Detail.WHAT_HAPPENED.value}" not in of_agency:
                words = in_words(Detail.WHAT_HAPPENED)
                raise ValidationError(f"{in_words(agency)}: tick “{words}” too, or nothing for them")

    def ticked(self, agency: str, detail: str) -> bool:
        """Whether the box of an agency and a kind of detail is ticked."""
        return f"{agency}:{detail}" in (self.consent.data or [])
