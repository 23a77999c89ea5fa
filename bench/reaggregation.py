"""Stored places to another vintage of wards: a million points in memory, and reports in a database end to end."""

import random
import secrets
from datetime import UTC, datetime
from time import perf_counter

import numpy as np
import shapely
from sqlalchemy import func, insert, select

from app.installation import open_installation
from app.placing import place_all
from bench.ground import SQLITE, durable_ground, founded
from bench.report import Row, compared
from core.db import db
from core.ids import new_id, new_reference
from core.sealing import Sealed
from core.work import SYSTEM, Harbour, begin_work
from geography.grid import Degrees
from geography.locating import City, default_city
from geography.vocabulary import Vintage
from reporting.models import Placement, Report
from reporting.places import FoundPlace, GivenPlace, protect
from reporting.vocabulary import Contact, Precision, State

POINTS, ROUNDS = 1_000_000, 5
REPORTS = 20_000
OTHER = Vintage("2011")
_SEALED = Sealed({"words": bytes(1_000)}, {})
"""As much as a report of a few sentences weighs."""
_NEAR = 0.001
"""Of a degree: how far a stored point lies from a postcode at most, some 100 m."""


def run() -> list[Row]:
    """Both rows."""
    city = default_city()
    return [in_memory(city), stored(city)]


def in_memory(city: City) -> Row:
    """Latitudes and longitudes to their wards, the nearest where outside, against shapely asking each ward in turn."""
    wards = city.boundary_set(OTHER)
    lat, lon = _points(city, POINTS)
    polygons = [ward.polygon for ward in wards]
    for polygon in polygons:
        shapely.prepare(polygon)
    timings = []
    for turn in range(ROUNDS + 1):
        began = perf_counter()
        found = wards.place_many(lat, lon)
        between = perf_counter()
        inside = [shapely.contains_xy(polygon, lon, lat) for polygon in polygons]
        ended = perf_counter()
        if turn:
            timings.append((POINTS / (between - began), POINTS / (ended - between)))
    alike = sum(int(np.count_nonzero(found[mask] == number)) for number, mask in enumerate(inside))
    covered = sum(int(np.count_nonzero(mask)) for mask in inside)
    notes = f"{alike:,} of the {covered:,} points that a ward contains alike; the rest by the nearest rule"
    return compared("bulk re-aggregation", "points/s", timings, 0.5, notes)


def stored(city: City) -> Row:
    """Reports in a database: each place opened, found and written, a durable commit for every 2,000."""
    with durable_ground(SQLITE) as ground:
        settings = founded(ground)
        with open_installation(settings) as harbour:
            store_reports(harbour, city, REPORTS)
            began = perf_counter()
            placed = place_all(harbour, city, OTHER)
            first = perf_counter() - began
            written = db.session.scalar(select(func.count()).select_from(Placement)) or 0
            began = perf_counter()
            place_all(harbour, city, OTHER)
            again = perf_counter() - began
            db.session.remove()
    notes = f"{written:,} placements written; where nothing changes {placed / again:,.0f} reports/s"
    return Row(f"bulk re-aggregation, stored reports, {SQLITE}", "reports/s", placed / first, notes=notes)


def store_reports(harbour: Harbour, city: City, count: int) -> None:
    """Reports with nothing but their places: nine in ten a point, the others a postcode."""
    work = begin_work(harbour, db.session(), SYSTEM)
    chance = random.Random(1)
    codes = list(city.gazetteer.crosswalk.postcodes.values())
    lat, lon = _points(city, count)
    for start in range(0, count, 1_000):
        rows = []
        for spot in zip(lat[start : start + 1_000].tolist(), lon[start : start + 1_000].tolist(), strict=True):
            report_id = new_id()
            place = GivenPlace(point=spot, found=FoundPlace("Map point", *spot, Precision.POINT, "Pressed."))
            if chance.random() < 0.1:
                code = chance.choice(codes)
                name = f"{code.code[:-3]} {code.code[-3:]}"
                found = FoundPlace(name, code.point.lat, code.point.lon, Precision.POSTCODE, "Known.")
                place = GivenPlace(words=name, found=found)
            slot, _ = work.harbour.erasure.take()
            rows.append(_row_of(report_id, slot, protect(work, report_id, slot, place)))
        work.session.connection().execute(insert(Report.__table__), rows)  # type: ignore[arg-type]
        work.session.commit()


def _points(city: City, count: int) -> tuple[Degrees, Degrees]:
    """Points as reports have them: near postcodes, so more where more people live."""
    chance = np.random.default_rng(1)
    spots = np.array([(each.point.lat, each.point.lon) for each in city.gazetteer.crosswalk.postcodes.values()])
    drawn = spots[chance.integers(0, len(spots), count)] + chance.uniform(-_NEAR, _NEAR, (count, 2))
    return np.ascontiguousarray(drawn[:, 0]), np.ascontiguousarray(drawn[:, 1])


def _row_of(report_id: str, slot: str, place: bytes) -> dict[str, object]:
    return {
        "id": report_id,
        "reference": new_reference(),
        "receipt_lookup": secrets.token_urlsafe(32),
        "reporter_key": b"",
        "erasure_slot": slot,
        "sealed": _SEALED,
        "place": place,
        "contact": Contact.ANONYMOUS,
        "consent": [],
        "state": State.RECEIVED,
        "received_at": datetime(2024, 1, 1, tzinfo=UTC),
    }
