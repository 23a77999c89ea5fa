"""What leaves is what was agreed, previewed and nothing else; it arrives once; it can be taken back."""

import json
from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from core.audit import AuditEntry
from core.sealing import SealBroken
from geography.locating import default_city
from geography.places import Point
from reporting.answers import Place
from reporting.services import as_reporter, change_consent
from reporting.vocabulary import AgencyKind, Detail, Precision, Safety, Setting, State
from tests.services.triage.conftest import NAME, REACH, STORY, TIMES, Room, Sent, report_answers
from tests.stack.vintages import with_third_vintage
from triage.models import Referral, ReferralStep
from triage.reading import AGENCY, open_package
from triage.referring import (
    PreviewChanged,
    ReferralRefused,
    preview_referral,
    revoke_referral,
    send_referral,
)
from triage.tasks import deliver
from triage.vocabulary import CalledBack, ReferralState, Standing

HOUSING, POLICE = AgencyKind.HOUSING, AgencyKind.POLICE
ONLY_WHAT = frozenset({(HOUSING, Detail.WHAT_HAPPENED), (POLICE, Detail.WHAT_HAPPENED), (POLICE, Detail.WHO_I_AM)})


def opened(room: Room, referral: Referral, kind: AgencyKind) -> str:
    """Every word that an agency's own key opens."""
    reference, lines = open_package(room.caseworker(kind), referral, AGENCY, room.secrets[kind])
    return json.dumps([reference, [[line.label, line.words.reveal()] for line in lines]])


def test_each_package_lacks_what_was_refused(room: Room) -> None:
    sent = room.send(report_answers(consent=ONLY_WHAT))
    to_housing, to_police = sorted(room.refer(sent, HOUSING, POLICE), key=lambda each: each.agency.kind)
    housing, police = opened(room, to_housing, HOUSING), opened(room, to_police, POLICE)
    assert STORY in housing
    assert not [mark for mark in (NAME, REACH, TIMES) if mark in housing]
    assert NAME in police
    assert not [mark for mark in (REACH, TIMES) if mark in police]
    assert to_housing.package_details == {Detail.WHAT_HAPPENED}


def test_a_press_on_the_map_leaves_as_previewed_and_no_nearer(room: Room) -> None:
    point = Point(50.912345, -1.412345)
    sent = room.send(
        report_answers(place=Place(point=(point.lat, point.lon)), setting=Setting.STREET, consent=ONLY_WHAT)
    )
    assert room.report(sent).facts.precision is Precision.POINT
    shown = default_city().gazetteer.crosswalk.shown(point)
    assert shown is not None
    ids = [room.agencies[HOUSING].team_id]
    preview = preview_referral(room.officer(), room.entry(sent).report, room.desk_secret, ids)
    previewed = [(line.label, line.words.reveal()) for line in preview.each[0].package.lines]
    assert ("Where", f"near {shown.lat:.5f}, {shown.lon:.5f}, Banister & Polygon ward") in previewed
    (referral,) = room.refer(sent, HOUSING)
    _, lines = open_package(room.caseworker(HOUSING), referral, AGENCY, room.secrets[HOUSING])
    assert [(line.label, line.words.reveal()) for line in lines] == previewed
    assert "12345" not in opened(room, referral, HOUSING)


def test_beside_a_shown_point_stands_the_ward_it_was_snapped_in(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    later = with_third_vintage(default_city()).on(date(2027, 6, 1))
    for module in ("reporting.locating", "triage.reading"):
        monkeypatch.setattr(f"{module}.city", lambda: later)
    sent = room.send(
        report_answers(place=Place(point=(50.912345, -1.412345)), setting=Setting.STREET, consent=ONLY_WHAT)
    )
    (referral,) = room.refer(sent, HOUSING)
    _, lines = open_package(room.caseworker(HOUSING), referral, AGENCY, room.secrets[HOUSING])
    (where,) = (line.words.reveal() for line in lines if line.label == "Where")
    assert where.startswith("near ") and where.endswith(", Banister & Polygon ward")


def test_another_agencys_key_opens_nothing(room: Room) -> None:
    (referral,) = room.refer(room.send(), HOUSING)
    with pytest.raises(SealBroken):
        open_package(room.caseworker(POLICE), referral, AGENCY, room.secrets[POLICE])
    assert STORY.encode() not in referral.package.to_bytes()


def test_without_consent_nothing_is_sent(room: Room) -> None:
    sent = room.send(report_answers(consent=frozenset({(HOUSING, Detail.WHAT_HAPPENED)})))
    work, entry = room.officer(), room.entry(sent)
    ids = [room.agencies[POLICE].team_id]
    preview = preview_referral(work, entry.report, room.desk_secret, ids)
    assert preview.each[0].obstacle == "They did not agree to share with the police."
    assert STORY not in preview.each[0].package.text().reveal()
    with pytest.raises(ReferralRefused):
        send_referral(work, entry, room.desk_secret, ids, preview.fingerprint)
    assert room.session.scalar(select(func.count()).select_from(Referral)) == 0


def test_what_changed_since_the_preview_is_not_sent(room: Room) -> None:
    sent = room.send()
    work, entry = room.officer(), room.entry(sent)
    ids = [room.agencies[HOUSING].team_id]
    preview = preview_referral(work, entry.report, room.desk_secret, ids)
    change_consent(as_reporter(room.work()), entry.report, ONLY_WHAT)
    with pytest.raises(PreviewChanged):
        send_referral(work, entry, room.desk_secret, ids, preview.fingerprint)
    with pytest.raises(PreviewChanged):
        send_referral(work, entry, room.desk_secret, [room.agencies[POLICE].team_id], preview.fingerprint)
    assert room.session.scalar(select(func.count()).select_from(Referral)) == 0


def test_sending_tells_the_reporter_and_starts_the_clock(room: Room) -> None:
    sent = room.send()
    referrals = room.refer(sent, HOUSING, POLICE)
    assert [each.state for each in referrals] == [ReferralState.DELIVERED] * 2
    assert all(each.due_at and each.due_at > room.watch.now for each in referrals)
    told = room.behind_the_code(sent)
    assert len(told) == 2
    assert "passed to Demo Homes. We shared: what happened, how to reach you, who you are, as you agreed." in told[0]
    assert room.entry(sent).standing is Standing.REFERRED
    assert room.report(sent).state is State.REFERRED


def test_a_high_risk_is_to_be_answered_in_four_hours(room: Room) -> None:
    (referral,) = room.refer(room.send(report_answers(safety=Safety.UNSAFE)), HOUSING)
    assert referral.due_at is not None
    assert referral.sent_at is not None
    assert (referral.due_at - referral.sent_at).total_seconds() == 4 * 3600


def test_a_referral_that_is_open_is_not_doubled(room: Room) -> None:
    sent = room.send()
    room.refer(sent, HOUSING)
    with pytest.raises(ReferralRefused):
        room.refer(sent, HOUSING)
    assert [each.agency.kind for each in room.refer(sent, HOUSING, POLICE)] == [POLICE]
    (held,) = room.session.scalars(select(Referral).where(Referral.agency_id == room.agencies[HOUSING].team_id))
    twin = Referral(**{
        column.key: getattr(held, column.key) for column in Referral.__table__.columns if column.key != "id"
    })  # fmt: skip
    twin.id = "twin"
    room.session.add(twin)
    with pytest.raises(IntegrityError):
        room.session.flush()
    room.session.rollback()


def test_delivering_twice_delivers_once(room: Room) -> None:
    (referral,) = room.refer(room.send(), HOUSING)
    delivered_at = referral.delivered_at
    room.watch.on(minutes=5)
    deliver(room.work(), referral.id)
    deliver(room.work(), "no such referral")
    room.session.commit()
    steps = select(ReferralStep.state).where(ReferralStep.referral_id == referral.id)
    assert list(room.session.scalars(steps)).count(ReferralState.DELIVERED) == 1
    assert referral.delivered_at == delivered_at


def test_every_step_is_audited(room: Room) -> None:
    (referral,) = room.refer(room.send(), HOUSING)
    found = room.session.scalars(select(AuditEntry.action).where(AuditEntry.subject == referral.id))
    assert set(found) == {"referral drafted", "referral sent", "referral delivered"}


def take_back(room: Room, sent: Sent, referral: Referral) -> None:
    """The desk's own withdrawal."""
    revoke_referral(room.officer(), room.entry(sent), referral)
    room.session.commit()


def test_what_the_desk_takes_back_the_agencys_key_no_longer_opens(room: Room) -> None:
    sent = room.send()
    (referral,) = room.refer(sent, HOUSING)
    take_back(room, sent, referral)
    with pytest.raises(SealBroken):
        open_package(room.caseworker(), referral, AGENCY, room.secrets[HOUSING])
    assert "taken your report back from Demo Homes" in room.behind_the_code(sent)[-1]
    assert [each.state for each in room.refer(sent, HOUSING)] == [ReferralState.DELIVERED]


def test_consent_taken_back_reaches_what_nobody_accepted(room: Room) -> None:
    sent = room.send()
    to_housing, to_police = sorted(room.refer(sent, HOUSING, POLICE), key=lambda each: each.agency.kind)
    narrowed = frozenset((POLICE, detail) for detail in Detail)
    change_consent(as_reporter(room.work()), room.report(sent), narrowed)
    room.session.commit()
    assert (to_housing.state, to_police.state) == (ReferralState.REVOKED, ReferralState.DELIVERED)
    assert room.entry(sent).called_back == {CalledBack.CONSENT_CHANGED}
    assert room.entry(sent).on_desk
    assert "You changed what may be shared. Demo Homes" in room.behind_the_code(sent)[-1]


def test_a_referral_taken_back_before_delivery_is_never_delivered(room: Room) -> None:
    sent = room.send()
    work, entry = room.officer(), room.entry(sent)
    ids = [room.agencies[HOUSING].team_id]
    preview = preview_referral(work, entry.report, room.desk_secret, ids)
    (referral,) = send_referral(work, entry, room.desk_secret, ids, preview.fingerprint)
    take_back(room, sent, referral)
    room.run_jobs()
    assert referral.state is ReferralState.REVOKED
    assert referral.delivered_at is None
