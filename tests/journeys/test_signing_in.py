"""Signing in for real: staff with password and authenticator app, a vendor with card and PIN and no script."""

import re
import time
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from tests.deployment import Deployment, fresh_deployment, serving
from tests.journeys.conftest import watch
from tests.journeys.test_every_page import AXE, SMALL_TARGETS


class House(NamedTuple):
    """A served deployment with demo accounts; `sessions` are the cookies of who signed in before."""

    deployment: Deployment
    address: str
    notes: str
    sessions: dict[str, list[Any]]

    def password(self, username: str) -> str:
        """What `satupintu demo` printed for a member of staff."""
        return re.search(rf" {username} / (\S+)", self.notes)[1]

    def code(self, username: str) -> str:
        """What the authenticator app shows, as `satupintu demo code` prints it."""
        return self.deployment.run("demo", "code", username).stdout.strip()


@pytest.fixture(scope="module")
def house(new_house: Deployment, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with fresh_deployment(tmp_path_factory.mktemp("people") / "home", like=new_house) as deployment:
        notes = deployment.run("demo").stdout
        with serving(deployment) as address:
            yield House(deployment, address, notes, {})


def enter_as(page: Page, house: House, username: str) -> None:
    """Sign a member of staff in on an open page that asks for it, or go on with their session of before.

    A code is taken once, so a second sign-in within half a minute would have to wait for the next one.
    """
    known = house.sessions.get(username)
    if known:
        wanted = parse_qs(urlsplit(page.url).query).get("next", ["/kerja/"])[0]
        page.context.add_cookies(known)
        page.goto(house.address + wanted)
        if "/masuk/" not in page.url:
            return
        page.goto(f"{house.address}/masuk/petugas/?next={wanted}")  # they were signed out meanwhile
    page.get_by_label("Nama akun").fill(username)
    page.get_by_label("Kata sandi").fill(house.password(username))
    page.get_by_role("button", name="Masuk").click()
    for _ in range(4):
        page.get_by_label("Kode").fill(house.code(username))
        page.get_by_role("button", name="Masuk").click()
        if "/masuk/" not in page.url:
            break
        page.wait_for_timeout(16_000)
    house.sessions[username] = [c for c in page.context.cookies() if c["name"] == settings.SESSION_COOKIE_NAME]


def test_an_administrator_signs_in_with_the_app_makes_an_officer_who_sets_up_their_own(
    screen: Page, house: House, complaints: list[str]
) -> None:
    screen.goto(f"{house.address}/orang/baru/")
    enter_as(screen, house, "admin-01")
    screen.get_by_label("Nama akun").fill("pemeriksa-88")
    screen.get_by_label("Nama yang tampil").fill("Petugas 88")
    screen.get_by_label("Peran").select_option("verifier")
    screen.get_by_label("Kantor", exact=True).select_option("dpmptsp")
    screen.get_by_role("button", name="Simpan petugas").click()
    first = screen.locator(".panel strong").inner_text()
    screen.context.clear_cookies()

    screen.goto(f"{house.address}/masuk/petugas/")
    screen.get_by_label("Nama akun").fill("pemeriksa-88")
    screen.get_by_label("Kata sandi").fill(first)
    screen.get_by_role("button", name="Masuk").click()
    expect(screen.get_by_role("heading", name="Pasang kode kedua")).to_be_visible()
    screen.goto(f"{house.address}/akun/")
    expect(screen.get_by_role("heading", name="Pasang kode kedua")).to_be_visible()
    screen.get_by_text("Tidak bisa memindai?").click()
    secret = screen.locator(".secret").inner_text()
    screen.get_by_role("textbox", name="Kode").fill(app_code(secret))
    screen.get_by_role("button", name="Nyalakan kode kedua").click()
    expect(screen.locator(".codes li")).to_have_count(10)
    screen.get_by_role("link", name="Sudah saya simpan").click()
    expect(screen.get_by_role("heading", name="Ganti kata sandi")).to_be_visible()
    screen.get_by_label("Kata sandi yang sekarang").fill(first)
    screen.get_by_label("Kata sandi baru", exact=True).fill("gerobak hijau delapan")
    screen.get_by_label("Kata sandi baru, sekali lagi").fill("gerobak hijau delapan")
    screen.get_by_role("button", name="Simpan kata sandi").click()
    expect(screen.get_by_role("heading", name="Akun saya")).to_be_visible()
    expect(screen.locator("main")).to_contain_text("Pemeriksa")
    assert complaints == []


def app_code(secret: str) -> str:
    """What an app with this secret shows now (RFC 6238), worked out apart from the library that checks it."""
    import base64
    import hashlib
    import hmac

    counter = int(time.time()) // 30
    digest = hmac.new(base64.b32decode(secret), counter.to_bytes(8, "big"), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(int.from_bytes(digest[start : start + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06}"


def test_a_vendor_signs_in_with_card_and_pin_on_a_small_phone_without_script(browser: Browser, house: House) -> None:
    card, pin = re.search(r"kartu (\S+) / PIN (\d+)", house.notes).groups()
    context = browser.new_context(viewport={"width": 360, "height": 640}, java_script_enabled=False)
    page = context.new_page()
    page.goto(house.address)
    page.get_by_role("link", name="Masuk").click()
    page.get_by_role("link", name="Masuk dengan kartu dan PIN").click()
    page.get_by_label("Kode kartu").fill(card.lower().replace("-", " "))
    page.get_by_label("PIN").fill("000000")
    page.get_by_role("button", name="Masuk").click()
    expect(page.locator(".error-summary")).to_contain_text("Kode kartu atau PIN tidak cocok.")
    page.get_by_label("PIN").fill(f"{pin[:3]} {pin[3:]}")
    page.get_by_role("button", name="Masuk").click()
    page.get_by_role("link", name="Pedagang 01").click()
    expect(page.get_by_role("heading", name="Akun saya")).to_be_visible()
    page.get_by_role("link", name="Perangkat yang masuk").click()
    expect(page.locator(".badge", has_text="Perangkat ini")).to_be_visible()
    page.goto(f"{house.address}/akun/")
    page.locator("main").get_by_role("button", name="Keluar").click()
    page.goto(f"{house.address}/akun/")
    expect(page.get_by_role("heading", name="Masuk", exact=True)).to_be_visible()
    context.close()


OWN_PAGES = ("/akun/", "/akun/perangkat/", "/akun/kode-kedua/", "/akun/kode-kedua/cadangan/", "/akun/kata-sandi/")

OFFICE_PAGES = ("/kelola-kantor/", "/kelola-kantor/baru/", "/kelola-kantor/dpmptsp/")
PEOPLE_PAGES = ("/orang/", "/orang/baru/", "/orang/1/", "/orang/1/peran/")
TRAIL_PAGES = ("/jejak/", "/jejak/?tentang=Pedagang", "/jejak/dpmptsp/1/")
STAFF_PAGES = ("/keluar/", *OWN_PAGES, *OFFICE_PAGES, *PEOPLE_PAGES, *TRAIL_PAGES)
DENSE = ("/kelola-kantor/", "/orang/", "/jejak/")


def test_pages_behind_sign_in_are_accessible_fit_the_phone_and_are_large_enough_to_press(
    browser: Browser, house: House
) -> None:
    complaints: list[str] = []
    context = browser.new_context(viewport={"width": 360, "height": 640}, service_workers="block", has_touch=True)
    page = context.new_page()
    watch(page, complaints)
    page.goto(f"{house.address}/masuk/petugas/")
    enter_as(page, house, "admin-01")
    expect(page.get_by_role("link", name="Petugas 08")).to_be_attached()
    found: list[str] = []
    for path in STAFF_PAGES:
        for width, height in ((360, 640), (1280, 800)):
            page.set_viewport_size({"width": width, "height": height})
            assert page.goto(house.address + path).status == 200, path
            assert page.url == house.address + path
            page.wait_for_load_state("networkidle")
            for violation in Axe().run(page, options=AXE).response["violations"]:
                found += [f"{path} {width}: {violation['id']} {n['html'][:100]}" for n in violation["nodes"]]
            wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if wide > 0:
                found.append(f"{path} {width}: {wide} px too wide")
        page.set_viewport_size({"width": 360, "height": 640})
        least = [24, 32] if path.startswith(DENSE) else [44, 48]
        found += [f"{path}: {small}" for small in page.evaluate(SMALL_TARGETS, least)]
    assert found == []
    assert complaints == []
    context.close()
