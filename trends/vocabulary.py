"""Words of the month's figures: how reports are broken down, and what each code is called."""

from enum import Enum, StrEnum
from typing import Final, Literal

from reporting.intelligence_words import Assessment, SourceEvaluation, grade_in_words, grade_of
from reporting.vocabulary import Channel, Kind, Strand


class Breakdown(StrEnum):
    """The tables of a month."""

    ALL = "total"
    WARD = "ward"
    STRAND = "strand"
    KIND = "kind"
    CHANNEL = "channel"
    DEPRIVATION = "deprivation"
    TENSION_WARD = "tension by ward"
    TENSION_GRADE = "tension by grade"


class Part(StrEnum):
    """What stays countable of destroyed reports, each part by itself. NAMED is how many strands were named."""

    TOTAL = "total"
    KIND = "kind"
    CHANNEL = "channel"
    STRAND = "strand"
    NAMED = "named"
    WARD = "ward"
    PLACED = "placed"
    AREA = "area"


NOT_REPORTS = frozenset({Breakdown.TENSION_WARD, Breakdown.TENSION_GRADE})
"""Tables of community intelligence, which is never counted among reports."""


class Edition(StrEnum):
    """Who a page of figures is made for."""

    TRUE_COUNTS = "true counts"
    NETWORK = "network"


class Hidden(Enum):
    """What stands in place of a count that could point at somebody. It is no number: nothing adds it up."""

    HIDDEN = "c"


HIDDEN: Final = Hidden.HIDDEN
Figure = int | Literal[Hidden.HIDDEN]

NETWORK_HIDES_UP_TO = 4
"""The Network's edition hides counts from 1 to this: the partnership's own rule, which may change."""

ALL_REPORTS = "all"
NOT_SETTLED = "not-settled"
NOT_KNOWN = "not-known"
OUTSIDE_WARDS = {NOT_SETTLED: "Ward not settled", NOT_KNOWN: "Ward not known"}

NO_AREA = "no-area"
FIFTH_NAMES = {
    "1": "1, most deprived fifth",
    "2": "2",
    "3": "3",
    "4": "4",
    "5": "5, least deprived fifth",
    NO_AREA: "Area not known",
}
"""Fifths of the small areas of England by the Index of Multiple Deprivation."""

STRAND_NAMES = {
    Strand.RACE: "Race or ethnicity",
    Strand.RELIGION: "Religion or belief",
    Strand.SEXUAL_ORIENTATION: "Sexual orientation",
    Strand.DISABILITY: "Disability",
    Strand.TRANSGENDER: "Transgender identity",
    Strand.SEX_OR_GENDER: "Sex or gender",
    Strand.AGE: "Age",
    Strand.ALTERNATIVE_SUBCULTURE: "Alternative subculture",
    Strand.OTHER: "Another reason",
}
KIND_NAMES = {
    Kind.HATE: "Hate",
    Kind.ASB: "Anti-social behaviour",
    Kind.BOTH: "Both",
    Kind.UNSAID: "Not said",
}
CHANNEL_NAMES = {
    Channel.PUBLIC: "Public form",
    Channel.CENTRE: "Reporting centre",
    Channel.IMPORT: "Imported from a file",
    Channel.DEMO: "Demonstration",
}
GRADE_NAMES = {
    grade_of(source, assessment): grade_in_words(grade_of(source, assessment))
    for source in SourceEvaluation
    for assessment in Assessment
}
"""Grades of community intelligence, 3×5: the source, then the information."""
