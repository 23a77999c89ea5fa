"""What a reporter told us is searched for in everything that was written, with failures on its way."""

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text

from bench.journeys import CHECK, RECEIPT
from core.db import db
from core.outbox import OutboxRow, drain
from core.settings import Settings
from core.work import harbour
from drills.canary import Canaries
from drills.keys_on_disk import Attempt, keys_found
from drills.searching import hits, write_rows


@pytest.fixture
def told(capfd: pytest.CaptureFixture[str], desk: Flask, settings: Settings, tmp_path: Path) -> Canaries:
    """A report full of canaries, sent past a failing draft, a failing send and a failing job; the log is kept."""
    canaries = Canaries()
    client = desk.test_client()
    with _without("draft"):
        assert _answer(client, canaries, "own-words") == 500
    for slug in canaries.answers:
        assert _answer(client, canaries, slug) == 302
    with _without("audit_entry"):
        assert _post(client, canaries, CHECK, {}) == 500
    assert _post(client, canaries, CHECK, {}) == 302
    assert b"harbour-receipt" in client.get(RECEIPT).data
    with _without("queue_entry"):
        drain(harbour())
    assert all(db.session.scalars(select(OutboxRow.failure)).all())
    logged = capfd.readouterr()
    (tmp_path / "logged").write_text(logged.out + logged.err)
    assert "unforeseen error" in logged.err
    write_rows(settings.database_url, tmp_path / "rows")
    return canaries


def test_nothing_that_was_told_lies_in_rows_logs_or_files(told: Canaries, settings: Settings, tmp_path: Path) -> None:
    places = [tmp_path]
    if settings.is_sqlite:
        places.append(Path(settings.database_url.removeprefix("sqlite:///")).parent)
    assert hits(places, told) == []


@pytest.mark.parametrize("shift", range(3))
def test_the_search_finds_what_is_there(shift: int, tmp_path: Path) -> None:
    canaries = Canaries()
    for number, canary in enumerate(canaries.values()):
        (tmp_path / f"{number}").write_bytes(base64.b64encode(b"x" * shift + canary.encode() + b"y"))
    assert {each.split(" (")[0] for each in hits([tmp_path], canaries)} == set(canaries)


def test_no_key_on_the_disk_opens_what_was_sealed(told: Canaries, settings: Settings) -> None:
    attempt = Attempt.with_keys(settings, keys_found(settings))
    assert (attempt.sealed, attempt.opened) == (1, 0)
    assert attempt.tries > 250


def _answer(client: FlaskClient, canaries: Canaries, slug: str) -> int:
    return _post(client, canaries, f"/report/{slug}", canaries.answers[slug])


def _post(client: FlaskClient, canaries: Canaries, path: str, fields: dict[str, str]) -> int:
    headers = {"User-Agent": canaries["browser"], "X-Forwarded-For": canaries["forwarded"]}
    caller = {"REMOTE_ADDR": canaries["address"]}
    page = client.get(path, headers=headers, environ_overrides=caller).get_data(as_text=True)
    token = page.partition('name="csrf_token"')[2].partition('value="')[2].partition('"')[0]
    data = {**fields, "csrf_token": token}
    return client.post(path, data=data, headers=headers, environ_overrides=caller).status_code


@contextmanager
def _without(table: str) -> Iterator[None]:
    with db.engine.begin() as connection:
        connection.execute(text(f"ALTER TABLE {table} RENAME TO {table}_away"))
    yield
    with db.engine.begin() as connection:
        connection.execute(text(f"ALTER TABLE {table}_away RENAME TO {table}"))
