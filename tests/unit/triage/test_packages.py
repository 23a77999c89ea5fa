"""A package holds what was agreed and nothing else."""

from dataclasses import replace
from itertools import product

import pytest

from core.sealing import Secret
from geography.places import Point
from reporting.models import Facts, Report
from reporting.places import FoundPlace, GivenPlace
from reporting.reading import OpenedReport
from reporting.vocabulary import (
    AgencyKind,
    Category,
    Detail,
    HourBand,
    Kind,
    Offender,
    Precision,
    Repeat,
    Setting,
    Strand,
    YesNo,
)
from triage.packages import HOME_WITHHELD, Content, cut_package, lines_of
from triage.rules import Sharing

OPENED = OpenedReport(
    words=Secret("They shouted at me."),
    when=Secret("16 October 2026"),
    religion=Secret("Sikh"),
    name=Secret("Demo Person"),
    reach=Secret("07000 000000"),
    safe_times=Secret("Mornings"),
)
MARKS = {
    Detail.WHAT_HAPPENED: ("They shouted at me.", "Sikh", "16 October 2026"),
    Detail.HOW_TO_REACH: ("07000 000000", "Mornings"),
    Detail.WHO_I_AM: ("Demo Person",),
}


def content(setting: Setting = Setting.STREET, precision: Precision = Precision.ADDRESS) -> Content:
    facts = Facts(
        kind=Kind.HATE,
        categories=frozenset({Category.VERBAL_ABUSE}),
        strands=frozenset({Strand.RELIGION}),
        setting=setting,
        hours=HourBand.EVENING,
        harms=frozenset(),
        offender=Offender.UNSAID,
        under_18=YesNo.UNSAID,
        repeat=Repeat.BEFORE,
    )
    found = FoundPlace("Example Street", 50.9, -1.4, precision, "the name of a street")
    place = GivenPlace(words="3 Example Street", found=found)
    return Content(Report(reference="SH-AAAA-BBBB", facts=facts), OPENED, place, ("Bargate",))


@pytest.mark.parametrize("granted", list(product([True, False], repeat=3)))
def test_every_refusal_is_kept(granted: tuple[bool, bool, bool]) -> None:
    shared = frozenset(detail for detail, yes in zip(Detail, granted, strict=True) if yes)
    package = cut_package(content(), Sharing(AgencyKind.POLICE, shared))
    text = package.text().reveal()
    for detail, marks in MARKS.items():
        for mark in marks:
            assert (mark in text) == (detail in shared and Detail.WHAT_HAPPENED in shared)
    assert {line.detail for line in package.lines} <= shared
    assert len(package.withheld) == 3 - len(shared)


def test_without_what_happened_nothing_leaves() -> None:
    package = cut_package(content(), Sharing(AgencyKind.HOUSING, frozenset({Detail.WHO_I_AM})))
    assert package.lines == ()
    assert (
        "What happened: they did not agree to share this with the landlord or housing association." in package.withheld
    )


def test_what_leaves_is_what_was_previewed() -> None:
    package = cut_package(content(), Sharing(AgencyKind.POLICE, frozenset(Detail)))
    reference, lines = lines_of(package.text())
    assert reference == "SH-AAAA-BBBB"
    shown = [(line.label, line.words.reveal()) for line in package.lines]
    assert [(line.label, line.words.reveal()) for line in lines] == shown
    assert ("When", "16 October 2026, Evening, 6pm to midnight") in shown
    assert ("Where", "3 Example Street, Bargate ward") in shown


@pytest.mark.parametrize(
    ("precision", "where"),
    [
        (Precision.ADDRESS, "Bargate ward"),
        (Precision.POSTCODE, "Bargate ward"),
        (Precision.STREET, "Example Street, Bargate ward"),
    ],
)
def test_a_home_is_not_given_away_by_its_address(precision: Precision, where: str) -> None:
    sharing = Sharing(AgencyKind.POLICE, frozenset({Detail.WHAT_HAPPENED}))
    package = cut_package(content(Setting.HOME, precision), sharing)
    assert [line.words.reveal() for line in package.lines if line.label == "Where"] == [where]
    assert HOME_WITHHELD in package.withheld


def test_a_package_does_not_print_what_is_in_it() -> None:
    package = cut_package(content(), Sharing(AgencyKind.POLICE, frozenset(Detail)))
    assert "Demo Person" not in repr(package) + repr(package.lines)


@pytest.mark.parametrize("setting", [Setting.HOME, Setting.UNSAID, Setting.OTHER])
def test_a_place_that_may_be_a_home_is_not_given_away(setting: Setting) -> None:
    package = cut_package(content(setting), Sharing(AgencyKind.POLICE, frozenset({Detail.WHAT_HAPPENED})))
    assert "3 Example Street" not in package.text().reveal()
    assert HOME_WITHHELD in package.withheld


@pytest.mark.parametrize(("offender", "told"), [(Offender.CARER, True), (Offender.NEIGHBOUR, False)])
def test_an_agency_is_told_never_to_contact_a_dangerous_home(offender: Offender, told: bool) -> None:
    given = content(Setting.HOME)
    given.report.facts.offender = offender
    package = cut_package(given, Sharing(AgencyKind.HOUSING, frozenset(Detail)))
    assert (package.lines[0].label == "Take care") is told


def pressed(words: str, found: str = "Map point in Bargate") -> GivenPlace:
    """A place that was found by its point."""
    at = FoundPlace(found, 50.912345, -1.412345, Precision.POINT, "It is the point on the map.")
    return GivenPlace(words=words, point=(50.912345, -1.412345), found=at)


@pytest.mark.parametrize(
    ("place", "where"),
    [
        (pressed(""), "near 50.91000, -1.41000, Shirley ward"),
        (pressed("by the bins"), "by the bins, near 50.91000, -1.41000, Shirley ward"),
        (pressed("50.912345, -1.412345"), "near 50.91000, -1.41000, Shirley ward"),
        (pressed("it was at \uff15\uff10.912345, -1.412345"), "near 50.91000, -1.41000, Shirley ward"),
        (pressed("SU 41345 12345"), "near 50.91000, -1.41000, Shirley ward"),
        (replace(pressed("at 50.912345 -1.412345"), point=None), "near 50.91000, -1.41000, Shirley ward"),
    ],
)
def test_a_point_leaves_as_the_spot_that_may_be_shown(place: GivenPlace, where: str) -> None:
    given = replace(content(), place=place, shown=Point(50.91, -1.41), shown_wards=("Shirley",))
    package = cut_package(given, Sharing(AgencyKind.POLICE, frozenset({Detail.WHAT_HAPPENED})))
    assert [line.words.reveal() for line in package.lines if line.label == "Where"] == [where]
    assert "12345" not in package.text().reveal()


def test_a_point_that_may_be_a_home_does_not_leave() -> None:
    given = replace(content(Setting.HOME), place=pressed("by the bins"), shown=Point(50.91, -1.41))
    package = cut_package(given, Sharing(AgencyKind.POLICE, frozenset({Detail.WHAT_HAPPENED})))
    assert [line.words.reveal() for line in package.lines if line.label == "Where"] == ["Bargate ward"]


def test_a_point_that_may_be_shown_nowhere_is_its_ward() -> None:
    given = replace(content(), place=pressed(""), shown=None)
    package = cut_package(given, Sharing(AgencyKind.POLICE, frozenset({Detail.WHAT_HAPPENED})))
    assert [line.words.reveal() for line in package.lines if line.label == "Where"] == ["Bargate ward"]


def test_of_a_point_only_the_shown_one_leaves() -> None:
    place = GivenPlace(point=(50.912345, -1.412345))
    sharing = Sharing(AgencyKind.POLICE, frozenset({Detail.WHAT_HAPPENED}))
    for shown, words in ((Point(50.91, -1.41), "near 50.91000, -1.41000"), (None, None)):
        package = cut_package(replace(content(), place=place, wards=(), shown=shown), sharing)
        assert next((line.words.reveal() for line in package.lines if line.label == "Where"), None) == words
        assert "12345" not in package.text().reveal()
