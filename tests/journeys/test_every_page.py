"""What holds for every page: access, reflow, targets, weight, no errors, works without script."""

import gzip
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from tests.journeys.pages import PAGES, Listed

every_page = pytest.mark.parametrize("listed", PAGES, ids=lambda listed: listed.path)
weighed_page = pytest.mark.parametrize(
    "listed", [page for page in PAGES if page.weighed], ids=lambda listed: listed.path
)

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


@every_page
def test_page_has_no_access_violation(screen: Page, site: str, listed: Listed):
    screen.goto(site + listed.path)
    found = []
    for width, height in ((360, 640), (1280, 800)):
        screen.set_viewport_size({"width": width, "height": height})
        broken = Axe().run(screen, options=AXE).response["violations"]
        found += [f"{width}: {rule['id']}: {node['html'][:120]}" for rule in broken for node in rule["nodes"]]
    assert found == []


TOO_WIDE = """() => {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  return [...document.querySelectorAll("body *")].filter((e) => !e.closest(".scroll, .visually-hidden")
    && e.getBoundingClientRect().right > root.clientWidth + 0.5)
    .map((e) => e.tagName + "." + (e.className.baseVal ?? e.className)).concat(["page " + root.scrollWidth]);
}"""


@every_page
@pytest.mark.parametrize("percent", [100, 150, 200])
def test_page_needs_no_sideways_scrolling(screen: Page, site: str, listed: Listed, percent: int):
    phone = screen.context.new_cdp_session(screen)
    sizes = {"standard": 16 * percent // 100, "fixed": 13 * percent // 100}
    phone.send("Page.setFontSizes", {"fontSizes": sizes})
    screen.goto(site + listed.path)
    root = float(screen.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)"))
    assert root == pytest.approx(sizes["standard"] * (1 if listed.desk else 1.125), abs=0.5)
    wide = {}
    for width in (360, 320):
        screen.set_viewport_size({"width": width, "height": 640})
        wide[width] = screen.evaluate(TOO_WIDE)
    assert wide == {360: [], 320: []}


@every_page
def test_everything_to_press_is_large_enough(screen: Page, site: str, listed: Listed):
    screen.goto(site + listed.path)
    assert screen.evaluate(SMALL_TARGETS, list(listed.target)) == []


@every_page
def test_page_runs_without_error_and_knows_all_its_icons(
    screen: Page, site: str, listed: Listed, complaints: list[str]
):
    response = screen.goto(site + listed.path)
    screen.wait_for_load_state("networkidle")
    assert response is not None
    told = f"the server responded with a status of {response.status} "  # a page that tells of a mistake says 4xx
    assert [text for text in complaints if told not in text] == []
    sprites = set(screen.evaluate("[...document.querySelectorAll('use')].map(u => u.getAttribute('href'))"))
    drawn = re.findall(r'<symbol id="([^"]+)"', screen.request.get(site + sorted(sprites)[0].split("#")[0]).text())
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


@every_page
def test_page_works_without_script(browser: Browser, site: str, listed: Listed):
    context = browser.new_context(viewport={"width": 360, "height": 640}, java_script_enabled=False)
    page = context.new_page()
    page.goto(site + listed.path)
    assert page.locator("h1:visible").count() == 1
    assert page.locator("#help:visible, .sheet:visible").count() >= 1
    assert page.locator(".speak:visible, [data-print]:visible").count() == 0
    context.close()


@every_page
def test_nothing_moves_for_those_who_asked_for_rest(visitor: BrowserContext, site: str, listed: Listed):
    page = visitor.new_page()
    page.emulate_media(reduced_motion="reduce")
    page.goto(site + listed.path)
    moving = page.evaluate("""() => [...document.querySelectorAll("*")].filter((e) => {
      const style = getComputedStyle(e);
      return [style.transitionDuration, style.animationDuration].some((t) => t.split(", ").some((s) => s !== "0s"));
    }).length""")
    assert moving == 0


@every_page
def test_buttons_and_choices_keep_their_edges_in_forced_colours(visitor: BrowserContext, site: str, listed: Listed):
    page = visitor.new_page()
    page.emulate_media(forced_colors="active")
    page.goto(site + listed.path)
    bare = page.evaluate("""() => [...document.querySelectorAll(".button, .speak, .tile, .choice label, .badge, .chip")]
      .filter((e) => e.checkVisibility() && parseFloat(getComputedStyle(e).borderTopWidth) < 2)
      .map((e) => e.className)""")
    assert bare == []
