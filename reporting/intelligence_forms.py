"""The Community Partnership Intelligence form, and what an officer says came of one."""

from typing import Any

from wtforms import Field, HiddenField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import AnyOf, InputRequired, Length, Optional, ValidationError

from core.forms import Form, offer, strip
from core.ids import new_id
from core.sealing import Secret
from reporting.answers import Place
from reporting.intelligence import Heard
from reporting.intelligence_words import Action, Assessment, Handling, SourceEvaluation, words_of
from reporting.locating import city
from reporting.vocabulary import Strand
from reporting.wording import choices

LONGEST_TEXT = 10_000
LONGEST_LINE = 300


def _graded(label: str, words: Any, empty: str) -> RadioField:
    offered = [(word.value, f"{word.value}: {words_of(word)}") for word in words]
    known = AnyOf([word.value for word in words], message=empty)
    return RadioField(label, choices=offer(offered), validators=[known], validate_choice=False)


def _long(label: str, hint: str, *needed: Any) -> TextAreaField:
    too_long = Length(max=LONGEST_TEXT, message=f"Use {LONGEST_TEXT:,} letters or fewer")
    return TextAreaField(label, description=hint, filters=[strip], validators=[*needed, too_long])


class HeardForm(Form):
    """What somebody heard, where, and how sure. `once` makes one of a form sent twice."""

    once = HiddenField(validators=[Length(max=60)])
    words = _long(
        "What did you hear or see?",
        "What, when and how often. Leave out names of people who were targeted: they can report themselves.",
        InputRequired("Write what you heard or saw"),
    )
    place_words = StringField(
        "Where?",
        description="A street, a place or a postcode in the city.",
        filters=[strip],
        validators=[Length(max=LONGEST_LINE, message=f"Use {LONGEST_LINE} letters or fewer")],
    )
    ward = SelectField("Or the ward, if that is all you know", validators=[Optional()])
    strands = SelectMultipleField(
        "Whom is it against?",
        description="Choose all that apply, or none.",
        choices=offer(choices(Strand)),
        validators=[Optional()],
    )
    source = _long(
        "How did it come to you?",
        "In general words, such as “a shopkeeper told a warden”. No names. With 3 or E below, say why.",
    )
    source_evaluation = _graded("How reliable is the source?", SourceEvaluation, "Choose how reliable the source is")
    assessment = _graded("How does the source know?", Assessment, "Choose how the source knows")
    handling = _graded("How may it be passed on?", Handling, "Choose how it may be passed on")
    conditions = _long("With C: on what conditions?", "Such as “only to the neighbourhood team”. Empty with P.")

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        wards = sorted(city().boundary_set(), key=lambda ward: ward.name)
        self.ward.choices = offer([("", "Choose a ward"), *((ward.code, ward.name) for ward in wards)])
        if not self.once.data:
            self.once.data = new_id()

    def validate_conditions(self, field: Field) -> None:
        """Sharing with conditions needs them."""
        if self.handling.data == Handling.CONDITIONS.value and not field.data:
            raise ValidationError("Write on what conditions it may be passed on")

    def heard(self) -> Heard:
        """What was filled in, as something that cannot be logged."""
        return Heard(
            words=Secret(self.words.data or ""),
            source=Secret(self.source.data or ""),
            conditions=Secret(self.conditions.data or ""),
            place=Place(self.place_words.data or "", None, self.ward.data or None),
            source_evaluation=SourceEvaluation(self.source_evaluation.data),
            assessment=Assessment(self.assessment.data),
            handling=Handling(self.handling.data),
            strands=frozenset(Strand(word) for word in self.strands.data or ()),
        )


class GradeForm(Form):
    """The desk's own grade."""

    source_evaluation = _graded("How reliable is the source?", SourceEvaluation, "Choose how reliable the source is")
    assessment = _graded("How does the source know?", Assessment, "Choose how the source knows")

    @property
    def grade(self) -> tuple[SourceEvaluation, Assessment]:
        """What was chosen, once it holds."""
        return SourceEvaluation(self.source_evaluation.data), Assessment(self.assessment.data)


class ActionForm(Form):
    """What came of it."""

    action = RadioField(
        "What came of it?",
        choices=offer([(action.value, words_of(action)) for action in Action]),
        validators=[InputRequired("Choose what came of it")],
    )
