"""Replaying a month of the police's open data: every row of anti-social behaviour goes through the one door.

The format is the street-level CSV of data.police.uk (Open Government Licence v3): a month, a point that the
publisher has already snapped to a street, a type; nothing about a person.
"""

import csv
import hashlib
import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from flask import current_app

from core import audit
from core.db import db, reading
from core.outbox import take_handed
from core.queue import wake
from core.sealing import derive
from core.work import SYSTEM, Harbour, Work, begin_work
from reporting.answers import Answers, Origin, Place, When
from reporting.models import ImportRun
from reporting.receipt import SEED_BYTES, Receipt
from reporting.services import submit_report
from reporting.vocabulary import Category, Channel, WhenKind

BATCH = 100
FIRST_ROW = 2
"""As a spreadsheet counts: the names of the columns are row 1."""
TAKEN_TYPE = "Anti-social behaviour"
COLUMNS = ("Month", "Longitude", "Latitude", "Crime type")
_LONGEST_LINE = 10_000


class WrongFile(ValueError):
    """The file is not what can be replayed; the message says why."""


class BadRow(ValueError):
    """Why one row cannot be read."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of interest: its month's first day, and latitude and longitude in WGS84."""

    month: date
    point: tuple[float, float]


@dataclass(slots=True)
class Tally:
    """What became of the rows of this run. `skipped` is pairs of row number (as a spreadsheet counts) and why."""

    begun_at: int
    taken: int = 0
    other_types: int = 0
    skipped: list[tuple[int, str]] = field(default_factory=list)

    @property
    def resumed_at(self) -> int | None:
        """The row that this run went on from; None for a file that was new."""
        return self.begun_at if self.begun_at > FIRST_ROW else None


def replay(harbour: Harbour, path: Path, advance: Callable[[int], None] = lambda size: None) -> Tally:
    """Put every row not yet taken through `submit_report`, a batch to a transaction; safe to stop and run again.

    `advance` hears how many bytes were read. WrongFile when the file is no such CSV.
    """
    digest = digest_of(path)
    with path.open("rb") as file:
        header = read_header(file, path)
        tally = Tally(_next_row(digest))
        advance(file.tell())
        lines = enumerate(file, start=FIRST_ROW)
        while batch := list(islice(lines, BATCH)):
            _replay_batch(harbour, digest, header, batch, tally)
            advance(sum(len(line) for _, line in batch))
    _record_end(harbour, digest, tally)
    return tally


def digest_of(path: Path) -> str:
    """The file's SHA-256, by which it is known again; WrongFile when it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise WrongFile(f"{path} cannot be read: {error.strerror}.") from error


def read_header(file: BinaryIO, path: Path) -> list[str]:
    """The names of the columns, leaving `file` at its second line; WrongFile when needed ones are missing."""
    try:
        header = parse_line(file.readline(_LONGEST_LINE).removeprefix(b"\xef\xbb\xbf"))
    except BadRow:
        header = []
    missing = [name for name in COLUMNS if name not in header]
    if missing:
        raise WrongFile(
            f"{path.name} is not a street-level file of data.police.uk: "
            f"its first line has no column {', '.join(missing)}."
        )
    return header


def parse_line(line: bytes) -> list[str]:
    """One line's cells; BadRow for bytes that no such file has."""
    try:
        text = line.decode().rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise BadRow("it is not UTF-8 text") from error
    if "\x00" in text:
        raise BadRow("it has a NUL character in it")
    try:
        return next(csv.reader([text], strict=True), [])
    except csv.Error as error:
        raise BadRow("its quotation marks do not pair") from error


def read_row(header: list[str], cells: list[str]) -> Row | None:
    """The row, None for another type of crime, BadRow for what cannot be used."""
    if len(cells) != len(header):
        raise BadRow(f"it has {len(cells)} columns, not {len(header)}")
    named = dict(zip(header, cells, strict=True))
    if named["Crime type"] != TAKEN_TYPE:
        return None
    return Row(_month(named["Month"]), (_degrees(named["Latitude"], 90), _degrees(named["Longitude"], 180)))


def answers_of(row: Row) -> Answers:
    """The row as a report. The street's name is left out: the point alone says where."""
    return Answers(
        categories=frozenset({Category.ASB_UNSPECIFIED}),
        when=When(WhenKind.ABOUT, row.month),
        place=Place(point=row.point),
    )


def _month(text: str) -> date:
    found = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", text)
    if found is None or found[1] == "0000":
        raise BadRow(f"its month is {text[:20]!r}, not a year and a month")
    return date(int(found[1]), int(found[2]), 1)


def _degrees(text: str, limit: int) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not abs(value) <= limit:
        raise BadRow("it has no point on the map")
    return value


def _next_row(digest: str) -> int:
    with reading():
        run = db.session.get(ImportRun, digest)
        db.session.rollback()
    return run.next_row if run else FIRST_ROW


def _replay_batch(
    harbour: Harbour, digest: str, header: list[str], batch: list[tuple[int, bytes]], tally: Tally
) -> None:
    """One transaction: these rows, and how far the file is in."""
    fresh = [(number, line) for number, line in batch if number >= tally.begun_at]
    if not fresh:
        return
    session = db.session()
    work = begin_work(harbour, session, SYSTEM)
    for number, line in fresh:
        try:
            row = read_row(header, parse_line(line))
        except BadRow as why:
            tally.skipped.append((number, str(why)))
            continue
        if row is None:
            tally.other_types += 1
            continue
        origin = Origin(Channel.IMPORT, dated=row.month)
        submit_report(work, answers_of(row), origin, _receipt(harbour, digest, number))
        tally.taken += 1
    _note_progress(work, digest, fresh[-1][0] + 1)
    session.commit()
    wake(harbour.settings, current_app.extensions["carrier"], take_handed(session))
    # Written objects are not needed again, and a year's file has many.
    session.expunge_all()


def _receipt(harbour: Harbour, digest: str, number: int) -> Receipt:
    """The same row of the same file is always the same report, whatever else was remembered or lost."""
    return Receipt(bytes(derive(harbour.keyring.imports, f"{digest}/{number}", SEED_BYTES)))


def _note_progress(work: Work, digest: str, next_row: int) -> None:
    run = work.session.get(ImportRun, digest)
    if run is None:
        work.session.add(ImportRun(digest=digest, next_row=next_row))
    else:
        run.next_row = max(run.next_row, next_row)


def _record_end(harbour: Harbour, digest: str, tally: Tally) -> None:
    if not (tally.taken or tally.other_types or tally.skipped):
        return
    work = begin_work(harbour, db.session(), SYSTEM)
    counts = {"taken": tally.taken, "other types": tally.other_types, "skipped": len(tally.skipped)}
    audit.record(work, "file replayed", None, {"file": digest} | {name: str(n) for name, n in counts.items()})
    work.session.commit()
