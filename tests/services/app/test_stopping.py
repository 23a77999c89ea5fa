"""Being asked to stop, at any moment."""

import subprocess
import sys

from app.stopping import Stopping

PATIENCE = 60
ASKED_IN_THE_MIDST = """
import signal
from app.stopping import Stopping

stopping = Stopping()
stopping.listen([signal.SIGALRM])
signal.setitimer(signal.ITIMER_REAL, 0.001, 0.0003)
for _ in range(20_000):
    stopping.wait(0.00005)
    stopping = Stopping()
    stopping.listen([signal.SIGALRM])
signal.setitimer(signal.ITIMER_REAL, 0)
"""


def test_who_was_asked_waits_no_longer() -> None:
    stopping = Stopping()
    assert not stopping.wait(0)
    stopping.ask()
    stopping.ask()
    assert stopping.is_asked()
    assert stopping.wait(PATIENCE)
    assert stopping.wait(PATIENCE)


def test_a_signal_in_the_midst_of_waiting_is_no_deadlock() -> None:
    subprocess.run([sys.executable, "-c", ASKED_IN_THE_MIDST], timeout=PATIENCE, check=True)
