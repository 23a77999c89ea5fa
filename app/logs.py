"""Structured logs: events and counts. Nothing of a request's address, body, cookies or person is ever logged."""

import logging
import sys

import structlog

from core.settings import Settings

APP_NAME = "safe_harbour"


def configure_logs(settings: Settings) -> None:
    """One JSON line an event, to standard error."""
    level = logging.getLevelNamesMapping().get(settings.log_level.upper(), logging.INFO)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="%Y-%m-%dT%HZ", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )
    # Libraries may quote values in their own log lines; only their warnings pass, and SQL is never echoed.
    for name in ("werkzeug", "sqlalchemy", "rq"):
        logging.getLogger(name).setLevel(logging.WARNING)
    # Flask would write down an error's own words when its page fails too; app/errors.py has written its class.
    logging.getLogger(APP_NAME).disabled = True
