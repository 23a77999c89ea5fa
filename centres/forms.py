"""The shape of a visit, the public form's own questions and what ties its pages together; and of a token."""

from wtforms import BooleanField, HiddenField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length

from centres.vocabulary import TokenScope
from core.forms import Form, offer, strip

LONGEST_NAME = 80


class VisitForm(Form):
    """One visit. Its key is in the page, not in a cookie, so that two visitors can be served side by side."""

    visit = HiddenField("Visit", validators=[Length(max=60)])
    agreed = BooleanField(
        "I read this to the visitor, and they agree that this report is sent",
        validators=[InputRequired("Read the sharing choices to the visitor, and tick that they agree")],
    )


class TokenForm(Form):
    """A token for a system of the centre."""

    name = StringField(
        "What is it for?",
        description="So that you know it again, such as the name of the system that will use it.",
        filters=[strip],
        validators=[
            InputRequired("Say what the token is for"),
            Length(max=LONGEST_NAME, message=f"Use {LONGEST_NAME} letters or fewer"),
        ],
    )
    scopes = SelectMultipleField(
        "What may it do?",
        choices=offer(
            [
                (TokenScope.WRITE.value, "Log reports for visitors"),
                (TokenScope.READ.value, "See references and states of your centre's reports, never their words"),
            ]
        ),
        validators=[InputRequired("Choose what the token may do")],
    )
