"""What a report is, when it was, and what consent can hold."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporting.answers import Answers, Origin, When
from reporting.rules import (
    ASB,
    consent_from_rows,
    consent_in_force,
    consent_to_rows,
    details_for,
    home_is_dangerous,
    incident_month,
    incident_weekday,
    kind_of,
    month_of,
    when_in_words,
)
from reporting.vocabulary import (
    AgencyKind,
    Category,
    Channel,
    Contact,
    Detail,
    Kind,
    Motive,
    Offender,
    Setting,
    Strand,
    WhenKind,
    YesNo,
)

PUBLIC = Origin(Channel.PUBLIC)
DAY = date(2026, 11, 4)
PAIRS = st.frozensets(st.tuples(st.sampled_from(AgencyKind), st.sampled_from(Detail)))
NOISE, ABUSE = Category.NUISANCE_NOISE, Category.VERBAL_ABUSE


@pytest.mark.parametrize(
    ("categories", "strands", "motive", "kind"),
    [
        pytest.param(set(), set(), None, Kind.UNSAID, id="nothing said"),
        pytest.param({ABUSE}, set(), None, Kind.UNSAID, id="abuse, no reason said"),
        pytest.param({ABUSE}, {Strand.RACE}, None, Kind.HATE, id="perception is enough"),
        pytest.param(set(), {Strand.OTHER}, None, Kind.HATE, id="a reason alone"),
        pytest.param({NOISE}, set(), None, Kind.ASB, id="nuisance"),
        pytest.param({NOISE}, {Strand.DISABILITY}, None, Kind.BOTH, id="nuisance for a reason"),
        pytest.param({ABUSE}, set(), Motive.NOT_SURE, Kind.HATE, id="not sure is no denial"),
        pytest.param({NOISE}, set(), Motive.NOT_SURE, Kind.ASB, id="nuisance, not sure why"),
        pytest.param({ABUSE}, set(), Motive.NOT_ABOUT_THAT, Kind.ASB, id="a denial"),
        pytest.param({NOISE, ABUSE}, {Strand.AGE}, Motive.NOT_SURE, Kind.BOTH, id="all of it"),
    ],
)
def test_kind(categories: set[Category], strands: set[Strand], motive: Motive | None, kind: Kind) -> None:
    answers = Answers(categories=frozenset(categories), strands=frozenset(strands), motive=motive)
    assert kind_of(answers) is kind


@given(st.frozensets(st.sampled_from(Category)), st.frozensets(st.sampled_from(Strand), min_size=1))
def test_any_strand_makes_it_hate(categories: frozenset[Category], strands: frozenset[Strand]) -> None:
    both = bool(categories & ASB)
    assert kind_of(Answers(categories=categories, strands=strands)) is (Kind.BOTH if both else Kind.HATE)


@given(PAIRS, st.sampled_from(Contact))
def test_no_consent_in_force_shares_a_name_without_what_happened(
    pairs: frozenset[tuple[AgencyKind, Detail]], contact: Contact
) -> None:
    kept = consent_in_force(contact, pairs)
    assert kept <= pairs
    for agency, _ in kept:
        assert (agency, Detail.WHAT_HAPPENED) in kept
    if contact is not Contact.REACH_ME:
        assert {detail for _, detail in kept} <= {Detail.WHAT_HAPPENED}


def test_consent_to_a_name_alone_is_no_consent() -> None:
    pairs = frozenset({(AgencyKind.POLICE, Detail.WHO_I_AM), (AgencyKind.HOUSING, Detail.HOW_TO_REACH)})
    assert consent_in_force(Contact.REACH_ME, pairs) == frozenset()


@given(PAIRS)
def test_consent_is_kept_and_read_the_same(pairs: frozenset[tuple[AgencyKind, Detail]]) -> None:
    rows = consent_to_rows(pairs)
    assert rows == sorted(rows)
    assert consent_from_rows(rows) == pairs
    for agency in AgencyKind:
        assert details_for(pairs, agency) == {detail for kind, detail in pairs if kind is agency}


@pytest.mark.parametrize(
    ("when", "month", "weekday", "words"),
    [
        (When(), None, None, ""),
        (When(WhenKind.EXACT, DAY), date(2026, 11, 1), 2, "4 November 2026"),
        (When(WhenKind.EXACT), None, None, ""),
        (When(WhenKind.ABOUT, date(2026, 10, 1)), date(2026, 10, 1), None, "about October 2026"),
        (When(WhenKind.ABOUT, DAY), date(2026, 11, 1), None, "about 4 November 2026"),
        (When(WhenKind.ABOUT), None, None, ""),
        (When(WhenKind.ONGOING), date(2026, 12, 1), None, "it keeps happening"),
        (When(WhenKind.ONGOING, DAY), date(2026, 12, 1), None, "it keeps happening; last time about 4 November 2026"),
        (
            When(WhenKind.ONGOING, date(2026, 10, 1)),
            date(2026, 12, 1),
            None,
            "it keeps happening; last time about October 2026",
        ),
    ],
)
def test_when(when: When, month: date | None, weekday: int | None, words: str) -> None:
    answers = Answers(when=when)
    assert incident_month(answers, PUBLIC, date(2026, 12, 9)) == month
    assert incident_weekday(answers) == weekday
    assert when_in_words(when) == words


def test_what_keeps_happening_counts_on_the_day_of_a_paper_form() -> None:
    dated = Origin(Channel.IMPORT, dated=date(2026, 9, 30))
    assert incident_month(Answers(when=When(WhenKind.ONGOING)), dated, date(2026, 12, 9)) == date(2026, 9, 1)


@given(st.dates())
def test_a_month_is_its_first_day(day: date) -> None:
    assert month_of(day) == date(day.year, day.month, 1)


@pytest.mark.parametrize(
    ("answers", "dangerous"),
    [
        (Answers(), False),
        (Answers(offender=Offender.PARTNER_OR_FAMILY), True),
        (Answers(offender=Offender.CARER), True),
        (Answers(offender=Offender.NEIGHBOUR), False),
        (Answers(under_18=YesNo.YES, setting=Setting.HOME), True),
        (Answers(under_18=YesNo.YES), True),
        (Answers(under_18=YesNo.YES, setting=Setting.STREET), False),
        (Answers(under_18=YesNo.NO, setting=Setting.HOME), False),
    ],
)
def test_when_the_home_must_not_be_contacted(answers: Answers, dangerous: bool) -> None:
    assert home_is_dangerous(answers.offender, answers.under_18, answers.setting) is dangerous
