"""Which partner system asks, and the declaration that lets tokens in. No cookie and no address is looked at."""

import time
from collections.abc import Callable
from typing import Any

from flask import current_app, g, request
from sqlalchemy.orm import Session

from centres.fairness import Buckets
from centres.models import IntakeToken
from centres.tokens import Partner, note_use, partner_of
from centres.vocabulary import CentreState, TokenScope
from core.access import Access, View, declare
from core.clock import local_day
from core.db import db, may_write, writing
from core.documents import LARGEST_DOCUMENT, check_answer_type
from core.problems import Problem
from core.work import SYSTEM, Actor, Work, begin_work, harbour

PARTNER_ROLE = "partner system"
NOT_ACTIVE = "Your centre is not active. Ask the Network's coordinator."
_LONGEST_TOKEN = 200


def holds_token(scope: TokenScope) -> Callable[[View], View]:
    """Declare that a view is for partner systems whose token has this scope."""

    def admit() -> Any:
        request.max_content_length = LARGEST_DOCUMENT
        # Not the work that the request began with: a token ends at its minute, not at the next hour.
        work = begin_work(harbour(), db.session(), SYSTEM)
        partner = _partner(work)
        if partner.centre.state is not CentreState.ACTIVE:
            raise Problem(403, NOT_ACTIVE)
        if scope not in partner.token.scopes:
            lacking = {"WWW-Authenticate": f'Bearer error="insufficient_scope", scope="{scope.value}"'}
            raise Problem(403, f"This token lacks the scope {scope.value}.", headers=lacking)
        _take_turn(partner)
        check_answer_type(request)
        _note_use(work, partner.token)
        g.partner = partner
        g.work = work.acting(Actor(PARTNER_ROLE, partner.token.id, partner.centre.id))
        return None

    return declare(Access(f"a partner system whose token has {scope.value}", admit))


def asking_partner() -> Partner:
    """Who asks, in a view that `holds_token`."""
    partner: Partner = g.partner
    return partner


def install_fairness() -> Buckets:
    """Buckets for one process."""
    return Buckets(time.monotonic)


def _partner(work: Work) -> Partner:
    sent = request.authorization
    if sent is None or sent.type != "bearer" or not sent.token:
        raise Problem(
            401, "Send Authorization: Bearer and your token.", headers={"WWW-Authenticate": 'Bearer realm="reports"'}
        )
    partner = partner_of(work, sent.token) if len(sent.token) <= _LONGEST_TOKEN else None
    if partner is None:
        wrong = {"WWW-Authenticate": 'Bearer realm="reports", error="invalid_token"'}
        raise Problem(401, "This token is unknown, was revoked, or is over.", headers=wrong)
    return partner


def _take_turn(partner: Partner) -> None:
    buckets: Buckets = current_app.extensions["intake fairness"]
    seconds = buckets.take(partner.token.id)
    if seconds:
        raise Problem(429, "Wait, then send the same again.", headers={"Retry-After": str(seconds)})


def _note_use(work: Work, token: IntakeToken) -> None:
    """In the request's own transaction where it writes; a reading one must not hold the database's write lock."""
    today = local_day(work.now, work.harbour.settings.desk_time_zone)
    if token.used_on == today:
        return
    if may_write():
        note_use(work.session, token.id, today)
        return
    with writing(), Session(db.engine) as session:
        note_use(session, token.id, today)
        session.commit()
