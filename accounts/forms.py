"""The shape of what people type to sign in or to set up the desk."""

from wtforms import EmailField, Field, PasswordField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, Regexp, ValidationError

from core.forms import EMAIL, Form, on_one_line, strip
from core.lettering import readable


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
    name = StringField(
        "Your name", filters=[strip, readable], validators=[DataRequired("Enter your name"), Length(max=120)]
    )
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


class JoinForm(Form):
    """Somebody who was invited."""

    code = StringField(
        "Your code",
        description="18 letters and numbers. Whoever invited you has it.",
        filters=[strip],
        validators=[InputRequired("Enter your code"), Length(max=200, message="That is longer than a code")],
    )
    email = EmailField(
        "Your email address",
        description="You sign in with it. Nothing is sent to it.",
        filters=[strip],
        validators=[
            InputRequired("Enter your email address"),
            Length(max=254, message="Use 254 letters or fewer"),
            Regexp(EMAIL, message="Enter an email address in the usual form, like name@example.org"),
        ],
    )
    password = PasswordField(
        "Choose a password",
        description="At least 12 characters. Nobody can read it or reset it for you.",
        validators=[
            InputRequired("Choose a password"),
            Length(min=12, max=200, message="Use 12 characters or more"),
        ],
    )


class PartnerForm(Form):
    """A community partner to be invited."""

    name = StringField(
        "Name of the person",
        description="One person. They choose their email address and password themselves.",
        filters=[strip, on_one_line],
        validators=[InputRequired("Enter the name of the person"), Length(max=100, message="Use 100 letters or fewer")],
    )
    organisation = StringField(
        "Organisation",
        description="Such as a ward’s councillors, a faith forum, a community safety team or a university.",
        filters=[strip, on_one_line],
        validators=[InputRequired("Enter the organisation"), Length(max=100, message="Use 100 letters or fewer")],
    )

    def validate_name(self, field: Field) -> None:
        """One name, not a list of them."""
        if any(sign in field.data for sign in ";|,@"):
            raise ValidationError("An invitation is for one person. Enter one name, without signs such as , ; or @")
