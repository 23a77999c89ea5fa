"""No referral is accepted that was not sent; nobody moves what is not theirs to move."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from reporting.vocabulary import AgencyKind, Detail
from triage.rules import (
    ENDED,
    TRANSITIONS,
    MoveRefused,
    at_rest,
    check_move,
    consent_still_covers,
    may_move,
    moves_of,
    outcome_to_keep,
    reason_is_needed,
    sharing_with,
    turn_of,
    why_not_close,
)
from triage.vocabulary import CalledBack, Level, Mover, Outcome, ReferralState, Standing

S = ReferralState
CONSENTS = st.frozensets(st.tuples(st.sampled_from(AgencyKind), st.sampled_from(Detail)))


class ReferralMachine(RuleBasedStateMachine):
    """Anybody tries to move a referral anywhere; it remembers its path."""

    def __init__(self) -> None:
        super().__init__()
        self.path = [S.DRAFTED]
        self.movers: list[Mover] = []

    @rule(to=st.sampled_from(ReferralState), mover=st.sampled_from(Mover))
    def try_to_move(self, to: ReferralState, mover: Mover) -> None:
        try:
            check_move(self.path[-1], to, mover)
        except MoveRefused:
            return
        self.path.append(to)
        self.movers.append(mover)

    @invariant()
    def was_sent_and_delivered_before_it_was_answered(self) -> None:
        if {S.ACCEPTED, S.DECLINED, S.IN_PROGRESS, S.OUTCOME} & set(self.path):
            assert self.path[1:3] == [S.SENT, S.DELIVERED]
            assert self.movers[:2] == [Mover.DESK, Mover.PLATFORM]

    @invariant()
    def an_outcome_was_accepted_first(self) -> None:
        if S.OUTCOME in self.path or S.IN_PROGRESS in self.path:
            assert S.ACCEPTED in self.path

    @invariant()
    def an_end_is_an_end(self) -> None:
        assert not ENDED & set(self.path[:-1])

    @invariant()
    def each_answer_is_the_agencys_own(self) -> None:
        for to, mover in zip(self.path[1:], self.movers, strict=True):
            if to in {S.ACCEPTED, S.DECLINED, S.IN_PROGRESS, S.OUTCOME}:
                assert mover is Mover.AGENCY


TestReferral = ReferralMachine.TestCase


@given(st.sampled_from(ReferralState), st.sampled_from(ReferralState), st.sampled_from(Mover))
def test_what_the_table_does_not_say_cannot_happen(start: ReferralState, to: ReferralState, mover: Mover) -> None:
    allowed = mover in TRANSITIONS.get((start, to), frozenset())
    assert may_move(start, to, mover) is allowed
    assert (to in moves_of(start, mover)) is allowed


def test_every_state_can_be_reached_and_only_ends_have_no_way_on() -> None:
    assert {to for _, to in TRANSITIONS} | {S.DRAFTED} == set(S)
    assert set(S) - {start for start, _ in TRANSITIONS} == ENDED


def test_a_reporter_takes_back_only_what_nobody_accepted() -> None:
    theirs = {start for (start, _), movers in TRANSITIONS.items() if Mover.REPORTER in movers}
    assert theirs == {S.DRAFTED, S.SENT, S.DELIVERED}


def test_a_refusal_says_why() -> None:
    with pytest.raises(MoveRefused, match="withdrawn"):
        check_move(S.REVOKED, S.OUTCOME, Mover.AGENCY)
    with pytest.raises(MoveRefused, match="ended"):
        check_move(S.DECLINED, S.ACCEPTED, Mover.AGENCY)


@given(CONSENTS, st.sampled_from(AgencyKind))
def test_nothing_is_shared_without_what_happened(
    consent: frozenset[tuple[AgencyKind, Detail]], kind: AgencyKind
) -> None:
    sharing = sharing_with(consent, kind)
    assert sharing.allowed == ((kind, Detail.WHAT_HAPPENED) in consent)
    assert sharing.allowed or not sharing.shared
    assert all((kind, detail) in consent for detail in sharing.shared)
    assert sharing.shared | sharing.withheld == frozenset(Detail)


@given(CONSENTS, CONSENTS, st.sampled_from(AgencyKind))
def test_consent_covers_what_it_still_holds(
    before: frozenset[tuple[AgencyKind, Detail]], after: frozenset[tuple[AgencyKind, Detail]], kind: AgencyKind
) -> None:
    shared = sharing_with(before, kind).shared
    assert consent_still_covers(before, kind, shared)
    assert consent_still_covers(after, kind, shared) == (shared <= sharing_with(after, kind).shared)


def test_a_declined_report_stands_on_top_and_does_not_go_back_to_agencies() -> None:
    declined = frozenset({CalledBack.DECLINED})
    assert turn_of(declined) < turn_of(frozenset()) == turn_of(frozenset({CalledBack.REPORTER_WROTE}))
    assert at_rest(1, declined) is Standing.WAITING
    assert at_rest(1, frozenset()) is Standing.REFERRED
    assert at_rest(0, frozenset()) is Standing.WAITING


def test_what_may_be_closed() -> None:
    assert "Open and read it" in (why_not_close(Level.HIGH, opened=False, open_referrals=0, unread=False) or "")
    assert "agency still has" in (why_not_close(Level.STANDARD, opened=True, open_referrals=1, unread=False) or "")
    assert "just written" in (why_not_close(Level.HIGH, opened=True, open_referrals=0, unread=True) or "")
    assert why_not_close(Level.HIGH, opened=True, open_referrals=0, unread=False) is None


def test_doing_nothing_does_not_undo_what_was_done() -> None:
    assert outcome_to_keep("injunction", Outcome.NO_FURTHER_ACTION) == "injunction"
    assert outcome_to_keep("injunction", Outcome.REHOUSED) == "rehoused"
    assert outcome_to_keep(None, Outcome.NO_FURTHER_ACTION) == "no-further-action"


def test_an_own_level_needs_a_reason_only_when_it_differs() -> None:
    assert reason_is_needed(Level.HIGH, Level.MEDIUM)
    assert not reason_is_needed(Level.HIGH, Level.HIGH)
