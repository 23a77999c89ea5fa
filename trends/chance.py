"""How easily chance alone brings a difference between two counts.

The conditional test of two Poisson counts: Przyborowski and Wilenski, Biometrika 31 (1940), 313-323.
Given their sum, one of them is binomial. Two-sided by adding every outcome no likelier than the one seen,
as R's binom.test and poisson.test do.
"""

from collections.abc import Iterable
from itertools import chain
from math import exp, lgamma, log, log1p

SIGNIFICANT_BELOW = 0.05
_SAME = 1 + 1e-7
_NEGLIGIBLE = 1e-18


def chance_of_difference(now: int, before: int, share: float) -> float:
    """The two-sided exact probability, 0 to 1, of a split at least this unlikely if nothing had changed.

    `share` is the part of both counts expected in `now`, between 0 and 1: its part of the days, a half
    for months of equal length. ValueError for counts under nought or a share out of range.
    """
    if now < 0 or before < 0 or not 0 < share < 1:
        raise ValueError("Counts are nought or more, and the share lies between 0 and 1.")
    total = now + before
    expected = int((total + 1) * share)
    seen = _likelihood(now, total, share)
    if now == expected or seen * _SAME >= _likelihood(expected, total, share):
        return 1.0
    lower = _last_as_rare(range(expected + 1), total, share, seen)
    upper = _last_as_rare(range(total, expected - 1, -1), total, share, seen)
    tails = chain(
        _tail(range(lower, -1, -1), total, share) if lower is not None else (),
        _tail(range(upper, total + 1), total, share) if upper is not None else (),
    )
    return min(1.0, sum(tails))


def _likelihood(count: int, total: int, share: float) -> float:
    ways = lgamma(total + 1) - lgamma(count + 1) - lgamma(total - count + 1)
    return exp(ways + count * log(share) + (total - count) * log1p(-share))


def _last_as_rare(outcomes: range, total: int, share: float, seen: float) -> int | None:
    """Of outcomes growing likelier, the last no likelier than the one seen; None when all are likelier."""
    low, high = 0, len(outcomes)
    while low < high:
        middle = (low + high) // 2
        if _likelihood(outcomes[middle], total, share) <= seen * _SAME:
            low = middle + 1
        else:
            high = middle
    return outcomes[low - 1] if low else None


def _tail(outcomes: range, total: int, share: float) -> Iterable[float]:
    """Likelihoods outwards from the middle, as long as they still count."""
    for count in outcomes:
        likelihood = _likelihood(count, total, share)
        if likelihood < _NEGLIGIBLE:
            return
        yield likelihood
