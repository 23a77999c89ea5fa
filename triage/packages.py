"""What leaves with a referral: the lines that consent lets one agency have, and what is withheld and why."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from unicodedata import category, normalize

from core.sealing import Secret
from geography.coordinates import read_position
from geography.places import Point
from reporting.models import Report
from reporting.places import GivenPlace
from reporting.reading import OpenedReport
from reporting.rules import home_is_dangerous, may_be_home
from reporting.vocabulary import Detail, Precision
from reporting.wording import in_words, listed
from triage.plain_words import whom
from triage.rules import Sharing

# Not a postcode: some are a single house.
_SHARED_BY_MANY = frozenset({Precision.STREET, Precision.AREA})
HOME_WITHHELD = "The exact place: it may be where they live, and would say who they are. The area is shared instead."
NOT_THE_HOME = "Do not write to, call at or visit the home: whoever did this may be there."


@dataclass(frozen=True, slots=True, repr=False)
class Line:
    """One line of a package: the kind of detail it belongs to, its name, and the words that leave."""

    detail: Detail
    label: str
    words: Secret


@dataclass(frozen=True, slots=True, repr=False)
class Package:
    """Everything one agency would receive, and what stays with the desk, in sentences."""

    reference: str
    sharing: Sharing
    lines: tuple[Line, ...]
    withheld: tuple[str, ...]

    @property
    def details(self) -> frozenset[Detail]:
        """The kinds of detail that truly leave: a name that was never given is not shared."""
        return frozenset(line.detail for line in self.lines)

    def text(self) -> Secret:
        """The package as it is sealed."""
        lines = [[line.detail.value, line.label, line.words.reveal()] for line in self.lines]
        return Secret(json.dumps({"reference": self.reference, "lines": lines}, ensure_ascii=False))


@dataclass(frozen=True, slots=True, repr=False)
class Content:
    """A report as an officer has opened it, from which packages are cut.

    `wards` are names. `shown` is where the place may be shown to others, and `shown_wards` names the wards that may
    stand beside it: no point leaves but this.
    """

    report: Report
    opened: OpenedReport
    place: GivenPlace
    wards: tuple[str, ...]
    shown: Point | None = None
    shown_wards: tuple[str, ...] = ()


def cut_package(content: Content, sharing: Sharing) -> Package:
    """The package for one agency; empty when it may not be told what happened."""
    lines: tuple[Line, ...] = ()
    if sharing.allowed:
        every = (*_what_happened(content, sharing), *_reach(content.opened), *_identity(content.opened))
        lines = tuple(line for line in every if line.detail in sharing.shared and line.words)
    return Package(content.report.reference, sharing, lines, tuple(_withheld(content, sharing)))


def lines_of(text: Secret) -> tuple[str, list[Line]]:
    """The reference and the lines of an opened package."""
    kept = json.loads(text.reveal())
    return kept["reference"], [Line(Detail(detail), label, Secret(words)) for detail, label, words in kept["lines"]]


def _what_happened(content: Content, sharing: Sharing) -> Iterator[Line]:
    facts = content.report.facts
    dangerous = home_is_dangerous(facts.offender, facts.under_18, facts.setting)
    rows = (
        ("Take care", NOT_THE_HOME if dangerous else ""),
        ("Kind of report", _said(facts.kind)),
        ("What happened", listed(facts.categories)),
        ("Why they think they were targeted", listed(facts.strands)),
        ("Religion or belief it was about", content.opened.religion.reveal()),
        ("When", _when(content)),
        ("What sort of place", _said(facts.setting)),
        ("Where", _where(content, sharing)),
        ("Harm", listed(facts.harms)),
        ("Happened before", _said(facts.repeat)),
        ("In their own words", content.opened.words.reveal()),
    )
    for label, words in rows:
        yield Line(Detail.WHAT_HAPPENED, label, Secret(words))


def _reach(opened: OpenedReport) -> Iterator[Line]:
    yield Line(Detail.HOW_TO_REACH, "How to reach them", opened.reach)
    yield Line(Detail.HOW_TO_REACH, "When it is safe", opened.safe_times)


def _identity(opened: OpenedReport) -> Iterator[Line]:
    yield Line(Detail.WHO_I_AM, "Name", opened.name)


def _when(content: Content) -> str:
    facts = content.report.facts
    hours = _said(facts.hours)
    day = content.opened.when.reveal()
    return ", ".join(part for part in (day, hours) if part)


def _said(word: StrEnum) -> str:
    """An answer in words; empty when there was none."""
    return in_words(word) if word.value != "unsaid" else ""


def _home_is_hidden(content: Content, sharing: Sharing) -> bool:
    """An exact place at a home says who lives there, so it goes only to those who may know who they are."""
    at_home = may_be_home(content.report.facts.setting)
    return at_home and content.place.is_given and Detail.WHO_I_AM not in sharing.shared


def _where(content: Content, sharing: Sharing) -> str:
    place, wards = content.place, content.wards
    precision = place.found.precision if place.found else Precision.NONE
    near = _near(content.shown)
    if _home_is_hidden(content, sharing):
        parts = [place.found.name if place.found and precision in _SHARED_BY_MANY else ""]
    elif precision is Precision.POINT:
        # Somebody who writes the numbers of a point has said the point itself.
        parts = ["" if _is_a_position(place.words) else place.words, near]
        wards = content.shown_wards if near else wards
    else:
        parts = [place.words or (place.found.name if place.found else "") or near]
    ward = " or ".join(wards)
    return ", ".join(dict.fromkeys(part for part in (*parts, f"{ward} ward" if ward else "") if part))


def _is_a_position(words: str) -> bool:
    """Whether words hold a point in numbers, read as the gazetteer reads them."""
    plain = "".join(each for each in normalize("NFKC", words) if category(each) != "Cf")
    return read_position(plain) is not None


def _near(shown: Point | None) -> str:
    return f"near {shown.lat:.5f}, {shown.lon:.5f}" if shown else ""


def _withheld(content: Content, sharing: Sharing) -> Iterator[str]:
    for detail in Detail:
        if detail in sharing.withheld:
            yield f"{in_words(detail)}: they did not agree to share this with {whom(sharing.kind)}."
    if sharing.allowed and _home_is_hidden(content, sharing):
        yield HOME_WITHHELD
