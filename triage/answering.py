"""An agency's answers to a referral. Each is recorded, and told in plain words behind the reporter's code."""

from core.sealing import Secret
from core.work import Work
from reporting.services import move_state, write_message
from reporting.vocabulary import Author, State
from triage import clocks, plain_words, queries
from triage.models import Referral
from triage.moving import desk_name, move, shut_to_agency
from triage.queueing import call_back, desk_hours, follow_agencies
from triage.rules import outcome_to_keep
from triage.vocabulary import CalledBack, Mover, Outcome, ReferralState


def accept(work: Work, referral: Referral) -> None:
    """An agency takes a referral on."""
    move(work, referral, ReferralState.ACCEPTED, Mover.AGENCY)
    _expect_update(work, referral)
    _tell(work, referral, Author.AGENCY, plain_words.accepted(_name(referral)))


def decline(work: Work, referral: Referral, reason: Secret) -> None:
    """An agency cannot take it on: the report is at the top of its level again, with the reason for the desk."""
    move(work, referral, ReferralState.DECLINED, Mover.AGENCY, reason)
    shut_to_agency(referral)
    _tell(work, referral, Author.DESK, plain_words.declined(_name(referral)))
    call_back(work, referral.report_id, CalledBack.DECLINED)


def note_progress(work: Work, referral: Referral, note: Secret) -> None:
    """How it goes, for the desk and the agency."""
    move(work, referral, ReferralState.IN_PROGRESS, Mover.AGENCY, note)
    _expect_update(work, referral)


def record_outcome(work: Work, referral: Referral, outcome: Outcome, words: Secret) -> None:
    """What was done, with words for the reporter; once every agency has answered, the desk sees the report again."""
    move(work, referral, ReferralState.OUTCOME, Mover.AGENCY, words)
    referral.outcome = outcome
    facts = referral.report.facts
    facts.outcome = outcome_to_keep(facts.outcome, outcome)
    if outcome is not Outcome.NO_FURTHER_ACTION:
        move_state(work, referral.report, State.ACTED_ON)
    told = plain_words.agency_outcome(_name(referral), outcome, words.reveal())
    _tell(work, referral, Author.AGENCY, told)
    if not queries.open_referrals(work.session, referral.report_id):
        call_back(work, referral.report_id, CalledBack.ANSWERED)
    _follow(work, referral)


def _expect_update(work: Work, referral: Referral) -> None:
    referral.due_at = clocks.updated_by(work.now, desk_hours(work))
    work.session.flush()
    _follow(work, referral)


def _follow(work: Work, referral: Referral) -> None:
    """Let the report wait for whichever agency is due first now."""
    entry = queries.entry(work.session, referral.report_id)
    if entry is not None:
        follow_agencies(work, entry)


def _tell(work: Work, referral: Referral, author: Author, words: str) -> None:
    name = _name(referral) if author is Author.AGENCY else desk_name(work)
    write_message(work, referral.report, author, name, Secret(words))


def _name(referral: Referral) -> str:
    return referral.agency.team.name
