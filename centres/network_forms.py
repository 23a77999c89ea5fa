"""The shape of what the coordinator decides about a centre."""

from wtforms import RadioField, SelectMultipleField
from wtforms.validators import Optional

from centres.rules import REASONS
from centres.vocabulary import CentreState, Check
from centres.wording import choices
from core.forms import Form, offer


class ChecksForm(Form):
    """What was seen to."""

    checks = SelectMultipleField("What was seen to", choices=offer(choices(Check)), validators=[Optional()])


class MoveForm(Form):
    """Why a centre is moved, where a reason is wanted. The rule, not the form, says when one is."""

    reason = RadioField("Why?", choices=[], validators=[Optional()], validate_choice=False)

    @classmethod
    def towards(cls, to: CentreState) -> "MoveForm":
        """The form of one move, offering its reasons."""
        form = cls()
        form.reason.choices = offer(choices(REASONS.get(to, ())))
        return form
