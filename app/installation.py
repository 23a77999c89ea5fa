"""What this installation knows of itself: a few named values, first of all the key its data lives under."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import String
from sqlalchemy.orm import Mapped, Session, mapped_column

from accounts.queries import the_desk
from app.factory import create_app
from core.db import Base, db, reading
from core.keyring import Keyring
from core.sealing import fingerprint
from core.settings import Settings
from core.work import Harbour, harbour

_KEY = "server key"
_PROOF = b"the server key of this database"


class ForeignKeyFile(RuntimeError):
    """The server key is whole, but another database's."""


class Installation(Base):
    """One named value."""

    __tablename__ = "installation"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(String(200))


def confirm_key(session: Session, keyring: Keyring) -> bool:
    """Hold the server key against the one this database first started with, or note it as the first.

    True when it was noted just now: the caller commits. ForeignKeyFile when it is another one.
    """
    proof = fingerprint(_PROOF, keyring.proof)
    known = session.get(Installation, _KEY)
    if known is None:
        session.add(Installation(name=_KEY, value=proof))
        session.flush()
        return True
    if known.value != proof:
        raise ForeignKeyFile(
            "This server key is not the one that this database was made with, so what is kept under that one "
            "could not be read. Put the database's own server.key back into the key folder, then start again."
        )
    return False


@contextmanager
def open_installation(settings: Settings) -> Iterator[Harbour]:
    """The installation inside an application context, for a command; its key is confirmed first."""
    app = create_app(settings)
    with app.app_context():
        try:
            if confirm_key(db.session(), harbour().keyring):
                db.session.commit()
            db.session.remove()
            yield harbour()
        finally:
            db.session.remove()
            for engine in db.engines.values():
                engine.dispose()


def offer_set_up(settings: Settings) -> str | None:
    """The code that lets the first officer make the desk's key, in a file of its own; None when there is a desk."""
    path = set_up_code_file(settings)
    if _desk_exists():
        path.unlink(missing_ok=True)
        return None
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text("-".join(secrets.token_hex(3) for _ in range(4)))
    return path.read_text()


def withdraw_set_up(settings: Settings) -> None:
    """Delete the code once there is a desk."""
    path = set_up_code_file(settings)
    if path.exists() and _desk_exists():
        path.unlink(missing_ok=True)


def set_up_code_file(settings: Settings) -> Path:
    """Where the set-up code is kept until it was used."""
    return settings.key_folder / "set-up.code"


def _desk_exists() -> bool:
    with reading():
        found = the_desk(db.session()) is not None
        db.session.rollback()
    return found
