"""The finder on a phone without a network: the same rules, the same answers, the same pages."""

import json
import random
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from satupintu.catalogue.queries import catalogue
from satupintu.catalogue.rules.facts import UnusableFact
from satupintu.catalogue.rules.finder import MOST_QUESTIONS
from satupintu.catalogue.rules.plan import BeforeTheCatalogue, Plan, make_plan
from tests.journeys.test_every_page import AXE, SMALL_TARGETS

SEED = 2411
Request = tuple[dict[str, str], date]

IN_THE_BROWSER = """async (requests) => {
  const { read, plan } = await import("/static/catalogue/rules.js");
  const data = read(await (await fetch("/cek-izin/tabel.json")).json());
  const term = (one) => one && [one.rupiah, one.text];
  return JSON.stringify(requests.map(([given, on]) => {
    let made;
    try { made = plan(data, given, on); } catch (error) { return error.name; }
    const { facts } = made;
    return {
      values: facts.values, assumed: facts.assumed, confidence: facts.confidence,
      scale_from: facts.scaleFrom, code: facts.code ? facts.code.title : null,
      papers: made.papers.map((one) => [one.code, one.need, one.outcome, one.basis, one.confidence, one.missing,
        one.file, one.lines, term(one.cost), term(one.time), term(one.validity)]),
      documents: made.documents.map((one) => [one.code, one.papers]),
      steps: made.steps.map((one) => [one.code, one.after]),
    };
  }));
}"""


def in_python(request: Request) -> Any:
    """What the server's rules say, in the shape of the browser's answer."""
    try:
        plan = make_plan(catalogue(), *request)
    except (UnusableFact, BeforeTheCatalogue):
        return "RangeError"
    return json.loads(json.dumps(_shape(plan)))


def _shape(plan: Plan) -> dict[str, Any]:
    def term(one: Any) -> Any:
        return one and [one.rupiah, one.text]

    facts = plan.facts
    return {
        "values": facts.values,
        "assumed": facts.assumed,
        "confidence": facts.confidence,
        "scale_from": facts.scale_from,
        "code": facts.code and facts.code.title,
        "papers": [
            (
                *(p.code, p.need, p.outcome, p.basis, p.confidence, p.missing, p.table_file, p.lines),
                *(term(p.cost), term(p.time), term(p.validity)),
            )
            for p in plan.papers
        ],
        "documents": [(bring.code, bring.papers) for bring in plan.documents],
        "steps": [(step.paper.code, step.after) for step in plan.steps],
    }


def worked_cases() -> list[Request]:
    """Every worked case of every paper and of whole plans."""
    known = catalogue()
    papers = [case for licence in known.licences.values() for case in licence.cases]
    return [(case.given, case.on) for case in (*papers, *known.plan_cases)]


def days() -> list[date]:
    """Every day a table begins and the day before, and the days of the cases."""
    begins = {version.valid_from for licence in catalogue().licences.values() for version in licence.versions}
    return sorted(begins | {date.fromordinal(day.toordinal() - 1) for day in begins} | {on for _, on in worked_cases()})


def random_requests(count: int) -> Iterator[Request]:
    """Given facts of every kind: both versions, known and unknown values, amounts, now and then nonsense."""
    known, dice, possible_days = catalogue(), random.Random(SEED), days()  # noqa: S311 - a test, not a secret
    codes = [*known.codes, ("2020", "99999"), ("2025", "99999"), ("2020", "1234")]
    amounts = ["0", "Rp 500.000.000", "500000001", "5_000_000_000", "25000000000", "unknown", "", "1,5", "-3"]
    for _ in range(count):
        given = {}
        if dice.random() < 0.85:
            given["kbli_version"], given["kbli"] = dice.choice(codes)
        for fact in known.facts.values():
            if dice.random() < (0.1 if fact.derived else 0.6):
                given[fact.name] = dice.choice([*fact.values, "unknown", ""])
        for name in ("capital", "sales"):
            if dice.random() < 0.4:
                given[name] = dice.choice(amounts) if dice.random() < 0.5 else str(dice.randrange(10**11))
        if dice.random() < 0.02:
            given[dice.choice(["place", "warna"])] = "biru"
        yield given, dice.choice(possible_days)


def differing(page: Page, site: str, requests: list[Request]) -> list[tuple[Request, Any, Any]]:
    """The requests for which browser and server differ, with both answers."""
    page.goto(f"{site}/gaya/")
    # As one text, because the browser's protocol hands over deep structures slowly.
    answers = json.loads(page.evaluate(IN_THE_BROWSER, [[given, on.isoformat()] for given, on in requests]))
    wanted = [in_python(request) for request in requests]
    assert any(answer != "RangeError" for answer in wanted)
    return [(*triple,) for triple in zip(requests, answers, wanted, strict=True) if triple[1] != triple[2]]


def test_every_worked_case_comes_out_the_same_in_the_browser(page: Page, site: str):
    assert len(worked_cases()) > 100
    assert differing(page, site, worked_cases())[:1] == []


def test_the_whole_plan_cases_come_out_the_same_on_every_day_a_rule_changed(page: Page, site: str):
    known = [case.given for case in catalogue().plan_cases]
    assert differing(page, site, [(given, on) for given in known for on in days()])[:1] == []


def test_thousands_of_seeded_vendors_come_out_the_same_in_the_browser(page: Page, site: str):
    assert differing(page, site, list(random_requests(3000)))[:1] == []


# --- the pages -----------------------------------------------------------------------------------------

CILOK = "jual=cilok&kbli=2020-56104&place=cart&fixed_spot=yes&zone=unknown&sales=unknown&extras=1"
BAJU = (
    "jual=baju+anak&kbli=2025-47711&place=market_stall&managed=no&zone=red&sales=1250000000&extras=1&loan=yes&brand=yes"
)
KERIPIK = "jual=keripik&kbli=2020-10794&place=home&product_form=chilled_frozen&sales=8500000000&extras=unknown"
UNSURE = "kbli=unknown&place=unknown&zone=unknown&product_form=unknown&sales=unknown&extras=1&non_halal=yes"

# What the server's pages have and the phone's cannot: sharing, laws, questions and codes as pages of their own.
SEEN = """() => {
  const main = document.querySelector("main").cloneNode(true);
  const extra = "template, noscript, [data-speak], [data-share], [data-online], [data-field], "
    + ".notice.no-print, .step-list details:not(:has(dl)) p, "
    + ".sheet-head svg, .sheet > p:last-child, p > a[href^='/kbli/']";
  main.querySelectorAll(extra).forEach((one) => one.remove());
  const links = [...main.querySelectorAll("a[href*='/cek-izin/'], a[href^='?']")].map((a) => new URL(a.href));
  const fields = [...main.querySelectorAll("input")].map((i) => [i.type, i.name, i.value, i.checked, i.id]);
  return {
    title: document.title,
    text: main.textContent.replace(/\\s+/g, ""),
    links: links.map((url) => url.pathname + url.search),
    fields,
  };
}"""


@pytest.fixture
def troubles() -> list[str]:
    """Errors of scripts and of the content policy on the pages of `keeper`."""
    return []


@pytest.fixture
def keeper(browser: Browser, troubles: list[str]) -> Iterator[BrowserContext]:
    """A small phone that may keep pages."""
    context = browser.new_context(viewport={"width": 360, "height": 640}, locale="id-ID", has_touch=True)
    context.on("weberror", lambda error: troubles.append(str(error.error)))
    context.on("console", lambda message: message.type == "error" and troubles.append(message.text))
    yield context
    context.close()


def opened_once(context: BrowserContext, site: str, path: str = "/cek-izin/") -> Page:
    """A page on which the finder was opened once, with everything kept."""
    page = context.new_page()
    page.goto(site + path)
    page.evaluate("""async () => {
      await navigator.serviceWorker.ready;
      while (!navigator.serviceWorker.controller) await new Promise((again) => setTimeout(again, 20));
    }""")
    return page


def seen(page: Page, address: str) -> dict[str, Any]:
    """What stands on a page, once the phone has filled it."""
    page.goto(address)
    page.evaluate("""async () => {
      const filled = () => !document.querySelector("#finder > noscript");
      while (!filled()) await new Promise((again) => setTimeout(again, 20));
    }""")
    return dict(page.evaluate(SEEN))


def papers_of(page: Page) -> set[tuple[str | None, str | None]]:
    """Code and need of every paper a result page shows."""
    expect(page.get_by_role("heading", level=1)).to_contain_text("surat sekarang")
    shown = page.locator("[data-paper]").all()
    return {(one.get_attribute("data-paper"), one.get_attribute("data-need")) for one in shown}


@pytest.mark.parametrize("language", ["id", "en"])
def test_finder_offline_says_the_same_as_the_servers_pages(
    keeper: BrowserContext, site: str, troubles: list[str], language: str
):
    paths = [
        "/cek-izin/",
        "/cek-izin/?tanya=jual",
        "/cek-izin/?jual=cilok+keliling",
        "/cek-izin/?jual=qwxz",
        "/cek-izin/?jual=pulsa&tanya=jual&pilih=1",
        "/cek-izin/?jual=cilok&kbli=2020-56104",
        "/cek-izin/?jual=cilok&kbli=2020-56104&tanya=place",
        f"/cek-izin/?{CILOK}&ubah=sales&on=2025-07-01",
        f"/cek-izin/?{CILOK}&ubah=extras&loan=yes",
        *(f"/cek-izin/hasil/?{given}" for given in (CILOK, f"{CILOK}&on=2024-06-01", BAJU, KERIPIK, UNSURE)),
        f"/cek-izin/hasil/?{CILOK}&on=2020-01-01",
        *(f"/cek-izin/surat/{code}/?{CILOK}" for code in catalogue().licences),
        *(f"/cek-izin/{page}/?{given}" for page in ("nib", "beda", "lembar") for given in (CILOK, KERIPIK, UNSURE)),
    ]
    keeper.add_cookies([{"name": "bahasa", "value": language, "url": site}])
    page = opened_once(keeper, site)
    server = [seen(page, site + path) for path in paths]
    troubles.clear()  # the server rightly answers some of these addresses with 400, which the browser notes
    keeper.set_offline(True)
    assert [seen(page, site + path) for path in paths] == server
    assert troubles == []


def test_a_cilok_vendor_gets_the_same_plan_without_signal_and_the_servers_page_again_with_it(
    keeper: BrowserContext, site: str, troubles: list[str]
):
    page = opened_once(keeper, site, "/")
    keeper.set_offline(True)
    page.goto(f"{site}/cek-izin/")
    expect(page.get_by_text("Tanpa sinyal.")).to_be_visible()
    page.get_by_role("searchbox").fill("clok kliling")
    page.get_by_role("button", name="Cari jenis jualan").click()
    page.locator("label", has_text="56104").click()
    for answer in ("Gerobak atau keliling", "Ya, mangkal", "Saya tidak tahu", "Sampai Rp500 juta"):
        page.get_by_role("button", name="Lanjut").click()
        page.locator("label", has_text=answer).click()
    page.get_by_role("button", name="Lanjut").click()
    expect(page.get_by_role("progressbar")).to_have_attribute("max", str(MOST_QUESTIONS))
    page.get_by_role("button", name="Lihat hasil").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("surat sekarang")
    assert "/cek-izin/hasil/?" in page.url
    offline = papers_of(page)
    assert ("nib", "now") in offline
    assert {code for code, _ in offline} == set(catalogue().licences)
    page.reload()
    expect(page.get_by_text("Tanpa sinyal.")).to_be_visible()
    assert papers_of(page) == offline
    assert troubles == []
    keeper.set_offline(False)
    page.reload()
    expect(page.locator("[data-share]")).to_be_visible()
    expect(page.get_by_text("Tanpa sinyal.")).to_have_count(0)
    assert papers_of(page) == offline


def test_a_shared_link_opens_without_signal_though_only_the_home_page_was_seen(
    keeper: BrowserContext, site: str, troubles: list[str]
):
    page = opened_once(keeper, site, "/")
    page.close()
    keeper.set_offline(True)
    page = keeper.new_page()
    page.goto(f"{site}/cek-izin/hasil/?{BAJU}&on=2026-11-24")
    expect(page.get_by_text("Tanpa sinyal.")).to_be_visible()
    on_server = make_plan(catalogue(), _baju(), date(2026, 11, 24))
    assert papers_of(page) == {(paper.code, paper.need) for paper in on_server.papers}
    page.get_by_role("link", name="NIB (").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("NIB")
    page.get_by_role("link", name="Semua surat").click()
    assert papers_of(page) == {(paper.code, paper.need) for paper in on_server.papers}
    assert troubles == []


def _baju() -> dict[str, str]:
    given = {"kbli": "47711", "kbli_version": "2025", "place": "market_stall", "managed": "no", "zone": "red"}
    ticks = dict.fromkeys(("sign", "holds_iumk", "holds_siup", "holds_tdp"), "no") | {"loan": "yes", "brand": "yes"}
    return {**given, "sales": "1250000000", **ticks}


def test_the_phones_pages_are_as_open_to_all_as_the_servers(keeper: BrowserContext, site: str):
    page = opened_once(keeper, site)
    paths = ["/cek-izin/", "/cek-izin/?jual=cilok", "/cek-izin/?jual=cilok&kbli=2020-56104&tanya=place"]
    paths += [f"/cek-izin/{page}/?{CILOK}" for page in ("hasil", "surat/tdu_pkl", "nib", "lembar", "beda")]
    small = [_small_targets(page, site + path) for path in paths]
    keeper.set_offline(True)
    for path, most in zip(paths, small, strict=True):
        assert _small_targets(page, site + path) <= most
        found = Axe().run(page, options=AXE).response["violations"]
        assert [f"{path} {v['id']}: {node['html'][:120]}" for v in found for node in v["nodes"]] == []
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def _small_targets(page: Page, address: str) -> int:
    seen(page, address)
    return len(page.evaluate(SMALL_TARGETS, [44, 48]))


def test_the_phones_page_can_be_read_aloud_and_printed(keeper: BrowserContext, site: str):
    page = opened_once(keeper, site)
    keeper.set_offline(True)
    page.add_init_script(
        "window.printed = 0; window.print = () => { window.printed += 1; };"
        "Object.defineProperty(window, 'speechSynthesis', { value: { addEventListener() {}, cancel() {},"
        " getVoices: () => [{ lang: 'id-ID', localService: true }], speak: (w) => { window.first = w.text; } } });"
        "window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };"
    )
    seen(page, f"{site}/cek-izin/?jual=cilok&kbli=2020-56104")
    page.get_by_role("button", name="Dengarkan").click()
    assert page.evaluate("first") == "Bapak/Ibu berjualan di mana?"
    seen(page, f"{site}/cek-izin/lembar/?{CILOK}")
    page.get_by_role("button", name="Cetak lembar ini").click()
    assert page.evaluate("printed") == 1
    assert page.evaluate("document.body.className") == "paper-a5"


def test_tables_of_another_version_are_never_used(screen: Page, site: str):
    def other_version(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, json={**answer.json(), "version": "other"})

    screen.route("**/cek-izin/tabel.json*", other_version)
    screen.goto(f"{site}/cek-izin/luring/")
    expect(screen.get_by_role("heading", level=1)).to_have_text("Tidak ada sinyal")
    screen.evaluate("""async () => {
      const box = await caches.open("satupintu-old");
      await box.put("/cek-izin/tabel.json", new Response('{"version": "old"}'));
    }""")
    screen.unroute("**/cek-izin/tabel.json*")
    screen.goto(f"{site}/cek-izin/luring/")
    expect(screen.get_by_role("heading", level=1)).to_have_text("Bapak/Ibu jual apa?")


def test_an_address_that_needs_the_server_says_so(keeper: BrowserContext, site: str, troubles: list[str]):
    page = opened_once(keeper, site)
    keeper.set_offline(True)
    for path in ("/cek-izin/contoh/", "/tanya/"):
        page.goto(site + path)
        expect(page.get_by_role("heading", level=1)).to_have_text("Tidak ada sinyal")
    assert troubles == []


def test_words_of_a_stranger_never_become_markup(keeper: BrowserContext, site: str):
    page = opened_once(keeper, site)
    keeper.set_offline(True)
    typed = "<img src=x onerror=alert(1)>{name}"
    page.goto(f"{site}/cek-izin/?jual=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E%7Bname%7D")
    expect(page.locator("form p").first).to_contain_text(f"“{typed}”")
    assert page.locator("main img").count() == 0


def test_the_first_view_asks_for_nothing_of_the_offline_page(screen: Page, site: str):
    asked: list[str] = []
    screen.on("request", lambda request: asked.append(request.url))
    screen.goto(f"{site}/cek-izin/")
    screen.wait_for_load_state("networkidle")
    assert [url for url in asked if "tabel.json" in url or "/catalogue/" in url] == []
    assert len(asked) > 2
