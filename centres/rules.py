"""Pure decisions about a centre's life: who may move it where, and why not."""

from collections.abc import Collection

from accounts.vocabulary import Role
from centres.vocabulary import CentreState, Check, Reason
from centres.wording import in_words

AGREEMENT = "2026-11"
"""The version of the agreement that leads accept; its text is the template of that name."""

S = CentreState
_COORDINATOR = frozenset({Role.COORDINATOR})
MOVES: dict[tuple[CentreState, CentreState], frozenset[Role]] = {
    (S.APPLIED, S.APPROVED): _COORDINATOR,
    (S.APPLIED, S.DECLINED): _COORDINATOR,
    (S.DECLINED, S.APPLIED): _COORDINATOR,
    (S.APPROVED, S.ACTIVE): frozenset({Role.CENTRE_LEAD}),
    (S.APPROVED, S.LEFT): _COORDINATOR,
    (S.ACTIVE, S.SUSPENDED): _COORDINATOR,
    (S.SUSPENDED, S.ACTIVE): _COORDINATOR,
    (S.ACTIVE, S.LEFT): _COORDINATOR,
    (S.SUSPENDED, S.LEFT): _COORDINATOR,
    (S.LEFT, S.APPLIED): _COORDINATOR,
}
"""(from, to) → who may move a centre so. What is not here cannot happen."""

REASONS: dict[CentreState, tuple[Reason, ...]] = {
    S.DECLINED: (
        Reason.NO_ANSWER,
        Reason.NO_PRIVATE_SPACE,
        Reason.NO_POLICY,
        Reason.NOT_OPEN_TO_ALL,
        Reason.NOT_A_PLACE,
        Reason.OWN_WISH,
    ),
    S.SUSPENDED: (Reason.CONCERN, Reason.TRAINING, Reason.NOBODY_THERE, Reason.PREMISES),
    S.LEFT: (Reason.OWN_WISH, Reason.CLOSING, Reason.NEVER_JOINED, Reason.CONCERN),
}
"""Which moves want a reason, and from which list."""

SHUT = frozenset({S.DECLINED, S.SUSPENDED, S.LEFT})
"""Where the people of a centre, if it has any, may not come in."""
_WAITS_FOR = {
    Role.COORDINATOR: "Only the Network coordinator can do that.",
    Role.CENTRE_LEAD: "Only the centre’s lead can do that, by accepting the agreement.",
}


class MoveRefused(ValueError):
    """Why a centre cannot be moved, in words for whoever tried."""


def moves_for(state: CentreState, role: Role) -> tuple[CentreState, ...]:
    """Where this role may move a centre that stands there."""
    return tuple(to for (start, to), roles in MOVES.items() if start is state and role in roles)


def check_move(
    state: CentreState,
    to: CentreState,
    role: str,
    checks: Collection[Check] = (),
    reason: Reason | None = None,
) -> None:
    """MoveRefused, in words, unless this role may move a centre so, with what was seen to and why."""
    allowed = MOVES.get((state, to))
    if allowed is None:
        raise MoveRefused(f"A centre that is {in_words(state).lower()} cannot become {in_words(to).lower()}.")
    if role not in allowed:
        raise MoveRefused(_WAITS_FOR[next(iter(allowed))])
    missing = [check for check in Check if check not in checks]
    if to is S.APPROVED and missing:
        raise MoveRefused("Not seen to yet: " + "; ".join(in_words(check).lower() for check in missing) + ".")
    if to in REASONS and reason not in REASONS[to]:
        raise MoveRefused("Choose the reason from the list.")
