"""Assessing a report: by the published weights, by an officer's own judgement, and its place by hand."""

from accounts.queries import the_desk
from core import audit
from core.sealing import PublicKey, Secret, seal
from core.work import Work
from geography.places import Candidate
from reporting import queries as reports
from reporting.locating import candidate_of_ward, city, place_by_hand
from reporting.models import Facts
from reporting.reading import DESK
from reporting.services import NobodyToRead
from triage import clocks
from triage.models import QueueEntry
from triage.queueing import desk_hours, place_on_queue, settle, take
from triage.reading import assessment_context
from triage.rules import reason_is_needed
from triage.scoring import RiskAnswers, assess_risk
from triage.vocabulary import PLACE_REASONED, Level, WardReason
from triage.wording import words_for


class ReasonNeeded(ValueError):
    """An officer's level differs from the score's, and no reason was given."""


def assess_report(work: Work, report_id: str) -> None:
    """Score a report and put it on the queue; nothing to do when it is gone. Safe to run again."""
    report = reports.report(work.session, report_id)
    if report is None:
        return
    assessment = assess_risk(risk_answers(report.facts))
    place_on_queue(work, report, assessment)
    audit.record(work, "report assessed", report_id, {"level": assessment.level.value})


def risk_answers(facts: Facts) -> RiskAnswers:
    """The answers that a score is made from."""
    return RiskAnswers(
        safety=facts.safety,
        harms=facts.harms,
        repeat=facts.repeat,
        offender=facts.offender,
        under_18=facts.under_18,
        setting=facts.setting,
        kind=facts.kind,
        categories=facts.categories,
        wishes=facts.wishes,
    )


def set_level(work: Work, entry: QueueEntry, level: Level, reason: Secret) -> None:
    """An officer's own level, with a reason sealed to the desk; ReasonNeeded when it differs and none is given."""
    if reason_is_needed(entry.level, level) and not reason:
        raise ReasonNeeded("Say why your level differs from the score.")
    take(work, entry)
    desk = the_desk(work.session)
    if desk is None:
        raise NobodyToRead("The desk has not been set up.")
    erasure_key = work.harbour.erasure.key(entry.report.erasure_slot)
    holders = {DESK: PublicKey(desk.public_key)}
    context = assessment_context(entry.report_id)
    entry.officer_level = level
    entry.officer_reason = seal({"words": reason}, holders, erasure_key, context) if reason else None
    entry.due_at = clocks.seen_by(level, entry.clock_from, desk_hours(work))
    settle(entry, entry.standing)
    work.session.flush()
    audit.record(work, "level set", entry.report_id, {"level": level.value, "scored": entry.level.value})


def choose_place(work: Work, entry: QueueEntry, candidate: Candidate, why: WardReason) -> None:
    """Place a report by hand: at a candidate, a pin or a ward. Who, when and why stay in the trail."""
    take(work, entry)
    place_by_hand(work, entry.report, candidate, words_for(why))
    work.session.flush()
    work.session.expire(entry.report, ["placements"])
    vintage = city().current_vintage
    wards = " ".join(share.ward for share in candidate.shares(vintage))
    chosen = {"precision": candidate.precision.value, "vintage": vintage, "wards": wards}
    audit.record(work, PLACE_REASONED, entry.report_id, {"why": why.value, **chosen})


def choose_ward(work: Work, entry: QueueEntry, ward: str, why: WardReason) -> None:
    """Place a report in a ward of today by hand; ValueError for a ward that is not of this city."""
    choose_place(work, entry, candidate_of_ward(ward), why)
