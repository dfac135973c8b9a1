"""From an application on a small phone to a paper that a phone without a network checks, and to its revocation."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils.timezone import localdate
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, BrowserContext, Page, expect

from satupintu.catalogue.rules.holidays import is_working_day
from tests.journeys.test_checking_offline import answer, kept_by_worker
from tests.journeys.test_people import look_at
from tests.journeys.test_signing_in import House, enter_as, house

__all__ = ["house"]  # the fixture of signing in serves this journey too
Phone = Callable[[], BrowserContext]


@pytest.fixture
def phone(browser: Browser) -> Iterator[Phone]:
    """A new phone of 360 x 640 each time it is called."""
    made: list[BrowserContext] = []

    def take() -> BrowserContext:
        made.append(browser.new_context(viewport={"width": 360, "height": 640}, locale="id-ID", has_touch=True))
        return made[-1]

    yield take
    for one in made:
        one.close()


@pytest.fixture
def desk(browser: Browser, house: House) -> Iterator[Callable[[str], Page]]:
    """The browser of a member of staff, signed in."""
    made: list[BrowserContext] = []

    def take(username: str) -> Page:
        made.append(browser.new_context(viewport={"width": 1280, "height": 800}, locale="id-ID"))
        page = made[-1].new_page()
        page.goto(f"{house.address}/masuk/petugas/?next=/kerja/")
        enter_as(page, house, username)
        return page

    yield take
    for one in made:
        one.close()


def photo(folder: Path, words: str) -> Path:
    """A photo with some words on it."""
    picture = Image.new("RGB", (640, 420), "white")
    ImageDraw.Draw(picture).text((40, 180), words, fill="black")
    picture.save(folder / f"{words}.jpg")
    return folder / f"{words}.jpg"


def test_a_vendor_applies_repairs_one_photo_and_holds_a_paper_that_is_checked_offline_until_it_is_revoked(
    house: House, phone: Phone, desk: Callable[[str], Page], tmp_path: Path
) -> None:
    vendor = phone().new_page()
    number = send_application(vendor, house)
    return_one_photo(desk("loket-01"), house, number)
    repair_only_that(vendor, house, number, photo(tmp_path, "KTP terang"))
    accept(desk("loket-01"), house, number)
    look_into(desk("pemeriksa-03"), house, number)
    official = desk("penandatangan-02")
    grant(official, house, number)
    link = card_link(vendor, house, number)
    explains_itself_by_the_law_of_its_day(official, house, number)
    checked_offline_until_revoked(phone(), official, house, number, link)


def send_application(page: Page, house: House) -> str:
    """Sign in with a card, go on with the draft on this device, change one answer, send."""
    card, pin = re.search(r"kartu (\S+) / PIN (\d+)", house.notes).groups()
    page.goto(f"{house.address}/masuk/kartu/")
    page.get_by_label("Kode kartu").fill(card)
    page.get_by_label("PIN").fill(pin)
    page.get_by_role("button", name="Masuk").click()
    page.goto(f"{house.address}/berkas/")
    page.get_by_role("link", name="TDU PKL").first.click()
    page.get_by_role("link", name="Periksa lalu kirim").click()
    page.get_by_role("link", name="Ubah Panjang lapak").click()
    page.get_by_label("Panjang lapak").fill("2,5")
    page.get_by_role("button", name="Simpan").click()
    expect(page.get_by_text("2,5 m")).to_be_visible()
    look_at(page)
    page.get_by_role("button", name="Kirim").click()
    number = re.search(r"SP-\w{4}-\w{4}", page.locator("main").inner_text())[0]
    expect(page.locator("svg.qr").first).to_be_visible()
    return number


def return_one_photo(page: Page, house: House, number: str) -> None:
    """The counter finds one photo blurred and sends exactly that back."""
    page.goto(f"{house.address}/kerja/{number}/perbaikan/")
    page.get_by_role("checkbox", name="KTP elektronik").check()
    page.get_by_label("Alasan untuk KTP elektronik").select_option(label="Fotonya buram. Foto lagi di tempat terang.")
    expect(page.locator("#preview")).to_contain_text("Fotonya buram. Foto lagi di tempat terang.")
    page.get_by_role("button", name="Kirim ke pemohon").click()


def repair_only_that(page: Page, house: House, number: str, better: Path) -> None:
    """The vendor reads why, and only that photo can be changed."""
    page.goto(f"{house.address}/berkas/{number}/")
    page.get_by_role("link", name="Perbaiki").first.click()
    expect(page.get_by_text("Fotonya buram. Foto lagi di tempat terang.").first).to_be_visible()
    assert page.get_by_text("Panjang lapak").count() == 0
    look_at(page)
    page.get_by_role("link", name="Ganti berkasnya").first.click()
    page.get_by_label("Foto atau PDF").set_input_files(better)
    page.get_by_role("button", name="Simpan foto").click()
    page.goto(f"{house.address}/berkas/{number}/perbaiki/")
    page.get_by_role("button", name="Kirim perbaikan").click()
    expect(page.locator("main")).to_contain_text("Giliran kantor")


def accept(page: Page, house: House, number: str) -> None:
    """Complete now: the clock of the service starts."""
    page.goto(f"{house.address}/kerja/{number}/")
    page.get_by_role("button", name="Terima lengkap").click()
    page.goto(f"{house.address}/kerja/{number}/")
    expect(page.get_by_text("Sisa 14 hari kerja")).to_be_visible()


def look_into(page: Page, house: House, number: str) -> None:
    """Another office judges every document and item, visits the place and passes the file on."""
    address = f"{house.address}/kerja/{number}/"
    for slot in ("ktp", "sku", "paguyuban", "foto_lapak"):
        page.goto(f"{address}?berkas={slot}")
        page.get_by_role("button", name="Sesuai", exact=True).first.click()
    page.goto(address)
    while page.get_by_role("button", name=re.compile("^Sesuai .")).count():
        page.get_by_role("button", name=re.compile("^Sesuai .")).first.click()
        page.goto(address)
    day = localdate()
    while not is_working_day(day):
        day += timedelta(days=1)
    page.get_by_role("link", name="Rencanakan kunjungan").click()
    page.get_by_label("Hari kunjungan").fill(day.isoformat())
    page.get_by_role("button", name="Simpan dan beri tahu pemohon").click()
    page.goto(f"{address}kunjungan/")
    page.get_by_label("Ya, sama").check()
    page.get_by_label("Yang terlihat").fill("Gerobak di tempat yang tertulis.")
    page.get_by_role("button", name="Simpan hasil kunjungan").click()
    page.goto(address)
    page.get_by_role("button", name="Selesai periksa").click()


def grant(page: Page, house: House, number: str) -> None:
    """A second official reads the basis and issues the paper."""
    page.goto(f"{house.address}/kerja/{number}/putuskan/")
    page.get_by_label("Setujui dan terbitkan").check()
    page.get_by_label("Berlaku sampai").fill((localdate() + timedelta(days=365)).isoformat())
    page.get_by_role("button", name="Putuskan").click()


def card_link(page: Page, house: House, number: str) -> str:
    """The vendor sees the card; what its QR holds is the link of the check page."""
    page.goto(f"{house.address}/berkas/{number}/")
    page.get_by_role("link", name="Tunjukkan kartu").first.click()
    expect(page.get_by_text("Berlaku sampai").first).to_be_visible()
    look_at(page)
    link = page.get_by_role("link", name="Cek kartu ini").get_attribute("href")
    assert link is not None
    return house.address + link[link.index("/cek/") :]


def explains_itself_by_the_law_of_its_day(page: Page, house: House, number: str) -> None:
    """The decision names the law of its day, whatever the catalogue says later."""
    page.goto(f"{house.address}/kerja/{number}/putuskan/")
    page.get_by_role("link", name=re.compile("Disetujui")).first.click()
    expect(page.get_by_text("Perda Kota Bekasi 18/2024").first).to_be_visible()
    expect(page.get_by_text("Isi halaman ini dibekukan saat putusan dibuat.")).to_be_visible()


def checked_offline_until_revoked(street: BrowserContext, official: Page, house: House, number: str, link: str) -> None:
    """Somebody in the street checks without a network; after the revocation the next look online tells it."""
    page = street.new_page()
    assert answer(page, link) == "BERLAKU"
    kept_by_worker(page, house.address)
    street.set_offline(True)
    assert answer(page, link) == "BERLAKU"
    official.goto(f"{house.address}/surat-terbit/?q={number}")
    official.get_by_role("link", name=re.compile("TDU-PKL")).first.click()
    official.get_by_role("link", name="Cabut").click()
    official.get_by_label("Dengan kata sendiri").fill("Lapak sudah ditutup pemiliknya.")
    official.get_by_role("button", name="Cabut surat ini").click()
    assert answer(page, link) == "BERLAKU"
    street.set_offline(False)
    assert answer(page, link) == "TIDAK BERLAKU"
    street.set_offline(True)
    assert answer(page, link) == "TIDAK BERLAKU"
