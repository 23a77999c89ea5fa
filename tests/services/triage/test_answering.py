"""An agency answers its own referrals, and each answer waits in plain words behind the reporter's code."""

import pytest

from core.sealing import SealBroken, Secret
from reporting.answers import Identity
from reporting.services import as_reporter, change_consent
from reporting.vocabulary import AgencyKind, Detail, State
from tests.services.triage.conftest import STORY, Room, report_answers
from triage import queries
from triage.answering import accept, decline, note_progress, record_outcome
from triage.models import Referral
from triage.reading import AGENCY, open_package, open_steps
from triage.rules import MoveRefused
from triage.services import CannotClose, close_report, open_for_desk
from triage.vocabulary import CalledBack, Outcome, ReferralState, Shelf, Standing

HOUSING, POLICE = AgencyKind.HOUSING, AgencyKind.POLICE


def test_another_agencys_referral_is_not_found(room: Room) -> None:
    (referral,) = room.refer(room.send(), HOUSING)
    mine, theirs = (room.agencies[kind].team_id for kind in (HOUSING, POLICE))
    assert queries.referral_for_agency(room.session, mine, referral.id) is referral
    assert queries.referral_for_agency(room.session, theirs, referral.id) is None
    assert queries.referrals_for_agency(room.session, theirs) == []
    assert queries.referrals_for_agency(room.session, mine) == [referral]


def test_one_message_waits_behind_the_code_for_each_step(room: Room) -> None:
    sent = room.send()
    (referral,) = room.refer(sent, HOUSING)
    accept(room.caseworker(), referral)
    note_progress(room.caseworker(), referral, Secret("A letter was written."))
    record_outcome(room.caseworker(), referral, Outcome.WARNING, Secret("We spoke to them."))
    room.session.commit()
    told = room.behind_the_code(sent)
    assert [words.split(".")[0] for words in told] == [
        "Your report was passed to Demo Homes",
        "Demo Homes has accepted your report and will look into it",
        "Demo Homes has told us what they did",
    ]
    assert "We spoke to them." in told[-1]
    assert not [words for words in told if "A letter was written" in words]
    assert room.report(sent).state is State.ACTED_ON
    assert room.report(sent).facts.outcome == "warning"


def test_a_decline_stands_on_top_of_its_level_with_its_reason_for_the_desk(room: Room) -> None:
    sent = room.send()
    (referral,) = room.refer(sent, HOUSING)
    older = room.send()
    room.watch.on(days=2)
    decline(room.caseworker(), referral, Secret("Not our building."))
    room.session.commit()
    order = [entry.report_id for entry in queries.queue_page(room.session, Shelf.TO_DO, 1).entries]
    assert order == [sent.id, older.id]
    assert room.entry(sent).called_back == {CalledBack.DECLINED}
    steps = open_steps(room.officer(), referral, "desk", room.desk_secret)
    assert steps[-1].words.reveal() == "Not our building."
    assert room.behind_the_code(sent)[-1].startswith("Demo Homes could not take your report on.")
    assert "Not our building" not in "".join(room.behind_the_code(sent))


def test_a_declined_report_can_be_referred_again(room: Room) -> None:
    sent = room.send()
    (referral,) = room.refer(sent, HOUSING)
    decline(room.caseworker(), referral, Secret("Not our building."))
    room.session.commit()
    room.refer(sent, HOUSING, POLICE)
    assert room.entry(sent).called_back == frozenset()
    assert room.entry(sent).standing is Standing.REFERRED


def test_the_desk_sees_it_again_once_everybody_has_answered(room: Room) -> None:
    sent = room.send()
    first, second = room.refer(sent, HOUSING, POLICE)
    for kind, referral in ((first.agency.kind, first), (second.agency.kind, second)):
        assert not room.entry(sent).on_desk
        accept(room.caseworker(kind), referral)
        record_outcome(room.caseworker(kind), referral, Outcome.SUPPORT, Secret("Done."))
        room.session.commit()
    assert room.entry(sent).called_back == {CalledBack.ANSWERED}
    assert room.entry(sent).on_desk


def test_a_report_an_agency_has_is_not_closed(room: Room) -> None:
    sent = room.send()
    room.refer(sent, HOUSING)
    open_for_desk(room.officer(), room.entry(sent), room.desk_secret)
    with pytest.raises(CannotClose, match="agency still has"):
        close_report(room.officer(), room.entry(sent), Outcome.ADVICE, Secret("Demo words."))


def test_nothing_is_recorded_on_what_was_withdrawn_or_ended(room: Room) -> None:
    sent = room.send()
    (referral,) = room.refer(sent, HOUSING)
    change_consent(as_reporter(room.work()), room.report(sent), frozenset())
    room.session.commit()
    with pytest.raises(MoveRefused, match="withdrawn"):
        accept(room.caseworker(), referral)
    assert referral.state is ReferralState.REVOKED


def test_consent_taken_back_does_not_undo_what_was_accepted(room: Room) -> None:
    sent = room.send()
    (referral,) = room.refer(sent, HOUSING)
    accept(room.caseworker(), referral)
    change_consent(as_reporter(room.work()), room.report(sent), frozenset())
    room.session.commit()
    assert referral.state is ReferralState.ACCEPTED


def test_the_agency_reads_its_own_words_and_an_update_is_due(room: Room) -> None:
    (referral,) = room.refer(room.send(report_answers()), HOUSING)
    accept(room.caseworker(), referral)
    assert clock_of(referral) > 13
    note_progress(room.caseworker(), referral, Secret("A letter was written."))
    note_progress(room.caseworker(), referral, Secret("They answered."))
    room.session.commit()
    steps = open_steps(room.caseworker(), referral, AGENCY, room.secrets[HOUSING])
    assert [step.words.reveal() for step in steps[-2:]] == ["A letter was written.", "They answered."]
    assert [step.state for step in steps[:3]] == [
        ReferralState.DRAFTED,
        ReferralState.SENT,
        ReferralState.DELIVERED,
    ]


def clock_of(referral: Referral) -> int:
    """Days from sending until something is due."""
    assert referral.due_at is not None
    assert referral.sent_at is not None
    return (referral.due_at - referral.sent_at).days


def test_an_agency_that_declined_opens_it_no_more(room: Room) -> None:
    sent = room.send()
    (referral,) = room.refer(sent, HOUSING)
    decline(room.caseworker(), referral, Secret("Not our building."))
    room.session.commit()
    page = room.visit(room.caseworkers[HOUSING]).get(f"/agency/referrals/{referral.id}").get_data(as_text=True)
    assert "You declined this referral" in page
    assert STORY not in page
    with pytest.raises(SealBroken):
        open_package(room.caseworker(), referral, "agency", room.secrets[HOUSING])
    assert open_package(room.officer(), referral, "desk", room.desk_secret)[1]


def test_the_report_waits_for_the_agency_that_has_not_answered(room: Room) -> None:
    sent = room.send()
    first, second = room.refer(sent, HOUSING, POLICE)
    accept(room.caseworker(HOUSING), first)
    room.watch.on(days=1)
    accept(room.caseworker(POLICE), second)
    record_outcome(room.caseworker(HOUSING), first, Outcome.SUPPORT, Secret("Done."))
    room.session.commit()
    assert room.entry(sent).due_at == second.due_at


def test_a_name_that_was_never_given_is_not_said_to_be_shared(room: Room) -> None:
    sent = room.send(report_answers(identity=Identity(Secret(""), Secret("07000 900123"))))
    (referral,) = room.refer(sent, HOUSING)
    assert Detail.WHO_I_AM not in referral.package_details
    assert "who you are" not in room.behind_the_code(sent)[-1]
