"""The floor's web server: the same numbers as ours, without a line of ours in its memory."""

workers = 2
worker_class = "gthread"
threads = 4
preload_app = True
keepalive = 5
accesslog = None
loglevel = "error"
control_socket_disable = True
worker_tmp_dir = "/dev/shm"  # noqa: S108 - gunicorn makes an unnamed file in it, for its heartbeat
