"""The exact comparison of two counts, against published values and against plain adding up."""

from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trends.chance import chance_of_difference

COUNTS = st.integers(0, 80)
SHARES = st.sampled_from([Fraction(1, 2), Fraction(29, 57), Fraction(28, 57), Fraction(1, 10), Fraction(9, 10)])


def added_up(now: int, before: int, share: Fraction) -> float:
    """The same probability in exact fractions, every outcome by itself."""
    total = now + before
    likelihoods = [comb(total, k) * share**k * (1 - share) ** (total - k) for k in range(total + 1)]
    return float(sum(each for each in likelihoods if each <= likelihoods[now]))


def test_the_worked_example_of_poisson_test() -> None:
    """Four Danish cities, ages 55 to 59: R's documentation of poisson.test, p-value = 0.07967."""
    share = 800 / (800 + 1083 + 1050 + 878)
    assert chance_of_difference(11, 6 + 8 + 7, share) == pytest.approx(0.07967, abs=0.000005)


def test_the_worked_example_of_binom_test() -> None:
    """Conover (1971) page 97, in R's documentation of binom.test, p-value = 0.3825."""
    assert chance_of_difference(682, 925 - 682, 0.75) == pytest.approx(0.3825, abs=0.00005)


@pytest.mark.parametrize(
    ("now", "before", "share", "expected"),
    [
        (241, 229, 1 / 2, 0.6119267422335971),
        (300_000, 302_000, 1 / 2, 0.009983234308734568),
        (120, 160, 29 / 57, 0.008425579683653027),
        (8, 21, 1 / 2, 0.0241195447742939),
    ],
)
def test_values_of_scipy_binomtest(now: int, before: int, share: float, expected: float) -> None:
    """Computed once with scipy.stats.binomtest."""
    assert chance_of_difference(now, before, share) == pytest.approx(expected, rel=1e-8)


@given(now=COUNTS, before=COUNTS, share=SHARES)
def test_is_what_adding_up_every_outcome_gives(now: int, before: int, share: Fraction) -> None:
    expected = added_up(now, before, share)
    assert chance_of_difference(now, before, float(share)) == pytest.approx(expected, rel=1e-9)


@given(now=COUNTS, before=COUNTS)
def test_either_order_is_as_likely(now: int, before: int) -> None:
    assert chance_of_difference(now, before, 0.5) == pytest.approx(chance_of_difference(before, now, 0.5))


def test_nothing_differs_from_nothing_by_chance_alone() -> None:
    assert chance_of_difference(0, 0, 0.5) == 1.0


@pytest.mark.parametrize(("now", "before", "share"), [(-1, 2, 0.5), (1, -2, 0.5), (1, 2, 0.0), (1, 2, 1.0)])
def test_refuses_what_is_no_count_or_share(now: int, before: int, share: float) -> None:
    with pytest.raises(ValueError, match="nought or more"):
        chance_of_difference(now, before, share)
