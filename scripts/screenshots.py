"""Take the pictures of the documents from a fresh house: .venv/bin/python scripts/screenshots.py

Writes docs/images/*.png. Needs Chromium. Every picture is a real page with the demo data of this release.
"""

import shutil
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.deployment import fresh_deployment, serving  # noqa: E402  needs the path above

FOLDER = ROOT / "docs" / "images"
PHONE, DESK = (360, 640), (1280, 800)
CILOK = "jual=cilok&kbli=2020-56104&place=cart&fixed_spot=yes&zone=binaan&sales=250000000&extras=1"


class Picture(NamedTuple):
    """One picture: file name without ending, path of the page, size of the screen."""

    name: str
    path: str
    size: tuple[int, int] = PHONE


PICTURES = [
    Picture("home-360", "/"),
    Picture("home-1280", "/", DESK),
    Picture("question-360", "/cek-izin/?jual=cilok&kbli=2020-56104"),
    Picture("plan-360", f"/cek-izin/hasil/?{CILOK}"),
    Picture("plan-1280", f"/cek-izin/hasil/?{CILOK}", DESK),
    Picture("practice-1280", "/cek-izin/contoh/01/", DESK),
]


def main() -> None:
    """Serve a fresh house and photograph it."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, fresh_deployment(Path(folder) / "home") as house:
        house.run("migrate")
        house.run("demo")
        with serving(house) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            for picture in PICTURES:
                take(browser, address, picture)
            browser.close()


def take(browser: Browser, address: str, picture: Picture) -> None:
    """Write one picture; a phone with twice the pixels, as phones have."""
    width, height = picture.size
    page = browser.new_page(
        viewport={"width": width, "height": height},
        device_scale_factor=2 if picture.size == PHONE else 1,
        locale="id-ID",
    )
    response = page.goto(address + picture.path)
    if response is None or not response.ok:
        raise SystemExit(f"{picture.path} does not answer; correct PICTURES in scripts/screenshots.py")
    page.screenshot(path=FOLDER / f"{picture.name}.png")
    page.close()


main()
