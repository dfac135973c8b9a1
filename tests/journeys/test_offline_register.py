"""A vendor is registered at a market without a signal: kept on the phone, sent once, lost never."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, Route, expect

from satupintu.registry.tests.factories import CILOK
from tests.journeys.test_people import look_at
from tests.journeys.test_signing_in import House, enter_as, house

__all__ = ["house"]  # the fixture of signing in serves these journeys too
SEND = "**/api/v1/sync/records"
SAVED, SENT = "Tersimpan di HP ini. Belum terkirim.", "Terkirim. Pedagang sudah terdaftar."
KEPT = """async () => {
  await navigator.serviceWorker.ready;
  for (let tries = 0; tries < 100; tries += 1) {
    const names = await caches.keys();
    for (const name of names) if (await (await caches.open(name)).match("/dampingi/daftar/luring/")) return true;
    await new Promise((next) => setTimeout(next, 100));
  }
  return false;
}"""


@pytest.fixture
def field_phone(browser: Browser, house: House) -> Iterator[BrowserContext]:
    """A phone that was made a field device and has opened the page once."""
    context = browser.new_context(viewport={"width": 360, "height": 640}, locale="id-ID", has_touch=True)
    page = context.new_page()
    page.goto(f"{house.address}/masuk/petugas/?next=/hp-lapangan/")
    enter_as(page, house, "pendamping-01")
    page.get_by_label("Nama HP").fill("HP uji")
    page.get_by_role("button", name="Siapkan HP ini").click()
    expect(page.get_by_text("(HP ini)").filter(visible=True)).to_be_visible()
    page.goto(f"{house.address}/dampingi/daftar/")
    assert page.evaluate(KEPT)
    page.close()
    yield context
    context.close()


def capture(page: Page, house: House, name: str) -> None:
    """Open the page, fill it in and press once."""
    page.goto(f"{house.address}/dampingi/daftar/")
    fill_in(page, name)


def fill_in(page: Page, name: str) -> None:
    """Fill the open page in and press once."""
    page.get_by_label("Ya, boleh").check()
    page.get_by_label("Ditanyakan di mana").fill("Pasar Kaget")
    page.get_by_label("Nama", exact=True).fill(name)
    page.get_by_label("Kelurahan").select_option("32.75.11.1004")
    page.get_by_label("Jualan apa").fill("cilok")
    page.get_by_role("button", name="Simpan pedagang").click()


def registered(house: House, name: str) -> int:
    """How many people of this name the registry holds."""
    return int(house.deployment.sql(f"SELECT count(*) FROM registry_person WHERE display_name = '{name}'")[0][0])


def unsent(page: Page) -> list[str]:
    """The states of what is still on the phone, as its own module tells them."""
    return page.evaluate(
        """async () => {
          const script = [...document.scripts].map((s) => s.src).find((src) => /register|queue/.test(src));
          const source = await (await fetch(script)).text();
          const path = source.match(/["']([^"']*outbox[^"']*)["']/)[1];
          const { entries, isUnsent } = await import(new URL(path, script).href);
          return (await entries()).filter(isUnsent).map((one) => one.state);
        }"""
    )


def test_register_offline_keeps_sends_and_tells_and_forgets_nobody(field_phone: BrowserContext, house: House) -> None:
    field_phone.set_offline(True)
    page = field_phone.new_page()
    capture(page, house, "Pedagang Luring 1")
    expect(page.get_by_text(SAVED)).to_be_visible()
    expect(page.locator("[data-unsent]")).to_have_text("1 di HP")
    look_at(page)
    capture(page, house, "Pedagang Luring 2")
    expect(page.locator("[data-unsent]")).to_have_text("2 di HP")
    page.goto(f"{house.address}/antrean/")
    expect(page.get_by_role("button", name="Kirim (2)")).to_be_visible()
    expect(page.get_by_text("Pedagang Luring 1")).to_be_visible()
    look_at(page)
    assert registered(house, "Pedagang Luring 1") == 0
    field_phone.set_offline(False)
    expect(page.get_by_text("Semua terkirim. HP aman dikembalikan.")).to_be_visible()
    assert [registered(house, f"Pedagang Luring {n}") for n in (1, 2)] == [1, 1]
    assert unsent(page) == []


def test_the_finders_answers_go_along_without_a_signal(field_phone: BrowserContext, house: House) -> None:
    field_phone.set_offline(True)
    page = field_phone.new_page()
    page.goto(f"{house.address}/cek-izin/hasil/?{urlencode(CILOK)}")
    page.get_by_role("link", name="Daftarkan pedagang di pasar").click()
    expect(page.get_by_text("Jawaban Cek izin ikut disimpan.")).to_be_visible()
    fill_in(page, "Pedagang Jawaban")
    expect(page.get_by_text(SAVED)).to_be_visible()
    field_phone.set_offline(False)
    expect(page.get_by_text(SENT)).to_be_visible()
    plans = house.deployment.sql(
        "SELECT count(*) FROM registry_keptplan JOIN registry_business ON registry_business.id = business_id "
        "JOIN registry_person ON registry_person.id = person_id WHERE display_name = 'Pedagang Jawaban'"
    )
    assert plans == [(1,)]


def test_what_is_unsent_is_sealed_on_the_phone(field_phone: BrowserContext, house: House) -> None:
    field_phone.set_offline(True)
    page = field_phone.new_page()
    capture(page, house, "Pedagang Rahasia")
    expect(page.get_by_text(SAVED)).to_be_visible()
    stored = page.evaluate(
        """() => new Promise((resolve) => {
          const asked = indexedDB.open("satupintu-outbox");
          asked.onsuccess = () => {
            const stores = asked.result.transaction(["entries", "devices"]);
            const entries = stores.objectStore("entries").getAll();
            const devices = stores.objectStore("devices").getAll();
            stores.oncomplete = () => resolve({
              texts: entries.result.map((one) => new TextDecoder("latin1").decode(one.sealed) + JSON.stringify(one)),
              keys: devices.result.map((one) => one.key.extractable),
            });
          };
        })"""
    )
    assert len(stored["texts"]) == 1
    assert "Rahasia" not in stored["texts"][0]
    assert stored["keys"] == [False]


def cut_after(route: Route) -> None:
    """The server has it all; its answer never comes."""
    route.fetch()
    route.abort("connectionreset")


def half_of(route: Route) -> None:
    """The server has it all; its answer is cut off."""
    answer = route.fetch()
    route.fulfill(status=200, content_type="application/json", body=answer.text()[:40])


FAULTS: dict[str, Callable[[Route], None]] = {
    "killed-before-the-answer": cut_after,
    "answer-cut-off": half_of,
    "401": lambda route: route.fulfill(status=401, body=json.dumps({"detail": "Siapkan HP ini lagi"})),
    "403": lambda route: route.fulfill(status=403, body=json.dumps({"detail": "Tidak boleh"})),
    "500": lambda route: route.fulfill(status=500, body="rusak"),
    "302-to-a-sign-in": lambda route: route.fulfill(status=302, headers={"Location": "/masuk/petugas/"}),
    "200-with-a-page": lambda route: route.fulfill(status=200, content_type="text/html", body="<h1>Masuk</h1>"),
    "200-for-another": lambda route: route.fulfill(
        status=200, body=json.dumps({"results": [{"uuid": "x", "hash": "y", "state": "done", "detail": ""}]})
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_no_fault_of_network_or_server_loses_or_doubles_an_entry(
    field_phone: BrowserContext, house: House, fault: str
) -> None:
    name = f"Pedagang {fault}"
    page = field_phone.new_page()
    asked: list[int] = []

    def wrong(route: Route) -> None:
        with suppress(Error):  # a page that was left takes its requests along
            FAULTS[fault](route)
        asked.append(1)

    field_phone.route(SEND, wrong)
    capture(page, house, name)
    expect(page.get_by_text(SAVED)).to_be_visible()
    while not asked:
        page.wait_for_timeout(50)
    page.goto(f"{house.address}/antrean/")
    expect(page.get_by_role("button", name="Kirim (1)")).to_be_visible()
    assert unsent(page) == ["waiting"]
    if fault in ("401", "403"):
        expect(page.locator("[data-put=detail]")).to_contain_text(
            "Siapkan HP ini lagi" if fault == "401" else "Tidak boleh"
        )
    field_phone.unroute_all(behavior="ignoreErrors")
    with suppress(Error):  # it may be gone by itself already, and the button with it
        page.get_by_role("button", name="Kirim (1)").dispatch_event("click", timeout=2_000)
    expect(page.get_by_text("Semua terkirim. HP aman dikembalikan.")).to_be_visible()
    assert registered(house, name) == 1


def test_two_tabs_that_send_at_once_register_everybody_once(field_phone: BrowserContext, house: House) -> None:
    field_phone.set_offline(True)
    first, second = field_phone.new_page(), field_phone.new_page()
    names = [f"Pedagang Dua Tab {n}" for n in range(4)]
    for n, name in enumerate(names):
        capture((first, second)[n % 2], house, name)
        expect((first, second)[n % 2].get_by_text(SAVED)).to_be_visible()
    for page in (first, second):
        page.goto(f"{house.address}/antrean/")
        expect(page.get_by_role("button", name="Kirim (4)")).to_be_visible()
        page.evaluate("delete Navigator.prototype.locks")  # as browsers without locks: both really send
    field_phone.set_offline(False)
    for page in (first, second):
        page.evaluate("dispatchEvent(new Event('online'))")
    for page in (first, second):
        page.reload()
        expect(page.get_by_text("Semua terkirim. HP aman dikembalikan.")).to_be_visible()
    assert [registered(house, name) for name in names] == [1] * 4


def test_what_the_office_must_look_at_is_told_on_the_phone(field_phone: BrowserContext, house: House) -> None:
    page = field_phone.new_page()
    page.goto(f"{house.address}/dampingi/daftar/")
    page.get_by_label("Tidak", exact=True).check()
    page.get_by_label("Nama", exact=True).fill("Pedagang NIK")
    page.get_by_label("NIK", exact=True).fill("3275119999999999")
    page.get_by_label("Kelurahan").select_option("32.75.11.1004")
    page.get_by_role("button", name="Simpan pedagang").click()
    expect(page.get_by_text("Terkirim. Kantor memeriksa dulu.")).to_be_visible()
    page.goto(f"{house.address}/antrean/")
    expect(page.get_by_text("Diperiksa kantor")).to_be_visible()
    expect(page.get_by_text("Tanggal lahir di NIK ini tidak mungkin.")).to_be_visible()
    assert registered(house, "Pedagang NIK") == 0


def test_a_full_phone_keeps_the_form_and_says_it_is_not_saved(field_phone: BrowserContext, house: House) -> None:
    field_phone.add_init_script(
        """IDBObjectStore.prototype.add = function () { throw new DOMException("full", "QuotaExceededError"); };"""
    )
    page = field_phone.new_page()
    capture(page, house, "Pedagang Penuh")
    expect(page.get_by_text("Belum tersimpan.")).to_be_visible()
    expect(page.get_by_label("Nama", exact=True)).to_have_value("Pedagang Penuh")
    assert registered(house, "Pedagang Penuh") == 0


def test_problems_are_told_before_anything_is_kept(field_phone: BrowserContext, house: House) -> None:
    field_phone.set_offline(True)
    page = field_phone.new_page()
    page.goto(f"{house.address}/dampingi/daftar/")
    page.get_by_label("NIK", exact=True).fill("123")
    page.get_by_role("button", name="Simpan pedagang").click()
    told = page.locator("[data-problems] li")
    expect(told).to_have_text(
        [
            "Pilih jawabannya: ya atau tidak.",
            "Tulis nama seperti di KTP.",
            "Pilih kelurahan.",
            "NIK harus 16 angka. Periksa KTP lalu isi lagi.",
        ]
    )
    look_at(page)
    assert unsent(page) == []


def test_signing_out_says_what_is_unsent_and_the_second_press_goes_through(
    field_phone: BrowserContext, house: House
) -> None:
    field_phone.route(SEND, lambda route: route.abort())
    page = field_phone.new_page()
    capture(page, house, "Pedagang Keluar")
    expect(page.get_by_text(SAVED)).to_be_visible()
    page.set_viewport_size({"width": 1280, "height": 800})
    page.locator("header").get_by_role("button", name="Keluar").click()
    expect(page.get_by_text("catatan belum terkirim.")).to_be_visible()
    page.locator("header").get_by_role("button", name="Keluar").click()
    page.wait_for_url(f"{house.address}/")
    field_phone.unroute(SEND)
    page.goto(f"{house.address}/antrean/")
    expect(page.get_by_text("Semua terkirim. HP aman dikembalikan.")).to_be_visible()
    assert registered(house, "Pedagang Keluar") == 1
    page.goto(f"{house.address}/dampingi/daftar/luring/")
    expect(page.get_by_text("HP ini belum disiapkan.")).to_be_visible()


def test_an_entry_is_deleted_only_after_asking_and_carried_in_a_sealed_file(
    field_phone: BrowserContext, house: House, tmp_path: Path
) -> None:
    field_phone.set_offline(True)
    page = field_phone.new_page()
    capture(page, house, "Pedagang Bawa")
    expect(page.get_by_text(SAVED)).to_be_visible()
    page.goto(f"{house.address}/antrean/")
    page.locator("summary", has_text="Bawa catatan").click()
    page.locator("[data-part=carry]").get_by_label("Kata sandi berkas").fill("gerobak hijau")
    with page.expect_download() as loading:
        page.get_by_role("button", name="Simpan ke berkas").click()
    file = tmp_path / "antrean.json"
    loading.value.save_as(file)
    assert "Bawa" not in file.read_text()
    page.get_by_role("button", name="Hapus", exact=True).click()
    page.get_by_role("button", name="Simpan catatan").click()
    expect(page.get_by_role("button", name="Kirim (1)")).to_be_visible()
    page.get_by_role("button", name="Hapus", exact=True).click()
    look_at(page)
    page.get_by_role("button", name="Hapus catatan").click()
    expect(page.get_by_text("Belum ada catatan di HP ini.")).to_be_visible()
    take = page.locator("[data-part=take]")
    take.get_by_label("Berkas antrean").set_input_files(file)
    take.get_by_label("Kata sandi berkas").fill("salah sekali")
    take.get_by_role("button", name="Ambil dari berkas").click()
    expect(take.get_by_text("Berkas tidak terbuka.")).to_be_visible()
    take.get_by_label("Kata sandi berkas").fill("gerobak hijau")
    take.get_by_role("button", name="Ambil dari berkas").click()
    expect(page.get_by_role("button", name="Kirim (1)")).to_be_visible()
    field_phone.set_offline(False)
    expect(page.get_by_text("Semua terkirim. HP aman dikembalikan.")).to_be_visible()
    assert registered(house, "Pedagang Bawa") == 1


def test_an_entry_that_cannot_be_read_any_more_holds_up_no_other(field_phone: BrowserContext, house: House) -> None:
    field_phone.set_offline(True)
    page = field_phone.new_page()
    capture(page, house, "Pedagang Rusak")
    expect(page.get_by_text(SAVED)).to_be_visible()
    page.evaluate(
        """() => new Promise((resolve) => {
          const asked = indexedDB.open("satupintu-outbox");
          asked.onsuccess = () => {
            const store = asked.result.transaction("entries", "readwrite").objectStore("entries");
            store.getAll().onsuccess = (event) => {
              store.put({ ...event.target.result[0], sealed: new ArrayBuffer(20) }).onsuccess = resolve;
            };
          };
        })"""
    )
    capture(page, house, "Pedagang Utuh")
    expect(page.locator("[data-unsent]")).to_have_text("2 di HP")
    field_phone.set_offline(False)
    page.goto(f"{house.address}/antrean/")
    expect(page.locator("[data-unsent]")).to_have_text("1 gagal")
    for _ in range(100):  # the other may be still on its way
        if registered(house, "Pedagang Utuh"):
            break
        page.wait_for_timeout(100)
    assert [registered(house, name) for name in ("Pedagang Rusak", "Pedagang Utuh")] == [0, 1]


def test_old_entries_are_warned_of(field_phone: BrowserContext, house: House) -> None:
    field_phone.set_offline(True)
    page = field_phone.new_page()
    page.clock.install(time="2026-11-20T08:00:00+07:00")
    capture(page, house, "Pedagang Lama")
    expect(page.get_by_text(SAVED)).to_be_visible()
    page.clock.set_system_time("2026-11-21T09:00:00+07:00")
    page.goto(f"{house.address}/antrean/")
    expect(page.get_by_text("Ada catatan lebih dari 24 jam.")).to_be_visible()


@pytest.mark.parametrize("script", [False, True])
def test_register_is_an_ordinary_form_without_script_and_on_a_phone_that_was_not_prepared(
    browser: Browser, house: House, script: bool
) -> None:
    name = f"Pedagang Biasa {script}"
    context = browser.new_context(viewport={"width": 360, "height": 640}, java_script_enabled=script)
    page = context.new_page()
    page.goto(f"{house.address}/masuk/petugas/?next=/dampingi/daftar/")
    enter_as(page, house, "pendamping-01")
    page.get_by_role("button", name="Simpan pedagang").click()
    expect(page.locator(".error-summary:visible")).to_contain_text("Tulis nama seperti di KTP.")
    capture(page, house, name)
    expect(page.get_by_role("heading", name=name)).to_be_visible()
    assert registered(house, name) == 1
    context.close()
