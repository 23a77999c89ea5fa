"""The shape of what is said of a centre's people."""

import re
from datetime import date
from typing import Any

from wtforms import BooleanField, Field, IntegerField, RadioField, SelectField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional, ValidationError

from accounts.vocabulary import Role
from centres.standing import LONGEST_MONTHS, MONTHS
from centres.vocabulary import Course
from centres.wording import choices
from core.forms import DayField, Form, offer, strip
from core.lettering import readable

ONE_PERSON = (
    "An invitation is for one person, and this looks like several. What you pasted still stands here: "
    "leave one name, invite, then come back for the next"
)
_MONTHS = f"Enter a number from 1 to {LONGEST_MONTHS}, or leave it empty"
_SEPARATES = re.compile(r"[\t;|,@]|\S[ \t]*[\r\n]+\s*\S")
_ROLES = [
    (Role.CENTRE_STAFF.value, "Staff: they log reports for visitors"),
    (Role.CENTRE_LEAD.value, "Lead: they also look after the centre’s page, people and training"),
]


class InviteForm(Form):
    """One person to be invited."""

    # A text area, so that whatever is pasted is kept as it is.
    name = TextAreaField(
        "Name of the person",
        description="One person. They choose their email address and password themselves.",
        filters=[strip, readable],
        validators=[DataRequired("Enter the name of the person")],
    )
    role = RadioField("What will they do?", choices=offer(_ROLES), validators=[InputRequired("Choose what they do")])

    def validate_name(self, field: Field) -> None:
        """One name, not a list of staff."""
        if _SEPARATES.search(field.data or ""):
            raise ValidationError(ONE_PERSON)
        if len(field.data or "") > 120:
            raise ValidationError("Use 120 letters or fewer")


class RoleForm(Form):
    """Which of a centre's two roles somebody is to have."""

    role = RadioField("Role", choices=offer(_ROLES), validators=[InputRequired("Choose what they do")])


class NewKeyForm(Form):
    """That a new key is wanted although the old one's notes are lost with it."""

    nobody = BooleanField(
        "I asked: nobody who works there can sign in, and they know what is lost",
        validators=[InputRequired("Tick that you asked, or make somebody who can sign in a lead")],
    )


class TrainingForm(Form):
    """A course that somebody completed."""

    course = SelectField(
        "Course", choices=offer([("", "Choose one"), *choices(Course)]), validators=[InputRequired("Choose the course")]
    )
    completed_on = DayField("When was it completed?")
    months = IntegerField(
        "For how many months does it count?",
        description="Leave this empty for the usual: "
        + f"{MONTHS[Course.REPORTING]} months for taking reports, {MONTHS[Course.SAFEGUARDING]} for the others.",
        validators=[
            Optional(),
            NumberRange(1, LONGEST_MONTHS, message=_MONTHS),
        ],
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """What cannot be read at all is told in words of ours."""
        holds = super().validate(extra_validators)
        if self.months.process_errors:
            self.months.errors = [_MONTHS]
        return holds

    def validate_completed_on(self, field: Field) -> None:
        """A day of somebody's working life."""
        if field.data is None and not field.errors:
            raise ValidationError("Enter the day, such as 27 3 2026")
        if field.data and field.data < date(1980, 1, 1):
            raise ValidationError("Check the year")
