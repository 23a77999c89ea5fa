"""Make the application. It has no effect outside itself: no migration, no prompt, no network."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from accounts.access import install_login
from accounts.throttle import GuessThrottle
from app.blueprints import register_blueprints
from app.errors import register_errors
from app.headers import install_headers
from app.intake_api import install_intake_api
from app.logs import APP_NAME, configure_logs
from app.pages import install_pages
from app.requests import install_requests
from app.templates import install_templates
from app.wiring import connect_events, errands, tasks
from core.clock import Clock, utc_now
from core.db import db, tune_sqlite
from core.erasure import ErasureStore
from core.events import Events
from core.keyring import Keyring, load_keyring
from core.queue import connect
from core.settings import ROOT, Settings
from core.work import Harbour

LARGEST_REQUEST = 2 * 1024 * 1024
MOST_FORM_PARTS = 400


def create_app(
    settings: Settings,
    clock: Clock = utc_now,
    keyring: Keyring | None = None,
    more_tasks: Mapping[str, Callable[..., None]] | None = None,
) -> Flask:
    """The application for these settings; KeyFileError when the server key cannot be trusted."""
    configure_logs(settings)
    keys = keyring or load_keyring(settings.key_folder)
    app = Flask(APP_NAME, root_path=str(ROOT), template_folder="templates", static_folder="static/build")
    app.config.update(_configuration(settings, keys))
    app.extensions["harbour"] = make_harbour(settings, keys, clock, more_tasks)
    app.extensions["carrier"] = connect(settings, quick=True)
    app.extensions["guess throttle"] = GuessThrottle()
    db.init_app(app)
    with app.app_context():
        tune_sqlite(db.engine)
    install_templates(app)
    install_login(app)
    install_requests(app)
    install_headers(app)
    install_pages(app, settings)
    register_errors(app)
    register_blueprints(app)
    install_intake_api(app)
    if settings.secure_cookies:
        # Only behind the TLS proxy, which sets these itself: one hop is trusted, no more.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=0)  # type: ignore[method-assign]
    return app


def make_harbour(
    settings: Settings, keys: Keyring, clock: Clock, more_tasks: Mapping[str, Callable[..., None]] | None = None
) -> Harbour:
    """The installation that services see: its settings, keys, events, tasks and clock."""
    events = Events()
    connect_events(events)
    erasure = ErasureStore(settings.erasure_folder)
    return Harbour(settings, keys, erasure, events, clock, {**tasks(), **(more_tasks or {})}, errands())


def _configuration(settings: Settings, keys: Keyring) -> dict[str, Any]:
    return {
        "SECRET_KEY": keys.cookies,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": _engine_options(settings),
        "SESSION_COOKIE_NAME": "harbour",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.secure_cookies,
        "SEND_FILE_MAX_AGE_DEFAULT": timedelta(days=365),
        # A token must not grow stale while a shaken person is still typing.
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": False,
        "MAX_CONTENT_LENGTH": LARGEST_REQUEST,
        "MAX_FORM_MEMORY_SIZE": LARGEST_REQUEST,
        "MAX_FORM_PARTS": MOST_FORM_PARTS,
        "TRUSTED_HOSTS": list(settings.trusted_hosts),
    }


def _engine_options(settings: Settings) -> dict[str, Any]:
    # An error of the database would otherwise quote the values of its statement.
    quiet = {"hide_parameters": True}
    return quiet if settings.is_sqlite else {**quiet, "pool_size": 5, "pool_pre_ping": True}
