"""The shape of a visit: the public form's own questions, and what ties its pages together."""

from wtforms import BooleanField, HiddenField
from wtforms.validators import InputRequired, Length

from core.forms import Form


class VisitForm(Form):
    """One visit. Its key is in the page, not in a cookie, so that two visitors can be served side by side."""

    visit = HiddenField("Visit", validators=[Length(max=60)])
    agreed = BooleanField(
        "I read this to the visitor, and they agree that this report is sent",
        validators=[InputRequired("Read the sharing choices to the visitor, and tick that they agree")],
    )
