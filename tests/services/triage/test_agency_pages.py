"""An agency's pages: its own referrals, opened with its own key, answered in a few words."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from core.audit import AuditEntry
from reporting.vocabulary import AgencyKind, Detail
from tests.services.triage.conftest import NAME, REACH, STORY, Room, report_answers
from tests.services.triage.test_desk_pages import as_read, words_of
from triage import queries
from triage.models import Referral
from triage.referring import revoke_referral
from triage.vocabulary import ReferralState

HOUSING, POLICE = AgencyKind.HOUSING, AgencyKind.POLICE
DEEDS = ("accept", "decline", "progress", "outcome")


@pytest.fixture
def caseworker(room: Room) -> FlaskClient:
    """A housing caseworker's browser."""
    return room.visit(room.caseworkers[HOUSING])


def referred(room: Room) -> Referral:
    """A report with the housing agency, sharing only what happened."""
    consent = frozenset({(HOUSING, Detail.WHAT_HAPPENED)})
    (referral,) = room.refer(room.send(report_answers(consent=consent)), HOUSING)
    room.session.commit()
    return referral


def state_of(room: Room, referral: Referral) -> ReferralState:
    """The state as the database has it."""
    room.session.expire_all()
    found = room.session.scalars(select(Referral.state).where(Referral.id == referral.id)).one()
    room.session.commit()
    return found


def test_the_list_tells_no_word_of_a_report(room: Room, caseworker: FlaskClient) -> None:
    referral = referred(room)
    page = words_of(caseworker, "/agency/referrals")
    assert referral.report.reference in page
    assert "Shared with you: what happened" in page
    assert STORY not in page


def test_opening_shows_what_was_shared_and_is_recorded(room: Room, caseworker: FlaskClient) -> None:
    referral = referred(room)
    page = words_of(caseworker, f"/agency/referrals/{referral.id}")
    assert STORY in page
    assert NAME not in page
    assert REACH not in page
    opened = select(AuditEntry.actor_id).where(AuditEntry.action == "referral opened")
    assert list(room.session.scalars(opened)) == [room.caseworkers[HOUSING].id]


def test_accept_progress_outcome(room: Room, caseworker: FlaskClient) -> None:
    referral = referred(room)
    address = f"/agency/referrals/{referral.id}"
    caseworker.post(f"{address}/accept")
    assert state_of(room, referral) is ReferralState.ACCEPTED
    caseworker.post(f"{address}/progress", data={"progress-note": "A letter was written."})
    assert "A letter was written." in words_of(caseworker, address)
    bad = caseworker.post(f"{address}/outcome", data={"outcome-words": "Kept words"})
    assert "Choose what was done" in as_read(bad.text)
    assert "Kept words" in bad.text
    caseworker.post(f"{address}/outcome", data={"outcome-outcome": "repair-or-clean-up", "outcome-words": "Cleaned."})
    assert state_of(room, referral) is ReferralState.OUTCOME
    again = caseworker.post(f"{address}/outcome", data={"outcome-outcome": "warning", "outcome-words": "More."})
    assert "This referral has ended" in as_read(again.text)


def test_declining_needs_a_reason(room: Room, caseworker: FlaskClient) -> None:
    referral = referred(room)
    address = f"/agency/referrals/{referral.id}"
    bad = caseworker.post(f"{address}/decline", data={"decline-reason": "   "})
    assert "Say why you cannot take it on" in as_read(bad.text)
    assert state_of(room, referral) is ReferralState.DELIVERED
    caseworker.post(f"{address}/decline", data={"decline-reason": "Not our building."})
    assert state_of(room, referral) is ReferralState.DECLINED


def test_a_withdrawn_referral_shows_nothing(room: Room, caseworker: FlaskClient) -> None:
    referral = referred(room)
    entry = queries.entry(room.session, referral.report_id)
    assert entry is not None
    revoke_referral(room.officer(), entry, referral)
    room.session.commit()
    page = words_of(caseworker, f"/agency/referrals/{referral.id}")
    assert "This referral was withdrawn" in page
    assert STORY not in page
    refused = caseworker.post(f"/agency/referrals/{referral.id}/accept")
    assert "withdrawn" in as_read(refused.text)


def test_another_agencys_referral_is_not_found_by_any_door(room: Room) -> None:
    referral = referred(room)
    police = room.visit(room.caseworkers[POLICE])
    assert police.get(f"/agency/referrals/{referral.id}").status_code == 404
    assert {police.post(f"/agency/referrals/{referral.id}/{deed}").status_code for deed in DEEDS} == {404}
    assert police.get("/agency/referrals/nothing").status_code == 404
    assert "Nothing was referred to you" in words_of(police, "/agency/referrals")
    assert state_of(room, referral) is ReferralState.DELIVERED


def test_an_officer_and_a_stranger_are_not_let_in(room: Room) -> None:
    referral = referred(room)
    assert room.visit(room.officers[0]).get(f"/agency/referrals/{referral.id}").status_code == 403
    stranger = room.flask.test_client().get(f"/agency/referrals/{referral.id}")
    assert stranger.status_code == 302
    assert "/sign-in" in stranger.location
