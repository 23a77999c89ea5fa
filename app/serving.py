"""The web server: gunicorn, set up in gunicorn.conf.py."""

import gc
import sys
from pathlib import Path
from typing import Any

from flask import Flask
from gunicorn.app.base import Application  # type: ignore[import-untyped]
from gunicorn.glogging import Logger  # type: ignore[import-untyped]

from app.factory import create_app
from core.settings import ROOT, Settings
from geography.locating import default_city

CONFIGURATION = Path("gunicorn.conf.py")


class QuietLogger(Logger):  # type: ignore[misc]
    """Logs that something went wrong and of what class, never the words of it: they may quote a request."""

    def exception(self, msg: Any, *args: Any, **kwargs: Any) -> None:
        """The class of the error at hand."""
        kind = sys.exc_info()[0]
        self.error("A request failed outside the application: %s", kind.__name__ if kind else "unknown")


class WebServer(Application):  # type: ignore[misc]
    """Gunicorn around one application, bound to `bind` (host:port, or fd://N)."""

    def __init__(self, settings: Settings, bind: str) -> None:
        self._settings = settings
        self._bind = bind
        super().__init__()

    def load_config(self) -> None:
        """The file's settings, and where to listen."""
        self.load_config_from_file(str(ROOT / CONFIGURATION))
        self.cfg.set("bind", self._bind)

    def load(self) -> Flask:
        """The application, made once, before the workers are forked."""
        return create_app(self._settings)


def make_ready(app: Flask) -> None:
    """Load the templates and read the city before workers are forked, which then share them in memory."""
    for name in app.jinja_env.list_templates():
        app.jinja_env.get_template(name)
    default_city()
    gc.collect()
    gc.freeze()


def serve(settings: Settings, bind: str) -> None:
    """Serve until SIGTERM or SIGINT; does not return."""
    WebServer(settings, bind).run()
