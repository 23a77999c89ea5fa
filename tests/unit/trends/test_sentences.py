"""Sentences say what the numbers say, and nothing that is hidden."""

import re
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from trends.period import Period
from trends.rules import Row, Summary, Tally, hide_summary, summarise
from trends.sentences import change_words, describe_rows, headline
from trends.vocabulary import HIDDEN

BEGUN = date(2020, 1, 1)
AFTER, DURING = date(2024, 3, 9), date(2024, 1, 20)


def month(now: int, before: int, today: date = AFTER, begun: date | None = BEGUN) -> Summary:
    period = Period(date(2024, 1, 1), "2023", today)
    return summarise(period, Tally(total=now), Tally(total=before), {}, begun)


def test_a_small_change_is_no_real_change() -> None:
    assert headline(month(241, 229)) == (
        "241 reports in January 2024, 12 more than in January 2023. "
        "Chance alone often moves numbers like these by as much: no real change."
    )


def test_a_large_rise_is_said_with_its_certainty_and_its_caution() -> None:
    words = headline(month(310, 240))
    assert words.startswith("310 reports in January 2024, 70 more than in January 2023. Chance alone would seldom")
    assert "p = 0.0032" in words
    assert "more people reported rather than that more happened" in words


def test_a_large_fall_may_be_less_reporting() -> None:
    words = headline(month(0, 4000))
    assert words.startswith("No reports in January 2024, 4,000 fewer than in January 2023.")
    assert "p < 0.001" in words
    assert "fewer people reported" in words


def test_the_same_number_and_one_report() -> None:
    assert headline(month(1, 1)).startswith("1 report in January 2024, the same number as in January 2023.")
    assert headline(month(0, 0)).endswith("There is nothing to compare.")


def test_a_part_of_a_month_is_not_compared() -> None:
    words = headline(month(3, 400, DURING))
    assert words.startswith("3 reports so far in January 2024, which is not over. All of January 2023 had 400 reports")
    assert "chance" not in words.lower()


def test_before_anything_was_counted_there_is_no_year_before() -> None:
    words = headline(month(9, 0, begun=date(2023, 2, 1)))
    assert "more than" not in words
    assert words.endswith(
        "There is no year before to compare with: the first report counted here is from February 2023."
    )
    assert headline(month(0, 0, begun=None)) == "No reports in January 2024. No report has been counted here yet."


@given(now=st.integers(0, 30), before=st.integers(0, 30), today=st.sampled_from([AFTER, DURING]))
def test_the_preview_says_no_hidden_number_and_none_that_gives_it_away(now: int, before: int, today: date) -> None:
    hidden = hide_summary(month(now, before, today), 4)
    words = headline(hidden).replace("(1 to 4)", "").replace("January 2024", "").replace("January 2023", "")
    numbers = {int(number) for number in re.findall(r"(?<![\d.])\d+(?![\d.])", words.split("(exact test")[0])}
    shown = {count for count in (hidden.total.now, hidden.total.before) if count is not HIDDEN}
    difference = {abs(now - before)} if len({now, before} - {1, 2, 3, 4}) == len({now, before}) else set()
    assert numbers <= shown | difference


def test_a_change_carries_its_sign() -> None:
    assert [change_words(change) for change in (1200, -3, 0, HIDDEN)] == ["+1,200", "−3", "0", "c"]


def test_a_drawing_is_described_by_what_can_be_shown() -> None:
    rows = [
        Row("E1", "Bargate", 41, 0),
        Row("E2", "Shirley", 9, 0),
        Row("E3", "Bevois", 0, 0),
        Row("E4", "Coxford", HIDDEN, 0),
        Row("not-known", "Ward not known", 99, 0),
    ]
    assert describe_rows(rows, "ward") == (
        "The most: Bargate (41) and Shirley (9). None: 1 ward. Hidden: 1 ward. The table has every number."
    )
    assert "No ward has a number that can be shown" in describe_rows(rows[3:4], "ward")
