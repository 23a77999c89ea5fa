"""Referring a report: preview what would leave, send exactly that, deliver it once, take it back."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core import audit, outbox
from core.ids import new_id
from core.sealing import Sealed, Secret, SecretKey, fingerprint, seal
from core.work import Work
from reporting.models import Report
from reporting.rules import consent_from_rows
from reporting.services import hold, move_state, write_message
from reporting.vocabulary import Author, State
from triage import clocks, plain_words, queries
from triage.clocks import Acknowledgement
from triage.models import Agency, QueueEntry, Referral
from triage.moving import desk_name, holders_with, move, note_step, shut_to_agency
from triage.packages import Content, Package, cut_package
from triage.queueing import call_back, desk_hours, rest, take
from triage.reading import open_content, referral_context
from triage.rules import consent_still_covers, sharing_with
from triage.vocabulary import DELIVER, Basis, CalledBack, Mover, ReferralState


class ReferralRefused(ValueError):
    """Why nothing was sent, in words for the officer."""


class PreviewChanged(ReferralRefused):
    """What would leave is not what was previewed: it must be looked at again."""


@dataclass(frozen=True, slots=True, repr=False)
class PreviewOne:
    """What one agency would receive; `obstacle` says in words why nothing can be sent to it."""

    agency: Agency
    package: Package
    obstacle: str


@dataclass(frozen=True, slots=True, repr=False)
class Preview:
    """What every chosen agency would receive, and the fingerprint of exactly that."""

    each: tuple[PreviewOne, ...]
    fingerprint: str

    @property
    def sendable(self) -> tuple[PreviewOne, ...]:
        """Those that something can be sent to."""
        return tuple(one for one in self.each if not one.obstacle)


def preview_referral(work: Work, report: Report, secret: SecretKey, agency_ids: Iterable[str]) -> Preview:
    """What would leave for these agencies under the consent given now; unknown agencies are left out."""
    wanted = set(agency_ids)
    chosen = [agency for agency in queries.agencies(work.session) if agency.team_id in wanted]
    held = {referral.agency_id for referral in queries.open_referrals(work.session, report.id)}
    content = open_content(work, report, secret)
    each = tuple(_preview_one(content, agency, agency.team_id in held) for agency in chosen)
    return Preview(each, _fingerprint(work, report, each))


def obstacle_to(report: Report, agency: Agency, already_there: bool) -> str:
    """Why a report cannot be sent to an agency, in words; empty when it can."""
    if not sharing_with(consent_from_rows(report.consent), agency.kind).allowed:
        return f"They did not agree to share with {plain_words.whom(agency.kind)}."
    return f"{agency.team.name} has this report already." if already_there else ""


def send_referral(
    work: Work, entry: QueueEntry, secret: SecretKey, agency_ids: Sequence[str], previewed: str
) -> list[Referral]:
    """Send exactly what was previewed, to every agency that may have it; PreviewChanged when that is no longer it."""
    take(work, entry)
    hold(work, entry.report)
    preview = preview_referral(work, entry.report, secret, agency_ids)
    if preview.fingerprint != previewed:
        raise PreviewChanged("Something changed since you looked. This is what would leave now. Check it, then send.")
    if not preview.sendable:
        raise ReferralRefused("Nothing can be sent to the agencies you chose.")
    sent = [_send_one(work, entry, one) for one in preview.sendable]
    move_state(work, entry.report, State.REFERRED)
    # What the reporter wrote since the page was opened is not answered by sending.
    entry.called_back &= {CalledBack.REPORTER_WROTE}
    rest(work, entry)
    return sent


def deliver_referral(work: Work, referral_id: str) -> None:
    """Let a sent referral reach its agency, once; nothing to do for one that was delivered or taken back."""
    referral = queries.referral_of_desk(work.session, referral_id)
    if referral is not None and referral.state is ReferralState.SENT:
        move(work, referral, ReferralState.DELIVERED, Mover.PLATFORM)
        referral.delivered_at = work.now


def revoke_referral(work: Work, entry: QueueEntry, referral: Referral) -> None:
    """Take a referral back for the desk: the agency's key no longer opens it here."""
    take(work, entry)
    name = referral.agency.team.name
    _revoke(work, referral, Mover.DESK, plain_words.withdrawn_by_desk(name))
    if not queries.open_referrals(work.session, entry.report_id) and entry.report.state is State.REFERRED:
        move_state(work, entry.report, State.BEING_READ)


def revoke_what_consent_no_longer_covers(work: Work, report: Report) -> None:
    """Take back what no agency has accepted yet and consent no longer allows."""
    consent = consent_from_rows(report.consent)
    revoked = False
    for referral in queries.not_accepted_yet(work.session, report.id):
        if not consent_still_covers(consent, referral.agency.kind, referral.package_details):
            name = referral.agency.team.name
            _revoke(work, referral, Mover.REPORTER, plain_words.withdrawn_by_reporter(name))
            revoked = True
    if revoked:
        call_back(work, report.id, CalledBack.CONSENT_CHANGED)


def _preview_one(content: Content, agency: Agency, already_there: bool) -> PreviewOne:
    sharing = sharing_with(consent_from_rows(content.report.consent), agency.kind)
    obstacle = obstacle_to(content.report, agency, already_there)
    return PreviewOne(agency, cut_package(content, sharing), obstacle)


def _fingerprint(work: Work, report: Report, each: Iterable[PreviewOne]) -> str:
    """Keyed, and over hashes of the packages, so that it tells nothing of what is in them."""
    parts = [
        [one.agency.team_id, one.obstacle, hashlib.sha256(one.package.text().reveal().encode()).hexdigest()]
        for one in each
    ]
    return fingerprint(json.dumps(["preview", report.id, *parts]).encode(), work.harbour.keyring.cookies)


def _send_one(work: Work, entry: QueueEntry, one: PreviewOne) -> Referral:
    referral_id, agency, report = new_id(), one.agency, entry.report
    rule = Acknowledgement(agency.answer_working_days, agency.answer_hours_when_high)
    level = entry.level_in_force
    referral = Referral(
        id=referral_id,
        report_id=report.id,
        report=report,
        agency_id=agency.team_id,
        agency=agency,
        state=ReferralState.DRAFTED,
        is_open=True,
        level=level,
        basis=Basis.CONSENT,
        package=_seal_package(work, referral_id, agency, report, one.package.text()),
        package_details=one.package.details,
        sent_at=work.now,
        due_at=clocks.acknowledged_by(level, work.now, rule, desk_hours(work)),
    )
    work.session.add(referral)
    note_step(work, referral)
    audit.record(work, "referral drafted", referral_id, {"report": report.id, "basis": Basis.CONSENT.value})
    move(work, referral, ReferralState.SENT, Mover.DESK)
    outbox.hand_over(work, DELIVER, referral_id=referral_id)
    words = plain_words.passed_on(agency.team.name, one.package.details)
    write_message(work, report, Author.DESK, desk_name(work), Secret(words))
    return referral


def _seal_package(work: Work, referral_id: str, agency: Agency, report: Report, package: Secret) -> Sealed:
    erasure_key = work.harbour.erasure.key(report.erasure_slot)
    holders = holders_with(work, agency)
    return seal({"package": package}, holders, erasure_key, referral_context(referral_id))


def _revoke(work: Work, referral: Referral, mover: Mover, words: str) -> None:
    move(work, referral, ReferralState.REVOKED, mover)
    shut_to_agency(referral)
    write_message(work, referral.report, Author.DESK, desk_name(work), Secret(words))
