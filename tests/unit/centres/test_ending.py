"""When what a centre keeps is over: never before its period, never later than it, and never for a centre at work."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from centres.ending import call_back_ends, contact_ends
from centres.vocabulary import CentreState
from core.periods import Periods, bounds_of

MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))
PERIODS = st.builds(
    Periods,
    **{
        name: st.integers(*bounds_of(name))
        for name in ("call_backs_done", "call_backs_missed", "contacts_ended", "contacts_waiting")
    },
)
AT_WORK = {CentreState.ACTIVE, CentreState.SUSPENDED}


@given(MOMENTS, st.none() | MOMENTS, PERIODS)
def test_a_call_back_ends_after_its_period_and_one_that_is_not_done_never_before_its_hour(
    due_at: datetime, done_at: datetime | None, keep: Periods
) -> None:
    ends = call_back_ends(due_at, done_at, keep)
    if done_at is None:
        assert ends - due_at == timedelta(days=keep.call_backs_missed)
    else:
        assert ends - done_at == timedelta(days=keep.call_backs_done)


@given(st.sampled_from(CentreState), MOMENTS, st.none() | MOMENTS, PERIODS)
def test_a_contact_ends_unless_the_place_is_a_centre_at_work(
    state: CentreState, moved_at: datetime, named_at: datetime | None, keep: Periods
) -> None:
    ends = contact_ends(state, moved_at, named_at, keep)
    assert (ends is None) == (state in AT_WORK)
    if ends is not None:
        latest = max(moved_at, named_at or moved_at)
        waits = state is CentreState.APPLIED
        assert ends - latest == timedelta(days=keep.contacts_waiting if waits else keep.contacts_ended)


@given(MOMENTS, MOMENTS, PERIODS)
def test_what_happens_later_ends_later(first: datetime, second: datetime, keep: Periods) -> None:
    first, second = min(first, second), max(first, second)
    assert call_back_ends(first, None, keep) <= call_back_ends(second, None, keep)
    assert call_back_ends(second, first, keep) <= call_back_ends(first, second, keep)
