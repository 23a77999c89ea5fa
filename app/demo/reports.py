"""The demo's reports: 24 months of made-up answers, the same for the same day and seed, and what waits today."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any, TypeVar

from app.demo.narratives import MARK, asb_categories, hate_categories, narrative
from app.demo.places import Places
from core.sealing import Secret
from reporting.answers import Answers, Consent, Identity, Place, When
from reporting.receipt import SEED_BYTES, Receipt
from reporting.vocabulary import (
    AgencyKind,
    Category,
    Contact,
    Detail,
    Harm,
    HourBand,
    Motive,
    Offender,
    Repeat,
    Safety,
    Setting,
    Strand,
    Told,
    WhenKind,
    WhyNotTold,
    Wish,
    YesNo,
)

Word = TypeVar("Word")

SEED = 2026
MONTHS = 24
AT_LEAST, AT_MOST = 35, 60
FRESH = timedelta(days=4)
"""Nothing of the two years is younger than this: what waits today is made one by one."""

# Hate crime in England and Wales rises in summer and around clocks going back; shares are like the national ones.
_SEASON = {1: 0.8, 2: 0.8, 3: 0.9, 4: 0.95, 5: 1.05, 6: 1.15, 7: 1.2, 8: 1.1, 9: 1.0, 10: 1.15, 11: 1.0, 12: 0.85}
_STRANDS = {
    Strand.RACE: 68, Strand.SEXUAL_ORIENTATION: 14, Strand.DISABILITY: 8, Strand.RELIGION: 8,
    Strand.TRANSGENDER: 4, Strand.SEX_OR_GENDER: 4, Strand.AGE: 1, Strand.ALTERNATIVE_SUBCULTURE: 1,
}  # fmt: skip
_SETTINGS = {
    Setting.STREET: 38, Setting.HOME: 24, Setting.SHOP: 12, Setting.TRANSPORT: 9, Setting.WORK: 5,
    Setting.SCHOOL: 4, Setting.WORSHIP: 2, Setting.OTHER: 3, Setting.UNSAID: 3,
}  # fmt: skip
_OFFENDERS = {
    Offender.STRANGER: 45, Offender.SEEN_BEFORE: 18, Offender.NEIGHBOUR: 17, Offender.UNSAID: 10,
    Offender.COLLEAGUE: 4, Offender.CUSTOMER: 3, Offender.PARTNER_OR_FAMILY: 2, Offender.OFFICIAL: 1,
}  # fmt: skip
_CONTACTS = {Contact.ANONYMOUS: 45, Contact.ANSWER_HERE: 33, Contact.REACH_ME: 22}


@dataclass(frozen=True, slots=True, repr=False)
class MadeUp:
    """One report to be sent: when, what, and whether a centre logged it."""

    received_at: datetime
    answers: Answers
    receipt: Receipt
    at_centre: bool


def first_month(now: datetime) -> date:
    """The first day of the oldest month."""
    months = now.year * 12 + now.month - 1 - (MONTHS - 1)
    return date(months // 12, months % 12 + 1, 1)


def two_years(now: datetime, places: Places, random: Random) -> Iterator[MadeUp]:
    """Every report of the two years, the oldest first; the current month as far as it has come."""
    start = first_month(now)
    last = now - FRESH
    for index in range(MONTHS):
        months = start.year * 12 + start.month - 1 + index
        month = date(months // 12, months % 12 + 1, 1)
        moments = sorted(_moment(random, month) for _ in range(_monthly(random, month)))
        for moment in moments:
            made = MadeUp(moment, _answers(random, places, moment), _receipt(random), random.random() < 0.18)
            if moment < last:
                yield made


def waiting_today(now: datetime, places: Places, random: Random) -> Iterator[MadeUp]:
    """Fifteen reports that nobody has read: three of high risk, five of medium, seven of standard."""
    hour = timedelta(hours=1)
    for hours_ago, changes in _WAITING:
        moment = now - hours_ago * hour
        drawn = _answers(random, places, moment)
        words = Secret(narrative(random, Category.VERBAL_ABUSE, drawn.strands))
        calm = replace(drawn, words=words, **_CALM)
        yield MadeUp(moment, replace(calm, **changes), _receipt(random), False)


_CALM: dict[str, Any] = {
    "safety": Safety.SAFE, "harms": frozenset({Harm.NONE}), "repeat": Repeat.FIRST, "offender": Offender.STRANGER,
    "under_18": YesNo.NO, "setting": Setting.STREET,
    "categories": frozenset({Category.VERBAL_ABUSE}), "wishes": frozenset({Wish.MAKE_IT_STOP}),
}  # fmt: skip
_WAITING: tuple[tuple[int, dict[str, Any]], ...] = (
    (0, {"safety": Safety.UNSAFE, "repeat": Repeat.WORSE, "offender": Offender.NEIGHBOUR, "setting": Setting.HOME}),
    (0, {"harms": frozenset({Harm.WEAPON, Harm.HURT}), "offender": Offender.SEEN_BEFORE}),
    (1, {"harms": frozenset({Harm.FIRE}), "setting": Setting.HOME}),
    (2, {"harms": frozenset({Harm.HURT}), "repeat": Repeat.BEFORE}),
    (4, {"safety": Safety.UNSURE, "repeat": Repeat.BEFORE}),
    (6, {"repeat": Repeat.WORSE, "offender": Offender.NEIGHBOUR}),
    (9, {"offender": Offender.PARTNER_OR_FAMILY}),
    (12, {"under_18": YesNo.YES, "repeat": Repeat.BEFORE}),
    (3, {}),
    (8, {"setting": Setting.SHOP}),
    (14, {"setting": Setting.ONLINE, "place": Place()}),
    (20, {"setting": Setting.TRANSPORT}),
    (26, {"place": Place(words=MARK + "by the old tree in the park")}),
    (31, {"repeat": Repeat.BEFORE}),
    (40, {"setting": Setting.HOME}),
)


def _monthly(random: Random, month: date) -> int:
    wanted = random.gauss(43, 4) * _SEASON[month.month]
    return round(min(max(wanted, AT_LEAST), AT_MOST))


def _moment(random: Random, month: date) -> datetime:
    following = (month.replace(day=28) + timedelta(days=4)).replace(day=1)
    day = month + timedelta(days=random.randrange((following - month).days))
    hour = min(23, max(0, round(random.gauss(16, 4))))
    return datetime(day.year, day.month, day.day, hour, random.randrange(60), tzinfo=UTC)


def _receipt(random: Random) -> Receipt:
    return Receipt(random.randbytes(SEED_BYTES))


def _drawn(random: Random, shares: dict[Word, int]) -> Word:
    return random.choices(list(shares), list(shares.values()))[0]


def _answers(random: Random, places: Places, moment: datetime) -> Answers:
    is_hate = random.random() < 0.52
    category = _category(random, is_hate)
    strands = _strands(random) if is_hate else frozenset()
    online = category is Category.ONLINE_ABUSE
    contact = _drawn(random, _CONTACTS)
    return Answers(
        safety=random.choices((Safety.SAFE, Safety.UNSURE, Safety.UNSAID), (80, 12, 8))[0],
        categories=frozenset({category, *([Category.ROWDY_BEHAVIOUR] if is_hate and random.random() < 0.15 else [])}),
        strands=strands,
        motive=None if is_hate else Motive.NOT_ABOUT_THAT,
        when=_when(random, moment),
        setting=Setting.ONLINE if online else _drawn(random, _SETTINGS),
        place=Place() if online else places.draw(),
        words=Secret(narrative(random, category, strands)),
        repeat=random.choices((Repeat.FIRST, Repeat.BEFORE, Repeat.WORSE, Repeat.UNSAID), (50, 28, 10, 12))[0],
        harms=_harms(random, category),
        offender=_drawn(random, _OFFENDERS),
        under_18=random.choices((YesNo.NO, YesNo.YES, YesNo.UNSAID), (84, 6, 10))[0],
        told=frozenset({random.choice(list(Told))}),
        why_not_told=frozenset({random.choice(list(WhyNotTold))}) if random.random() < 0.4 else frozenset(),
        wishes=frozenset({random.choice(list(Wish))}),
        contact=contact,
        identity=_identity(contact),
        consent=_consent(random, contact),
    )


def _category(random: Random, is_hate: bool) -> Category:
    if not is_hate:
        return random.choice(asb_categories())
    return random.choices(hate_categories(), (38, 14, 12, 12, 6, 6, 6, 6))[0]


def _strands(random: Random) -> frozenset[Strand]:
    drawn = {_drawn(random, _STRANDS)}
    if random.random() < 0.07:
        drawn.add(_drawn(random, _STRANDS))
    return frozenset(drawn)


def _harms(random: Random, category: Category) -> frozenset[Harm]:
    if category is Category.ASSAULT:
        return frozenset({random.choices((Harm.HURT, Harm.NEEDED_TREATMENT), (80, 20))[0]})
    return frozenset({Harm.NONE}) if random.random() < 0.7 else frozenset()


def _when(random: Random, moment: datetime) -> When:
    day = moment.date() - timedelta(days=min(60, int(random.expovariate(0.25))))
    kind = random.choices((WhenKind.EXACT, WhenKind.ABOUT, WhenKind.ONGOING, WhenKind.UNSAID), (62, 22, 10, 6))[0]
    if kind is WhenKind.UNSAID:
        return When()
    if kind is WhenKind.ABOUT:
        day = day.replace(day=1)
    return When(kind, None if kind is WhenKind.ONGOING else day, random.choice(list(HourBand)))


def _identity(contact: Contact) -> Identity:
    """A name nobody has, and a number from the range kept for drama."""
    if contact is not Contact.REACH_ME:
        return Identity()
    return Identity(Secret("Demo Person"), Secret("07700 900123"), Secret("Weekday mornings"))


def _consent(random: Random, contact: Contact) -> Consent:
    chances = {AgencyKind.SUPPORT: 0.55, AgencyKind.POLICE: 0.5, AgencyKind.HOUSING: 0.35, AgencyKind.COUNCIL: 0.45}
    told = [kind for kind, chance in chances.items() if random.random() < chance]
    given = {(kind, Detail.WHAT_HAPPENED) for kind in told}
    if contact is Contact.REACH_ME:
        given |= {(kind, Detail.HOW_TO_REACH) for kind in told if random.random() < 0.8}
        given |= {(kind, Detail.WHO_I_AM) for kind in told if random.random() < 0.5}
    return frozenset(given)
