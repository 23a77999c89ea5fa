"""Oversight: each centre's year, who has gone quiet, and that what is read does not grow with old reports."""

import os
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import event

from accounts.services import found_team
from accounts.vocabulary import TeamKind
from centres.models import Centre
from centres.oversight import heard_where, numbers_of, oversee, reach_of_centres
from centres.oversight_queries import counted_by_month, last_received
from centres.oversight_rules import HIDES_UP_TO
from centres.services import log_report, register_centre
from centres.vocabulary import CentreState
from core.sealing import Secret
from core.work import SYSTEM, Work, begin_work
from reporting.answers import Answers, Origin, Place
from reporting.locating import locate_report
from reporting.models import Report
from reporting.receipt import SEED_BYTES, Receipt
from reporting.services import move_state, submit_report, write_message
from reporting.vocabulary import AgencyKind, Author, Channel, Detail, State, Strand
from tests.services.conftest import Desk, Watch


def new_centre(work: Work, name: str, postcode: str = "SO14 7LY") -> Centre:
    team, _ = found_team(work, TeamKind.CENTRE, name)
    work.session.flush()
    return register_centre(work, team, "1 Demo Street", postcode)


def log(work: Work, centre: Centre, **told: object) -> Report:
    answers = Answers(words=Secret("told"), **told)  # type: ignore[arg-type]
    report = log_report(work, centre, answers, Receipt(os.urandom(SEED_BYTES)))
    locate_report(work, report)
    work.session.commit()
    return report


def at(work: Work, watch: Watch, moment: datetime) -> Work:
    watch.now = moment
    return begin_work(work.harbour, work.session, SYSTEM)


def test_a_centres_year_is_its_own(work: Work, desk: Desk, watch: Watch) -> None:
    library, mosque = new_centre(work, "library"), new_centre(work, "mosque")
    early = at(work, watch, datetime(2026, 10, 5, 10, 30, tzinfo=UTC))
    consent = frozenset({(AgencyKind.POLICE, Detail.WHAT_HAPPENED)})
    first = log(early, library, strands=frozenset({Strand.RACE}), place=Place("SO14 7LY"), consent=consent)
    log(early, mosque)
    answered = at(work, watch, datetime(2026, 10, 6, 11, 45, tzinfo=UTC))
    write_message(answered, first, Author.DESK, "The team", Secret("an answer"))
    move_state(answered, first, State.REFERRED)
    now = at(work, watch, datetime(2026, 11, 17, 12, tzinfo=UTC))
    log(now, library)
    own, theirs = oversee(now)
    assert (own.name, theirs.name) == ("library", "mosque")
    assert dict(own.months)[datetime(2026, 10, 1).date()] == dict(own.months)[datetime(2026, 11, 1).date()] == 1
    counted = own.counted
    assert (counted.reports, counted.ward_known, counted.strand_given) == (2, 1, 1)
    assert (counted.consent_recorded, counted.referred) == (1, 1)
    # From 10 on Monday (11 in London) to 11 on Tuesday: six hours of one day of the desk and three of the next.
    assert (own.median_hours, own.answered) == (9.0, 1)
    assert (theirs.counted.reports, theirs.median_hours, theirs.counted.referred) == (1, None, 0)
    assert numbers_of(now, library) == own


def test_an_active_centre_without_a_report_for_sixty_days_is_quiet(work: Work, desk: Desk, watch: Watch) -> None:
    library, closed = new_centre(work, "library"), new_centre(work, "closed")
    begun = begin_work(work.harbour, work.session, SYSTEM)
    log(begun, library)
    closed.state = CentreState.SUSPENDED
    work.session.commit()
    for days, quiet in ((59, False), (61, True)):
        then = at(work, watch, begun.now + timedelta(days=days))
        assert [each.is_quiet for each in oversee(then)] == [False, quiet]
    new = new_centre(work, "new")
    work.session.commit()
    then = begin_work(work.harbour, work.session, SYSTEM)
    new.applied_at = then.now
    assert not next(each for each in oversee(then) if each.name == "new").is_quiet


def test_a_ward_is_near_or_far_from_active_centres_alone(work: Work, desk: Desk) -> None:
    library = new_centre(work, "library")
    near = {ward.name for ward in reach_of_centres([library]) if ward.is_near}
    assert "Bargate" in near
    assert len(near) < 17
    library.state = CentreState.SUSPENDED
    assert all(ward.miles is None and not ward.is_near for ward in reach_of_centres([library]))


def test_what_is_read_begins_at_an_index_of_centre_and_month(work: Work, desk: Desk) -> None:
    if work.session.get_bind().dialect.name != "sqlite":
        return  # PostgreSQL plans a table of a few rows without any index.
    library = new_centre(work, "library")
    log(work, library)
    connection = work.session.connection()
    seen: list[tuple[str, Any]] = []

    def note(conn: object, cursor: object, statement: str, parameters: Any, *_: object) -> None:
        seen.append((statement, parameters))

    event.listen(connection, "before_cursor_execute", note)
    counted_by_month(work.session, [library.id], datetime(2026, 1, 1).date())
    last_received(work.session, [library.id])
    event.remove(connection, "before_cursor_execute", note)
    explained = [connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {said}", values) for said, values in seen]
    plans = [row[3] for rows in explained for row in rows]
    assert any("ix_facts_centre_month" in plan for plan in plans), plans
    assert any("ix_report_centre_received" in plan for plan in plans), plans
    assert not [plan for plan in plans if plan.startswith(("SCAN facts", "SCAN report"))], plans


def heard(work: Work, centre: Centre | None, times: int, channel: Channel = Channel.PUBLIC) -> None:
    origin = Origin(channel, heard_from=centre.id if centre else None)
    for _ in range(times):
        submit_report(work, Answers(words=Secret("told")), origin, Receipt(os.urandom(SEED_BYTES)))
    work.session.commit()


def test_where_people_heard_is_counted_and_few_are_hidden(work: Work, desk: Desk, watch: Watch) -> None:
    long_ago = at(work, watch, datetime(2025, 10, 1, 12, tzinfo=UTC))
    library, mosque, kiosk = (new_centre(work, name) for name in ("library", "mosque", "a kiosk"))
    heard(long_ago, library, 7)
    now = at(work, watch, datetime(2026, 11, 17, 12, tzinfo=UTC))
    assert heard_where(now) == [("No centre’s poster", "0")]
    heard(now, library, HIDES_UP_TO)
    heard(now, mosque, HIDES_UP_TO + 1)
    heard(now, kiosk, 1)
    heard(now, None, 1)
    heard(now, None, 20, Channel.IMPORT)
    log(now, library)
    assert heard_where(now) == [
        ("Poster of mosque", "5"),
        ("Poster of a kiosk", "hidden, 1 to 4"),
        ("Poster of library", "hidden, 1 to 4"),
        ("No centre’s poster", "hidden, 1 to 4"),
    ]
    assert dict(numbers_of(now, mosque).months)[datetime(2026, 11, 1).date()] == 0
