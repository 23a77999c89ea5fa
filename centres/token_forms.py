"""The shape of a token that a centre's lead makes."""

from wtforms import SelectMultipleField, StringField
from wtforms.validators import DataRequired, InputRequired, Length

from centres.vocabulary import TokenScope
from core.forms import Form, offer, strip
from core.lettering import readable

LONGEST_NAME = 80


class TokenForm(Form):
    """A token for a system of the centre."""

    name = StringField(
        "What is it for?",
        description="So that you know it again, such as the name of the system that will use it.",
        filters=[strip, readable],
        validators=[
            DataRequired("Say what the token is for"),
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
