"""How the pages are served. No access log: addresses of people who report are not written down."""

import os
from typing import Any

from app.serving import QuietLogger, make_ready

bind = "127.0.0.1:8000"
workers = 2
worker_class = "gthread"
threads = 4
preload_app = True
timeout = 60
graceful_timeout = 5
keepalive = 5
accesslog = None
loglevel = "error"
logger_class = QuietLogger
control_socket_disable = True
forwarded_allow_ips = ""
MEMORY = "/dev/shm"  # noqa: S108 - gunicorn makes an unnamed file in it, for its heartbeat
if os.path.isdir(MEMORY):
    worker_tmp_dir = MEMORY


def when_ready(server: Any) -> None:
    """Called by gunicorn in its first process, before the first worker is forked."""
    make_ready(server.app.wsgi())


def post_worker_init(worker: Any) -> None:
    """Called by gunicorn in each worker, before its first request."""
    worker.app.wsgi().extensions["harbour"].erasure.prepare()
