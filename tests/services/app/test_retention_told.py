"""What is kept for how long stands where people look: the document, the command, the public page."""

from dataclasses import replace
from datetime import timedelta

import pytest
from click.testing import CliRunner
from flask import Flask

from app.command import main
from app.migrate import tables
from app.retention import KEPT
from core.clock import utc_now
from core.db import db
from core.periods import Periods, bounds_of, in_words, variable_of
from core.settings import ROOT, Settings
from core.work import Work
from reporting.intelligence import file_intelligence
from reporting.intelligence_models import Intelligence
from reporting.kept_words import told_periods
from tests.services.conftest import Desk
from tests.services.reporting.test_intelligence import HEARD
from tests.stack.served import environment

DOCUMENT = (ROOT / "docs" / "retention.md").read_text()
ROWS = [line for line in DOCUMENT.splitlines() if line.startswith("| `") and not line.startswith("| `HARBOUR")]


def test_every_table_of_the_database_is_in_the_document_and_no_other() -> None:
    named = {row.split("`")[1] for row in ROWS}
    assert named == set(tables().tables), "Write the table into docs/retention.md: how long, and why."


def test_every_row_says_what_sealed_how_long_why_and_who() -> None:
    assert {row.strip("| ").count(" | ") for row in ROWS} == {5}
    assert all(cell.strip() for row in ROWS for cell in row.strip("| ").split(" | "))


@pytest.mark.parametrize("name", Periods.__dataclass_fields__)
def test_every_setting_stands_in_the_document_with_its_bounds(name: str) -> None:
    least, most = bounds_of(name)
    assert f"| `{variable_of(name)}` | {getattr(Periods(), name)} | {least} to {most} |" in DOCUMENT


def test_every_kind_that_is_swept_is_named_in_the_document() -> None:
    assert [kind.name for kind in KEPT if kind.name not in DOCUMENT] == []


def test_the_public_page_tells_the_settings(installed: Flask, settings: Settings) -> None:
    changed = replace(settings, keep=Periods(centre_notes=92, call_backs_done=10))
    told = " ".join(words for _, words, _ in told_periods(changed))
    assert "Three months after they wrote it" in told
    assert "10 days after the call" in told
    page = installed.test_client().get("/privacy").get_data(as_text=True)
    for _, words, _ in told_periods(settings):
        assert words in page
    assert in_words(settings.keep.asides) in page.lower()


def test_the_command_counts_and_destroys_only_without_check(work: Work, desk: Desk, settings: Settings) -> None:
    def call(*words: str) -> str:
        result = CliRunner().invoke(main, ["retention", *words], env=environment(settings))
        assert result.exit_code == 0, result.output
        return result.output

    assert call("--check") == "Nothing is over.\n"
    row = file_intelligence(work, HEARD, "page", "Demo Library")
    row.keep_until = utc_now().date() - timedelta(days=1)
    intelligence_id = row.id
    work.session.commit()
    db.session.remove()
    for _ in range(2):
        assert call("--check") == "      1 community intelligence\n"
    assert call() == "      1 community intelligence\n"
    assert call() == "Nothing was over.\n"
    assert db.session.get(Intelligence, intelligence_id) is None
