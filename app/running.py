"""`safeharbour run`: everything on one machine, on loopback only, with nothing else to install or configure."""

import http.client
import os
import shutil
import socket
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from app.demo import load_demo, sign_ins
from app.installation import offer_set_up, open_installation
from app.migrate import migrate
from app.serving import serve
from app.stopping import Stopping
from app.supervision import STOPS, Child, QueuePart, Supervisor
from app.worker import run_worker
from core.keyring import make_server_key
from core.settings import Settings
from core.valkey import PrivateValkey

HOST = "127.0.0.1"
_FIRST_PAGE_SECONDS = 60
_KEPT_ON_RESET = {"valkey"}

Say = Callable[[str], None]


class RunError(RuntimeError):
    """Why the installation does not start, and what to do."""


class Purpose(StrEnum):
    """What an embedded installation was made for; remembered in its folder."""

    LOADING = "demo, loading"
    DEMO = "demo"
    REAL = "real"


@dataclass(frozen=True, slots=True)
class Opening:
    """What is told when the pages are up: a set-up code if there is no desk yet."""

    settings: Settings
    set_up_code: str | None


def run(settings: Settings, port: int, empty: bool, say: Say) -> None:
    """Start everything, look after it, and stop it cleanly on Ctrl-C or SIGTERM."""
    stopping = Stopping()
    stopping.listen(STOPS)
    settings = embedded(settings)
    with claim_port(port) as listener, PrivateValkey(settings.instance / "valkey") as valkey:
        opening = prepare(replace(settings, redis_url=valkey.url), empty, say)
        supervisor = _supervisor(opening.settings, listener, valkey)
        try:
            supervisor.start()
            if not stopping.is_asked():
                _wait_for_first_page(port, stopping)
                _tell(opening, port, say)
            supervisor.watch(stopping)
        finally:
            say("Stopping ...")
            supervisor.stop()
    say("Stopped.")


def embedded(settings: Settings) -> Settings:
    """The settings of an embedded installation, its folder made for its owner alone."""
    if not settings.is_sqlite:
        raise RunError(
            "HARBOUR_DATABASE_URL names another database than the embedded one. Start the parts by themselves: "
            "safeharbour migrate, then safeharbour serve and safeharbour worker."
        )
    os.umask(0o077)
    settings.instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    settings.instance.chmod(0o700)
    return settings


def claim_port(port: int) -> socket.socket:
    """A listening socket on loopback, which every web process shares; RunError when the port is taken."""
    try:
        return socket.create_server((HOST, port), backlog=512)
    except (OSError, OverflowError) as error:
        raise RunError(
            f"Port {port} on this machine is taken or not allowed. Choose another: safeharbour run --port {port + 1}"
        ) from error


def prepare(settings: Settings, empty: bool, say: Say) -> Opening:
    """Keys, tables, purpose and, the first time, the demo."""
    is_new = not database_file(settings).exists()
    if is_new:
        make_server_key(settings.key_folder)
    purpose = purpose_of(settings, empty, is_new)
    settings = replace(settings, demo=purpose is not Purpose.REAL)
    migrate(settings)
    with open_installation(settings):
        if purpose is Purpose.LOADING:
            say("Making the demo: 24 months of made-up reports ...")
            load_demo()
            remember(settings, Purpose.DEMO)
        return Opening(settings, offer_set_up(settings))


def purpose_of(settings: Settings, empty: bool, is_new: bool) -> Purpose:
    """What this installation is for: as remembered, else as asked. A demo that was cut short is begun again."""
    known = remembered(settings)
    if known is Purpose.LOADING:
        wipe(settings)
        make_server_key(settings.key_folder)
        known = None
    if known is Purpose.DEMO and empty:
        raise RunError(
            f"{settings.instance} holds the demo. For a service of your own give it another folder: "
            "HARBOUR_INSTANCE=/path/to/folder safeharbour run --empty"
        )
    if known is not None:
        return known
    purpose = Purpose.LOADING if not empty and (is_new or not database_file(settings).exists()) else Purpose.REAL
    remember(settings, purpose)
    return purpose


def remembered(settings: Settings) -> Purpose | None:
    """What the folder says it is for; None for a folder that was never run from."""
    path = _purpose_file(settings)
    return Purpose(path.read_text().strip()) if path.exists() else None


def remember(settings: Settings, purpose: Purpose) -> None:
    """Write it down in the folder."""
    _purpose_file(settings).write_text(purpose.value + "\n")


def wipe(settings: Settings) -> None:
    """Delete a demo's database and keys; never called for a real installation."""
    for path in settings.instance.iterdir():
        if path.is_dir() and path.name not in _KEPT_ON_RESET:
            shutil.rmtree(path)
        elif path.is_file():
            path.unlink()


def load_only(settings: Settings, say: Say) -> None:
    """Make the demo in a folder that was never run from."""
    settings = embedded(settings)
    if remembered(settings) is not None or database_file(settings).exists():
        raise RunError(f"{settings.instance} is in use already. To make its demo again: safeharbour demo reset")
    with PrivateValkey(settings.instance / "valkey"):
        prepare(settings, False, say)
    say("The demo is ready. Start it: safeharbour run")


def reset_demo(settings: Settings, say: Say) -> None:
    """Wipe a demo and make it again; RunError for anything that is not one."""
    settings = embedded(settings)
    if remembered(settings) not in {Purpose.DEMO, Purpose.LOADING}:
        raise RunError(f"{settings.instance} does not hold a demo, so nothing was touched.")
    # Whoever holds the queue's folder runs from here: the start refuses while the platform is running.
    with PrivateValkey(settings.instance / "valkey"):
        wipe(settings)
        prepare(settings, False, say)
    say("The demo is new again. Start it: safeharbour run")


def database_file(settings: Settings) -> Path:
    """The embedded database's file."""
    return Path(settings.database_url.removeprefix("sqlite:///"))


def _purpose_file(settings: Settings) -> Path:
    return settings.instance / "purpose"


def _supervisor(settings: Settings, listener: socket.socket, valkey: PrivateValkey) -> Supervisor:
    bind = f"fd://{listener.fileno()}"
    web = Child("web", lambda: serve(settings, bind))
    worker = Child("worker", lambda: run_worker(settings))
    return Supervisor([QueuePart(valkey), web, worker])


def _wait_for_first_page(port: int, stopping: Stopping) -> None:
    """The socket listens already, so one request is answered as soon as a web process is up."""
    connection = http.client.HTTPConnection(HOST, port, timeout=_FIRST_PAGE_SECONDS)
    try:
        connection.request("GET", "/")
        connection.getresponse().read()
    except OSError as error:
        if not stopping.is_asked():
            raise RunError("The pages did not start. The lines above say why.") from error
    finally:
        connection.close()


def _tell(opening: Opening, port: int, say: Say) -> None:
    address = f"http://{HOST}:{port}"
    say(f"\nSafe Harbour is running, for this machine only.\n\n  Report or come back   {address}/")
    say(f"  Sign in for staff     {address}/sign-in\n")
    if opening.settings.demo:
        say("This is a demonstration: every report in it is made up. Do not enter anything real. Sign in as:\n")
        for account in sign_ins():
            say(f"  {account.role:<20} {account.email:<26} {account.password}")
    if opening.set_up_code:
        say(f"  Nobody can report yet: make the desk's key first.\n  {address}/set-up")
        say(f"  Set-up code           {opening.set_up_code}")
    say("\nCtrl-C stops it.")
