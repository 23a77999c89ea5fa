"""Replaying a police file: each row once, whatever happens; what cannot be read is told by row number."""

import csv
import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from shapely.geometry import Point, shape
from sqlalchemy import func, select

import app.replay as replaying
from app.replay import Tally, WrongFile, replay
from core.db import db
from core.outbox import OutboxRow, drain
from core.work import Harbour, harbour
from reporting.models import Facts, ImportRun, Placement, Report
from reporting.services import NobodyToRead, submit_report
from reporting.vocabulary import Category, Channel, Kind
from tests.services.conftest import Desk
from tests.stack.totals import NO_REFERENCE_DATA
from triage.models import QueueEntry

HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,"
    "Crime type,Last outcome category,Context"
)
GOOD = ",2024-01,Demo,Demo,-1.404351,50.902531,On or near Demo Street,E01,Demo,Anti-social behaviour,,"
OTHER = GOOD.replace("Anti-social behaviour", "Burglary")
BAD = {
    "bad month": GOOD.replace("2024-01", "2024-13").encode(),
    "no point": GOOD.replace("-1.404351,50.902531", ",").encode(),
    "NaN point": GOOD.replace("50.902531", "nan").encode(),
    "point off the earth": GOOD.replace("50.902531", "150.9").encode(),
    "short row": b",2024-01,Demo",
    "latin-1": GOOD.replace("Demo Street", "Caf\xe9").encode("latin-1"),
    "NUL": GOOD.replace("Demo Street", "De\x00mo").encode(),
    "unpaired quotation mark": GOOD.replace("Demo,", '"Demo,', 1).encode(),
    "empty": b"",
}
REFERENCE = Path(__file__).resolve().parents[4] / "shared" / "data" / "reference" / "police-southampton-2024-01.csv"


def write(folder: Path, rows: list[bytes], header: str = HEADER) -> Path:
    """A file of these rows."""
    path = folder / "police.csv"
    path.write_bytes(b"\r\n".join([header.encode(), *rows]) + b"\r\n")
    return path


def wards_by_polygon() -> Counter[str]:
    """The same month counted directly: the file's points in the boundaries as published, by another way than ours."""
    published = json.loads((REFERENCE.parents[1] / "pack" / "wards-2023.geojson").read_text())["features"]
    polygons = {ward["properties"]["code"]: shape(ward["geometry"]) for ward in published}
    counted: Counter[str] = Counter()
    with REFERENCE.open(newline="") as file:
        for row in csv.DictReader(file):
            if row["Crime type"] == "Anti-social behaviour":
                point = Point(float(row["Longitude"]), float(row["Latitude"]))
                counted[next(code for code, polygon in polygons.items() if polygon.intersects(point))] += 1
    return counted


def count(model: type) -> int:
    """Rows of a table."""
    found = db.session.scalar(select(func.count()).select_from(model)) or 0
    db.session.rollback()
    return found


@pytest.fixture
def open_harbour(desk: Desk) -> Harbour:
    """An installation that can take reports."""
    return harbour()


def test_a_row_becomes_a_report(open_harbour: Harbour, tmp_path: Path) -> None:
    tally = replay(open_harbour, write(tmp_path, [GOOD.encode(), OTHER.encode()]))
    assert (tally.taken, tally.other_types, tally.skipped) == (1, 1, [])
    facts = db.session.scalars(select(Facts)).one()
    assert facts.kind is Kind.ASB
    assert facts.categories == {Category.ASB_UNSPECIFIED}
    assert facts.channel is Channel.IMPORT
    assert facts.reported_month == facts.incident_month == date(2024, 1, 1)
    assert count(OutboxRow) == 1


def test_equal_rows_are_incidents_of_their_own(open_harbour: Harbour, tmp_path: Path) -> None:
    assert replay(open_harbour, write(tmp_path, [GOOD.encode()] * 3)).taken == 3
    assert count(Report) == 3


def test_what_cannot_be_read_is_told_by_its_row(open_harbour: Harbour, tmp_path: Path) -> None:
    tally = replay(open_harbour, write(tmp_path, [*BAD.values(), GOOD.encode()]))
    assert [number for number, _ in tally.skipped] == list(range(2, 2 + len(BAD)))
    assert all(why for _, why in tally.skipped)
    assert tally.taken == count(Report) == 1


def test_twice_is_once(open_harbour: Harbour, tmp_path: Path) -> None:
    path = write(tmp_path, [GOOD.encode()] * 5)
    replay(open_harbour, path)
    again = replay(open_harbour, path)
    assert (again.taken, again.resumed_at, count(Report)) == (0, 7, 5)


def test_twice_is_once_even_if_progress_was_forgotten(open_harbour: Harbour, tmp_path: Path) -> None:
    path = write(tmp_path, [GOOD.encode()] * 5)
    replay(open_harbour, path)
    db.session.delete(db.session.scalars(select(ImportRun)).one())
    db.session.commit()
    replay(open_harbour, path)
    assert count(Report) == 5


def test_killed_in_mid_file_it_goes_on_from_there(
    open_harbour: Harbour, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replaying, "BATCH", 4)
    path = write(tmp_path, [GOOD.encode()] * 10)
    real, calls = submit_report, []

    def killed(*arguments: object) -> Report:
        calls.append(arguments)
        if len(calls) == 7:
            raise KeyboardInterrupt
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(replaying, "submit_report", killed)
    with pytest.raises(KeyboardInterrupt):
        replay(open_harbour, path)
    db.session.rollback()
    assert count(Report) == 4
    monkeypatch.setattr(replaying, "submit_report", real)
    tally = replay(open_harbour, path)
    assert (tally.resumed_at, tally.taken, count(Report)) == (6, 6, 10)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no column Month"),
        (b"name,age\r\nx,1\r\n", "no column Month"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "no column Month"),
        (HEADER.replace("Longitude", "Lon").encode(), "no column Longitude"),
    ],
)
def test_another_file_is_told_in_a_sentence(open_harbour: Harbour, tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "other.csv"
    path.write_bytes(content)
    with pytest.raises(WrongFile, match=words):
        replay(open_harbour, path)


@pytest.mark.parametrize("name", ["missing.csv", ""])
def test_no_file_is_told_in_a_sentence(open_harbour: Harbour, tmp_path: Path, name: str) -> None:
    with pytest.raises(WrongFile, match="cannot be read"):
        replay(open_harbour, tmp_path / name)


def test_a_byte_order_mark_is_no_hindrance(open_harbour: Harbour, tmp_path: Path) -> None:
    assert replay(open_harbour, write(tmp_path, [GOOD.encode()], "\ufeff" + HEADER)).taken == 1


def test_without_a_desk_nothing_is_taken(work: object, tmp_path: Path) -> None:
    with pytest.raises(NobodyToRead):
        replay(harbour(), write(tmp_path, [GOOD.encode()]))
    db.session.rollback()
    assert count(Report) == 0


def test_a_real_month_is_taken_placed_and_queued(open_harbour: Harbour) -> None:
    if not REFERENCE.exists():
        pytest.skip(f"The police reference month is {NO_REFERENCE_DATA}.")
    expected = REFERENCE.read_text().count(",Anti-social behaviour,")
    tally = replay(open_harbour, REFERENCE)
    assert isinstance(tally, Tally)
    assert (tally.taken, tally.skipped) == (expected, [])
    drain(open_harbour)
    assert count(Report) == count(QueueEntry) == expected
    wards = select(Placement.ward, func.count()).where(Placement.vintage == "2023").group_by(Placement.ward)
    assert {ward: number for ward, number in db.session.execute(wards)} == wards_by_polygon()
    db.session.rollback()
