"""One form of six fields, the same for our side and for the floor's."""

from collections.abc import Mapping

from flask_wtf import FlaskForm
from wtforms import SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional

KINDS = ("verbal-abuse", "threats", "graffiti", "nuisance-noise", "fly-tipping", "other")
REASONS = ("race", "religion", "disability", "not-sure")
STORY = "They shouted at us from the car park and came back the next evening. " * 6
FILLED: Mapping[str, str] = {
    "kinds": "threats",
    "reason": "race",
    "place": "SO14 7LY",
    "words": STORY,
    "name": "A Bench",
    "reach": "023 8000 0000",
}

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>One form</title></head><body>
<h1>One form</h1><form method="post">{% for field in form %}<p>{{ field.label if field.name != "csrf_token" }}
{{ field }}</p>{% for error in field.errors %}<p>{{ error }}</p>{% endfor %}{% endfor %}
<button>Send</button></form></body></html>"""


class OneForm(FlaskForm):
    """What happened, why, where, a story, a name, how to be reached."""

    kinds = SelectMultipleField("What happened?", choices=[SelectChoice(word) for word in KINDS])
    reason = SelectField("Why?", choices=[SelectChoice(word) for word in REASONS])
    place = StringField("Where?", validators=[Optional(), Length(max=300)])
    words = TextAreaField("In your own words", validators=[Length(max=20_000)])
    name = StringField("Your name", validators=[Optional(), Length(max=300)])
    reach = StringField("How to reach you", validators=[Optional(), Length(max=300)])
