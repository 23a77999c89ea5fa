"""What a reporter answered: plain choices, and secrets in their own words."""

from dataclasses import dataclass, field
from datetime import date

from core.sealing import Secret
from reporting.vocabulary import (
    AgencyKind,
    Category,
    Channel,
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

Consent = frozenset[tuple[AgencyKind, Detail]]


@dataclass(frozen=True, slots=True)
class When:
    """When it happened: a day, or only a month (its first day, with kind ABOUT), or nothing."""

    kind: WhenKind = WhenKind.UNSAID
    day: date | None = None
    hours: HourBand = HourBand.UNSAID


@dataclass(frozen=True, slots=True, repr=False)
class Place:
    """Where it happened, as it was given: words, a point (latitude, longitude in WGS84), a ward's code, or nothing."""

    words: str = ""
    point: tuple[float, float] | None = None
    ward: str | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Identity:
    """Who the reporter is and how to reach them safely; empty for somebody anonymous."""

    name: Secret = field(default_factory=lambda: Secret(""))
    reach: Secret = field(default_factory=lambda: Secret(""))
    safe_times: Secret = field(default_factory=lambda: Secret(""))


@dataclass(frozen=True, slots=True, repr=False)
class Answers:
    """A whole report as it was answered. Every part may be left out."""

    safety: Safety = Safety.UNSAID
    categories: frozenset[Category] = frozenset()
    strands: frozenset[Strand] = frozenset()
    motive: Motive | None = None
    religion_perceived: Secret = field(default_factory=lambda: Secret(""))
    when: When = field(default_factory=When)
    setting: Setting = Setting.UNSAID
    place: Place = field(default_factory=Place)
    words: Secret = field(default_factory=lambda: Secret(""))
    repeat: Repeat = Repeat.UNSAID
    harms: frozenset[Harm] = frozenset()
    offender: Offender = Offender.UNSAID
    under_18: YesNo = YesNo.UNSAID
    told: frozenset[Told] = frozenset()
    why_not_told: frozenset[WhyNotTold] = frozenset()
    wishes: frozenset[Wish] = frozenset()
    contact: Contact = Contact.ANONYMOUS
    identity: Identity = field(default_factory=Identity)
    consent: Consent = frozenset()


@dataclass(frozen=True, slots=True)
class Origin:
    """Through which door a report came. `centre_id` is opaque here; `dated` is a paper form's or import's own day.

    `heard_from` is the centre whose poster told somebody of the public form: it logged nothing, and sees nothing. The
    coordinator sees counts by it, small ones hidden.
    """

    channel: Channel
    centre_id: str | None = None
    centre_name: str | None = None
    dated: date | None = None
    heard_from: str | None = None
