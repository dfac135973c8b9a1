"""A questionnaire goes round on one phone without script, is typed from paper by keys alone, and prints on A5."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import watch
from tests.journeys.test_people import look_at
from tests.journeys.test_shell import paper
from tests.journeys.test_signing_in import House, enter_as, house

__all__ = ["house"]  # the fixture of signing in serves this journey too


def open_survey(page: Page, house: House, username: str, title: str) -> str:
    """Sign somebody in, ask the ten statements before an event, and return the survey's address.

    Each signs in once here: a code of the app counts once.
    """
    page.goto(f"{house.address}/survei/baru/")
    enter_as(page, house, username)
    if page.get_by_label("Kode").count():
        page.get_by_label("Kode").fill(house.code(username))
        page.get_by_role("button", name="Masuk").click()
    page.get_by_label("Kuesioner", exact=True).select_option("paper_statements")
    page.get_by_label("Kapan ditanyakan").select_option("before")
    page.get_by_label("Untuk acara apa?").fill(title)
    page.get_by_label("Wilayah").select_option(index=1)
    page.get_by_role("button", name="Buka kuesioner").click()
    expect(page.get_by_text("Belum ada yang menjawab.")).to_be_visible()
    return page.url


def test_a_phone_goes_round_locked_and_without_script_and_opens_with_the_pin(
    browser: Browser, house: House, complaints: list[str]
) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 640}, locale="id-ID", java_script_enabled=False)
    phone = context.new_page()
    watch(phone, complaints)
    survey = open_survey(phone, house, "pendamping-01", "Acara layar")
    phone.get_by_role("link", name="Edarkan HP ini").click()
    phone.get_by_label("PIN 4 sampai 6 angka").fill("2468")
    phone.get_by_role("button", name="Kunci dan mulai").click()
    phone.get_by_label("Berapa nomor kartu").fill("3")
    phone.get_by_role("button", name="Lanjut").click()
    phone.get_by_text("Ya, boleh").click()
    phone.get_by_role("button", name="Lanjut").click()
    for number in range(1, 11):
        expect(phone.get_by_text(f"{number} dari 10")).to_be_visible()
        expect(phone.locator(".bottom-nav, .who, .header-search")).to_have_count(0)
        phone.locator(".choice label").nth(number % 2).click()
        phone.get_by_role("button", name="Lanjut").click()
    phone.get_by_role("link", name="Kembali").click()
    expect(phone.locator("input:checked")).to_have_value("yes")
    phone.get_by_role("button", name="Lanjut").click()
    phone.get_by_role("button", name="Kirim jawaban").click()
    expect(phone.get_by_text("Jawaban sudah tersimpan.")).to_be_visible()
    phone.goto(survey)
    expect(phone).to_have_url(re.compile("/layar/$"))
    phone.get_by_role("link", name="Untuk petugas: buka kunci").click()
    phone.get_by_label("PIN 4 sampai 6 angka").fill("2468")
    phone.get_by_role("button", name="Buka kunci").click()
    expect(phone).to_have_url(survey)
    expect(phone.get_by_role("rowheader", name="P003")).to_be_visible()
    assert complaints == []
    context.close()


def test_every_screen_of_the_phone_that_goes_round_is_for_everybody(
    browser: Browser, house: House, complaints: list[str]
) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 640}, locale="id-ID", service_workers="block")
    phone = context.new_page()
    watch(phone, complaints)
    survey = open_survey(phone, house, "loket-01", "Acara layar lagi")
    phone.goto(f"{survey}layar/")
    phone.get_by_label("PIN 4 sampai 6 angka").fill("2468")
    phone.get_by_role("button", name="Kunci dan mulai").click()
    look_at(phone)
    phone.get_by_label("Berapa nomor kartu").fill("4")
    phone.get_by_role("button", name="Lanjut").click()
    look_at(phone)
    phone.get_by_text("Ya, boleh").click()
    phone.get_by_role("button", name="Lanjut").click()
    look_at(phone)
    for _ in range(10):
        phone.get_by_role("button", name="Lewati").click()
    look_at(phone)
    assert complaints == []
    context.close()


def test_a_paper_sheet_is_typed_by_keys_alone_and_its_form_is_one_a5_page(
    screen: Page, house: House, complaints: list[str]
) -> None:
    survey = open_survey(screen, house, "pemeriksa-01", "Acara kertas")
    screen.goto(f"{survey}ketik/")
    look_at(screen, dense=True)
    for mark in ("7", *"10y1t01110"):
        screen.keyboard.type(mark)
        screen.keyboard.press("Enter")
    expect(screen.get_by_role("button", name="Simpan lembar")).to_be_focused()
    screen.keyboard.press("Enter")
    expect(screen.get_by_text("Kartu P007, ketikan ke-1.")).to_be_visible()
    expect(screen.get_by_label("Kode kartu")).to_be_focused()
    screen.goto(f"{survey}lembar/?kartu=7")
    pdf = screen.pdf(prefer_css_page_size=True)
    assert len(paper(pdf)) == 1 and len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1
    assert complaints == []
