"""What holds for every page: access, reflow, targets, weight, no errors, works without script."""

import gzip
import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize

from tests.journeys.conftest import watch
from tests.journeys.pages import PAGES, Listed

SMALL: ViewportSize = {"width": 360, "height": 640}
LARGE: ViewportSize = {"width": 1280, "height": 800}

weighed_page = pytest.mark.parametrize(
    "listed", [page for page in PAGES if page.weighed], ids=lambda listed: listed.path
)


class Visit(NamedTuple):
    """A page that stands open on a small phone, what it complained of, and the status it came with."""

    listed: Listed
    page: Page
    complaints: list[str]
    status: int


@pytest.fixture(scope="module", params=PAGES, ids=lambda listed: listed.path)
def visit(request: pytest.FixtureRequest, browser: Browser, site: str) -> Iterator[Visit]:
    """One visit for all that is asked of a page as it stands."""
    context = browser.new_context(viewport=SMALL, locale="id-ID", service_workers="block", has_touch=True)
    page = context.new_page()
    complaints: list[str] = []
    watch(page, complaints)
    response = page.goto(site + request.param.path)
    page.wait_for_load_state("networkidle")
    assert response is not None
    yield Visit(request.param, page, complaints, response.status)
    context.close()


AXE = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}

# Things to press that are seen and smaller than they should be. A link inside a running sentence may be
# as high as its line; a task list's link is as large as its row; a choice is as large as its label.
SMALL_TARGETS = """([least, leastButton]) => {
  const seen = (e) => e.checkVisibility({ checkVisibilityCSS: true }) && !e.closest(".visually-hidden");
  const area = (e) => {
    if (e.matches(".task-list a")) return e.closest("li");
    if (e.matches(".choice input")) return e.parentElement.querySelector("label");
    return e;
  };
  const inText = (e) => e.matches("a") && getComputedStyle(e).display === "inline" && !e.matches(".task-list a")
    && [...e.parentElement.childNodes].some((n) => n !== e && n.textContent.trim() && n.nodeType === 3);
  return [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
    .filter((e) => seen(e) && !inText(e) && !e.matches(".skip"))
    .map((e) => {
      const box = area(e).getBoundingClientRect();
      const need = e.matches(".button, .speak, .choice input") ? leastButton : least;
      return box.height + 0.5 < need || box.width + 0.5 < need
        ? `${e.outerHTML.slice(0, 90)} ${Math.round(box.width)}x${Math.round(box.height)}` : "";
    }).filter(Boolean);
}"""


def test_page_has_no_access_violation(visit: Visit):
    found = []
    for size in (LARGE, SMALL):
        visit.page.set_viewport_size(size)
        broken = Axe().run(visit.page, options=AXE).response["violations"]
        found += [f"{size['width']}: {rule['id']}: {node['html'][:120]}" for rule in broken for node in rule["nodes"]]
    assert found == []


TOO_WIDE = """() => {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  return [...document.querySelectorAll("body *")].filter((e) => !e.closest(".scroll, .visually-hidden")
    && e.getBoundingClientRect().right > root.clientWidth + 0.5)
    .map((e) => e.tagName + "." + (e.className.baseVal ?? e.className)).concat(["page " + root.scrollWidth]);
}"""


def test_page_needs_no_sideways_scrolling(visit: Visit):
    wire = visit.page.context.new_cdp_session(visit.page)
    wide = {}
    for percent in (150, 200, 100):
        standard = 16 * percent // 100
        wire.send("Page.setFontSizes", {"fontSizes": {"standard": standard, "fixed": 13 * percent // 100}})
        root = float(visit.page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)"))
        assert root == pytest.approx(standard * (1 if visit.listed.desk else 1.125), abs=0.5)
        for width in (320, 360):
            visit.page.set_viewport_size({"width": width, "height": 640})
            wide[percent, width] = visit.page.evaluate(TOO_WIDE)
    assert wide == {(percent, width): [] for percent in (150, 200, 100) for width in (320, 360)}


def test_everything_to_press_is_large_enough(visit: Visit):
    assert visit.page.evaluate(SMALL_TARGETS, list(visit.listed.target)) == []


def test_page_runs_without_error_and_knows_all_its_icons(visit: Visit, site: str):
    told = f"the server responded with a status of {visit.status} "  # a page that tells of a mistake says 4xx
    assert [text for text in visit.complaints if told not in text] == []
    sprites = set(visit.page.evaluate("[...document.querySelectorAll('use')].map(u => u.getAttribute('href'))"))
    drawn = re.findall(r'<symbol id="([^"]+)"', visit.page.request.get(site + sorted(sprites)[0].split("#")[0]).text())
    assert {href.split("#")[1] for href in sprites} - set(drawn) == set()


@weighed_page
def test_first_view_keeps_to_its_weight(screen: Page, site: str, listed: Listed):
    wire = screen.context.new_cdp_session(screen)
    wire.send("Network.enable")
    wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
    kinds: dict[str, str] = {}
    sizes: dict[str, float] = {}
    wire.on("Network.responseReceived", lambda event: kinds.update({event["requestId"]: event["type"]}))
    wire.on("Network.loadingFinished", lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}))
    response = screen.goto(site + listed.path)
    screen.wait_for_load_state("networkidle")
    assert response is not None
    assert len(gzip.compress(response.body(), 6)) <= listed.budget["html"]
    assert sum(size for request, size in sizes.items() if kinds[request] == "Script") <= listed.budget["scripts"]
    assert sum(sizes.values()) <= listed.budget["all"]
    assert len(sizes) <= listed.budget["requests"]


@pytest.mark.parametrize("listed", PAGES, ids=lambda listed: listed.path)
def test_page_works_without_script(browser: Browser, site: str, listed: Listed):
    context = browser.new_context(viewport=SMALL, java_script_enabled=False)
    page = context.new_page()
    page.goto(site + listed.path)
    assert page.locator("h1:visible").count() == 1
    assert page.locator("#help:visible, .sheet:visible").count() >= 1
    assert page.locator(".speak:visible, [data-print]:visible").count() == 0
    context.close()


def test_nothing_moves_for_those_who_asked_for_rest(visit: Visit):
    visit.page.emulate_media(reduced_motion="reduce")
    moving = visit.page.evaluate("""() => [...document.querySelectorAll("*")].filter((e) => {
      const style = getComputedStyle(e);
      return [style.transitionDuration, style.animationDuration].some((t) => t.split(", ").some((s) => s !== "0s"));
    }).length""")
    assert moving == 0


def test_buttons_and_choices_keep_their_edges_in_forced_colours(visit: Visit):
    visit.page.emulate_media(forced_colors="active")
    bare = visit.page.evaluate("""() =>
      [...document.querySelectorAll(".button, .speak, .tile, .choice label, .badge, .chip")]
      .filter((e) => e.checkVisibility() && parseFloat(getComputedStyle(e).borderTopWidth) < 2)
      .map((e) => e.className)""")
    assert bare == []
