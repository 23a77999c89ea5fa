"""Sentences written from the numbers: they say what is known, what is chance, and what is hidden."""

from collections.abc import Sequence

from trends.chance import SIGNIFICANT_BELOW, chance_of_difference
from trends.period import Period, name_of
from trends.rules import Row, Summary
from trends.vocabulary import HIDDEN, NETWORK_HIDES_UP_TO, OUTSIDE_WARDS, Figure

HIDDEN_WORDS = f"hidden, 1 to {NETWORK_HIDES_UP_TO}"


def headline(summary: Summary) -> str:
    """What the month says, in one to three sentences."""
    period, total = summary.period, summary.total
    if not period.is_over:
        return _part_of_a_month(summary)
    if not summary.has_year_before:
        return f"{_opening(period, total)}. {_nothing_before(summary)}"
    if total.now is HIDDEN or total.before is HIDDEN:
        earlier = f"{name_of(period.year_before)} had {_reports(total.before)}"
        return f"{_opening(period, total)}. {earlier}. With a hidden number the two cannot be compared."
    return f"{_opening(period, total)}, {_difference(total, period)}. {verdict(total.now, total.before, period)}"


def verdict(now: int, before: int, period: Period) -> str:
    """Whether two counts differ by more than chance: "no real change" where that is the truth."""
    if now + before == 0:
        return "There is nothing to compare."
    chance = chance_of_difference(now, before, period.share_of_days)
    if chance >= SIGNIFICANT_BELOW:
        lead = "Chance alone often moves numbers like these by as much" if now != before else "The number held"
        return f"{lead}: no real change."
    rarity = "p < 0.001" if chance < 0.001 else f"p = {chance:.2g}"
    if now > before:
        caution = "It may mean that more people reported rather than that more happened: look at how reports came in."
    else:
        caution = "It may mean that fewer people reported rather than that less happened."
    return f"Chance alone would seldom bring so large a difference (exact test, {rarity}). {caution}"


def change_words(change: Figure) -> str:
    """A difference with its sign, such as +12, −3 or 0; c when hidden."""
    if change is HIDDEN:
        return "c"
    return f"+{change:,}" if change > 0 else f"−{-change:,}" if change < 0 else "0"


def count_words(figure: Figure) -> str:
    """A count of reports in words, such as 3 reports, or that it is hidden."""
    return HIDDEN_WORDS if figure is HIDDEN else _reports(figure)


def describe_rows(rows: Sequence[Row], noun: str) -> str:
    """Which rows have the most, and how many have none or are hidden, for those who cannot see a drawing.

    `noun` is what a row is, such as ward. Rows that are in no one ward are left out.
    """
    inside = [row for row in rows if row.code not in OUTSIDE_WARDS]
    shown = sorted(
        ((row.now, row.name) for row in inside if row.now is not HIDDEN and row.now > 0),
        key=lambda each: (-each[0], each[1]),
    )
    most = _joined([f"{name} ({count:,})" for count, name in shown[:3]])
    none = sum(1 for row in inside if row.now == 0)
    hidden = sum(1 for row in inside if row.now is HIDDEN)
    parts = [f"The most: {most}." if most else f"No {noun} has a number that can be shown." if hidden else ""]
    parts.append(f"None: {_counted(none, noun)}." if none else "")
    parts.append(f"Hidden: {_counted(hidden, noun)}." if hidden else "")
    return " ".join(part for part in [*parts, "The table has every number."] if part)


def _part_of_a_month(summary: Summary) -> str:
    period, total = summary.period, summary.total
    so_far = f"{_reports(total.now, start=True)} so far in {name_of(period.month)}, which is not over"
    if not summary.has_year_before:
        return f"{so_far}. {_nothing_before(summary)}"
    whole = f"All of {name_of(period.year_before)} had {_reports(total.before)}"
    return f"{so_far}. {whole}: a part of a month cannot be compared with a whole one."


def _opening(period: Period, total: Row) -> str:
    return f"{_reports(total.now, start=True)} in {name_of(period.month)}"


def _nothing_before(summary: Summary) -> str:
    if summary.begun is None:
        return "No report has been counted here yet."
    begun = name_of(summary.begun)
    return f"There is no year before to compare with: the first report counted here is from {begun}."


def _difference(total: Row, period: Period) -> str:
    earlier = name_of(period.year_before)
    change = total.change
    if change is HIDDEN or change == 0:
        return f"the same number as in {earlier}"
    return f"{change:,} more than in {earlier}" if change > 0 else f"{-change:,} fewer than in {earlier}"


def _reports(figure: Figure, *, start: bool = False) -> str:
    """A number of reports; at the start of a sentence none is No."""
    if figure is HIDDEN:
        return f"{'A' if start else 'a'} hidden number of reports (1 to {NETWORK_HIDES_UP_TO})"
    if figure == 0:
        return "No reports" if start else "no reports"
    return f"{figure:,} {'report' if figure == 1 else 'reports'}"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _joined(parts: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(parts[:-1]), *parts[-1:]]))
