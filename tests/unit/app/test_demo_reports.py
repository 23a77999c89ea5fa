"""The demo's reports: marked, the same every time, 24 months of them, and every risk level waiting today."""

from collections import Counter
from datetime import UTC, datetime
from random import Random

import pytest

from accounts.vocabulary import Role
from app.demo.narratives import MARK
from app.demo.people import ACCOUNTS
from app.demo.places import Places
from app.demo.reports import AT_MOST, MONTHS, SEED, MadeUp, first_month, two_years, waiting_today
from geography.locating import default_city
from reporting.rules import kind_of
from triage.scoring import RiskAnswers, assess_risk
from triage.vocabulary import Level

NOW = datetime(2026, 11, 22, 14, 37, tzinfo=UTC)


def made(now: datetime = NOW) -> tuple[list[MadeUp], list[MadeUp]]:
    """The two years, and what waits today."""
    random = Random(SEED)
    places = Places(default_city(), random)
    return list(two_years(now, places, random)), list(waiting_today(now, places, random))


@pytest.mark.parametrize(("now", "month"), [(NOW, (2024, 12)), (datetime(2026, 12, 1, tzinfo=UTC), (2025, 1))])
def test_the_first_month_is_the_24th_back(now: datetime, month: tuple[int, int]) -> None:
    found = first_month(now)
    assert (found.year, found.month, found.day) == (*month, 1)


def test_the_same_day_gives_the_same_reports() -> None:
    first, again = made(), made()
    assert [report.receipt.seed for report in first[0]] == [report.receipt.seed for report in again[0]]
    assert [report.answers.place for report in first[0]] == [report.answers.place for report in again[0]]


def test_no_two_reports_share_a_receipt() -> None:
    past, waiting = made()
    seeds = [report.receipt.seed for report in past + waiting]
    assert len(set(seeds)) == len(seeds)


def test_every_narrative_says_that_it_is_made_up() -> None:
    past, waiting = made()
    assert all(report.answers.words.reveal().startswith(MARK) for report in past + waiting)


def test_every_month_has_reports_and_none_lies_in_the_future() -> None:
    past, waiting = made()
    months = Counter((report.received_at.year, report.received_at.month) for report in past)
    assert len(months) == MONTHS
    assert max(months.values()) <= AT_MOST
    assert all(report.received_at <= NOW for report in past + waiting)


def test_every_level_waits_today() -> None:
    _, waiting = made()
    names = ("safety", "harms", "repeat", "offender", "under_18", "setting", "categories", "wishes")
    levels = Counter(
        assess_risk(
            RiskAnswers(kind=kind_of(report.answers), **{name: getattr(report.answers, name) for name in names})
        ).level
        for report in waiting
    )
    assert levels == {Level.HIGH: 3, Level.MEDIUM: 5, Level.STANDARD: 7}


def test_there_is_an_account_for_each_role_at_an_address_that_cannot_exist() -> None:
    assert {account.role for account in ACCOUNTS} == set(Role)
    assert all(account.email.endswith("@demo.invalid") for account in ACCOUNTS)
