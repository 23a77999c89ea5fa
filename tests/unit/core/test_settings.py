"""Settings from the environment: sound defaults, and a clear word for what is wrong."""

from dataclasses import FrozenInstanceError

import pytest

from core.settings import Settings, SettingsError


def test_an_empty_environment_gives_a_private_embedded_installation() -> None:
    settings = Settings.from_env({})
    assert settings.is_sqlite
    assert settings.trusted_hosts == ("127.0.0.1", "localhost")
    assert not settings.demo
    assert settings.argon_ops >= 3
    assert settings.argon_memory >= 64 * 1024 * 1024
    assert settings.key_folder != settings.erasure_folder


def test_what_is_set_is_read() -> None:
    settings = Settings.from_env(
        {
            "HARBOUR_DATABASE_URL": "postgresql+psycopg://db/harbour",
            "HARBOUR_TRUSTED_HOSTS": " report.example , www.report.example,",
            "HARBOUR_SECURE_COOKIES": "yes",
            "HARBOUR_DEMO": "TRUE",
            "HARBOUR_DESK_OPENS": "8",
            "HARBOUR_IDLE_MINUTES": "15",
            "HARBOUR_PARTNERSHIP": "A partnership",
            "HARBOUR_NOMINATIM_URL": "http://127.0.0.1:8088/nominatim/",
        }
    )
    assert not settings.is_sqlite
    assert settings.trusted_hosts == ("report.example", "www.report.example")
    assert (settings.secure_cookies, settings.demo) == (True, True)
    assert (settings.desk_opens, settings.idle_minutes) == (8, 15)
    assert settings.partnership == "A partnership"
    assert settings.nominatim_url == "http://127.0.0.1:8088/nominatim"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HARBOUR_DEMO", "maybe"),
        ("HARBOUR_SECURE_COOKIES", ""),
        ("HARBOUR_ARGON_OPS", "0"),
        ("HARBOUR_ARGON_MEMORY", "64 MB"),
        ("HARBOUR_SESSION_MINUTES", "-5"),
        ("HARBOUR_IDLE_MINUTES", "²"),
        ("HARBOUR_DRAFT_HOURS", "1.5"),
        ("HARBOUR_DESK_OPENS", "25"),
        ("HARBOUR_DESK_CLOSES", "24"),
        ("HARBOUR_DESK_TIME_ZONE", "Mars/Olympus"),
        ("HARBOUR_NOMINATIM_URL", "ftp://maps.example"),
        ("HARBOUR_NOMINATIM_URL", "maps.example"),
        ("HARBOUR_MAIL_URL", "mail.example"),
        ("HARBOUR_MAIL_URL", "https://mail.example"),
        ("HARBOUR_MAIL_URL", "smtp://mail.example:99999"),
        ("HARBOUR_NOMINATIM_URL", "http://"),
        ("HARBOUR_NOMINATIM_URL", "http://maps.example:port"),
        ("HARBOUR_NOMINATIM_URL", "https://name:word@maps.example"),
        ("HARBOUR_NOMINATIM_URL", "https://nominatim.openstreetmap.org"),
    ],
)
def test_a_wrong_value_is_named(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        Settings.from_env({name: value})


def test_a_desk_that_closes_before_it_opens_is_told() -> None:
    with pytest.raises(SettingsError, match="HARBOUR_DESK_CLOSES"):
        Settings.from_env({"HARBOUR_DESK_OPENS": "17", "HARBOUR_DESK_CLOSES": "9"})


def test_settings_do_not_change() -> None:
    with pytest.raises(FrozenInstanceError):
        Settings.from_env({}).demo = True  # type: ignore[misc]
