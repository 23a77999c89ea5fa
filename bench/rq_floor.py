"""RQ by itself: `python -m bench.rq_floor simple|fork JOBS ADDRESS` prints its jobs a second: no-ops, nothing kept.

Its jobs are in Redis already when the clock starts, and nothing of them is durable.
"""

import sys
from time import perf_counter

from redis import Redis
from rq import Queue, SimpleWorker, Worker

WORKERS = {"simple": SimpleWorker, "fork": Worker}


def nothing() -> None:
    """A job that does nothing."""


def main(kind: str, jobs: int, address: str) -> None:
    """Fill a queue, then let one worker empty it."""
    with Redis.from_url(address) as connection:
        queue = Queue("floor", connection=connection)
        for _ in range(jobs):
            queue.enqueue_call("bench.rq_floor.nothing", result_ttl=0)
        worker = WORKERS[kind]([queue], connection=connection)
        began = perf_counter()
        worker.work(burst=True, logging_level="CRITICAL")
        print(jobs / (perf_counter() - began))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
