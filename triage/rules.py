"""Pure decisions of the desk: who may move a referral where, where a report stands, what may be closed."""

from collections.abc import Iterable
from dataclasses import dataclass

from reporting.answers import Consent
from reporting.rules import details_for
from reporting.vocabulary import AgencyKind, Detail
from triage.vocabulary import CalledBack, Level, Mover, Outcome, ReferralState, Shelf, Standing

S = ReferralState
TRANSITIONS: dict[tuple[ReferralState, ReferralState], frozenset[Mover]] = {
    (S.DRAFTED, S.SENT): frozenset({Mover.DESK}),
    (S.SENT, S.DELIVERED): frozenset({Mover.PLATFORM}),
    (S.DELIVERED, S.ACCEPTED): frozenset({Mover.AGENCY}),
    (S.DELIVERED, S.DECLINED): frozenset({Mover.AGENCY}),
    (S.ACCEPTED, S.IN_PROGRESS): frozenset({Mover.AGENCY}),
    (S.IN_PROGRESS, S.IN_PROGRESS): frozenset({Mover.AGENCY}),
    (S.ACCEPTED, S.OUTCOME): frozenset({Mover.AGENCY}),
    (S.IN_PROGRESS, S.OUTCOME): frozenset({Mover.AGENCY}),
    (S.DRAFTED, S.REVOKED): frozenset({Mover.DESK, Mover.REPORTER}),
    (S.SENT, S.REVOKED): frozenset({Mover.DESK, Mover.REPORTER}),
    (S.DELIVERED, S.REVOKED): frozenset({Mover.DESK, Mover.REPORTER}),
    (S.ACCEPTED, S.REVOKED): frozenset({Mover.DESK}),
    (S.IN_PROGRESS, S.REVOKED): frozenset({Mover.DESK}),
}
"""(from, to) → who may move a referral so. What is not here cannot happen."""

ENDED = frozenset({S.DECLINED, S.OUTCOME, S.REVOKED})
NOT_ACCEPTED_YET = frozenset({S.DRAFTED, S.SENT, S.DELIVERED})
RANKS = {Level.HIGH: 0, Level.MEDIUM: 1, Level.STANDARD: 2}
ON_DESK = frozenset({Standing.WAITING, Standing.TAKEN})
SHELVES = {
    Shelf.WITH_AGENCIES: Standing.REFERRED,
    Shelf.CLOSED: Standing.CLOSED,
}


class MoveRefused(ValueError):
    """Why a referral cannot be moved, in words for whoever tried."""


@dataclass(frozen=True, slots=True)
class Sharing:
    """What consent lets one agency have, and what it withholds."""

    kind: AgencyKind
    shared: frozenset[Detail]

    @property
    def allowed(self) -> bool:
        """Whether anything may be sent at all: without what happened there is nothing to refer."""
        return Detail.WHAT_HAPPENED in self.shared

    @property
    def withheld(self) -> frozenset[Detail]:
        """The kinds of detail that stay with the desk."""
        return frozenset(Detail) - self.shared


def sharing_with(consent: Consent, kind: AgencyKind) -> Sharing:
    """What consent lets an agency of this kind have; nothing at all without what happened."""
    details = details_for(consent, kind)
    return Sharing(kind, details if Detail.WHAT_HAPPENED in details else frozenset())


def may_move(state: ReferralState, to: ReferralState, mover: Mover) -> bool:
    """Whether this mover may move a referral so."""
    return mover in TRANSITIONS.get((state, to), frozenset())


def moves_of(state: ReferralState, mover: Mover) -> frozenset[ReferralState]:
    """Where this mover may move a referral to."""
    return frozenset(to for (start, to), movers in TRANSITIONS.items() if start is state and mover in movers)


def check_move(state: ReferralState, to: ReferralState, mover: Mover) -> None:
    """MoveRefused in plain words when this mover may not move a referral so."""
    if may_move(state, to, mover):
        return
    if state is S.REVOKED:
        raise MoveRefused("This referral was withdrawn. Nothing more can be recorded on it.")
    if state in ENDED:
        raise MoveRefused("This referral has ended. Nothing more can be recorded on it.")
    raise MoveRefused(f"This referral is {state.value} and cannot become {to.value} now.")


def consent_still_covers(consent: Consent, kind: AgencyKind, shared: Iterable[Detail]) -> bool:
    """Whether everything that a referral carries may still be shared."""
    return frozenset(shared) <= sharing_with(consent, kind).shared


def at_rest(open_referrals: int, called_back: frozenset[CalledBack]) -> Standing:
    """Where a report stands that nobody is working on."""
    return Standing.REFERRED if open_referrals and not called_back else Standing.WAITING


def turn_of(called_back: frozenset[CalledBack]) -> int:
    """The turn within a level: what an agency declined comes before everything else."""
    return 0 if CalledBack.DECLINED in called_back else 1


def why_not_close(level: Level, opened: bool, open_referrals: int, unread: bool) -> str | None:
    """Why a report cannot be closed, in words; None when it can."""
    if level is Level.HIGH and not opened:
        return "This is a high risk that nobody has opened. Open and read it before you close it."
    if unread:
        return "The reporter has just written to you. Read it before you close the report."
    if open_referrals:
        return "An agency still has this report. Wait for its answer, or withdraw the referral first."
    return None


def outcome_to_keep(before: str | None, new: Outcome) -> str:
    """The outcome a report is counted under: one agency's inaction does not undo what another did."""
    return before if before and new is Outcome.NO_FURTHER_ACTION else new.value


def reason_is_needed(scored: Level, chosen: Level) -> bool:
    """Whether an officer's own level must be explained."""
    return scored is not chosen
