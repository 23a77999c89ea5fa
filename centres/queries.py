"""Reads of the centres room: for one centre alone, for the coordinator, and what is public of the active ones."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from accounts.models import Person
from centres.directory import Listed
from centres.models import Centre, CentreCheck, CentreStep, Training
from centres.visit_models import Envelope, Reminder
from centres.vocabulary import CentreState, Check, Course, Scheme
from core.languages import Language
from geography.places import Point
from reporting.models import Report
from reporting.queries import CentreRow, count_logged_by_centre, logged_by_centre, state_for_centre
from reporting.vocabulary import State

REPORTS_A_PAGE = 25


@dataclass(frozen=True, slots=True)
class DueReminder:
    """A promised call-back that is not done: when, whose, for which report."""

    id: str
    due_at: datetime
    person_id: str
    report_id: str
    reference: str
    is_due: bool


PAGE = 50


@dataclass(frozen=True, slots=True)
class CentrePage:
    """A page of centres of one state."""

    centres: Sequence[Centre]
    number: int
    has_next: bool


def centre_of(session: Session, team_id: str) -> Centre | None:
    """The centre whose people a team is."""
    return session.get(Centre, team_id)


def reports_of(session: Session, centre: Centre, page: int = 1, reference: str = "") -> list[CentreRow]:
    """One page of what the centre logged, latest first, or what has a reference: never a report's words."""
    return logged_by_centre(session, centre.id, REPORTS_A_PAGE, (page - 1) * REPORTS_A_PAGE, reference)


def pages_of_reports(session: Session, centre: Centre, reference: str = "") -> int:
    """How many pages the list has, at least one."""
    return max(1, -(-count_logged_by_centre(session, centre.id, reference) // REPORTS_A_PAGE))


def report_of(session: Session, centre: Centre, report_id: str) -> Report | None:
    """A report that the centre logged; None for anybody else's."""
    report = session.get(Report, report_id)
    return report if report is not None and report.centre_id == centre.id else None


def has_envelope(session: Session, report: Report) -> bool:
    """Whether the centre holds an envelope for the report's visitor."""
    return session.scalar(select(Envelope.report_id).where(Envelope.report_id == report.id)) is not None


def open_reminders_of(session: Session, centre: Centre, now: datetime, limit: int = 20) -> list[DueReminder]:
    """Promised call-backs that are not done, the earliest first."""
    found = (
        select(Reminder.id, Reminder.due_at, Reminder.person_id, Reminder.report_id, Report.reference)
        .join(Report, Report.id == Reminder.report_id)
        .where(Reminder.centre_id == centre.id, Reminder.done_at.is_(None))
        .order_by(Reminder.due_at, Reminder.id)
        .limit(limit)
    )
    return [
        DueReminder(row.id, row.due_at, row.person_id, row.report_id, row.reference, row.due_at <= now)
        for row in session.execute(found)
    ]


def reminder_of(session: Session, centre: Centre, reminder_id: str) -> Reminder | None:
    """A reminder of the centre; None for anybody else's."""
    reminder = session.get(Reminder, reminder_id)
    return reminder if reminder is not None and reminder.centre_id == centre.id else None


def people_of(session: Session, centre: Centre) -> list[tuple[str, str]]:
    """Id and name of everybody who works at the centre, by name."""
    found = select(Person.id, Person.name).where(Person.team_id == centre.id, Person.left_at.is_(None))
    return [(row.id, row.name) for row in session.execute(found.order_by(Person.name, Person.id))]


def centres_in(session: Session, state: CentreState, number: int = 1) -> CentrePage:
    """A page of the centres in a state, from 1: those that applied by time of asking, others by name."""
    order = Centre.applied_at if state is CentreState.APPLIED else func.lower(Centre.name)
    found = select(Centre).where(Centre.state == state).order_by(order, Centre.id)
    rows = session.scalars(found.offset((number - 1) * PAGE).limit(PAGE + 1)).all()
    return CentrePage(rows[:PAGE], number, len(rows) > PAGE)


def count_applications(session: Session) -> int:
    """How many applications wait for the coordinator."""
    return session.scalar(select(func.count()).select_from(Centre).where(Centre.state == CentreState.APPLIED)) or 0


def count_by_state(session: Session) -> dict[CentreState, int]:
    """How many centres stand in each state; states without any are left out."""
    found = select(Centre.state, func.count().label("centres")).group_by(Centre.state)
    return {row.state: row.centres for row in session.execute(found)}


def checks_of(session: Session, centre: Centre) -> dict[Check, CentreCheck]:
    """What the coordinator saw to."""
    return {each.check: each for each in session.scalars(select(CentreCheck).where(CentreCheck.centre_id == centre.id))}


def steps_of(session: Session, centre: Centre) -> list[CentreStep]:
    """A centre's life so far, oldest first."""
    found = select(CentreStep).where(CentreStep.centre_id == centre.id)
    return list(session.scalars(found.order_by(CentreStep.moved_at, CentreStep.id)))


def stands_since(session: Session, team_id: str, state: CentreState) -> datetime | None:
    """When the centre whose people a team is last came to stand in a state; None when it never did."""
    found = select(func.max(CentreStep.moved_at)).where(CentreStep.centre_id == team_id, CentreStep.state == state)
    return session.scalar(found)


def trainings_of(session: Session, person_id: str) -> list[Training]:
    """What somebody completed, the latest first."""
    found = select(Training).where(Training.person_id == person_id)
    return list(session.scalars(found.order_by(Training.completed_on.desc(), Training.course)))


def trainings_of_team(session: Session, team_id: str) -> dict[str, list[Training]]:
    """Person id → what they completed, for everybody of a team who completed anything."""
    found = select(Training).join(Person, Person.id == Training.person_id).where(Person.team_id == team_id)
    by_person: dict[str, list[Training]] = defaultdict(list)
    for training in session.scalars(found):
        by_person[training.person_id].append(training)
    return by_person


def same_training(session: Session, person_id: str, course: Course, completed_on: date) -> Training | None:
    """The record of a course that somebody completed on a day."""
    found = select(Training).where(
        Training.person_id == person_id, Training.course == course, Training.completed_on == completed_on
    )
    return session.scalar(found)


def training_of(session: Session, person_id: str, training_id: str) -> Training | None:
    """A record of this person; None for anybody else's."""
    training = session.get(Training, training_id)
    return training if training is not None and training.person_id == person_id else None


def active_centres(session: Session) -> list[Listed]:
    """What the public may know of every centre that is active now."""
    return [_listed(centre) for centre in session.scalars(_ACTIVE)]


def active_centre(session: Session, centre_id: str) -> Listed | None:
    """What the public may know of one centre; None for one that is not active now, or never was."""
    centre = session.scalar(_ACTIVE.where(Centre.id == centre_id))
    return _listed(centre) if centre else None


def centre_of_code(session: Session, code: str) -> Listed | None:
    """The active centre that a short address names, however it was typed."""
    wanted = code.strip().upper()
    return next((each for each in active_centres(session) if each.code == wanted), None)


_ACTIVE = select(Centre).where(Centre.state == CentreState.ACTIVE)


def _listed(centre: Centre) -> Listed:
    point = Point(centre.lat, centre.lon) if centre.lat is not None and centre.lon is not None else None
    return Listed(
        id=centre.id,
        name=centre.name,
        kind=centre.kind,
        about=centre.about,
        address=centre.address,
        postcode=centre.postcode,
        point=point,
        phone=centre.phone,
        website=centre.website,
        week=centre.week,
        languages=tuple(language for language in Language if language in centre.languages),
        step_free=centre.step_free,
        private_space=centre.private_space,
        schemes=tuple(scheme for scheme in Scheme if scheme in centre.schemes),
    )


def page_of_reports(
    session: Session, centre: Centre, limit: int, after: tuple[datetime, str] | None
) -> list[CentreRow]:
    """So many of what the centre logged, latest first, from after an hour and a reference on."""
    return logged_by_centre(session, centre.id, limit, after=after)


def state_of_report(session: Session, centre: Centre, reference: str) -> State | None:
    """The state of a report that this centre logged; None for any other."""
    return state_for_centre(session, centre.id, reference)
