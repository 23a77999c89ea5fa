"""What an installation decides, read once from the environment."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from core.periods import PeriodError, Periods

ROOT = Path(__file__).resolve().parent.parent


class SettingsError(ValueError):
    """The environment says something the platform cannot run with."""


@dataclass(frozen=True)
class Settings:
    """Everything an installation may set; one frozen value for web, worker and commands.

    `argon_ops` and `argon_memory` (bytes) are Argon2id's cost for passwords. Durations are minutes
    unless the name says otherwise; `keep` has the days that each kind of thing is kept. `desk_rota` says whether
    somebody is on call outside desk hours. `nominatim_url` is an address search of the installation's own, asked for
    places the city's files lack; empty, nothing a reporter writes leaves this machine. `mail_url` is a mail server
    (smtp[s]://user:password@host:port); empty, letters are laid in the folder of `letter_folder`.
    """

    database_url: str
    redis_url: str
    instance: Path
    trusted_hosts: tuple[str, ...] = ("127.0.0.1", "localhost")
    secure_cookies: bool = False
    demo: bool = False
    council: str = "E06000045"
    partnership: str = "Southampton Hate Crime Network"
    queue_name: str = "harbour"
    argon_ops: int = 3
    argon_memory: int = 64 * 1024 * 1024
    session_minutes: int = 600
    idle_minutes: int = 60
    draft_hours: int = 24
    desk_opens: int = 9
    desk_closes: int = 17
    desk_time_zone: str = "Europe/London"
    desk_rota: bool = False
    safe_exit_url: str = "https://www.bbc.co.uk/weather"
    immigration_position: str = (
        "What you tell us is not passed to immigration enforcement by this service. The police decide "
        "for themselves what they share. You can choose that the police get your report without your name."
    )
    nominatim_url: str = ""
    mail_url: str = field(default="", repr=False)
    mail_from: str = "safe-harbour@localhost"
    log_level: str = "INFO"
    keep: Periods = field(default_factory=Periods)
    database_echo: bool = field(default=False, repr=False)

    @property
    def key_folder(self) -> Path:
        """Where the server key lives, apart from the database."""
        return self.instance / "keys"

    @property
    def erasure_folder(self) -> Path:
        """Where erasure keys live: a store of its own, whose backup is overwritten and never archived."""
        return self.instance / "erasure"

    @property
    def anchor_folder(self) -> Path:
        """Where the heads of the audit chains are written down outside the database."""
        return self.instance / "anchors"

    @property
    def geography_folder(self) -> Path:
        """Where the packs that were built for this installation are."""
        return self.instance / "geography"

    @property
    def letter_folder(self) -> Path:
        """Where letters are laid while no mail server is set."""
        return self.instance / "letters"

    @property
    def is_sqlite(self) -> bool:
        """Whether this installation runs on the embedded database."""
        return self.database_url.startswith("sqlite")

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> "Settings":
        """Settings from HARBOUR_… variables; SettingsError names the variable that is wrong."""
        env = os.environ if environ is None else environ
        opens, closes = _desk_hours(env, cls.desk_opens, cls.desk_closes)
        instance = Path(env.get("HARBOUR_INSTANCE", str(ROOT / "instance"))).resolve()
        return cls(
            database_url=env.get("HARBOUR_DATABASE_URL", f"sqlite:///{instance / 'harbour.db'}"),
            redis_url=env.get("HARBOUR_REDIS_URL", f"unix://{instance / 'valkey' / 'valkey.sock'}"),
            instance=instance,
            trusted_hosts=_words(env.get("HARBOUR_TRUSTED_HOSTS", "127.0.0.1,localhost")),
            secure_cookies=_flag(env, "HARBOUR_SECURE_COOKIES"),
            demo=_flag(env, "HARBOUR_DEMO"),
            council=env.get("HARBOUR_COUNCIL", cls.council),
            partnership=env.get("HARBOUR_PARTNERSHIP", cls.partnership),
            argon_ops=_number(env, "HARBOUR_ARGON_OPS", cls.argon_ops),
            argon_memory=_number(env, "HARBOUR_ARGON_MEMORY", cls.argon_memory),
            session_minutes=_number(env, "HARBOUR_SESSION_MINUTES", cls.session_minutes),
            idle_minutes=_number(env, "HARBOUR_IDLE_MINUTES", cls.idle_minutes),
            draft_hours=_number(env, "HARBOUR_DRAFT_HOURS", cls.draft_hours),
            desk_opens=opens,
            desk_closes=closes,
            desk_time_zone=_zone(env, "HARBOUR_DESK_TIME_ZONE", cls.desk_time_zone),
            desk_rota=_flag(env, "HARBOUR_DESK_ROTA"),
            safe_exit_url=env.get("HARBOUR_SAFE_EXIT_URL", cls.safe_exit_url),
            immigration_position=env.get("HARBOUR_IMMIGRATION_POSITION", cls.immigration_position),
            nominatim_url=_own_server(env, "HARBOUR_NOMINATIM_URL"),
            mail_url=_mail_server(env, "HARBOUR_MAIL_URL"),
            mail_from=env.get("HARBOUR_MAIL_FROM", cls.mail_from),
            log_level=env.get("HARBOUR_LOG_LEVEL", cls.log_level),
            keep=_periods(env),
        )


def _periods(env: Mapping[str, str]) -> Periods:
    try:
        return Periods.from_env(env)
    except PeriodError as error:
        raise SettingsError(str(error)) from error


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())


def _flag(env: Mapping[str, str], name: str) -> bool:
    value = env.get(name, "no").strip().lower()
    if value not in {"yes", "no", "1", "0", "true", "false"}:
        raise SettingsError(f"{name} must be yes or no, not {value!r}.")
    return value in {"yes", "1", "true"}


def _number(env: Mapping[str, str], name: str, default: int) -> int:
    value = env.get(name)
    if value is None:
        return default
    if not (value.isascii() and value.isdigit()) or int(value) < 1:
        raise SettingsError(f"{name} must be a whole number above nought, not {value!r}.")
    return int(value)


def _own_server(env: Mapping[str, str], name: str) -> str:
    value = env.get(name, "").strip().rstrip("/")
    try:
        parts = urlsplit(value)
        whole = parts.scheme in {"http", "https"} and bool(parts.hostname) and not (parts.query or parts.fragment)
        whole = whole and parts.username is None and (parts.port or 1) > 0
    except ValueError:
        whole = False
    if value and not whole:
        raise SettingsError(
            f"{name} must be the http or https address of a server, without a name or a question in it."
        )
    if value and (parts.hostname or "").endswith("openstreetmap.org"):
        raise SettingsError(f"{name} must be a server of your own: places in reports may not go to the public one.")
    return value


def _mail_server(env: Mapping[str, str], name: str) -> str:
    value = env.get(name, "").strip()
    try:
        parts = urlsplit(value)
        whole = parts.scheme in {"smtp", "smtps"} and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        whole = False
    if value and not whole:
        # The value is not quoted: it may hold a password.
        raise SettingsError(f"{name} must be a mail server, such as smtps://name:password@mail.example.org:465.")
    return value


def _desk_hours(env: Mapping[str, str], opens: int, closes: int) -> tuple[int, int]:
    opens, closes = _number(env, "HARBOUR_DESK_OPENS", opens), _number(env, "HARBOUR_DESK_CLOSES", closes)
    if opens > 22:
        raise SettingsError(f"HARBOUR_DESK_OPENS must be an hour from 1 to 22, not {opens}.")
    if not opens < closes <= 23:
        raise SettingsError(f"HARBOUR_DESK_CLOSES must be an hour after {opens} and up to 23, not {closes}.")
    return opens, closes


def _zone(env: Mapping[str, str], name: str, default: str) -> str:
    value = env.get(name, default)
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise SettingsError(f"{name} must be a time zone such as {default}, not {value!r}.") from error
    return value
