"""What is shown of a centre and its people, ready for a template."""

from collections.abc import Iterable
from dataclasses import dataclass

from accounts.models import Invitation, Person
from centres.details import Life, Place
from centres.models import Training
from centres.opening import DAYS, Week, figures_of
from centres.standing import Standing
from centres.wording import in_words

Row = tuple[str, str, None]


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody of a centre, and how they stand with their training."""

    person: Person
    standing: Standing


@dataclass(frozen=True, slots=True)
class Team:
    """The people of a centre: those who are there, those who left, and who is invited."""

    there: tuple[Colleague, ...]
    left: tuple[Person, ...]
    invited: tuple[Invitation, ...]

    @property
    def invited_by_network(self) -> tuple[Invitation, ...]:
        """The invitations that none of its own people made: the coordinator gave their codes."""
        own = {each.person.id for each in self.there} | {person.id for person in self.left}
        return tuple(each for each in self.invited if each.invited_by not in own)

    @property
    def wanting_training(self) -> tuple[Colleague, ...]:
        """Those whose training wants somebody's attention."""
        return tuple(each for each in self.there if each.standing.wants_attention)

    @property
    def training_in_words(self) -> str:
        """How many are there, how many of them may log, and how many want training soon or now."""
        if not self.there:
            return "Nobody has joined"
        able = sum(each.standing.may_log for each in self.there)
        wanting = len(self.wanting_training)
        return f"{able} of {len(self.there)} may log" + (f", training due for {wanting}" if wanting else "")


def place_rows(place: Place) -> list[Row]:
    """What and where it is, as term and words."""
    return [
        ("Name", place.name, None),
        ("Kind of place", in_words(place.kind), None),
        ("Address", f"{place.address}\n{place.postcode}", None),
    ]


def life_rows(life: Life) -> list[Row]:
    """What visitors are told, as term and words."""
    return [
        ("Opening hours", "\n".join(week_lines(life.week)), None),
        ("Languages spoken", ", ".join(sorted(each.english for each in life.languages)) or "Not said", None),
        ("Way in without steps", _yes(life.step_free), None),
        ("Private space to talk", _yes(life.private_space), None),
        ("Schemes", ", ".join(sorted(map(in_words, life.schemes))) or "None", None),
        ("What visitors should know", life.about or "Nothing said", None),
        ("Phone", life.phone or "Not given", None),
        ("Website", life.website or "Not given", None),
    ]


def week_lines(week: Week) -> list[str]:
    """The opening hours, a day to a line, and bank holidays."""
    lines = []
    for weekday, day in enumerate(DAYS):
        stretches = [
            f"{each.opens:%H:%M} to {figures_of(each.closes)}" for each in week.openings if each.weekday == weekday
        ]
        lines.append(f"{day}: {' and '.join(stretches) or 'closed'}")
    return [*lines, f"Bank holidays: {'open' if week.on_bank_holidays else 'closed'}"]


def training_rows(trainings: Iterable[Training]) -> list[tuple[Training, str]]:
    """Each record with its course in words."""
    return [(each, in_words(each.course)) for each in trainings]


def _yes(answer: bool) -> str:
    return "Yes" if answer else "No"
