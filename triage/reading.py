"""Opening what is sealed on the desk's own records: packages, steps, reasons. Who holds a key, opens."""

from dataclasses import dataclass
from datetime import datetime

from core.sealing import Sealed, Secret, SecretKey
from core.work import Work
from geography.vocabulary import Vintage
from reporting.locating import city, shown_point, ward_name
from reporting.models import Report
from reporting.places import place_of
from reporting.reading import DESK, open_report
from triage.models import QueueEntry, Referral, ReferralStep
from triage.packages import Content, Line, lines_of
from triage.vocabulary import ReferralState

AGENCY = "agency"


@dataclass(frozen=True, slots=True, repr=False)
class OpenedStep:
    """One step of a referral, with its words where this holder may read them."""

    state: ReferralState
    moved_at: datetime
    actor_role: str
    words: Secret


def referral_context(referral_id: str) -> str:
    """What a package's ciphertext is bound to."""
    return f"referral/{referral_id}"


def step_context(referral_id: str, position: int) -> str:
    """What a step's ciphertext is bound to."""
    return f"referral/{referral_id}/step/{position}"


def assessment_context(report_id: str) -> str:
    """What an officer's reason is bound to."""
    return f"assessment/{report_id}"


def open_content(work: Work, report: Report, secret: SecretKey) -> Content:
    """A whole report as the desk."""
    opened = open_report(work, report, DESK, secret)
    place = place_of(work, report)
    # A point is shown for eight postcodes of a ward of one vintage: beside a ward of another it would be fewer.
    beside = ward_names(report, city().gazetteer.crosswalk.shown_in.vintage)
    return Content(report, opened, place, ward_names(report), shown_point(place), beside)


def open_package(work: Work, referral: Referral, holder: str, secret: SecretKey) -> tuple[str, list[Line]]:
    """A referral's reference and lines, as AGENCY or DESK; SealBroken for anybody else's key."""
    context = referral_context(referral.id)
    return lines_of(_open(work, referral.report, referral.package, "package", holder, secret, context))


def open_steps(work: Work, referral: Referral, holder: str, secret: SecretKey) -> list[OpenedStep]:
    """A referral's steps in their order; words that were not sealed to this holder stay shut."""
    return [_open_step(work, referral, step, holder, secret) for step in referral.steps]


def open_officer_reason(work: Work, entry: QueueEntry, secret: SecretKey) -> Secret:
    """Why an officer set their own level; empty when none was given."""
    if entry.officer_reason is None:
        return Secret("")
    context = assessment_context(entry.report_id)
    return _open(work, entry.report, entry.officer_reason, "words", DESK, secret, context)


def ward_names(report: Report, vintage: Vintage | None = None) -> tuple[str, ...]:
    """The names of a report's wards, by default those of today, the likeliest first; none when it is unplaced."""
    wanted = vintage or city().current_vintage
    placed = [placement for placement in report.placements if placement.vintage == wanted]
    return tuple(ward_name(each.ward, wanted) for each in sorted(placed, key=lambda each: (-each.weight, each.ward)))


def _open_step(work: Work, referral: Referral, step: ReferralStep, holder: str, secret: SecretKey) -> OpenedStep:
    words = Secret("")
    if step.sealed is not None and holder in step.sealed.wraps:
        context = step_context(referral.id, step.position)
        words = _open(work, referral.report, step.sealed, "words", holder, secret, context)
    return OpenedStep(step.state, step.moved_at, step.actor_role, words)


def _open(
    work: Work, report: Report, sealed: Sealed, part: str, holder: str, secret: SecretKey, context: str
) -> Secret:
    erasure_key = work.harbour.erasure.key(report.erasure_slot)
    return sealed.open(part, sealed.content_key(holder, secret, erasure_key, context), context)
