"""Centres and their staff for a drill, and what was logged there, looked up afterwards."""

from collections.abc import Iterable

from sqlalchemy import func, select

from accounts.services import enrol, found_team
from accounts.vocabulary import Role, TeamKind
from bench.ground import PASSWORD
from centres.services import register_centre
from centres.staffing import record_training
from core.db import db, reading
from core.sealing import Secret
from core.settings import Settings
from core.work import SYSTEM, begin_work, harbour
from drills.rehearsal import opened
from reporting.models import Report
from reporting.reading import REPORTER, open_report
from reporting.receipt import read_code
from reporting.services import find_by_receipt


def found_centres(settings: Settings, centres: int, staff_each: int) -> list[str]:
    """So many centres with so many trained people each; the addresses they sign in with, under the bench's password."""
    addresses = []
    with opened(settings):
        work = begin_work(harbour(), db.session(), SYSTEM)
        for number in range(centres):
            team, secret = found_team(work, TeamKind.CENTRE, f"Drill Centre {number}")
            work.session.flush()
            register_centre(work, team, "1 Drill Street", "SO14 7LY")
            for number_in_team in range(staff_each):
                address = f"staff-{number}-{number_in_team}@example.org"
                name = f"Staff {number_in_team}"
                record_training(work, enrol(work, team, secret, Role.CENTRE_STAFF, name, address, Secret(PASSWORD)))
                addresses.append(address)
        db.session.commit()
    return addresses


def lost_and_doubled(settings: Settings, sent: Iterable[tuple[str, str]]) -> tuple[int, int]:
    """Of (code, words): how many codes open no report of these words, and how many reports there are beyond them."""
    told = list(sent)
    with opened(settings), reading():
        work = begin_work(harbour(), db.session(), SYSTEM)
        lost = 0
        for code, words in told:
            receipt = read_code(code) if code else None
            report = find_by_receipt(work, receipt) if receipt else None
            if receipt is None or report is None:
                lost += 1
            else:
                lost += open_report(work, report, REPORTER, receipt.key_pair[1]).words.reveal() != words
        reports = db.session.scalar(select(func.count()).select_from(Report)) or 0
        db.session.rollback()
    return lost, max(0, reports - len({code for code, _ in told if code}))
