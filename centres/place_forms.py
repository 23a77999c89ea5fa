"""The shape of what is said of a place: by whoever applies, by its lead later, by the coordinator."""

import re
from collections.abc import Callable, Iterator
from datetime import time
from typing import Any
from urllib.parse import urlsplit

from wtforms import (
    BooleanField,
    EmailField,
    Field,
    FormField,
    HiddenField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms import Form as PlainForm
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length, Optional, Regexp, ValidationError

from centres.details import Application, Lead, Life, Place
from centres.opening import DAYS, Opening, Week, figures_of
from centres.premises import find_postcode, read_postcode
from centres.vocabulary import CentreKind, Scheme
from centres.wording import choices
from centres.written_times import read_closing_time, read_time
from core.forms import EMAIL, Form, offer, on_one_line, strip
from core.languages import Language
from core.lettering import readable
from geography.places import Refusal
from geography.vocabulary import Unplaced
from reporting.locating import city

UNKNOWN_POSTCODE = "We do not know this postcode. Check every letter and number"
OPENING_TIME = "write a time such as 9:30. If it opens at midnight, write 00:00"
CLOSING_TIME = "write a time such as 17:00. If it closes at midnight, write 24:00"
_OFFERED_LANGUAGES = offer((each.value, each.english) for each in sorted(Language, key=lambda one: one.english))


def _line(label: str, most: int, empty: str | None = None, hint: str = "") -> StringField:
    needed = [DataRequired(empty)] if empty else []
    too_long = Length(max=most, message=f"Use {most} letters or fewer")
    return StringField(label, description=hint, filters=[strip, readable, on_one_line], validators=[*needed, too_long])


def _hour(label: str) -> StringField:
    return StringField(label, filters=[strip], validators=[Length(max=20, message="Write a time, such as 9:30")])


class DayForm(PlainForm):
    """One weekday: up to two stretches, each from and to. All empty is closed."""

    opens = _hour("from")
    closes = _hour("to")
    opens_again = _hour("and from")
    closes_again = _hour("to")

    def read(self, weekday: int) -> list[Opening]:
        """The day's stretches; what cannot be is told beside the field where it stands."""
        found = [
            self._stretch(weekday, self.opens, self.closes),
            self._stretch(weekday, self.opens_again, self.closes_again),
        ]
        openings = [opening for opening in found if opening is not None]
        if not self.has_errors:
            problems = list(Week.of(openings).problems())
            if problems:
                late = self.closes if len(openings) == 1 or found[0] is None else self.opens_again
                late.errors = [*late.errors, " ".join(problems)]
        return openings

    @property
    def has_errors(self) -> bool:
        """Whether anything of the day cannot be read."""
        return any(field.errors for field in self)

    def _stretch(self, weekday: int, opens: Field, closes: Field) -> Opening | None:
        if not opens.data and not closes.data:
            return None
        begins = _time_in(opens, DAYS[weekday], read_time, OPENING_TIME)
        ends = _time_in(closes, DAYS[weekday], read_closing_time, CLOSING_TIME)
        return None if begins is None or ends is None else Opening(weekday, begins, ends)


def _time_in(field: Field, day: str, read: Callable[[str], time], advice: str) -> time | None:
    if not field.data:
        field.errors = [f"{day}: enter both times, or neither"]
        return None
    try:
        return read(field.data)
    except ValueError:
        field.errors = [f"{day}: {advice}"]
        return None


class PlaceParts(Form):
    """What and where it is."""

    name = _line("Name of the place", 120, "Enter the name of the place", "As people know it. It is public.")
    kind = RadioField(
        "What kind of place is it?",
        choices=offer(choices(CentreKind)),
        validators=[AnyOf(list(CentreKind), message="Choose what kind of place it is")],
        validate_choice=False,
    )
    address = _line("Address", 200, "Enter the address", "Building, street and town, in one line")
    postcode = _line("Postcode", 10, "Enter the postcode")

    def validate_postcode(self, field: Field) -> None:
        """It must be one of the city's."""
        found = find_postcode(field.data or "")
        if isinstance(found, Refusal):
            outside = f"This postcode is outside {city().name}. Ask the partnership of that area"
            raise ValidationError(outside if found.reason is Unplaced.OUTSIDE_CITY else UNKNOWN_POSTCODE)

    def place(self) -> Place:
        """What was said, once it holds."""
        written = read_postcode(self.postcode.data or "") or ""
        return Place(self.name.data or "", CentreKind(self.kind.data), self.address.data or "", written)


class LifeParts(Form):
    """What visitors want to know."""

    monday = FormField(DayForm, label="Monday")
    tuesday = FormField(DayForm, label="Tuesday")
    wednesday = FormField(DayForm, label="Wednesday")
    thursday = FormField(DayForm, label="Thursday")
    friday = FormField(DayForm, label="Friday")
    saturday = FormField(DayForm, label="Saturday")
    sunday = FormField(DayForm, label="Sunday")
    on_bank_holidays = BooleanField("Open on bank holidays too")
    languages = SelectMultipleField("Which languages do your people speak?", choices=_OFFERED_LANGUAGES)
    step_free = BooleanField("There is a way in without steps")
    private_space = BooleanField("There is a room or a corner where nobody else can hear")
    schemes = SelectMultipleField("Which of these schemes are you part of?", choices=offer(choices(Scheme)))
    about = TextAreaField(
        "What should visitors know?",
        description="Who to ask for, which door, when it is quiet. You can leave this empty.",
        filters=[strip, readable],
        validators=[Length(max=500, message="Use 500 letters or fewer")],
    )
    phone = StringField(
        "Phone number for visitors",
        description="You can leave this empty",
        filters=[strip],
        validators=[Optional(), Regexp(r"^\+?[0-9 ()-]{5,38}$", message="Enter a phone number, such as 023 8000 0000")],
    )
    website = _line("Website", 200, hint="You can leave this empty")

    @property
    def days(self) -> list[FormField]:
        """The seven days, Monday first."""
        return [self[day.lower()] for day in DAYS]

    def validate(self, extra_validators: Any = None) -> bool:
        """Every part, and hours that can be."""
        holds = super().validate(extra_validators)
        if not list(self._openings()) and not any(day.form.has_errors for day in self.days):
            self.monday.form.opens.errors = ["Say when the place is open, on at least one day"]
        return holds and not any(day.form.has_errors for day in self.days)

    def validate_languages(self, field: Field) -> None:
        """Somebody speaks something."""
        if not field.data:
            raise ValidationError("Tick at least one language")

    def validate_website(self, field: Field) -> None:
        """A web address, with or without its beginning."""
        if field.data and not _is_web_address(_with_scheme(field.data)):
            raise ValidationError("Enter a web address, such as www.example.org")

    def life(self) -> Life:
        """What was said, once it holds."""
        return Life(
            about=(self.about.data or "").replace("\r\n", "\n"),
            phone=self.phone.data or "",
            website=_with_scheme(self.website.data) if self.website.data else "",
            week=Week.of(self._openings(), bool(self.on_bank_holidays.data)),
            languages=frozenset(map(Language, self.languages.data)),
            step_free=bool(self.step_free.data),
            private_space=bool(self.private_space.data),
            schemes=frozenset(map(Scheme, self.schemes.data)),
        )

    def _openings(self) -> Iterator[Opening]:
        for weekday, day in enumerate(self.days):
            for field in day.form:
                field.errors = list(field.errors)
            yield from day.form.read(weekday)


class LifeForm(LifeParts):
    """A lead's own centre."""


class CentreForm(PlaceParts, LifeParts):
    """A centre, as the coordinator may change it."""


class LeadForm(Form):
    """Whom the coordinator asks and invites: only they see it."""

    lead_name = _line("Name of the lead", 120, "Enter the name of whoever would lead the centre")
    lead_email = EmailField(
        "Their email address",
        description="Only the coordinator sees the name and the address. They are never public.",
        filters=[strip],
        validators=[
            InputRequired("Enter the lead’s email address"),
            Length(max=254, message="Use 254 letters or fewer"),
            Regexp(EMAIL, message="Enter an email address in the usual form, like name@example.org"),
        ],
    )

    def lead(self) -> Lead:
        """Who it is, once it holds."""
        return Lead(self.lead_name.data or "", self.lead_email.data or "")


class ApplicationForm(PlaceParts, LifeParts, LeadForm):
    """Everything that a place says when it asks to become a centre. The key makes a double send one application."""

    key = HiddenField("Application", validators=[Length(max=60)])

    def application(self) -> Application:
        """What was said, once it holds."""
        return Application(self.place(), self.life(), self.lead())


def fields_of_place(place: Place) -> dict[str, Any]:
    """A place as its form shows it."""
    return {"name": place.name, "kind": place.kind.value, "address": place.address, "postcode": place.postcode}


def fields_of_life(life: Life) -> dict[str, Any]:
    """What visitors are told as its form shows it."""
    return {
        **{day.lower(): _fields_of_day(life.week, weekday) for weekday, day in enumerate(DAYS)},
        "on_bank_holidays": life.week.on_bank_holidays,
        "languages": [each.value for each in life.languages],
        "step_free": life.step_free,
        "private_space": life.private_space,
        "schemes": [each.value for each in life.schemes],
        "about": life.about,
        "phone": life.phone,
        "website": life.website,
    }


def _fields_of_day(week: Week, weekday: int) -> dict[str, str]:
    of_day = (each for each in week.openings if each.weekday == weekday)
    times = [words for each in of_day for words in (f"{each.opens:%H:%M}", figures_of(each.closes))]
    return dict(zip(("opens", "closes", "opens_again", "closes_again"), times, strict=False))


def _with_scheme(address: str) -> str:
    """An address with its scheme, in small letters: telephones like to begin a line with a capital."""
    scheme = re.match(r"^[a-z][a-z0-9+.-]*:", address, re.IGNORECASE)
    return scheme[0].lower() + address[scheme.end() :] if scheme else f"https://{address}"


def _is_web_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return False
    plain = parts.scheme in {"http", "https"} and parts.username is None and not re.search(r"[\s<>\"]", address)
    return plain and "." in host
