"""Asking for what is another centre's, and for what never was: the two must be answered alike, and change nothing."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from sqlalchemy import select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from core.access import access_of
from core.db import Base
from core.ids import new_id
from tests.pages.conftest import inside
from tests.pages.settling import Asker, Place

# Choices of an address that name nobody's row.
CHOICES = {"sheet": "poster", "language": "en", "to": "suspended", "slug": "own-words", "filename": "harbour.css"}
# Of a well-formed kind that was never given out, where that is not any id.
NEVER = {"reference": "SH-ZZZZ-ZZZZ", "short": "ZZZZZ"}
# Forms of one page, each with a token of its own name, filled in so that only the id can be refused.
PREFIXES = ("", "note-", "aside-", "reminder-", "envelope-")
DEEDS = {
    "note-kind": "support-plan", "note-words": "words", "aside-words": "words", "role": "centre lead",
    "course": "reporting", "completed_on": ["1", "2", "2026"], "reason": "concern", "action": "shared",
    "reminder-due": ["1", "2", "2030"], "reminder-hour": "10", "words": "words",
}  # fmt: skip
# What a refused request may still write: that it was asked.
NOTED = {"audit_entry", "open_session"}
_OPAQUE = re.compile(r'(<input[^>]*type="hidden"[^>]*value|nonce)="[^"]*"')
_TOKEN = re.compile(r'(csrf_token"[^>]*value)="[^"]*"')


@dataclass
class Tally:
    """What was tried, and what was answered that should not have been."""

    tried: int = 0
    wrong: list[tuple[str, ...]] = field(default_factory=list)

    def note(self, *what: object, because: Mapping[str, bool]) -> None:
        """Count one try; each reason that holds makes it a wrong allow."""
        self.tried += 1
        reasons = [reason for reason, holds in because.items() if holds]
        if reasons:
            self.wrong.append((*map(str, what), *reasons))


def rows(app: Flask, marks: Iterable[str] | None = None) -> dict[str, list[str]]:
    """Every row there is, but for the note that somebody asked; or those alone in which one of some ids stands."""
    sought = re.compile("|".join(map(re.escape, marks))) if marks is not None else re.compile("")
    with inside(app) as session:
        found = {}
        for table in Base.metadata.sorted_tables:
            if table.name not in NOTED:
                written = (repr(row) for row in session.execute(select(table)))
                found[table.name] = sorted(row for row in written if sought.search(row))
        return found


def changed(before: Mapping[str, list[str]], after: Mapping[str, list[str]]) -> list[str]:
    """The tables that differ."""
    return [name for name in before if before[name] != after[name]]


def kinds_of(rule: Rule) -> list[str]:
    """The ids that an address takes."""
    return sorted(rule.arguments - set(CHOICES))


def with_ids(app: Flask) -> list[Rule]:
    """Every address that takes an id."""
    return [rule for rule in app.url_map.iter_rules() if kinds_of(rule)]


def roles_of(app: Flask, rule: Rule) -> frozenset[str]:
    """The roles that an address is for; none where it is for others."""
    access = access_of(app.view_functions[rule.endpoint])
    return access.roles if access else frozenset()


def filled(rule: Rule, ids: Mapping[str, str]) -> str:
    """A rule's address with these ids."""
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: ({**CHOICES, **ids})[found.group(1)], rule.rule)


def never(kinds: Iterable[str]) -> dict[str, str]:
    """Ids of these kinds that never were."""
    return {kind: NEVER.get(kind) or new_id() for kind in kinds}


def mixes(rule: Rule, ours: Place, theirs: Place, deep: bool) -> Iterator[dict[str, str]]:
    """The other's ids for an address: all of them, or the first of each; and each by turns beside one of our own."""
    kinds = kinds_of(rule)
    for number in range(max(len(theirs.ids[kind]) for kind in kinds) if deep else 1):
        real = {kind: theirs.ids[kind][number % len(theirs.ids[kind])] for kind in kinds}
        yield real
        if len(kinds) > 1:
            yield from ({**real, kind: ours.ids[kind][0]} for kind in kinds)


def bare(answer: TestResponse, ids: Iterable[str] = ()) -> tuple[int, str, str]:
    """An answer without what differs at each asking: the ids asked for, hidden values, form tokens and nonces."""
    page, away = answer.get_data(as_text=True), str(answer.location)
    for value in ids:
        page, away = page.replace(value, "…"), away.replace(value, "…")
    return answer.status_code, away, _TOKEN.sub("", _OPAQUE.sub("", page))


def told(answer: TestResponse, place: Place, asked: Iterable[str]) -> bool:
    """Whether an answer has a word in it that only the place's own people may read, besides what was asked with."""
    page = answer.get_data(as_text=True) + str(answer.headers)
    return any(mark in page for mark in place.marks.difference(asked))


def ask(asker: Asker, method: str, address: str, given: Mapping[str, Any] | None = None) -> TestResponse:
    """Ask once, with the form token of the asker's own page."""
    if method != "POST":
        return asker.visitor.client.open(address, method=method, headers=asker.headers, query_string=given)
    tokens = {f"{prefix}csrf_token": asker.token for prefix in PREFIXES}
    sent = {**tokens, **(DEEDS if given is None else given)}
    return asker.visitor.client.post(address, headers=asker.headers, data=sent)
