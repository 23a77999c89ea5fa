"""A duty has one holder, until its time is over."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from flask import Flask
from sqlalchemy.orm import Session

from core.db import db, writing
from core.lease import hold
from tests.services.conftest import Watch

SPAN = timedelta(seconds=15)


def test_only_one_holds_a_duty(installed: Flask, watch: Watch) -> None:
    session = db.session()
    assert hold(session, "sweep", "one", watch.now, SPAN)
    assert not hold(session, "sweep", "two", watch.now, SPAN)
    assert hold(session, "sweep", "one", watch.now, SPAN)
    assert hold(session, "another duty", "two", watch.now, SPAN)


def test_a_duty_left_lying_is_taken_over_and_not_given_back(installed: Flask, watch: Watch) -> None:
    session = db.session()
    assert hold(session, "sweep", "one", watch.now, SPAN)
    watch.on(seconds=15)
    assert not hold(session, "sweep", "two", watch.now, SPAN)
    watch.on(seconds=1)
    assert hold(session, "sweep", "two", watch.now, SPAN)
    assert not hold(session, "sweep", "one", watch.now, SPAN)


def test_of_many_who_ask_at_once_one_is_let(installed: Flask, watch: Watch) -> None:
    engine = db.engine

    def ask(name: str) -> bool:
        with writing(), Session(engine) as session:
            return hold(session, "sweep", name, watch.now, SPAN)

    with ThreadPoolExecutor(8) as pool:
        held = list(pool.map(ask, [f"worker {number}" for number in range(16)]))
    assert held.count(True) == 1
