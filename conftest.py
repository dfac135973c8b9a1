"""What every test may use: the served house, a browser, and no skipped tests."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

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
    if settings.DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
        connection.settings_dict["TEST"]["NAME"] = folder / "test.sqlite3"
    call_command("collectstatic", interactive=False, verbosity=0)


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


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the house, served for real by `satupintu serve` on a free port."""
    home = tmp_path_factory.mktemp("home")
    port = free_port()
    environment = {**os.environ, "SATUPINTU_HOME": str(home), "PORT": str(port)}
    command = [sys.executable, "-m", "satupintu"]
    subprocess.run([*command, "migrate"], env=environment, check=True, capture_output=True)
    log = home / "server.log"
    with log.open("wb") as output:
        server = subprocess.Popen([*command, "serve"], env=environment, stdout=output, stderr=subprocess.STDOUT)
    try:
        wait_until_served(f"http://127.0.0.1:{port}", server, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


def free_port() -> int:
    """A port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until_served(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    """Return when `/healthz` answers; fail with the server's own words when it does not."""
    for _ in range(300):
        if server.poll() is not None:
            break
        try:
            urlopen(f"{address}/healthz", timeout=5).close()  # noqa: S310  (our own loopback address)
            return
        except (URLError, ConnectionError):
            time.sleep(0.1)
    pytest.fail(f"the server did not start:\n{log.read_text()}")


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
