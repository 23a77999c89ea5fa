"""Looking after parts: what dies is started again, each time a little later, until it has settled."""

import itertools

from app.supervision import LONGEST_WAIT, SETTLED, SHORTEST_WAIT, Supervisor


class Stopwatch:
    """The monotonic clock, set by hand."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Doll:
    """A part that lives and dies as told."""

    def __init__(self, name: str = "doll", starts: bool = True) -> None:
        self.name = name
        self.starts = starts
        self.begun = 0
        self.alive = False
        self.asked = False

    def start(self) -> None:
        """Begin, or fail to."""
        self.begun += 1
        if not self.starts:
            raise RuntimeError("It does not start.")
        self.alive = True

    def is_alive(self) -> bool:
        """As told."""
        return self.alive

    def stop(self) -> None:
        """Note that it was asked."""
        self.asked = True

    def wait_until_gone(self, deadline: float) -> None:
        """Gone at once."""
        self.alive = False


def test_what_runs_is_left_alone() -> None:
    doll = Doll()
    doll.alive = True
    supervisor = Supervisor([doll], Stopwatch())
    supervisor.start()
    supervisor.look()
    assert doll.begun == 0


def test_what_dies_is_started_again() -> None:
    doll, clock = Doll(), Stopwatch()
    supervisor = Supervisor([doll], clock)
    supervisor.start()
    doll.alive = False
    clock.now += SHORTEST_WAIT
    supervisor.look()
    assert (doll.begun, doll.alive) == (2, True)


def test_what_keeps_dying_is_started_ever_later_but_not_never() -> None:
    doll, clock = Doll(), Stopwatch()
    supervisor = Supervisor([doll], clock)
    supervisor.start()
    begun: list[float] = []
    while len(begun) < 12:
        doll.alive = False
        clock.now += 0.1
        before = doll.begun
        supervisor.look()
        if doll.begun > before:
            begun.append(clock.now)
    pauses = [later - earlier for earlier, later in itertools.pairwise(begun)]
    assert pauses[0] < 1
    assert LONGEST_WAIT - 0.2 < pauses[-1] < LONGEST_WAIT + 0.2


def test_what_had_settled_is_started_again_at_once() -> None:
    doll, clock = Doll(), Stopwatch()
    supervisor = Supervisor([doll], clock)
    supervisor.start()
    for _ in range(8):
        doll.alive = False
        clock.now += LONGEST_WAIT
        supervisor.look()
    clock.now += SETTLED + 1
    doll.alive = False
    supervisor.look()
    doll.alive = False
    clock.now += 1.5 * SHORTEST_WAIT
    before = doll.begun
    supervisor.look()
    assert doll.begun == before + 1


def test_one_that_does_not_start_spares_the_others() -> None:
    broken, sound, clock = Doll("broken", starts=False), Doll("sound"), Stopwatch()
    supervisor = Supervisor([broken, sound], clock)
    supervisor.start()
    assert sound.alive
    clock.now += LONGEST_WAIT
    supervisor.look()
    assert broken.begun == 2


def test_all_are_asked_before_any_is_waited_for() -> None:
    dolls = [Doll("one"), Doll("two")]
    supervisor = Supervisor(dolls, Stopwatch())
    supervisor.start()
    supervisor.stop()
    assert [doll.asked for doll in dolls] == [True, True]
    assert [doll.alive for doll in dolls] == [False, False]
