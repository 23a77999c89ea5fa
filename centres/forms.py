"""The shape of what is sent: a visit (the public form's own questions, and what ties them), and a postcode."""

from wtforms import BooleanField, HiddenField, StringField
from wtforms.validators import InputRequired, Length

from core.forms import Form, strip


class VisitForm(Form):
    """One visit. Its key is in the page, not in a cookie, so that two visitors can be served side by side."""

    visit = HiddenField("Visit", validators=[Length(max=60)])
    agreed = BooleanField(
        "I read this to the visitor, and they agree that this report is sent",
        validators=[InputRequired("Read the sharing choices to the visitor, and tick that they agree")],
    )


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
