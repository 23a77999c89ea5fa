"""How templates are loaded: our own are strict about undefined names, the component macros are not."""

from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

from flask import Flask
from jinja2 import (
    BytecodeCache,
    ChainableUndefined,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
    Template,
)
from jinja2.bccache import Bucket

from core.settings import ROOT

COMPILED = ROOT / ".setup" / "templates"
"""Where set-up leaves the templates compiled, so that a process need not do it: that takes some seconds."""


class CompiledBefore(BytecodeCache):
    """Templates as set-up compiled them. One that has changed since is compiled by whoever needs it, and not kept."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load_bytecode(self, bucket: Bucket) -> None:
        """What was compiled, if it is still of the same words."""
        try:
            compiled = (self._folder / bucket.key).read_bytes()
        except FileNotFoundError:
            return
        bucket.bytecode_from_string(compiled)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Nothing: a running process writes no code."""


class ComponentLoader(PackageLoader):
    """Loads the component macros leniently: they test optional parameters by touching them."""

    def load(self, environment: Environment, name: str, globals: MutableMapping[str, Any] | None = None) -> Template:
        """The template, compiled where an undefined name is only empty."""
        return super().load(environment.overlay(undefined=ChainableUndefined), name, globals)


def install_templates(app: Flask) -> None:
    """Strict templates of our own, and the components under their package's name."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.bytecode_cache = CompiledBefore(COMPILED)
    app.jinja_env.filters["indent"] = _as_it_stands
    app.jinja_env.loader = ChoiceLoader(
        [
            FileSystemLoader(str(ROOT / "templates")),
            PrefixLoader({"govuk_frontend_jinja": ComponentLoader("govuk_frontend_jinja")}),
        ]
    )


def _as_it_stands(markup: str, width: int = 4, first: bool = False) -> str:
    # The components indent what they hold, again at every level, for whoever reads the source: a third of the time
    # that a long page takes, and spaces added to a person's own words in a text area.
    return markup
