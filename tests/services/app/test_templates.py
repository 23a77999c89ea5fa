"""Templates compiled at set-up: used as they are, never when the words have changed since, and never written later."""

from pathlib import Path

import pytest
from flask import Flask
from jinja2 import DictLoader, Environment, FileSystemBytecodeCache

from app.templates import COMPILED, CompiledBefore


def rendered(words: str, folder: Path, *, compiling: bool = False) -> str:
    """A template of these words, by an environment of its own."""
    cache = FileSystemBytecodeCache(str(folder), "%s") if compiling else CompiledBefore(folder)
    environment = Environment(loader=DictLoader({"page.html": words}), bytecode_cache=cache, autoescape=True)
    return environment.get_template("page.html").render()


def test_what_was_compiled_is_not_compiled_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert rendered("{{ 1 + 1 }}", tmp_path, compiling=True) == "2"

    def refuse(*arguments: object, **words: object) -> None:
        raise AssertionError("It was compiled again.")

    monkeypatch.setattr(Environment, "compile", refuse)
    assert rendered("{{ 1 + 1 }}", tmp_path) == "2"
    with pytest.raises(AssertionError):
        rendered("{{ 1 + 2 }}", tmp_path)


def test_changed_words_are_shown_and_not_kept(tmp_path: Path) -> None:
    rendered("before", tmp_path, compiling=True)
    kept = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert rendered("after", tmp_path) == "after"
    assert rendered("before", tmp_path) == "before"
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == kept


def test_without_set_up_they_are_compiled_as_they_are_needed(tmp_path: Path) -> None:
    assert rendered("{{ 1 + 1 }}", tmp_path / "nothing here") == "2"


def test_the_platform_asks_there(app: Flask) -> None:
    cache = app.jinja_env.bytecode_cache
    assert isinstance(cache, CompiledBefore)
    assert cache._folder == COMPILED
