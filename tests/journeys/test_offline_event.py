"""A whole morning without a signal: two phones and a laptop, then the server has everything once."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from random import Random
from typing import Any, NamedTuple
from uuid import UUID

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, Route, expect

from satupintu.outreach.rules.attendance import presence
from satupintu.outreach.rules.programme import Line, current, forecast, times
from satupintu.surveys.reading import library
from satupintu.surveys.rules.answers import asked
from tests.journeys.test_offline_register import SEND
from tests.journeys.test_people import look_at
from tests.journeys.test_signing_in import House, enter_as, house

__all__ = ["house"]  # the fixture of signing in serves these journeys too

TWO_EVENTS = """
from django.utils import timezone
from satupintu.audit.rules import SYSTEM
from satupintu.outreach import actions
from satupintu.surveys.actions import open_survey
now = timezone.now()
for title in ("Banyak catatan", "Sosialisasi pagi"):
    event = actions.make_event(title=title, day=timezone.localdate(), region="32.75.11.1004",
                               template="sosialisasi-perizinan", by=SYSTEM, at=now)
    actions.add_cards(event=event, count=20, by=SYSTEM, at=now)
    item = actions.add_aid(event=event, name="Paket sembako", unit="paket", stock=20, value=None, by=SYSTEM, at=now)
    surveys = [open_survey(questionnaire="paper_statements", wave=wave, subject=event.reference, region=event.region,
                           title=title, by=SYSTEM, at=now) for wave in ("before", "after")]
    print(event.ref, item.pk, *[survey.ref for survey in surveys])
"""
READY = """async () => {
  for (let tries = 0; tries < 150; tries += 1) {
    if (await caches.match("/acara/lapangan/")) return true;
    await new Promise((next) => setTimeout(next, 100));
  }
  return false;
}"""
# 200 presses through the page's own function: cards 1 to 20 are listed, the others nobody listed.
CAPTURE = """async ([phone, item, surveys]) => {
  const loaded = performance.getEntriesByType("resource").map((one) => one.name);
  const path = loaded.find((name) => /field\\/page\\./.test(name));
  const { capture } = await import(path);
  const card = (n) => `P${String(1 + ((n * 7 + phone * 3) % 40)).padStart(3, "0")}`;
  for (let n = 0; n < 25; n += 1) {
    await capture("outreach.tap", { kind: "arrived", card: card(n), source: "phone" }, "x");
    await capture("outreach.tap", { kind: "left", card: card(n), source: "code" }, "x");
    await capture("outreach.participant", { card: card(n + 11) }, "x");
    await capture("outreach.question", { text: `Pertanyaan ${phone}-${n}?`, card: card(n) }, "x");
    await capture("outreach.receipt", { item, card: card(n) }, "x");
    const values = { s1: "yes", s2: "no" };
    await capture("surveys.sheet", { survey: surveys[n % 2], card: card(n), values, consent: "" }, "x");
    await capture("surveys.tally", { survey: surveys[n % 2], item: "s3", yes: n, asked: 30 }, "x");
    await capture("outreach.tap", { kind: "arrived", card: card(n + 5), source: "phone" }, "x");
  }
}"""
STORED = """() => new Promise((resolve) => {
  const asked = indexedDB.open("satupintu-outbox");
  asked.onsuccess = () => {
    const stores = asked.result.transaction(["entries", "events"]);
    const [entries, events] = ["entries", "events"].map((name) => stores.objectStore(name).getAll());
    stores.oncomplete = () => {
      asked.result.close();
      resolve({
        sealed: entries.result.filter((one) => one.sealed).length,
        events: events.result.map((one) => JSON.stringify(Object.keys(one).sort()) + JSON.stringify(one)) });
    };
  };
})"""


class Yard(NamedTuple):
    """The field devices, the two events, their aid and surveys."""

    house: House
    devices: list[BrowserContext]
    events: list[tuple[str, int, list[str]]]

    def address(self, event: int, screen: str = "") -> str:
        return f"{self.house.address}/acara/{self.events[event][0]}/lapangan/{screen}"

    def count(self, table: str, event: int) -> int:
        """Rows of a table of the outreach room that belong to an event."""
        key = self.events[event][0].replace("-", "")
        through = {"receipt": "JOIN outreach_aiditem i ON i.id = t.item_id JOIN outreach_event e ON e.id = i.event_id"}
        join = through.get(table, "JOIN outreach_event e ON e.id = t.event_id")
        where = f"replace(CAST(e.ref AS text), '-', '') = '{key}'"
        return int(self.house.deployment.sql(f"SELECT count(*) FROM outreach_{table} t {join} WHERE {where}")[0][0])

    def said(self, table: str, event: int) -> int:
        """Rows of a table of the surveys room about an event."""
        join = "JOIN surveys_survey s ON s.id = t.survey_id"
        where = f"s.subject = 'event:{self.events[event][0]}'"
        return int(self.house.deployment.sql(f"SELECT count(*) FROM surveys_{table} t {join} WHERE {where}")[0][0])


@pytest.fixture(scope="module")
def yard(browser: Browser, house: House) -> Iterator[Yard]:
    """Two phones and a laptop of three officers, each made a field device; each has opened both events once."""
    lines = [line.split() for line in house.deployment.python(TWO_EVENTS).strip().splitlines()]
    events = [(ref, int(item), surveys) for ref, item, *surveys in lines]
    made = Yard(house, [], events)
    for username, width in (("pendamping-01", 360), ("loket-01", 360), ("pemeriksa-01", 1280)):
        context = browser.new_context(viewport={"width": width, "height": 640 if width == 360 else 800}, locale="id-ID")
        made.devices.append(context)
        page = context.new_page()
        page.goto(f"{house.address}/masuk/petugas/?next=/hp-lapangan/")
        enter_as(page, house, username)
        page.get_by_label("Nama HP").fill(f"HP {username}")
        page.get_by_role("button", name="Siapkan HP ini").click()
        expect(page.get_by_text("(HP ini)").filter(visible=True)).to_be_visible()
        for event in (0, 1):
            page.goto(made.address(event))
            expect(page.locator("[data-do=go]")).to_have_text("Mulai sesi 1")
        assert page.evaluate(READY)
        page.close()
    yield made
    for context in made.devices:
        context.close()


def all_sent(page: Page) -> None:
    expect(page.locator("[data-unsent]")).to_have_attribute("data-state", "sent", timeout=90_000)


def test_three_phones_with_200_records_each_lose_and_double_nothing(yard: Yard) -> None:
    _, item, surveys = yard.events[0]
    pages = []
    for number, context in enumerate(yard.devices):
        context.set_offline(True)
        page = context.new_page()
        page.goto(yard.address(0))
        expect(page.locator("[data-do=go]")).to_be_visible()
        page.evaluate(CAPTURE, [number, item, surveys])
        expect(page.locator("[data-unsent]")).to_have_text("200 di HP")
        pages.append(page)
    assert [yard.count("tap", 0), yard.said("answering", 0)] == [0, 0]

    dropped: list[int] = []

    def drop_the_answer(route: Route) -> None:
        """The server has the batch; the phone never hears of it."""
        if len(dropped) >= 3:
            return route.continue_()
        dropped.append(1)
        with suppress(Error):
            route.fetch()
            route.abort("connectionreset")
        return None

    def twice(route: Route) -> None:
        """A batch that the network delivers two times."""
        with suppress(Error):
            route.fetch()
            route.fulfill(response=route.fetch())

    yard.devices[0].route(SEND, drop_the_answer)
    yard.devices[1].route(SEND, twice)
    for context in yard.devices:
        context.set_offline(False)
    # The third page is closed while its first batch is on the way, and opened again.
    with pages[2].expect_request(SEND):
        pages[2].evaluate("dispatchEvent(new Event('online'))")
    pages[2].close()
    pages[2] = yard.devices[2].new_page()
    pages[2].goto(yard.address(0))
    for page in pages:
        page.evaluate("dispatchEvent(new Event('online'))")
    for page in pages:
        while page.locator("[data-unsent]").get_attribute("data-state") != "sent":
            page.evaluate("dispatchEvent(new Event('online'))")
            page.wait_for_timeout(500)
    assert len(dropped) == 3
    found = [yard.count(table, 0) for table in ("tap", "question", "receipt")]
    assert found == [3 * 75, 3 * 25, 3 * 25]
    assert [yard.said(table, 0) for table in ("answering", "tally")] == [3 * 25, 3 * 25]
    received = yard.house.deployment.sql(
        "SELECT count(*), count(DISTINCT client_uuid), min(state), max(state) FROM sync_received"
    )
    assert received == [(600, 600, "done", "done")]
    assert yard.count("participant", 0) == 40


def go(page: Page, screen: str) -> None:
    """Press one of the five at the bottom (or at the top of a wide screen)."""
    page.locator(f"[data-tabs] a[href='#{screen}']").filter(visible=True).click()
    expect(page.locator(f"[data-screen={screen}]")).to_be_visible()


def answer_round(laptop: Page, survey: int, cards: dict[str, str]) -> None:
    """Hand the laptop round with one survey: each card answers all ten with one sign each, ``y`` or ``t``."""
    go(laptop, "isian")
    laptop.get_by_role("button", name="Edarkan HP ini").nth(survey).click()
    laptop.locator("dialog input").fill("2468")
    laptop.get_by_role("button", name="Kunci dan mulai").click()
    for card, signs in cards.items():
        expect(laptop.get_by_role("heading", name="Berapa nomor kartu Bapak/Ibu?")).to_be_visible()
        laptop.locator("dialog input").fill(card)
        laptop.locator("dialog input").press("Enter")
        laptop.locator("dialog .choice label").first.click()
        laptop.get_by_role("button", name="Lanjut").click()
        for number, sign in enumerate(signs, 1):
            expect(laptop.locator("#turn-steps")).to_have_text(f"{number} dari 10")
            laptop.locator("dialog .choice label").nth("yt".index(sign)).click()
            laptop.get_by_role("button", name="Lanjut").click()
        laptop.get_by_role("button", name="Kirim jawaban").click()
        expect(laptop.get_by_role("heading", name="Terima kasih")).to_be_visible()
        laptop.get_by_role("button", name="Orang berikutnya").click()


def unlock(laptop: Page, pin: str) -> None:
    laptop.locator("dialog [data-do=unlock]").click()
    laptop.locator("dialog input").fill(pin)
    laptop.locator("dialog input").press("Enter")


def printed(page: Page, address: str) -> str:
    """The words of a PDF, as another program reads them."""
    answer = page.request.get(address)
    assert answer.status == 200
    read = subprocess.run(["pdftotext", "-", "-"], input=answer.body(), capture_output=True, check=True)
    return " ".join(read.stdout.decode().split())


def test_the_papers_morning_is_run_offline_on_two_phones_and_a_laptop(yard: Yard) -> None:
    for context in yard.devices:
        context.set_offline(True)
    clock, list_, laptop = [context.new_page() for context in yard.devices]
    for page in (clock, list_, laptop):
        page.goto(yard.address(1))
        expect(page.locator("[data-do=go]")).to_have_text("Mulai sesi 1")
    look_at(clock)
    marks = clock.locator("[data-part=marks] li")
    expect(marks).to_have_count(5)
    expect(marks.filter(has_text="Halaman tersimpan di HP").locator("[data-when=yes]")).to_have_count(1)
    expect(marks.last).to_contain_text("Penyimpanan dijaga peramban")

    # The first phone runs the clock: ten sessions, one press each.
    for number in range(1, 10):
        clock.locator("[data-do=go]").click()
        expect(clock.locator("[data-do=go]")).to_have_text(f"Selesai, lanjut sesi {number + 1}" if number < 10 else "")
    clock.locator("[data-do=go]").click()
    expect(clock.locator("[data-do=go]")).to_have_text("Selesai, ini sesi terakhir")
    clock.locator("[data-do=go]").click()
    expect(clock.get_by_text("Semua sesi selesai.")).to_be_visible()
    clock.reload()
    expect(clock.get_by_text("Semua sesi selesai.")).to_be_visible()
    expect(clock.locator("[data-unsent]")).to_have_text("20 di HP")

    # The second takes the names, a card that nobody listed, who leaves early, hands, questions and aid.
    go(list_, "hadir")
    list_.locator("[data-part=absent] button").first.dblclick()  # the next name moves under the finger
    expect(list_.locator("[data-screen=hadir] [data-count=came]")).to_have_text("1 dari 20")
    for _ in range(16):
        list_.locator("[data-part=absent] button").first.click()
    list_.locator("#find-card").fill("18")
    list_.locator("#find-card").press("Enter")
    expect(list_.locator("[data-screen=hadir] [data-count=came]")).to_have_text("18 dari 20")
    list_.locator("#find-card").fill("p031")
    list_.locator("#find-card").press("Enter")
    expect(list_.get_by_text("Kartu P031 belum ada di daftar.")).to_be_visible()
    look_at(list_)
    list_.get_by_role("button", name="Tambah P031, hadir").click()
    expect(list_.locator("[data-screen=hadir] [data-count=came]")).to_have_text("19 dari 21")
    list_.get_by_role("button", name="Pulang P004").click()
    go(list_, "isian")
    list_.get_by_role("button", name="Angkat tangan").first.click()
    list_.locator("#hands-yes").fill("25")
    list_.get_by_role("button", name="Simpan hitungan").click()
    expect(list_.get_by_text("Yang angkat tangan lebih banyak dari yang hadir.")).to_be_visible()
    look_at(list_)
    list_.locator("#hands-yes").fill("13")
    list_.get_by_role("button", name="Simpan hitungan").click()
    expect(list_.locator("#hands-item")).to_have_value("s2")
    go(list_, "tanya")
    list_.get_by_label("Pertanyaan").fill("Berapa lama mengurus NIB?")
    list_.get_by_label("Kartu penanya").fill("3")
    list_.get_by_label("Jawaban").fill("Hari itu juga di OSS.")
    list_.get_by_role("button", name="Catat pertanyaan").click()
    expect(list_.locator("[data-part=questions] li")).to_have_count(1)
    list_.get_by_label("Pertanyaan").fill("Boleh jualan di trotoar?")
    list_.locator("summary", has_text="Siapa yang mencari").click()
    list_.get_by_label("Nama petugas").fill("Petugas 01")
    list_.get_by_label("Paling lambat").fill("2026-12-20")
    list_.get_by_role("button", name="Catat pertanyaan").click()
    expect(list_.locator("[data-part=questions] li")).to_have_count(2)
    look_at(list_)
    go(list_, "bantuan")
    for _ in range(12):
        list_.locator("[data-part=without] button").first.click()
    expect(list_.get_by_text("12 dari 20 paket diserahkan")).to_be_visible()
    list_.locator("#receive-card").fill("1")
    list_.locator("#receive-card").press("Enter")
    expect(list_.locator("[data-part=twice]")).to_contain_text("P001 sudah menerima pukul")
    look_at(list_)

    # The laptop goes round, before and after; only the PIN opens it.
    answer_round(laptop, 0, {"1": "tttttttttt", "p002": "yttttttttt"})
    look_at(laptop)
    laptop.locator("dialog input").fill("201")
    laptop.locator("dialog input").press("Enter")
    expect(laptop.get_by_text("Kartu P201 belum ada di daftar.")).to_be_visible()
    laptop.goto(f"{yard.house.address}/antrean/")
    expect(laptop).to_have_url(yard.address(1))
    unlock(laptop, "1111")
    expect(laptop.get_by_text("PIN salah. Coba lagi.")).to_be_visible()
    laptop.locator("dialog input").fill("2468")
    laptop.locator("dialog input").press("Enter")
    expect(laptop.locator("dialog[open]")).to_have_count(0)
    answer_round(laptop, 1, {"1": "yyyyyyyytt", "2": "yyyyyyyyyt"})
    unlock(laptop, "2468")
    expect(laptop.locator("dialog[open]")).to_have_count(0)

    # What is on the phone is sealed; the shell of the Cache API knows nobody.
    stored = list_.evaluate(STORED)
    assert [row.split("]")[0] for row in stored["events"]] == ['["iv","owner","ref","sealed","until"'] * 2
    assert not any(word in "".join(stored["events"]) for word in ("P001", "Sosialisasi"))

    for page, context in zip((clock, list_, laptop), yard.devices, strict=True):
        context.set_offline(False)
        all_sent(page)
    found = [yard.count(table, 1) for table in ("tap", "question", "receipt", "participant")]
    assert found == [20 + 20, 2, 12, 21]
    assert [yard.said(table, 1) for table in ("answering", "tally")] == [4, 1]
    online = yard.devices[0].new_page()
    address = f"{yard.house.address}/acara/{yard.events[1][0]}"
    for path, words in {
        "peserta": "19 dari 21",
        "berjalan": "Semua sesi selesai.",
        "tanya": "Hari itu juga di OSS.",
        "bantuan": "12 dari 20",
    }.items():
        online.goto(f"{address}/{path}/")
        expect(online.locator("main")).to_contain_text(words)
    assert "Yang hadir 19 orang; jumlah sasarannya belum diketahui." in printed(online, f"{address}/laporan/0.pdf")
    # Once a newer bundle is here, what was sent is wiped; and each phone sees what the others noted.
    clock.goto(yard.address(1, "#hadir"))
    clock.reload()
    expect(clock.locator("[data-screen=hadir] [data-count=came]")).to_have_text("19 dari 21")
    assert clock.evaluate(STORED)["sealed"] == 0
    clock.goto(f"{yard.house.address}/hp-lapangan/")
    expect(clock.locator("main")).to_contain_text("menunggu di HP 0, diperiksa kantor 0.")


BOTH = """async ([asked, mornings]) => {
  const loaded = performance.getEntriesByType("resource").map((one) => one.name);
  const of = (name) => import(loaded.find((path) => path.includes(name)));
  const [asking, state] = [await of("surveys/asking."), await of("field/state.")];
  const bundle = { event: { midnight: "2026-11-28T00:00:00+07:00" }, people: [], aid: [], surveys: [], noted: [] };
  return [
    asked.map(({ items, values }) => asking.asked(items, values).map((item) => item.code)),
    mornings.map(({ sessions, noted, now }) => {
      const found = state.stateOf({ ...bundle, sessions }, noted, now);
      const ran = found.sessions.map((one) => [one.began, one.ended, one.delay]);
      return [ran, found.people.map((one) => [one.card, one.arrived, one.left]), (found.current || { ref: "" }).ref];
    }),
  ];
}"""


def a_morning(chance: Random) -> tuple[dict[str, Any], list[Any]]:
    """Presses in any order as the phone gets them, and what the rules of the server make of them."""
    plan = sorted(chance.sample(range(500, 700, 5), 5))
    planned = [Line(n, "", begins, begins + chance.choice((5, 10, 20))) for n, begins in enumerate(plan)]
    presses = [
        (chance.choice(("started", "stopped", "arrived", "left")), chance.randrange(4), chance.randrange(480, 720))
        for _ in range(chance.randrange(12))
    ]
    noted = [
        {
            "kind": "outreach.tap",
            "uuid": str(UUID(int=n)),
            "made": f"2026-11-28T{minute // 60:02}:{minute % 60:02}:30+07:00",
            "content": {"kind": kind, "card": f"P00{of}" if kind in ("arrived", "left") else "", "session": str(of)},
        }
        for n, (kind, of, minute) in enumerate(presses)
    ]
    sessions = [{"ref": str(line.key), "title": "", "begins": line.begins, "ends": line.ends} for line in planned]
    taps = [[(kind, minute) for kind, of, minute in presses if of == n] for n in range(5)]
    ran = [times([tap for tap in taps[line.key] if tap[0] in ("started", "stopped")]) for line in planned]
    lines = [replace(line, began=began, ended=ended) for line, (began, ended) in zip(planned, ran, strict=True)]
    seen = {
        f"P00{n}": presence([tap for tap in taps[n] if tap[0] in ("arrived", "left")], None, None)
        for n in range(5)
        if any(kind in ("arrived", "left") and of == n for kind, of, _ in presses)
    }
    now_on = current(lines)
    expected = [
        [[one.line.began, one.line.ended, one.delay] for one in forecast(lines, 600)],
        [[card, one.arrived, one.left] for card, one in seen.items()],
        str(now_on.key) if now_on else "",
    ]
    return {"sessions": sessions, "noted": noted, "now": "2026-11-28T10:00:00+07:00"}, expected


def test_phone_and_server_agree_on_what_is_asked_who_came_and_how_late_it_is(browser: Browser, house: House) -> None:
    chance = Random(14)  # noqa: S311  which cases, nothing secret
    sheets = []
    for form in library().on(date(2026, 11, 28)).values():
        for _ in range(40):
            answers = {item.code: chance.choice((*item.answers(), "")) for item in form.items if item.answers()}
            sheets.append((form, answers))
    mornings = [a_morning(chance) for _ in range(300)]
    page = browser.new_page()
    page.goto(f"{house.address}/acara/lapangan/")
    expect(page.get_by_text("HP ini belum disiapkan.")).to_be_visible()
    given = [
        [{"items": [item.model_dump(mode="json") for item in form.items], "values": values} for form, values in sheets],
        [morning for morning, _ in mornings],
    ]
    items, states = page.evaluate(BOTH, given)
    assert items == [[item.code for item in asked(form, values)] for form, values in sheets]
    assert states == [expected for _, expected in mornings]
    page.close()


def test_a_connection_the_phone_cut_is_opened_again_and_the_press_is_kept(yard: Yard) -> None:
    context = yard.devices[0]
    context.set_offline(True)
    page = context.new_page()
    page.goto(yard.address(0))
    expect(page.locator("[data-do=go]")).to_have_text("Mulai sesi 1")
    page.evaluate(
        """() => {
          const begin = IDBDatabase.prototype.transaction;
          let cut = false;
          IDBDatabase.prototype.transaction = function (...given) {
            if (!cut) { cut = true; this.close(); }
            return begin.apply(this, given);
          };
        }"""
    )
    page.locator("[data-do=go]").click()
    expect(page.locator("[data-unsent]")).to_have_text("1 di HP")
    context.set_offline(False)
    all_sent(page)


def test_a_window_inside_another_app_is_refused(browser: Browser, house: House) -> None:
    agent = "Mozilla/5.0 (Linux; Android 12; A24; wv) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36"
    context = browser.new_context(user_agent=agent, viewport={"width": 360, "height": 640})
    page = context.new_page()
    page.goto(f"{house.address}/acara/lapangan/")
    expect(page.get_by_text("Buka di Chrome.")).to_be_visible()
    expect(page.locator("[data-tabs]").filter(visible=True)).to_have_count(0)
    look_at(page)
    # A browser that is no field device keeps the pages for everybody and none of the field.
    assert page.evaluate(READY.replace("/acara/lapangan/", "/luring/"))
    assert not page.evaluate("caches.match('/acara/lapangan/')")
    context.close()
