"""A team captures files at a market without a signal, photos and all; with a signal they stand in the office, once."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from playwright.sync_api import Browser, Error, Page, Route, expect

from satupintu.registry.tests.factories import photo
from tests.journeys.test_people import look_at
from tests.journeys.test_signing_in import House, enter_as, house

__all__ = ["house"]  # the fixture of signing in serves this journey too
MARKET = "pasar-kaget-pagi-elang-raya"
SEND = "**/api/v1/sync/records"
KEPT = """async () => {
  await navigator.serviceWorker.ready;
  for (let tries = 0; tries < 100; tries += 1) {
    for (const name of await caches.keys()) if (await (await caches.open(name)).match("/dampingi/berkas/")) return true;
    await new Promise((next) => setTimeout(next, 100));
  }
  return false;
}"""


def cut_after(route: Route) -> None:
    """The server has it all; its answer never comes."""
    with suppress(Error):  # the page may have given up on it
        route.fetch()
        route.abort("connectionreset")


def prepare(page: Page, house: House) -> None:
    """Make the phone a field device that holds the page."""
    page.goto(f"{house.address}/masuk/petugas/?next=/hp-lapangan/")
    enter_as(page, house, "pendamping-01")
    page.get_by_label("Nama HP").fill("HP berkas")
    page.get_by_role("button", name="Siapkan HP ini").click()
    expect(page.get_by_text("(HP ini)").filter(visible=True)).to_be_visible()
    page.goto(f"{house.address}/dampingi/berkas/")
    assert page.evaluate(KEPT)


def where_we_are(page: Page) -> None:
    """What stays the same for the whole morning."""
    page.get_by_label("Pasar", exact=True).select_option(MARKET)
    page.get_by_label("Tempatnya").fill("Pasar kaget")
    page.get_by_label("Kelurahan").select_option("32.75.11.1004")
    paper = page.locator("[data-paper]:visible")
    for day in ("Sabtu", "Minggu"):
        paper.get_by_label(day).check()
    paper.get_by_label("Jam mulai").fill("06:00")
    paper.get_by_label("Jam selesai").fill("10:00")


def capture(page: Page, name: str, stall: str, picture: Path) -> None:
    """One vendor: consent, who, the questions of the paper, two photos."""
    page.get_by_label("Ya, boleh").check()
    page.get_by_label("Nama", exact=True).fill(name)
    page.get_by_label("Jualan apa").fill("Cilok")
    page.get_by_label("Nomor lapak").fill(stall)
    paper = page.locator("[data-paper]:visible")
    paper.get_by_label("Gerobak").check()
    paper.get_by_label("Alamat rumah").fill("Jalan Uji 1")
    paper.get_by_label("Alamat tempat jualan").fill("Jl. Elang Raya")
    paper.get_by_role("button", name="Ambil titik dari HP").click()
    expect(paper.get_by_label("Lintang")).to_have_value("-6,263100")
    paper.get_by_label("Panjang lapak").fill("2")
    paper.get_by_label("Lebar lapak").fill("1,5")
    paper.get_by_label("Nama paguyuban").fill("Paguyuban Uji")
    paper.get_by_label("Mulai berjualan").fill("2024-01-15")
    for slot in ("KTP elektronik", "Foto lapak"):
        paper.get_by_label(slot, exact=True).set_input_files(picture)
    for slot in ("sku", "paguyuban"):
        paper.locator(f"[name=original][value={slot}]").check()
    expect(paper.get_by_text("Foto siap")).to_have_count(2)
    page.get_by_role("button", name="Simpan berkas").click()


def test_three_files_captured_without_a_signal_stand_submitted_once(
    browser: Browser, house: House, tmp_path: Path
) -> None:
    picture = tmp_path / "foto.jpg"
    picture.write_bytes(photo(size=(2400, 1800)))
    context = browser.new_context(
        viewport={"width": 360, "height": 640},
        locale="id-ID",
        has_touch=True,
        permissions=["geolocation"],
        geolocation={"latitude": -6.2631, "longitude": 107.0274, "accuracy": 8},
    )
    page = context.new_page()
    prepare(page, house)
    context.set_offline(True)
    page.goto(f"{house.address}/dampingi/berkas/")
    page.get_by_role("button", name="Simpan berkas").click()
    expect(page.locator("[data-problems] li")).to_have_count(5)
    where_we_are(page)
    for number in (1, 2, 3):
        capture(page, f"Pedagang Berkas {number}", f"B0{number}", picture)
        expect(page.get_by_text("Tersimpan di HP ini. Belum terkirim.")).to_be_visible()
        expect(page.get_by_text(f"Berkas dari HP ini: {number}.")).to_be_visible()
        expect(page.locator("[data-missing]")).to_be_hidden()
    look_at(page)
    context.route(SEND, cut_after)
    context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    stands = "SELECT state, batch, count(*) FROM licensing_application WHERE batch <> '' GROUP BY state, batch"
    for _ in range(100):
        if house.deployment.sql(stands):
            break
        page.wait_for_timeout(100)
    context.unroute_all(behavior="ignoreErrors")
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.get_by_text("Terkirim. Nomor berkas: SP-")).to_be_visible()
    page.goto(f"{house.address}/antrean/")
    expect(page.get_by_text("Semua terkirim. HP aman dikembalikan.")).to_be_visible()
    [(state, batch, count)] = house.deployment.sql(stands)
    assert (state, batch.split()[0], int(count)) == ("submitted", MARKET, 3)
    photos = (
        "SELECT count(*) FROM licensing_attachment JOIN licensing_application ON licensing_application.id = "
        "application_id WHERE batch <> '' AND document_id IS NOT NULL"
    )
    assert house.deployment.sql(photos) == [(6,)]
    context.close()
