"""A database and its server key belong together; the set-up code lives until there is a desk."""

import shutil

import pytest
from flask import Flask

from app.installation import ForeignKeyFile, offer_set_up, open_installation, set_up_code_file, withdraw_set_up
from core.keyring import KeyFileError, make_server_key
from core.settings import Settings
from tests.services.conftest import Desk


def test_the_first_key_is_the_databases_own(settings: Settings) -> None:
    for _ in range(2):
        with open_installation(settings) as harbour:
            assert harbour.settings is settings


def test_another_key_is_refused(settings: Settings) -> None:
    with open_installation(settings):
        pass
    (settings.key_folder / "server.key").unlink()
    make_server_key(settings.key_folder)
    with pytest.raises(ForeignKeyFile, match=r"own server\.key"), open_installation(settings):
        pass


def test_no_key_is_refused(settings: Settings) -> None:
    shutil.rmtree(settings.key_folder)
    with pytest.raises(KeyFileError, match="no server key"), open_installation(settings):
        pass


def test_a_set_up_code_is_kept_to_its_owner_and_told_again(installed: Flask, settings: Settings) -> None:
    code = offer_set_up(settings)
    assert code and code == offer_set_up(settings)
    assert set_up_code_file(settings).stat().st_mode & 0o777 == 0o600
    withdraw_set_up(settings)
    assert set_up_code_file(settings).exists()


def test_the_set_up_code_ends_with_the_founding(
    installed: Flask, settings: Settings, request: pytest.FixtureRequest
) -> None:
    offer_set_up(settings)
    founded: Desk = request.getfixturevalue("desk")
    withdraw_set_up(settings)
    assert founded.team.name
    assert not set_up_code_file(settings).exists()
    assert offer_set_up(settings) is None
