"""What the browser tests share: every test here is a `browser` test and watches for errors of the page."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test in this folder as a journey in a real browser."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture
def complaints() -> list[str]:
    """Errors of scripts, of the content policy and of failed files that `watched` pages reported."""
    return []


@pytest.fixture
def visitor(browser: Browser, complaints: list[str]) -> Iterator[BrowserContext]:
    """A visitor on a small phone without a worker of earlier visits; its pages report to `complaints`."""
    context = browser.new_context(
        viewport={"width": 360, "height": 640}, locale="id-ID", service_workers="block", has_touch=True
    )
    context.on("page", lambda page: watch(page, complaints))
    yield context
    context.close()


def watch(page: Page, complaints: list[str]) -> None:
    """Note what the browser would write in red."""
    page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
    page.on("console", lambda message: message.type == "error" and complaints.append(f"console: {message.text}"))
    # What a page had not fetched yet when somebody went on to the next one is no fault.
    cut_off = "net::ERR_ABORTED"
    page.on("requestfailed", lambda r: r.failure != cut_off and complaints.append(f"request: {r.url} {r.failure}"))


@pytest.fixture
def screen(visitor: BrowserContext) -> Page:
    """A page of that visitor."""
    return visitor.new_page()
