"""A unique canary in every field, the address and the browser's name; failures forced; then the disk searched."""

import base64
import secrets
import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from redis import Redis
from sqlalchemy import create_engine, select, text

from bench.ground import KINDS, SQLITE, Ground, durable_ground, founded
from bench.load import HOST, Visitor
from bench.serving import Web, Worker, variables_of
from core.db import db, reading
from core.outbox import OutboxRow
from drills.rehearsal import answer, on_queue, opened, say, send, shown_code, wait_until
from drills.searching import files_under, hits, write_rows

PATIENCE = 60.0
FAILURES = 6
"""A page that is not there, a request that is none, three tables gone under requests and one under a job."""
MEMORY = Path("/dev/shm")  # noqa: S108 - looked at, not written to


class Canaries(dict[str, str]):
    """Name of the canary → its text, new in every run. `address` is a loopback address of its own."""

    def __init__(self) -> None:
        super().__init__()
        for name in ("narrative", "religion", "name", "times", "place", "message", "browser", "referrer", "query"):
            self[name] = f"canary {name} {secrets.token_hex(8)}"
        self["phone"] = f"07700 {secrets.randbelow(10**12):012}"
        self["address"] = f"127.{secrets.randbelow(100) + 100}.{secrets.randbelow(100) + 100}.199"
        self["forwarded"] = f"203.0.113.{secrets.randbelow(100) + 100}"

    @property
    def answers(self) -> dict[str, dict[str, str]]:
        """Question → the fields that carry a canary."""
        reach = {"contact": "reach-me", "name": self["name"], "reach": self["phone"], "safe_times": self["times"]}
        return {
            "own-words": {"words": f"It was like this: {self['narrative']}."},
            "why-targeted": {"why": "religion", "religion_perceived": self["religion"]},
            "where": {"place_words": self["place"]},
            "contact": reach,
            "sharing": {},
        }

    def visitor(self, port: int) -> Visitor:
        """Somebody who comes from the canary's address, with the canary's browser."""
        headers = {
            "User-Agent": self["browser"],
            "Referer": f"http://example.org/{self['referrer']}",
            "X-Forwarded-For": self["forwarded"],
        }
        return Visitor(port, self["address"], headers)


def run() -> bool:
    """Both pairs; whether nothing was found, and whether the search finds what is there."""
    return all([_search_finds()] + [_rehearse(kind) for kind in KINDS])


def _rehearse(kind: str) -> bool:
    canaries = Canaries()
    before = set(MEMORY.iterdir())
    with durable_ground(kind) as ground:
        settings = founded(ground)
        variables, log = variables_of(settings), ground.folder / "served.log"
        with Web("wsgi:app", variables, log) as web, opened(settings), Worker(variables, log) as worker:
            failures = _go_through_everything(ground, web, canaries)
            worker.kill()
            _write_down_what_is_in_memory(ground, "late")
            write_rows(ground.database_url, ground.folder / "rows")
            places = [Path(tempfile.gettempdir()), *(set(MEMORY.iterdir()) - before)]
            found, files = hits(places, canaries), files_under(places)
    say(f"{kind}: {len(canaries)} canaries, {failures} failures forced, {files} files searched: hits {len(found)}")
    for each in found:
        say(f"  {each}")
    return not found and failures == FAILURES


def _go_through_everything(ground: Ground, web: Web, canaries: Canaries) -> int:
    """A report with every failure on its way, a message behind its code; how many failures were seen."""
    visitor = canaries.visitor(web.port)
    failures = _asked_wrongly(web, canaries)
    with _without(ground, "draft"):
        failures += answer(visitor, "own-words", canaries.answers["own-words"]).status == 500
    for slug, fields in canaries.answers.items():
        answer(visitor, slug, fields)
    with _without(ground, "audit_entry"):
        failures += send(visitor).status == 500
    with _without(ground, "queue_entry"):
        send(visitor)
        failures += wait_until(_has_failed_job, PATIENCE) < PATIENCE
        _write_down_what_is_in_memory(ground, "early")
    canaries["code"] = shown_code(visitor)
    canaries["draft cookie"] = visitor.cookies["harbour_draft"]
    wait_until(lambda: on_queue() == 1, PATIENCE)
    failures += _come_back(ground, visitor, canaries)
    return failures


def _come_back(ground: Ground, visitor: Visitor, canaries: Canaries) -> int:
    token = visitor.get("/come-back").hidden("csrf_token")
    visitor.post("/come-back", {"code": canaries["code"], "csrf_token": token})
    fields = {"words": canaries["message"], "csrf_token": visitor.get("/your-report").hidden("csrf_token")}
    with _without(ground, "message"):
        failed = visitor.post("/your-report", fields).status == 500
    if (
        visitor.post("/your-report", fields).status != 302
        or canaries["message"].encode() not in visitor.get("/your-report").body
    ):
        raise RuntimeError("The message did not reach the conversation: the drill would prove nothing.")
    return failed


def _asked_wrongly(web: Web, canaries: Canaries) -> int:
    """A stale token, a page that is not there, a host that is not ours, a request that is none."""
    visitor = canaries.visitor(web.port)
    path = f"/report/{canaries['query'].replace(' ', '%20')}?words={canaries['narrative'].replace(' ', '+')}"
    wrong = visitor.get(path).status == 404
    visitor.post("/report/own-words", {"words": canaries["narrative"], "csrf_token": "stale"})
    with suppress(OSError), socket.create_connection((HOST, web.port), 5, (canaries["address"], 0)) as connection:
        connection.sendall(f"{canaries['narrative']}\r\n\r\n".encode())
        wrong += b"400" in connection.recv(1000)
    return wrong


@contextmanager
def _without(ground: Ground, table: str) -> Iterator[None]:
    """A real failure: the table is not there for as long as the block lasts."""
    _rename(ground, table, f"{table}_away")
    try:
        yield
    finally:
        _rename(ground, f"{table}_away", table)


def _rename(ground: Ground, old: str, new: str) -> None:
    engine = create_engine(ground.database_url, connect_args={"timeout": 15} if ground.kind == SQLITE else {})
    with engine.begin() as connection:
        connection.execute(text(f"ALTER TABLE {old} RENAME TO {new}"))
    engine.dispose()


def _has_failed_job() -> bool:
    with reading():
        failed = db.session.scalar(select(OutboxRow.id).where(OutboxRow.failure.is_not(None)).limit(1))
        db.session.rollback()
    return failed is not None


def _write_down_what_is_in_memory(ground: Ground, name: str) -> None:
    """The queue's memory as a file, not compressed, beside the others."""
    with Redis.from_url(ground.queue.url) as client:
        client.config_set("rdbcompression", "no")
        client.save()
    shutil.copyfile(ground.queue.directory / "dump.rdb", ground.folder / f"{name}.rdb")


def _search_finds() -> bool:
    """The search finds each canary in each of its forms, wherever a base64 group begins."""
    canaries = Canaries()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number, text_ in enumerate(canaries.values()):
            (folder / f"plain-{number}").write_text(f"before {text_} after")
            (folder / f"utf-16-{number}").write_bytes(f"x{text_}".encode("utf-16-le"))
            for shift in range(3):
                (folder / f"base64-{number}-{shift}").write_bytes(
                    base64.b64encode(b"x" * shift + text_.encode() + b"y")
                )
        files = {each.rpartition(" in ")[2] for each in hits([folder], canaries)}
        say(f"the search itself: {len(files)} of {5 * len(canaries)} planted canaries found")
        return len(files) == 5 * len(canaries)
