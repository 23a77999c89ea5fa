"""A person's keys open with their own password alone, and a team's key with a person's alone."""

from dataclasses import replace
from pathlib import Path

import pytest

from accounts.custody import make_person_keys, open_team_key, unlock_person, wrap_team_key
from accounts.throttle import GuessThrottle
from accounts.vocabulary import TEAM_OF_ROLE, Role, TeamKind
from core.sealing import SealBroken, Secret, new_key_pair, public_key_of
from core.settings import Settings

PASSWORD = Secret("a password of some length")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings("sqlite://", "unix:///none", tmp_path, argon_ops=1, argon_memory=8192)


def test_a_right_password_opens_the_persons_key(settings: Settings) -> None:
    keys = make_person_keys(PASSWORD, settings)
    secret = unlock_person(PASSWORD, keys.salt, keys.locked_secret, settings)
    assert secret is not None
    assert public_key_of(secret) == keys.public_key


@pytest.mark.parametrize("wrong", ["", "a password of some lengt", "A password of some length", "a" * 200, "п" * 14])
def test_a_wrong_password_opens_nothing(settings: Settings, wrong: str) -> None:
    keys = make_person_keys(PASSWORD, settings)
    assert unlock_person(Secret(wrong), keys.salt, keys.locked_secret, settings) is None


def test_another_salt_or_another_cost_opens_nothing(settings: Settings) -> None:
    keys, other = make_person_keys(PASSWORD, settings), make_person_keys(PASSWORD, settings)
    assert keys.salt != other.salt
    assert unlock_person(PASSWORD, other.salt, keys.locked_secret, settings) is None
    assert unlock_person(PASSWORD, keys.salt, keys.locked_secret, replace(settings, argon_ops=2)) is None


def test_a_teams_key_opens_for_the_person_it_was_wrapped_to(settings: Settings) -> None:
    public, secret = new_key_pair()
    _, team_secret = new_key_pair()
    wrapped = wrap_team_key(team_secret, public)
    assert open_team_key(wrapped, secret) == team_secret
    assert team_secret not in wrapped
    with pytest.raises(SealBroken):
        open_team_key(wrapped, new_key_pair()[1])


def test_keys_are_not_printed(settings: Settings) -> None:
    keys = make_person_keys(PASSWORD, settings)
    assert str(keys.locked_secret) not in repr(keys)


def test_every_role_has_its_team() -> None:
    assert set(TEAM_OF_ROLE) == set(Role)
    assert set(TEAM_OF_ROLE.values()) == set(TeamKind)


def test_guesses_of_one_name_are_slowed_and_those_of_others_are_not() -> None:
    throttle = GuessThrottle()
    assert [throttle.spend("sign-in", "one", 10) for _ in range(11)] == [True] * 10 + [False]
    assert throttle.spend("sign-in", "another", 10)
    assert throttle.spend("receipt code", "one", 10)


def test_no_name_is_kept_as_it_is() -> None:
    throttle = GuessThrottle()
    throttle.spend("receipt code", "203.0.113.9", 10)
    storage = vars(throttle._limiter.storage)
    assert "203.0.113.9" not in repr({name: repr(value) for name, value in storage.items()})
