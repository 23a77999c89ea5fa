"""Who may move a centre where: the table, and no way around it."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.vocabulary import Role
from centres.rules import MOVES, REASONS, SHUT, MoveRefused, check_move, moves_for
from centres.vocabulary import CentreState, Check, Reason
from centres.wording import MOVING, in_words, tone_of

S = CentreState
EVERYTHING = frozenset(Check)
MOVERS = [*Role, "applicant", "reporter", "system"]
Attempt = tuple[CentreState, str, Reason | None]
attempts = st.tuples(st.sampled_from(CentreState), st.sampled_from(MOVERS), st.sampled_from([*Reason, None]))


def follow(state: CentreState, tried: Iterable[Attempt]) -> list[tuple[CentreState, CentreState, str]]:
    """The moves of a sequence that the rule let happen."""
    made = []
    for to, role, reason in tried:
        try:
            check_move(state, to, role, EVERYTHING, reason)
        except MoveRefused:
            continue
        made.append((state, to, role))
        state = to
    return made


@given(st.lists(attempts, max_size=40))
def test_no_sequence_makes_a_centre_without_coordinator_and_lead(tried: list[Attempt]) -> None:
    made = follow(S.APPLIED, tried)
    active = [number for number, (_, to, _) in enumerate(made) if to is S.ACTIVE]
    if active:
        before = made[: active[0] + 1]
        assert (S.APPLIED, S.APPROVED, Role.COORDINATOR) in before
        assert before[-1] == (S.APPROVED, S.ACTIVE, Role.CENTRE_LEAD)


@given(st.sampled_from(MOVERS), st.sampled_from(CentreState), st.lists(st.sampled_from(CentreState), max_size=20))
def test_a_role_alone_reaches_only_what_the_table_gives_it(
    role: str, start: CentreState, to: list[CentreState]
) -> None:
    reasons = {state: listed[0] for state, listed in REASONS.items()}
    made = follow(start, [(state, role, reasons.get(state)) for state in to])
    assert all(role in MOVES[before, after] for before, after, _ in made)
    reached = {after for _, after, _ in made}
    if role == Role.CENTRE_LEAD:
        assert made in ([], [(S.APPROVED, S.ACTIVE, role)])
    elif role != Role.COORDINATOR:
        assert reached == set()


@given(st.sampled_from(CentreState), st.lists(attempts, max_size=40))
def test_nobody_comes_out_of_suspension_or_back_from_leaving_but_by_the_coordinator(
    start: CentreState, tried: list[Attempt]
) -> None:
    for before, _, role in follow(start, tried):
        assert before not in SHUT or role == Role.COORDINATOR


@pytest.mark.parametrize("missing", Check)
def test_nothing_is_approved_before_everything_was_seen_to(missing: Check) -> None:
    with pytest.raises(MoveRefused, match=in_words(missing).lower()):
        check_move(S.APPLIED, S.APPROVED, Role.COORDINATOR, EVERYTHING - {missing})
    check_move(S.APPLIED, S.APPROVED, Role.COORDINATOR, EVERYTHING)


@pytest.mark.parametrize("to", REASONS)
def test_a_reason_must_be_one_of_that_moves_own(to: CentreState) -> None:
    start = next(before for (before, after), _ in MOVES.items() if after is to)
    for reason in [None, *(set(Reason) - set(REASONS[to]))]:
        with pytest.raises(MoveRefused, match="from the list"):
            check_move(start, to, Role.COORDINATOR, reason=reason)
    for reason in REASONS[to]:
        check_move(start, to, Role.COORDINATOR, reason=reason)


def test_why_not_is_told_in_words() -> None:
    with pytest.raises(MoveRefused, match="that is declined cannot become active"):
        check_move(S.DECLINED, S.ACTIVE, Role.COORDINATOR)
    with pytest.raises(MoveRefused, match="Only the Network coordinator"):
        check_move(S.ACTIVE, S.SUSPENDED, Role.CENTRE_LEAD, reason=Reason.CONCERN)
    with pytest.raises(MoveRefused, match="lead can do that, by accepting"):
        check_move(S.APPROVED, S.ACTIVE, Role.COORDINATOR)


def test_a_coordinator_is_offered_what_they_may_do_and_nothing_else() -> None:
    assert moves_for(S.ACTIVE, Role.COORDINATOR) == (S.SUSPENDED, S.LEFT)
    assert moves_for(S.APPROVED, Role.COORDINATOR) == (S.LEFT,)
    assert moves_for(S.APPROVED, Role.CENTRE_LEAD) == (S.ACTIVE,)
    assert moves_for(S.ACTIVE, Role.CENTRE_LEAD) == ()


def test_everything_has_words() -> None:
    for word in (*CentreState, *Check, *Reason):
        assert in_words(word)
    assert {to for _, to in MOVES} - {S.APPROVED} == set(MOVING)
    assert all(tone_of(state) for state in CentreState)
