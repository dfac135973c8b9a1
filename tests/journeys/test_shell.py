"""What the shell does in a real browser: voice, keyboard, share, busy, chip, print, worker."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.template.loader import render_to_string
from playwright.sync_api import Browser, BrowserContext, Page, expect

VOICES = """
  const spoken = window.spoken = [];
  let voices = %s;
  class Words { constructor(text) { this.text = text; } }
  window.SpeechSynthesisUtterance = Words;
  const changed = [];
  Object.defineProperty(window, "speechSynthesis", { value: {
    getVoices: () => voices,
    addEventListener: (name, run) => changed.push(run),
    speak: (words) => { spoken.push([words.text, words.lang, words.rate, words.voice && words.voice.name]);
                        window.finish = words.onend; },
    cancel: () => spoken.push("cancel"),
  } });
  window.bringVoices = (found) => { voices = found; changed.forEach((run) => run()); };
"""
INDONESIAN = '[{name: "net", lang: "id-ID", localService: false}, {name: "phone", lang: "id_ID", localService: true}]'


def test_home_is_read_aloud_sentence_by_sentence_in_an_indonesian_voice(screen: Page, site: str):
    screen.add_init_script(VOICES % INDONESIAN)
    screen.goto(site)
    button = screen.get_by_role("button", name="Dengarkan")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    assert screen.evaluate("spoken") == [["Urus izin jualan, gratis.", "id-ID", 0.9, "phone"]]
    screen.evaluate("finish()")
    screen.evaluate("finish()")
    sentences = [line[0] for line in screen.evaluate("spoken")]
    assert sentences[1:] == ["Jawab beberapa pertanyaan.", "Kami susun langkah untuk Bapak/Ibu."]
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    assert screen.evaluate("spoken.at(-1)") == "cancel"


def test_read_aloud_is_not_offered_without_a_voice_of_the_language(screen: Page, site: str):
    screen.add_init_script(VOICES % '[{name: "other", lang: "en-US", localService: true}]')
    screen.goto(site)
    expect(screen.get_by_role("button", name="Dengarkan")).to_have_count(0)
    screen.evaluate('bringVoices([{name: "late", lang: "id-ID", localService: true}])')
    expect(screen.get_by_role("button", name="Dengarkan")).to_be_visible()


def test_english_pages_ask_for_an_english_voice(screen: Page, site: str):
    screen.add_init_script(VOICES % '[{name: "other", lang: "en-US", localService: true}]')
    screen.goto(f"{site}/bahasa/en/?next=/")
    screen.get_by_role("button", name="Listen").click()
    assert screen.evaluate("spoken[0]") == ["Get your selling licence, free of charge.", "en-US", 0.9, "other"]


def test_keyboard_reaches_the_content_first_and_sees_where_it_is(screen: Page, site: str):
    screen.goto(site)
    screen.keyboard.press("Tab")
    skip = screen.locator(".skip")
    expect(skip).to_be_focused()
    assert screen.evaluate("document.activeElement.getBoundingClientRect().top >= 0")
    screen.keyboard.press("Enter")
    expect(screen.locator("main")).to_be_focused()
    screen.keyboard.press("Tab")
    style = screen.evaluate("(({outlineStyle, outlineWidth}) => [outlineStyle, outlineWidth])"
                            "(getComputedStyle(document.activeElement))")  # fmt: skip
    assert style == ["solid", "3px"]


def test_the_menu_at_the_bottom_never_hides_what_has_the_focus(screen: Page, site: str):
    screen.goto(f"{site}/gaya/")
    hidden = []
    for _ in range(60):
        screen.keyboard.press("Tab")
        hidden += screen.evaluate("""() => {
          const e = document.activeElement, bar = document.querySelector(".bottom-nav").getBoundingClientRect();
          const box = e.getBoundingClientRect();
          return e.closest(".bottom-nav") || box.top < bar.top ? [] : [e.outerHTML.slice(0, 80)];
        }""")
    assert hidden == []


def test_mistakes_are_told_first(screen: Page, site: str):
    screen.goto(f"{site}/gaya/")
    expect(screen.locator(".error-summary")).to_be_focused()
    screen.get_by_role("link", name="NIK harus 16 angka. Sekarang baru 15.").click()
    expect(screen.get_by_label("NIK")).to_be_focused()


def test_a_form_is_sent_once_however_often_it_is_pressed(screen: Page, site: str):
    screen.goto(f"{site}/gaya/")
    sent = screen.evaluate("""() => {
      const form = document.querySelector("form[data-draft]");
      const button = form.appendChild(Object.assign(document.createElement("button"), { textContent: "Kirim" }));
      const sent = [];
      form.addEventListener("submit", (event) => { sent.push(event.defaultPrevented); });
      addEventListener("submit", (event) => {
        sent[sent.length - 1] = event.defaultPrevented;
        event.preventDefault();
      });
      button.click(); button.click();
      return [sent, button.getAttribute("aria-busy"), button.disabled];
    }""")
    assert sent == [[False, True], "true", False]


def test_share_uses_the_sheet_of_the_phone_and_else_the_link(visitor: BrowserContext, site: str):
    page = visitor.new_page()
    page.add_init_script(
        "Object.defineProperty(navigator, 'share', {value: async (what) => { window.shared = what; }})"
    )
    page.goto(f"{site}/gaya/")
    page.locator("[data-share]").click()
    expected = {"title": "Gaya – SatuPintu", "text": "Langkah saya", "url": "https://contoh.test/"}
    assert page.evaluate("shared") == expected
    href = page.locator("[data-share]").get_attribute("href")
    assert href == "https://wa.me/?text=Langkah%20saya%20https%3A%2F%2Fcontoh.test%2F"


def test_the_chip_says_where_the_data_is(screen: Page, site: str):
    screen.goto(f"{site}/gaya/")
    chip = screen.locator("header .chip")
    screen.evaluate("document.dispatchEvent(new CustomEvent('sp:unsent', {detail: {state: 'waiting', count: 3}}))")
    expect(chip).to_have_text("3 menunggu")
    expect(chip).to_have_attribute("data-state", "waiting")
    expect(chip.locator(".waiting")).to_be_visible()
    expect(chip.locator(".offline")).to_be_hidden()


def test_a_dialog_asks_before_something_is_lost(screen: Page, site: str):
    screen.goto(f"{site}/gaya/")
    screen.locator("[data-dialog]").click()
    expect(screen.get_by_role("dialog")).to_be_visible()
    screen.get_by_role("button", name="Simpan berkas").click()
    expect(screen.get_by_role("dialog")).to_have_count(0)


def test_the_page_for_a_broken_server_has_no_access_violation(screen: Page, site: str):
    html = render_to_string("500.html")
    screen.route(f"{site}/rusak/", lambda route: route.fulfill(status=500, content_type="text/html", body=html))
    screen.goto(f"{site}/rusak/")
    expect(screen.get_by_role("heading", name="Layanan sedang terganggu")).to_be_visible()
    assert screen.evaluate("getComputedStyle(document.querySelector('.sign-board')).color") == "rgb(255, 255, 255)"
    assert [rule["id"] for rule in Axe().run(screen).response["violations"]] == []


def paper(pdf: bytes) -> set[tuple[int, int]]:
    """Sizes of the sheets of a PDF in whole millimetres."""
    boxes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", pdf)
    return {(round(float(w) * 25.4 / 72), round(float(h) * 25.4 / 72)) for w, h in boxes}


@pytest.mark.parametrize(("path", "size"), [("/gaya/lembar/", (148, 210)), ("/gaya/", (210, 297))])
def test_sheets_print_on_a5_and_pages_on_a4(screen: Page, site: str, path: str, size: tuple[int, int]):
    screen.goto(site + path)
    assert paper(screen.pdf(prefer_css_page_size=True)) == {size}


def test_print_leaves_the_frame_of_the_site_on_the_screen(screen: Page, site: str):
    screen.goto(f"{site}/gaya/lembar/")
    screen.emulate_media(media="print")
    for selector in (".page-end", ".actions", ".language", ".back", ".skip"):
        expect(screen.locator(selector).first).to_be_hidden()
    expect(screen.locator(".sheet")).to_be_visible()
    expect(screen.locator(".awning-cloth")).to_be_visible()


@pytest.fixture
def kept(browser: Browser, site: str):
    """A phone that opened the home page once and whose worker has kept everything."""
    context = browser.new_context(viewport={"width": 360, "height": 640}, locale="id-ID")
    page = context.new_page()
    page.goto(site)
    page.evaluate("navigator.serviceWorker.ready")
    page.wait_for_function(
        "navigator.serviceWorker.controller && navigator.serviceWorker.controller.state === 'activated'"
    )
    yield page
    context.close()


def test_home_opens_without_network_once_it_was_opened(kept: Page, site: str):
    kept.context.set_offline(True)
    kept.goto(site)
    expect(kept.get_by_role("heading", name="Urus izin jualan, gratis.")).to_be_visible()
    assert (
        kept.evaluate("getComputedStyle(document.querySelector('.sign-board')).backgroundColor") == "rgb(11, 79, 138)"
    )


def test_a_page_that_was_not_kept_is_replaced_by_an_honest_one(kept: Page, site: str):
    kept.context.set_offline(True)
    kept.goto(f"{site}/gaya/lembar/")
    expect(kept.get_by_role("heading", name="Tidak ada sinyal")).to_be_visible()
    kept.context.set_offline(False)
    kept.get_by_role("link", name="Coba lagi").click()
    expect(kept.get_by_role("heading", name="Langkah Pedagang 01")).to_be_visible()


def test_with_network_the_page_always_comes_from_the_server(kept: Page, site: str):
    kept.goto(f"{site}/bahasa/en/?next=/")
    expect(kept.get_by_role("heading", name="Get your selling licence, free of charge.")).to_be_visible()


def test_what_is_kept_follows_the_language_that_was_chosen(kept: Page, site: str):
    kept.goto(f"{site}/bahasa/en/?next=/")
    in_english = """async () => {
      const boxes = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
      const homes = await Promise.all(boxes.map((box) => box.match("/")));
      const texts = await Promise.all(homes.filter(Boolean).map((home) => home.text()));
      return texts.some((text) => text.includes('<html lang="en"'));
    }"""
    assert any(kept.evaluate(in_english) or kept.wait_for_timeout(100) for _ in range(100))
    kept.context.set_offline(True)
    kept.goto(site)
    expect(kept.get_by_role("heading", name="Get your selling licence, free of charge.")).to_be_visible()


def test_no_new_worker_takes_over_while_a_draft_is_open(kept: Page, site: str):
    kept.goto(f"{site}/gaya/")
    kept.get_by_label("Catatan").fill("belum selesai")
    held = "navigator.locks.query().then(({held}) => held.some((lock) => lock.name === 'draft'))"
    assert any(kept.evaluate(held) or kept.wait_for_timeout(100) for _ in range(100))
    beside = kept.context.new_page()
    beside.goto(f"{site}/healthz")
    beside.evaluate("""async () => {
      const registration = await navigator.serviceWorker.register("/sw.js?next");
      window.worker = registration.installing || registration.waiting;
      window.until = async (check) => {
        for (let round = 0; round < 200; round += 1) {
          if (await check()) return true;
          await new Promise((go) => setTimeout(go, 50));
        }
        return false;
      };
    }""")
    assert beside.evaluate("until(() => worker.state === 'installed')")
    beside.evaluate("worker.postMessage('take-over')")
    beside.wait_for_timeout(300)
    assert beside.evaluate("worker.state") == "installed"
    kept.close()
    assert beside.evaluate("until(async () => (await navigator.locks.query()).held.length === 0)")
    beside.evaluate("worker.postMessage('take-over')")
    assert beside.evaluate("until(() => worker.state === 'activated')")
