"""A vendor without e-mail is registered at the market and keeps her plan on her own small phone, without script."""

from __future__ import annotations

import re
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from satupintu.registry.tests.factories import CILOK, photo
from tests.journeys.conftest import watch
from tests.journeys.test_every_page import AXE, SMALL_TARGETS
from tests.journeys.test_signing_in import House, enter_as, house

__all__ = ["house"]  # the fixture of signing in serves this journey too
ELSEWHERE = "32.75.01.1001"  # a kelurahan of another kecamatan than the officer's


def look_at(page: Page, *, dense: bool = False) -> None:
    """What holds for every page holds for the one that is open: access, reflow, targets."""
    page.wait_for_load_state()  # a press only waits until the next page begins
    found = Axe().run(page, options=AXE).response["violations"]
    assert [f"{v['id']}: {node['html'][:160]}" for v in found for node in v["nodes"]] == []
    wide = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert wide[0] <= wide[1], f"{page.url}: {wide}"
    assert page.evaluate(SMALL_TARGETS, [24, 32] if dense else [44, 48]) == []


def test_a_vendor_without_email_gets_a_plan_a_card_and_goes_on_by_herself(
    browser: Browser, screen: Page, house: House, complaints: list[str], tmp_path: Path
) -> None:
    code, pin, person = _facilitator(screen, house, "Pedagang 77", ELSEWHERE)

    context = browser.new_context(viewport={"width": 360, "height": 640}, locale="id-ID", java_script_enabled=False)
    phone = context.new_page()
    watch(phone, complaints)
    phone.goto(f"{house.address}/masuk/kartu/")
    phone.get_by_label("Kode kartu").fill(code)
    phone.get_by_label("PIN").fill(pin)
    phone.get_by_role("button", name="Masuk").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Langkah Pedagang 77")
    expect(phone.get_by_text("Diisi petugas: Petugas 01 (pendamping)")).to_be_visible()
    expect(phone.locator(".card-main")).to_have_count(1)
    expect(phone.get_by_text(re.compile(r"^0 dari \d+$|0 dari"))).to_be_visible()

    phone.get_by_role("link", name="Kerjakan langkah ini").click()
    phone.get_by_role("button", name="Sudah saya lakukan").click()
    # Three more papers are ticked inside the form of the NIB.
    expect(phone.get_by_text(re.compile("4 dari"))).to_be_visible()
    expect(phone.get_by_text("Nomornya belum dicatat.")).to_have_count(4)

    phone.get_by_role("link", name="Foto dan surat saya").click()
    phone.get_by_label("Jenis berkas").select_option("foto_lapak")
    picture = tmp_path / "lapak.jpg"
    picture.write_bytes(photo())
    phone.get_by_label("Foto atau PDF").set_input_files(picture)
    phone.get_by_role("button", name="Kirim berkas").click()
    expect(phone.get_by_text("Berkas tersimpan.")).to_be_visible()
    expect(phone.locator(".tile img")).to_have_count(1)

    phone.goto(f"{house.address}/data-saya/")
    expect(phone.get_by_text("Mendaftarkan: Petugas 01 (pendamping)")).to_be_visible()
    context.close()

    screen.context.clear_cookies()
    screen.goto(f"{house.address}/masuk/petugas/?next=/pedagang/")
    enter_as(screen, house, "loket-01")
    expect(screen.get_by_role("heading", level=1)).to_have_text("Pedagang")
    for path in (f"/pedagang/{person}/", f"/dampingi/{person}/"):
        answer = screen.goto(f"{house.address}{path}")
        assert answer is not None
        assert answer.status == 404
    screen.goto(f"{house.address}/cari/?cari=pedagang+77")
    expect(screen.get_by_role("link", name="Pedagang 77")).to_have_count(0)
    assert [line for line in complaints if "404" not in line] == []


def _facilitator(screen: Page, house: House, name: str, region: str) -> tuple[str, str, str]:
    """Register, ask for consent, fill the finder, keep the plan, hand over; returns card code, PIN and reference."""
    screen.goto(f"{house.address}/masuk/petugas/?next=/dampingi/")
    enter_as(screen, house, "pendamping-01")
    look_at(screen, dense=True)
    screen.get_by_role("link", name="Daftarkan pedagang").click()
    screen.get_by_label("Nama").fill(name)
    screen.get_by_label("Kelurahan").select_option(region)
    screen.get_by_role("button", name="Daftarkan").click()
    person = screen.url.rstrip("/").split("/")[-1]
    screen.locator("#content").get_by_role("link", name="Dampingi").click()
    expect(screen.get_by_text("Boleh petugas menyimpan jawaban")).to_be_visible()
    look_at(screen, dense=True)
    screen.get_by_label("Ya, boleh").check()
    screen.get_by_label("Ditanyakan di mana").fill("pasar")
    screen.get_by_role("button", name="Simpan jawaban").click()
    screen.get_by_role("link", name="Mulai cek izin").click()
    # The finder itself has its own journeys; here its answers come as they stand in the address at its end.
    answers = "&".join(f"{name}={value}" for name, value in CILOK.items())
    screen.goto(f"{house.address}/cek-izin/hasil/?{answers}")
    screen.get_by_role("link", name="Dampingi pedagang: simpan langkah").click()
    look_at(screen, dense=True)
    screen.get_by_role("button", name="Simpan langkah pedagang").click()
    look_at(screen)
    screen.get_by_label("Takut biayanya mahal").check()
    screen.get_by_role("button", name="Lanjut").click()
    screen.get_by_role("button", name="Buat kartu dan PIN").click()
    look_at(screen)
    code = screen.locator("[data-card-code]").inner_text()
    pin = screen.locator("[data-card-pin]").inner_text()
    screen.get_by_role("link", name=name).click()
    look_at(screen)
    screen.locator(".task-list a").first.click()
    look_at(screen)
    return code, pin, person


def test_the_vendors_pages_are_usable_and_a_photo_shrinks_on_the_phone(
    screen: Page, house: House, complaints: list[str], tmp_path: Path
) -> None:
    code, pin, _ = _facilitator(screen, house, "Pedagang 78", "32.75.11.1001")
    screen.context.clear_cookies()
    screen.goto(f"{house.address}/masuk/kartu/")
    screen.get_by_label("Kode kartu").fill(code)
    screen.get_by_label("PIN").fill(pin)
    screen.get_by_role("button", name="Masuk").click()
    expect(screen.get_by_role("heading", level=1)).to_have_text("Langkah Pedagang 78")
    for path in ("/langkah/", "/berkas-saya/", "/data-saya/", "/data-saya/hapus/"):
        screen.goto(f"{house.address}{path}")
        look_at(screen)
    screen.goto(f"{house.address}/berkas-saya/?jenis=foto_lapak")
    picture = tmp_path / "besar.jpg"
    picture.write_bytes(photo(size=(4000, 3000)))
    screen.get_by_label("Foto atau PDF").set_input_files(picture)
    expect(screen.get_by_text(re.compile(r"Dikecilkan: .+ menjadi .+ KB\."))).to_be_visible()
    sent = screen.evaluate("document.querySelector('input[type=file]').files[0].size")
    assert sent < picture.stat().st_size
    screen.get_by_role("button", name="Kirim berkas").click()
    expect(screen.get_by_text("Berkas tersimpan.")).to_be_visible()
    assert complaints == []


def test_slash_goes_to_the_search_box_of_officers_until_it_is_switched_off(
    screen: Page, house: House, complaints: list[str]
) -> None:
    screen.set_viewport_size({"width": 1280, "height": 800})
    screen.goto(f"{house.address}/masuk/petugas/?next=/kerja/")
    enter_as(screen, house, "loket-01")
    expect(screen.get_by_role("heading", level=1)).to_have_text("Kerja hari ini")
    look_at(screen, dense=True)
    screen.keyboard.press("/")
    expect(screen.locator(".header-search input")).to_be_focused()
    screen.keyboard.type("nib")
    screen.keyboard.press("Enter")
    expect(screen.get_by_role("heading", name="Surat", exact=True)).to_be_visible()
    look_at(screen, dense=True)
    screen.get_by_role("button", name="Matikan tombol ini").click()
    screen.locator("h1").click()
    screen.keyboard.press("/")
    assert screen.evaluate("document.activeElement.tagName") != "INPUT"
    screen.goto(f"{house.address}/perubahan-hukum/?before=2025-06-04&after=2025-06-05&draft=")
    expect(screen.get_by_role("table", name="Surat yang berubah")).to_be_visible()
    look_at(screen, dense=True)
    assert complaints == []
