"""The shape of what people type to sign in or to set up the desk."""

from wtforms import EmailField, PasswordField, StringField
from wtforms.validators import InputRequired, Length

from core.forms import Form, strip


class SignInForm(Form):
    """E-mail address and password."""

    email = EmailField(
        "Email address",
        filters=[strip],
        validators=[InputRequired("Enter your email address"), Length(max=254)],
    )
    password = PasswordField("Password", validators=[InputRequired("Enter your password"), Length(max=200)])


class SetUpForm(Form):
    """The first officer, who makes the desk's key."""

    code = StringField(
        "Set-up code",
        description="The start command printed it where Safe Harbour runs.",
        filters=[strip],
        validators=[InputRequired("Enter the set-up code"), Length(max=60)],
    )
    name = StringField("Your name", filters=[strip], validators=[InputRequired("Enter your name"), Length(max=120)])
    email = EmailField(
        "Email address",
        filters=[strip],
        validators=[InputRequired("Enter your email address"), Length(max=254)],
    )
    password = PasswordField(
        "Password",
        description="At least 12 characters. It opens your copy of the desk's key: nobody can reset it for you.",
        validators=[
            InputRequired("Choose a password"),
            Length(min=12, max=200, message="Use 12 characters or more"),
        ],
    )
