"""What somebody types who is back with their code."""

from wtforms import StringField, TextAreaField
from wtforms.validators import Length

from core.forms import Form, strip
from reporting.schemas import LONGEST_STORY


class CodeForm(Form):
    """The receipt code, however it is typed."""

    code = StringField(
        "Your code", filters=[strip], validators=[Length(max=200, message="That is too long for a code")]
    )


class ReplyForm(Form):
    """A message from behind the code."""

    words = TextAreaField(
        "Write to the team",
        filters=[strip],
        validators=[Length(min=1, max=LONGEST_STORY, message=f"Write between 1 and {LONGEST_STORY:,} letters")],
    )
