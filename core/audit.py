"""The audit trail: every look and every change, append-only, hash-chained within seconds, anchored outside.

What reporters cause and what staff cause are two chains. In one chain, a reporter's entry between two of
staff's would tell the minute that its own time, floored to the hour, withholds.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from sqlalchemy import JSON, Index, String, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from core.db import Base, UtcDateTime, Word
from core.ids import new_id
from core.sealing import Key, fingerprint
from core.work import Work

FIRST = "start"


class Chain(StrEnum):
    """Whose deeds a chain holds."""

    REPORTER = "reporter"
    STAFF = "staff"


class AuditEntry(Base):
    """One deed. `detail` holds words and ids, never anything a person typed."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        UniqueConstraint("chain", "number"),
        Index("ix_audit_entry_subject", "subject"),
        {"sqlite_with_rowid": False},
    )

    id: Mapped[str] = mapped_column(String(22), primary_key=True)
    chain: Mapped[Chain] = mapped_column(Word(Chain))
    happened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor_role: Mapped[str] = mapped_column(String(40))
    actor_id: Mapped[str | None] = mapped_column(String(22))
    action: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str | None] = mapped_column(String(22))
    detail: Mapped[dict[str, str]] = mapped_column(JSON)
    number: Mapped[int | None]
    digest: Mapped[str | None] = mapped_column(String(43))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check of the trail found: entries checked, entries not yet chained, and what is wrong, in words."""

    checked: int
    waiting: int
    faults: tuple[str, ...]


def record(work: Work, action: str, subject: str | None = None, detail: Mapping[str, str] | None = None) -> None:
    """Write one deed of the unit of work's actor; it stands or falls with the deed itself."""
    work.session.add(
        AuditEntry(
            id=new_id(),
            chain=Chain.REPORTER if work.coarse else Chain.STAFF,
            happened_at=work.now,
            actor_role=work.actor.role,
            actor_id=work.actor.id,
            action=action,
            subject=subject,
            detail=dict(detail or {}),
        )
    )


def chain_entries(session: Session, key: Key, limit: int = 2000) -> dict[Chain, tuple[int, str]]:
    """Number and chain what is not chained yet; the new head of each chain that grew.

    Reporter entries are taken in the order of their random ids, so that the chain tells no order within a batch.
    """
    heads: dict[Chain, tuple[int, str]] = {}
    for chain in Chain:
        fresh = _unchained(session, chain, limit)
        if not fresh:
            continue
        number, digest = _head(session, chain)
        for entry in fresh:
            number, digest = number + 1, _digest(digest, number + 1, entry, key)
            entry.number, entry.digest = number, digest
        heads[chain] = (number, digest)
    session.flush()
    return heads


def anchor(folder: Path, heads: Mapping[Chain, tuple[int, str]]) -> None:
    """Write the chains' new heads down outside the database, one line each, to files that only grow."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for chain, (number, digest) in heads.items():
        with (folder / f"{chain.value}.log").open("a") as file:
            file.write(f"{number} {digest}\n")


def verify(session: Session, key: Key, folder: Path) -> Verdict:
    """Walk both chains from their start and hold them against the anchors."""
    faults: list[str] = []
    checked = 0
    for chain in Chain:
        anchors = dict(_anchors(folder, chain))
        last = 0
        for number, fault in _walk(session, chain, key, anchors):
            last = number
            checked += 1
            faults.extend(fault)
        if anchors and max(anchors) > last:
            faults.append(f"The {chain.value} chain ends at {last}; it was anchored at {max(anchors)}.")
    waiting = session.scalar(select(func.count()).where(AuditEntry.number.is_(None))) or 0
    return Verdict(checked, waiting, tuple(faults))


def _walk(session: Session, chain: Chain, key: Key, anchors: Mapping[int, str]) -> Iterator[tuple[int, list[str]]]:
    expected, digest = 1, FIRST
    for entry in _chained(session, chain):
        number = entry.number or 0
        faults = []
        if number != expected:
            faults.append(f"The {chain.value} chain lacks what stood between {expected - 1} and {number}.")
        if entry.digest != _digest(digest, number, entry, key):
            faults.append(f"Entry {number} of the {chain.value} chain is not what was chained.")
        if number in anchors and anchors[number] != entry.digest:
            faults.append(f"Entry {number} of the {chain.value} chain is not what was anchored.")
        expected, digest = number + 1, entry.digest or ""
        yield number, faults


def _chained(session: Session, chain: Chain) -> Iterable[AuditEntry]:
    found = select(AuditEntry).where(AuditEntry.chain == chain, AuditEntry.number.is_not(None))
    return session.scalars(found.order_by(AuditEntry.number).execution_options(yield_per=1000))


def _unchained(session: Session, chain: Chain, limit: int) -> list[AuditEntry]:
    order = (AuditEntry.id,) if chain is Chain.REPORTER else (AuditEntry.happened_at, AuditEntry.id)
    found = select(AuditEntry).where(AuditEntry.chain == chain, AuditEntry.number.is_(None))
    return list(session.scalars(found.order_by(*order).limit(limit)))


def _head(session: Session, chain: Chain) -> tuple[int, str]:
    found = select(AuditEntry.number, AuditEntry.digest).where(
        AuditEntry.chain == chain, AuditEntry.number.is_not(None)
    )
    row = session.execute(found.order_by(AuditEntry.number.desc()).limit(1)).first()
    return (row.number, row.digest) if row else (0, FIRST)


def _digest(previous: str, number: int, entry: AuditEntry, key: Key) -> str:
    facts = [
        previous, number, entry.id, entry.chain.value, entry.happened_at.isoformat(), entry.actor_role,
        entry.actor_id, entry.action, entry.subject, entry.detail,
    ]  # fmt: skip
    return fingerprint(json.dumps(facts, sort_keys=True).encode(), key)


def _anchors(folder: Path, chain: Chain) -> Iterator[tuple[int, str]]:
    path = folder / f"{chain.value}.log"
    if path.exists():
        for line in path.read_text().splitlines():
            number, _, digest = line.partition(" ")
            yield int(number), digest
