"""The shape of what officers and caseworkers type. Every free text is sealed as soon as it arrives."""

from collections.abc import Sequence
from typing import Any

from wtforms import Field, HiddenField, RadioField, SelectField, SelectMultipleField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from core.forms import Form, offer, strip
from core.sealing import Secret
from reporting.locating import city
from reporting.schemas import read_point
from triage.vocabulary import Level, Outcome, WardReason
from triage.wording import choices

LONGEST_TEXT = 10_000
_READ_BY = "The desk and your own team read this."
PIN, WHOLE_WARD = "pin", "ward"
_TOO_LONG = Length(max=LONGEST_TEXT, message=f"Use {LONGEST_TEXT:,} letters or fewer")


def _text(label: str, empty: str | None = None, hint: str = "") -> TextAreaField:
    """A long text; `empty` says what to do when it is left out, None lets it be."""
    needed = [DataRequired(empty)] if empty else []
    return TextAreaField(label, description=hint, filters=[strip], validators=[*needed, _TOO_LONG])


def _one_of(label: str, words: Any, empty: str) -> SelectField:
    offered = [("", "Choose one"), *choices(words)]
    return SelectField(label, choices=offer(offered), validators=[InputRequired(empty)])


def secret_of(field: TextAreaField) -> Secret:
    """What was typed, as something that cannot be logged."""
    return Secret(field.data or "")


def _wards_to_choose() -> list[SelectChoice]:
    wards = sorted(city().boundary_set(), key=lambda ward: ward.name)
    return offer([("", "Choose one"), *((ward.code, ward.name) for ward in wards)])


class LevelForm(Form):
    """An officer's own level, with why when it differs from the score."""

    level = RadioField(
        "How urgent is it?", choices=offer(choices(Level)), validators=[InputRequired("Choose how urgent it is")]
    )
    reason = _text("Why", hint="Needed when your level differs from the score. Only the desk can read it.")


class WardForm(Form):
    """A ward chosen by hand, and why."""

    ward = SelectField("Ward", validators=[InputRequired("Choose a ward")])
    why = _one_of("Why this ward", WardReason, "Choose why")

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.ward.choices = _wards_to_choose()


class PlaceForm(Form):
    """A place chosen by hand: one that the gazetteer knows, the pin, or a ward; and why. `pin` and the view are kept
    in the page while somebody looks around."""

    choice = RadioField(
        "Where was it?", validate_choice=False, validators=[InputRequired("Choose a place, the pin, or a ward")]
    )
    ward = SelectField("Ward", validate_choice=False)
    why = _one_of("Why this place", WardReason, "Choose why")
    pin = HiddenField()
    zoom = HiddenField()
    column = HiddenField()
    row = HiddenField()

    def __init__(self, places: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(prefix="place", **more)
        self.choice.choices = offer([*places, (PIN, "Where the pin is"), (WHOLE_WARD, "Somewhere in a ward")])
        self.ward.choices = _wards_to_choose()

    def validate_ward(self, field: Field) -> None:
        """The choice of a ward needs one; what stands there counts for no other choice."""
        if self.choice.data == WHOLE_WARD and field.data not in {
            choice.value for choice in field.choices if choice.value
        }:
            raise ValidationError("Choose a ward")

    def validate_choice(self, field: Field) -> None:
        """It must be one of those on the page, and the choice of the pin needs a pin."""
        if field.data not in {choice.value for choice in field.choices}:
            raise ValidationError("That place is not among those below any more. Choose again")
        if field.data == PIN and read_point(self.pin.data or "") is None:
            raise ValidationError("Press the map to set the pin first")


class MessageForm(Form):
    """An officer's words to the reporter."""

    words = _text("Your message", "Write something to send", hint="They read it with their code. Use plain words.")


class AsideForm(Form):
    """A note to the centre that logged the report."""

    words = _text("Write to the centre", "Write the note", "The reporter does not read it.")


class CloseForm(Form):
    """What was done in the end, and words to the reporter."""

    outcome = _one_of("What was done", Outcome, "Choose what was done")
    words = _text(
        "What we say to the reporter",
        "Write to the reporter how this ended",
        hint="They read it with their code. Say what was done, and what they can do next.",
    )


class ChooseForm(Form):
    """Which agencies to refer to."""

    agency = SelectMultipleField(
        "Who should have this report?", validators=[InputRequired("Choose at least one agency")]
    )


class SendForm(Form):
    """What was previewed, so that exactly this is sent."""

    agencies = HiddenField(validators=[InputRequired()])
    fingerprint = HiddenField(validators=[InputRequired()])


class DeclineForm(Form):
    """Why an agency cannot take a referral on."""

    reason = _text(
        "Why you cannot take it on", "Say why you cannot take it on", hint="The desk and your own team read this."
    )


class ProgressForm(Form):
    """How it goes."""

    note = _text(
        "What has been done so far", "Write what has been done so far", hint="The desk and your own team read this."
    )


class OutcomeForm(Form):
    """What an agency did, and words to the reporter."""

    outcome = _one_of("What was done", Outcome, "Choose what was done")
    words = _text(
        "In your words, for the reporter",
        "Write to the reporter what was done",
        hint="The person who reported reads this with their code. Name nobody. Use plain words.",
    )
