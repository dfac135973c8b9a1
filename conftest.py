"""What every test may use: the served house, a browser, and no skipped tests."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.core.management import call_command
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.deployment import Deployment, fresh_deployment, serving

REAL_ROUNDS = PBKDF2PasswordHasher.iterations
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_configure(config: pytest.Config) -> None:
    """Give this run its own folder, its own SQLite file and hashed static files as in production."""
    folder = Path(tempfile.mkdtemp(prefix="satupintu-test-"))
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
    settings.STATIC_ROOT = folder / "static"
    settings.MEDIA_ROOT = folder / "uploads"
    settings.AUDIT_SEEN = folder / "audit-seen.jsonl"
    if settings.DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
        connection.settings_dict["TEST"]["NAME"] = folder / "test.sqlite3"
    call_command("collectstatic", interactive=False, verbosity=0)
    # A stored password costs a third of a second on purpose. Who checks that asks for the fixture real_rounds.
    PBKDF2PasswordHasher.iterations = 1_000
    # No test is timed: how long one example takes says how busy the machine is.
    hypothesis.settings.register_profile(
        "house", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
    )
    hypothesis.settings.load_profile("house")
    # Two suites share two cores: what a page shows may come seconds later than on an idle machine.
    expect.set_options(timeout=20_000)


@pytest.fixture
def real_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords and PINs hashed as a deployment hashes them."""
    monkeypatch.setattr(PBKDF2PasswordHasher, "iterations", REAL_ROUNDS)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say plainly why a run with skipped tests is a failed run."""
    for kind in ("skipped", "xfailed", "xpassed"):
        for report in terminalreporter.stats.get(kind, []):
            terminalreporter.write_line(f"{kind.upper()}, which counts as failed: {report.nodeid}", red=True)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Nothing is skipped or expected to fail: such a test counts as a failed one."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter and any(reporter.stats.get(kind) for kind in ("skipped", "xfailed", "xpassed")):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(autouse=True)
def nothing_seen_yet() -> Iterator[None]:
    """What one test's verification saw is no measure for the database of the next."""
    yield
    Path(settings.AUDIT_SEEN).unlink(missing_ok=True)


@pytest.fixture
def committed(transactional_db: None) -> Iterator[None]:
    """A database in which transactions really commit, for threads and for what happens after a commit.

    SQLite empties it by DELETE, which the audit tables refuse; so they are emptied here without their triggers.
    """
    yield
    if connection.vendor != "sqlite":
        return  # TRUNCATE asks no trigger for rows
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'audit_%'")
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute("DELETE FROM audit_seal")
        cursor.execute("DELETE FROM audit_record")
        for _, made in triggers:
            cursor.execute(made)


@pytest.fixture(scope="session")
def new_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    """A deployment as `satupintu migrate` and `satupintu demo` leave it; to be copied, not changed."""
    with fresh_deployment(tmp_path_factory.mktemp("new") / "home") as house:
        house.run("migrate")
        house.run("demo")
        yield house


@pytest.fixture
def deployment(new_house: Deployment, tmp_path: Path) -> Iterator[Deployment]:
    """A deployment with demo data of its own for one test."""
    with fresh_deployment(tmp_path / "home", like=new_house) as house:
        yield house


@pytest.fixture(scope="session")
def site(new_house: Deployment, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a house with demo data, served for real by `satupintu serve`."""
    with fresh_deployment(tmp_path_factory.mktemp("site") / "home", like=new_house) as house, serving(house) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole run."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh visitor with a 360 x 640 screen."""
    context = browser.new_context(viewport={"width": 360, "height": 640}, locale="id-ID")
    yield context
    context.close()


@pytest.fixture
def page(phone: BrowserContext) -> Page:
    """A page on that phone."""
    return phone.new_page()
