"""How the pages are served. No access log: addresses of people who report are not written down."""

import os

from app.serving import QuietLogger

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
