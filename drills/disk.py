"""The whole disk, every key file included, but no password and no code: what does it open? It must be nothing."""

import tempfile
from pathlib import Path

from accounts.custody import unlock_person
from accounts.services import check_password
from bench.ground import OFFICER, PASSWORD, SQLITE, durable_ground, founded
from bench.journeys import question_pages
from bench.load import Visitor
from bench.serving import Web, Worker, variables_of
from core.db import db
from core.sealing import Key, Secret
from core.settings import Settings
from core.work import SYSTEM, begin_work, harbour
from drills.keys_on_disk import Attempt, keys_found
from drills.rehearsal import on_queue, opened, say, wait_until
from drills.searching import hits

REPORTS = 12
PATIENCE = 60.0


def run() -> bool:
    """Try while an officer is signed in, and right after they signed out; then, for proof, with the password."""
    with durable_ground(SQLITE) as ground:
        settings = founded(ground)
        variables, log = variables_of(settings), ground.folder / "served.log"
        with Web("wsgi:app", variables, log) as web, Worker(variables, log), opened(settings):
            visitor = Visitor(web.port)
            if not all([question_pages(visitor) for _ in range(REPORTS)]):
                raise RuntimeError("A journey failed: the drill would prove nothing.")
            wait_until(lambda: on_queue() == REPORTS, PATIENCE)
            held = _tried(settings, "before anybody signed in")
            officer = Visitor(web.port)
            _sign_in(officer)
            held &= _tried(settings, "while an officer is signed in")
            cookie = officer.cookies["harbour_session"]
            officer.post("/sign-out", {"csrf_token": officer.get("/report/check").hidden("csrf_token")})
            held &= _tried(settings, "right after the officer signed out")
            return held & _nothing_lies_about(cookie) & _method_works(settings)


def _sign_in(officer: Visitor) -> None:
    token = officer.get("/sign-in").hidden("csrf_token")
    officer.post("/sign-in", {"email": OFFICER, "password": PASSWORD, "csrf_token": token})
    if "harbour_session" not in officer.cookies:
        raise RuntimeError("The officer could not sign in: the drill would prove nothing.")


def _tried(settings: Settings, when: str) -> bool:
    keys = keys_found(settings)
    attempt = Attempt.with_keys(settings, keys)
    say(f"{when}: {len(keys)} keys found on the disk, {attempt.tries:,} tries on {attempt.sealed} sealed values, "
        f"{attempt.locked} locked keys: opened {attempt.opened}")  # fmt: skip
    return attempt.opened == 0


def _nothing_lies_about(cookie: str) -> bool:
    """The keys that do open things, searched for as bytes in every file: secrets of people, codes, cookies."""
    team_secret, person_secret = _secrets_behind_the_password()
    wanted = {"team key": team_secret.hex(), "person's key": person_secret.hex()}
    found = hits([Path(tempfile.gettempdir())], {"password": PASSWORD, "session cookie": cookie, **wanted})
    raw = [key for key in (team_secret, person_secret) for path in _files() if key in path.read_bytes()]
    say(f"password, session cookie, person's and team's key as bytes on the disk: hits {len(found) + len(raw)}")
    return not found and not raw


def _method_works(settings: Settings) -> bool:
    """With the password, and by the same tries, everything opens."""
    keys = keys_found(settings) | set(_secrets_behind_the_password())
    attempt = Attempt.with_keys(settings, keys)
    say(f"with the officer's password besides, by the same tries: opened {attempt.opened} of {attempt.sealed}")
    return attempt.opened == attempt.sealed


def _secrets_behind_the_password() -> tuple[Key, Key]:
    signed_in = check_password(begin_work(harbour(), db.session(), SYSTEM), OFFICER, Secret(PASSWORD))
    if signed_in is None:
        raise RuntimeError("The password is not the officer's.")
    person = signed_in.person
    db.session.rollback()
    secret = unlock_person(Secret(PASSWORD), person.salt, person.locked_secret, harbour().settings)
    return Key(signed_in.team_secret), Key(secret or b"")


def _files() -> list[Path]:
    return [path for path in Path(tempfile.gettempdir()).rglob("*") if path.is_file()]
