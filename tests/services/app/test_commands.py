"""Commands: what goes wrong is told in one line."""

import stat
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from app.command import main
from app.sweeper import Sweep
from core import audit
from core.keyring import make_server_key
from core.settings import Settings
from core.work import Work
from geography.locating import default_city
from tests.services.conftest import Desk
from tests.stack.served import environment
from tests.stack.vintages import with_third_vintage


def call(settings: Settings, *words: str, typed: str = "") -> Result:
    """A command in the installation of these settings."""
    return CliRunner().invoke(main, words, input=typed, env=environment(settings))


def test_migrate_says_so(settings: Settings) -> None:
    assert call(settings, "migrate").output == "The database is up to date.\n"


def test_a_server_key_is_made_once_and_kept(settings: Settings, tmp_path: Path) -> None:
    settings = replace(settings, instance=tmp_path / "new")
    path = settings.key_folder / "server.key"
    assert call(settings, "keys", "make").exit_code == 0
    made = path.read_bytes()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert call(settings, "keys", "make").exit_code == 0
    assert path.read_bytes() == made


def test_another_databases_key_stops_every_start(work: Work, settings: Settings) -> None:
    assert call(settings, "audit", "verify").exit_code == 0
    (settings.key_folder / "server.key").unlink()
    make_server_key(settings.key_folder)
    for words in (("audit", "verify"), ("worker",), ("serve",), ("replay", "any.csv")):
        result = call(settings, *words)
        assert (result.exit_code, result.output.count("\n")) == (1, 1)
        assert "not the one that this database was made with" in result.output


def test_a_database_without_tables_is_told_in_words(settings: Settings, tmp_path: Path) -> None:
    result = call(replace(settings, database_url=f"sqlite:///{tmp_path / 'empty.db'}"), "audit", "verify")
    assert result.exit_code == 1
    assert "safeharbour migrate" in result.output


def test_a_wrong_setting_is_told_in_words(settings: Settings) -> None:
    result = CliRunner().invoke(main, ["migrate"], env=environment(settings) | {"HARBOUR_ARGON_OPS": "many"})
    assert (result.exit_code, result.output.count("\n")) == (1, 1)
    assert "HARBOUR_ARGON_OPS" in result.output


def test_a_wrong_file_is_told_in_words(desk: Desk, settings: Settings, tmp_path: Path) -> None:
    result = call(settings, "replay", str(tmp_path / "none.csv"))
    assert result.exit_code == 1
    assert "cannot be read" in result.output


def test_a_replay_without_a_desk_is_told_in_words(installed: Flask, settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "police.csv"
    path.write_text("Month,Longitude,Latitude,Crime type\n2024-01,-1.4,50.9,Anti-social behaviour\n")
    result = call(settings, "replay", str(path))
    assert result.exit_code == 1
    assert "no desk yet" in result.output


def test_a_replay_tells_what_became_of_the_rows(desk: Desk, settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "police.csv"
    path.write_text(
        "Month,Longitude,Latitude,Crime type\n"
        "2024-01,-1.4,50.91,Anti-social behaviour\n"
        "2024-01,-1.4,50.91,Burglary\n"
        "2024-x,-1.4,50.91,Anti-social behaviour\n"
    )
    output = call(settings, "replay", str(path)).output
    assert "Row 4 skipped: its month is '2024-x'" in output
    assert "1 reports taken in, 1 rows of other types, 1 rows skipped." in output
    assert "The rows before 5 were in already." in call(settings, "replay", str(path)).output


def test_reports_are_placed_again(desk: Desk, settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "police.csv"
    path.write_text("Month,Longitude,Latitude,Crime type\n" + "2024-01,-1.4,50.91,Anti-social behaviour\n" * 3)
    call(settings, "replay", str(path))
    assert "3 reports looked at." in call(settings, "place-again").output
    assert "3 reports looked at." in call(settings, "place-again", "--vintage", "2011").output
    assert "The workers place every report on the wards of 2023." in call(settings, "place-again", "--by-worker").output
    told = " ".join(call(settings, "place-again", "--help").output.split())
    assert "those in force today when left out" in told
    result = call(settings, "place-again", "--vintage", "1850")
    assert (result.exit_code, result.output.count("\n")) == (1, 1)
    assert "has no ward boundaries called 1850. It has those of 2011 and 2023." in result.output


def test_wards_still_to_come_are_told_with_how_to_place_on_them(
    desk: Desk, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = with_third_vintage(default_city()).on(date(2026, 11, 25))
    monkeypatch.setattr("app.command.city", lambda: later)
    told = call(settings, "place-again").output
    assert "On the wards of 2023" in told
    assert (
        "The wards of 2027 are in force from 2027-05-06. To place every report on them: place-again --vintage 2027"
        in told
    )
    assert "in force from" not in call(settings, "place-again", "--vintage", "2027").output


def test_a_changed_trail_is_told(work: Work, settings: Settings) -> None:
    audit.record(work, "tried")
    work.session.commit()
    Sweep().once()
    assert "1 entries checked, 0 not chained yet, 0 faults." in call(settings, "audit", "verify").output
    (settings.anchor_folder / "staff.log").write_text("2 somethingelse\n")
    result = call(settings, "audit", "verify")
    assert result.exit_code == 1
    assert "it was anchored at 2" in result.output


def test_a_real_installation_is_never_reset(settings: Settings) -> None:
    if settings.is_sqlite:
        result = call(settings, "demo", "reset", "--yes")
        assert result.exit_code == 1
        assert "does not hold a demo" in result.output
