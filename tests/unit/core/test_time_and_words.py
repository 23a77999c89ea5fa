"""The finest time kept, ids that tell nothing, and what the columns take."""

from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import sqlite

from core.clock import floor_hour
from core.db import SealedBytes, UtcDateTime, Word, Words
from core.ids import TYPABLE, new_id, new_reference

DIALECT = sqlite.dialect()


class Colour(StrEnum):
    """A vocabulary for the tests."""

    RED = "red"
    BLUE = "blue"
    SEA_GREEN = "sea-green"


@given(st.datetimes(timezones=st.just(UTC)))
def test_the_hour_is_all_that_stays(moment: datetime) -> None:
    floored = floor_hour(moment)
    assert (floored.minute, floored.second, floored.microsecond) == (0, 0, 0)
    assert timedelta(0) <= moment - floored < timedelta(hours=1)
    assert floor_hour(floored) == floored


def test_ids_are_random_and_fit_their_columns() -> None:
    ids = [new_id() for _ in range(500)]
    assert len(set(ids)) == 500
    assert {len(each) for each in ids} == {22}
    assert ids != sorted(ids)


def test_references_are_easily_read_aloud() -> None:
    for reference in (new_reference() for _ in range(200)):
        assert len(reference) == 12
        assert set(reference.removeprefix("SH-")) <= {*TYPABLE, "-"}


@given(st.lists(st.sampled_from(Colour)))
def test_equal_sets_of_words_are_equal_text(words: list[Colour]) -> None:
    column = Words(Colour)
    kept = column.process_bind_param(words, DIALECT)
    assert kept == column.process_bind_param(frozenset(words), DIALECT)
    assert kept == column.process_bind_param([*reversed(words)], DIALECT)
    assert column.process_result_value(kept, DIALECT) == frozenset(words)


def test_a_word_outside_its_vocabulary_is_refused() -> None:
    with pytest.raises(ValueError, match="mauve"):
        Word(Colour).process_bind_param("mauve", DIALECT)
    with pytest.raises(ValueError, match="mauve"):
        Words(Colour).process_bind_param(["red", "mauve"], DIALECT)


def test_a_moment_is_kept_in_utc_and_a_naive_one_refused() -> None:
    summer = datetime(2026, 7, 1, 10, tzinfo=ZoneInfo("Europe/London"))
    kept = UtcDateTime().process_bind_param(summer, DIALECT)
    assert kept is not None
    assert (kept.hour, kept.tzinfo) == (9, UTC)
    with pytest.raises(ValueError, match="without a time zone"):
        UtcDateTime().process_bind_param(datetime(2026, 7, 1), DIALECT)
    elsewhere = datetime(2026, 7, 1, 10, tzinfo=timezone(timedelta(hours=2)))
    assert UtcDateTime().process_result_value(elsewhere, DIALECT) == elsewhere
    assert UtcDateTime().process_result_value(datetime(2026, 7, 1), DIALECT) == datetime(2026, 7, 1, tzinfo=UTC)


@pytest.mark.parametrize("plain", ["words", b"words", {"p": {}, "w": {}}])
def test_a_sealed_column_takes_nothing_plain(plain: object) -> None:
    with pytest.raises(TypeError, match="Only sealed"):
        SealedBytes().process_bind_param(plain, DIALECT)  # type: ignore[arg-type]
