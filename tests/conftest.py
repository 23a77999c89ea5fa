"""What every test may ask for. Services start only for a test that needs them."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest
from redis import Redis

from core.keyring import make_server_key
from core.settings import Settings
from tests.stack.assembled import assembled
from tests.stack.chromium import find_chromium, running_browser
from tests.stack.pairs import EMBEDDED, Stack, running_stack
from tests.stack.served import Served, serving
from tests.stack.sessions import no_uncommitted_session
from tests.stack.totals import NO_CHROMIUM, TotalsPlugin

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient
    from playwright.sync_api import Browser, BrowserContext, Page


def pytest_configure(config: pytest.Config) -> None:
    """Count at the end, and take no skip for a pass."""
    config.pluginmanager.register(TotalsPlugin(config), "totals")
    # Nothing is asserted on time: a busy machine is no fault of the code.
    hypothesis.settings.register_profile("house", deadline=None)
    hypothesis.settings.load_profile("house")


def settings_for(database_url: str, redis_url: str, instance: Path) -> Settings:
    """Settings for a test: everything real, passwords cheap."""
    return Settings(
        database_url=database_url,
        redis_url=redis_url,
        instance=instance,
        argon_ops=1,
        argon_memory=8192,
        log_level="WARNING",
    )


@pytest.fixture(scope="session")
def stack() -> Iterator[Stack]:
    """The database and queue that HARBOUR_TEST_STACK names: embedded (default) or server."""
    from app.migrate import migrate

    instance = Path(tempfile.mkdtemp(prefix="harbour-instance-"))
    kind = os.environ.get("HARBOUR_TEST_STACK", EMBEDDED)
    try:
        with running_stack(kind, lambda url: migrate(settings_for(url, "unix:///none", instance))) as running:
            yield running
    finally:
        shutil.rmtree(instance)


@pytest.fixture
def database_url(stack: Stack) -> Iterator[str]:
    """A fresh, migrated database."""
    url = stack.fresh_database()
    yield url
    stack.drop(url)


@pytest.fixture
def redis_url(stack: Stack) -> Iterator[str]:
    """An empty queue."""
    yield stack.redis_url
    with Redis.from_url(stack.redis_url) as client:
        client.flushall()


@pytest.fixture(scope="session")
def keyed_instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an installation that has nothing but its server key."""
    folder = tmp_path_factory.mktemp("keyed") / "instance"
    make_server_key(settings_for("", "", folder).key_folder)
    return folder


@pytest.fixture
def settings(database_url: str, redis_url: str, keyed_instance: Path) -> Settings:
    """A new installation, with a server key; at the same place each time, so that the platform is assembled once."""
    instance = keyed_instance.with_name("of-this-test")
    if instance.exists():
        shutil.rmtree(instance)
    shutil.copytree(keyed_instance, instance)
    return settings_for(database_url, redis_url, instance)


@pytest.fixture
def app(settings: Settings) -> Iterator["Flask"]:
    """The platform, assembled; its connections are closed afterwards."""
    with assembled(settings) as flask:
        yield flask


@pytest.fixture
def client(app: "Flask") -> Iterator["FlaskClient"]:
    """Somebody who visits, without a browser; whatever their requests write must be committed."""
    with no_uncommitted_session():
        yield app.test_client()


@pytest.fixture
def served(settings: Settings, tmp_path: Path) -> Iterator[Served]:
    """Real gunicorn and a real worker on a free loopback port."""
    with serving(settings, tmp_path / "served.log") as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """A real Chromium."""
    program = find_chromium()
    if program is None:
        pytest.skip(NO_CHROMIUM)
    with running_browser(program) as running:
        yield running


@pytest.fixture
def context(browser: "Browser", served: Served) -> Iterator["BrowserContext"]:
    """A visitor who has never been here, with JavaScript, at the served address."""
    visitor = browser.new_context(base_url=served.url)
    yield visitor
    visitor.close()


@pytest.fixture
def page(context: "BrowserContext") -> "Page":
    """An empty tab of that visitor."""
    return context.new_page()
