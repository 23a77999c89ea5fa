"""Placing every report again in one vintage of wards, a batch at a time, from its protected place.

Only that vintage's placements are written, and of those only what differs. A ward that an officer chose by hand
stays. Places are opened in this process alone; counts and report ids are all that is kept of a run.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, delete, func, insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import InstrumentedAttribute

from core import audit
from core.sealing import SealBroken
from core.work import Work
from geography.locating import City
from geography.places import Point, WardShare
from geography.reaggregation import Reaggregation, StoredPlace, best_known
from geography.vocabulary import Precision, Vintage, WardCode
from reporting.models import Placement, PlacingRun, Report, SmallArea
from reporting.places import GivenPlace, opened_place
from reporting.small_areas import small_areas_of

BATCH = 2_000
_SAME = 1e-9


@dataclass(slots=True)
class Batch:
    """Reports in the order of their ids: what each one's place is, and which wards it was given before."""

    places: dict[str, GivenPlace] = field(default_factory=dict)
    placed: defaultdict[str, list[WardShare]] = field(default_factory=lambda: defaultdict(list))
    by_hand: defaultdict[str, set[Vintage]] = field(default_factory=lambda: defaultdict(set))

    @property
    def last(self) -> str:
        """The last id, as the database orders them."""
        return next(reversed(self.places))

    def holds(self, column: InstrumentedAttribute[str] | InstrumentedAttribute[str | None]) -> ColumnElement[bool]:
        """Whether a column names one of these reports."""
        return column.between(next(iter(self.places)), self.last)


def reports_to_place(work: Work, again: Reaggregation) -> tuple[int, int]:
    """How many reports there are, and how many of them an unfinished run on the same geography has done."""
    run = work.session.get(PlacingRun, again.vintage)
    done = run.looked_at if run and run.pack == again.pack else 0
    return work.session.scalar(select(func.count()).select_from(Report)) or 0, done


def place_next(work: Work, city: City, again: Reaggregation, begun_on: str = "") -> int:
    """Place the next batch and note how far this has come; 0 when every report was placed and the run is over.

    Each call is a transaction of the caller's: whatever stops the run, the next call goes on after the last one, or
    starts over when the geography is another. `begun_on` is the geography of the caller's call before this one. If
    another process has finished the run since, or taken it over on another geography, there is nothing left to do.
    """
    run = _run_of(work, again, begun_on)
    if run is None:
        return 0
    batch = _read(work, run.after_report)
    if not batch.places:
        counts = {"vintage": str(again.vintage), "reports": str(run.looked_at), "changed": str(run.changed)}
        audit.record(work, "reports placed again", None, counts)
        work.session.delete(run)
        work.session.flush()
        return 0
    run.changed += _write_placements(work, again, batch)
    _write_small_areas(work, city, batch)
    run.after_report = batch.last
    run.looked_at += len(batch.places)
    work.session.flush()
    return len(batch.places)


def _run_of(work: Work, again: Reaggregation, begun_on: str) -> PlacingRun | None:
    """The run, held so that two processes take turns with it; None when another process ended it."""
    run = _held(work, again.vintage)
    if run is None:
        return None if begun_on else _new_run(work, again)
    if run.pack != again.pack:
        if begun_on == again.pack:
            return None
        run.pack, run.after_report, run.looked_at, run.changed = again.pack, "", 0, 0
    return run


def _new_run(work: Work, again: Reaggregation) -> PlacingRun | None:
    run = PlacingRun(vintage=again.vintage, pack=again.pack, after_report="", looked_at=0, changed=0)
    try:
        with work.session.begin_nested():
            work.session.add(run)
    except IntegrityError:
        # Another process began at the same moment: this one goes on together with it.
        return _run_of(work, again, "")
    return run


def _held(work: Work, vintage: Vintage) -> PlacingRun | None:
    return work.session.get(PlacingRun, vintage, with_for_update=True, populate_existing=True)


def _read(work: Work, after: str) -> Batch:
    batch = Batch()
    # Held until the end of the batch, so that nobody places one of them anew in between.
    found = select(Report.id, Report.erasure_slot, Report.place).where(Report.id > after).order_by(Report.id)
    for report_id, slot, protected in work.session.execute(found.limit(BATCH).with_for_update()):
        batch.places[report_id] = _opened(work, report_id, slot, protected)
    if batch.places:
        _read_wards(work, batch)
    return batch


def _read_wards(work: Work, batch: Batch) -> None:
    placements = select(Placement.report_id, Placement.vintage, Placement.ward, Placement.weight)
    for report_id, vintage, ward, weight in work.session.execute(placements.where(batch.holds(Placement.report_id))):
        batch.placed[report_id].append(WardShare(Vintage(vintage), WardCode(ward), weight))
    for report_id, place in batch.places.items():
        if place.is_settled:
            batch.by_hand[report_id] = {share.vintage for share in batch.placed[report_id]}


def _opened(work: Work, report_id: str, slot: str, protected: bytes) -> GivenPlace:
    try:
        return opened_place(work, report_id, slot, protected)
    except SealBroken:
        # One place that cannot be read must not stop a million others: its wards of other vintages say where it is.
        return GivenPlace()


def _write_placements(work: Work, again: Reaggregation, batch: Batch) -> int:
    ids = [report_id for report_id in batch.places if again.vintage not in batch.by_hand[report_id]]
    shares = again.place([_stored(batch, report_id, again.vintage) for report_id in ids])
    changed = {
        report_id: found
        for report_id, found in zip(ids, shares, strict=True)
        if found and not _alike(found, [each for each in batch.placed[report_id] if each.vintage == again.vintage])
    }
    _replace_placements(work, again.vintage, changed)
    return len(changed)


def _replace_placements(work: Work, vintage: Vintage, changed: Mapping[str, Sequence[WardShare]]) -> None:
    if not changed:
        return
    work.session.execute(
        delete(Placement)
        .where(Placement.vintage == vintage, Placement.report_id.in_(changed))
        .execution_options(synchronize_session=False)
    )
    rows = [
        {"report_id": report_id, "vintage": vintage, "ward": share.ward, "weight": share.weight}
        for report_id, found in changed.items()
        for share in found
    ]
    work.session.execute(insert(Placement), rows)


def _write_small_areas(work: Work, city: City, batch: Batch) -> None:
    """What the city's layers say now; where they say nothing, what was known stays."""
    before: defaultdict[str, dict[str, str]] = defaultdict(dict)
    held = select(SmallArea.report_id, SmallArea.vintage, SmallArea.code).where(batch.holds(SmallArea.report_id))
    for report_id, vintage, code in work.session.execute(held):
        before[report_id][vintage] = code
    rows = [
        {"report_id": report_id, "vintage": vintage, "code": code}
        for report_id, place in batch.places.items()
        if place.found
        for vintage, code in small_areas_of(city, place.found).items()
        if before[report_id].get(vintage) != code
    ]
    for vintage in {row["vintage"] for row in rows}:
        ids = [row["report_id"] for row in rows if row["vintage"] == vintage]
        stale = delete(SmallArea).where(SmallArea.vintage == vintage, SmallArea.report_id.in_(ids))
        work.session.execute(stale.execution_options(synchronize_session=False))
    if rows:
        work.session.execute(insert(SmallArea), rows)


def _stored(batch: Batch, report_id: str, vintage: Vintage) -> StoredPlace:
    given, by_hand = batch.places[report_id], frozenset(batch.by_hand[report_id])
    wards = best_known(batch.placed[report_id], vintage, by_hand)
    if given.found is None:
        # What was outside every vintage when it came may lie in a new one; what an officer chose is believed.
        point = Point(*given.point) if given.point and not by_hand else None
        return StoredPlace(point=point, pressed=point is not None, wards=wards)
    found = given.found
    precision = Precision(found.precision.value)
    pressed = precision is Precision.POINT and (given.point is not None or given.is_settled)
    # What an officer chose is a ward by its own code, whatever ward was given before.
    ward = WardCode(given.ward) if given.ward and not given.is_settled else None
    return StoredPlace(found.name, Point(found.lat, found.lon), precision, pressed, ward, wards)


def _alike(found: Sequence[WardShare], before: Sequence[WardShare]) -> bool:
    weights = {share.ward: share.weight for share in before}
    return len(found) == len(weights) and all(
        abs(share.weight - weights.get(share.ward, -1.0)) < _SAME for share in found
    )
