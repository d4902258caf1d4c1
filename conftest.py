"""What every test can count on: a database, files of its own, and a browser where one is asked for."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest
from django.conf import settings as django_settings

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.fixtures import Settings
    from pytest_django.live_server_helper import LiveServer

    from yinfeng.org.models import User

CHROMIUM = os.environ.get("YINFENG_CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SERIOUS = {"serious", "critical"}

# The synchronous Playwright keeps an event loop on the test's thread, which Django would take for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_configure(config: pytest.Config) -> None:
    """Cheap passwords, a folder where the server expects collected files, and examples that are the same every time."""
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    Path(django_settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    hypothesis.settings.register_profile("steady", deadline=None, derandomize=True)
    hypothesis.settings.register_profile("searching", deadline=None, max_examples=1000)
    hypothesis.settings.load_profile("searching" if os.environ.get("YINFENG_SEARCHING") else "steady")


def on_postgresql() -> bool:
    """Whether this run's database is PostgreSQL."""
    return "postgresql" in str(django_settings.DATABASES["default"]["ENGINE"])


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what speaks of PostgreSQL only where the run is on another database."""
    kept: list[pytest.Item] = []
    left_out: list[pytest.Item] = []
    for item in items:
        (left_out if item.get_closest_marker("postgres") and not on_postgresql() else kept).append(item)
    items[:] = kept
    config.hook.pytest_deselected(items=left_out)


@pytest.fixture(autouse=True)
def _files_of_its_own(settings: Settings, tmp_path: Path) -> None:
    """No test writes into the data folder."""
    settings.FILES_ROOT = tmp_path / "files"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Served tests on SQLite get a file: a database in memory is one connection, a served site has many."""
    if on_postgresql() or not any(item.get_closest_marker("browser") for item in request.session.items):
        return
    # Django keeps the connection's settings apart from the project's once it is set up.
    from django.db import connections

    connections["default"].settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Debian's Chromium, with everything off that would talk to the world."""
    return {"executable_path": CHROMIUM, "headless": True, "args": CHROMIUM_FLAGS}


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    """A desk in the place: 1440 pixels wide, Chinese first."""
    return {"viewport": {"width": 1440, "height": 900}, "locale": "zh-CN", "timezone_id": "Asia/Shanghai"}


@pytest.fixture
def page(page: Page) -> Iterator[Page]:
    """A page that fails its test when the browser reports a script error or a refused policy."""
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
    page.on("console", lambda line: complaints.append(f"console: {line.text}") if is_complaint(line.text) else None)
    page.set_default_timeout(10_000)
    yield page
    assert complaints == []


@pytest.fixture
def sign_in(page: Page, live_server: LiveServer) -> Callable[[User], Page]:
    """Somebody's page, already past the login; open addresses below ``live_server.url``."""
    from django.test import Client

    def sign(user: User) -> Page:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        name = django_settings.SESSION_COOKIE_NAME
        page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
        return page

    return sign


def is_complaint(text: str) -> bool:
    """Whether a console line is about our own page (an expected 4xx answer is not)."""
    return "Content Security Policy" in text or "htmx:" in text


@pytest.fixture(scope="session")
def assert_accessible() -> Callable[[Page], None]:
    """Look the page over with axe; nothing serious may be found."""
    from axe_playwright_python.sync_playwright import Axe

    def look(page: Page) -> None:
        found = Axe().run(page).response["violations"]
        told = [
            f"{rule['id']} ({rule['impact']}): {rule['help']} at {[node['target'] for node in rule['nodes']]}"
            for rule in found
            if rule["impact"] in SERIOUS
        ]
        assert told == [], f"{page.url}\n" + "\n".join(told)

    return look
