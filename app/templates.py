"""How templates are loaded: our own are strict about undefined names, the component macros are not."""

from collections.abc import MutableMapping
from typing import Any

from flask import Flask
from jinja2 import (
    ChainableUndefined,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
    Template,
)

from core.settings import ROOT


class ComponentLoader(PackageLoader):
    """Loads the component macros leniently: they test optional parameters by touching them."""

    def load(self, environment: Environment, name: str, globals: MutableMapping[str, Any] | None = None) -> Template:
        """The template, compiled where an undefined name is only empty."""
        return super().load(environment.overlay(undefined=ChainableUndefined), name, globals)


def install_templates(app: Flask) -> None:
    """Strict templates of our own, and the components under their package's name."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.loader = ChoiceLoader(
        [
            FileSystemLoader(str(ROOT / "templates")),
            PrefixLoader({"govuk_frontend_jinja": ComponentLoader("govuk_frontend_jinja")}),
        ]
    )
