"""Checking a paper with a phone that has no network: the same answers as the server's, and what it learns online."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from satupintu.licensing.tests.vectors import vectors
from tests.deployment import Deployment, serving

IN_THE_BROWSER = """async (given) => {
  const { Refused, canonicalCode, readKeys, readList, verify } = await import("/static/licensing/cose.js");
  const known = new Map();
  const keysOf = async (text) => known.get(text) || known.set(text, await readKeys(text)).get(text);
  const listOf = async ({ bytes, keys, seen }) => {
    try {
      const found = await readList(Uint8Array.from(bytes), await keysOf(keys), seen);
      const entries = [...found.entries].map(([code, { status, since }]) => [code, [status, since]]);
      return [found.sequence, found.issued, found.nextUpdate, Object.fromEntries(entries)];
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return error.message;
    }
  };
  const { certificates, lists, codes } = JSON.parse(given);
  const found = { certificates: [], lists: [], codes: codes.map(({ typed }) => canonicalCode(typed)) };
  for (const { text, bytes, keys, list, listKeys, at } of certificates) {
    const revocations = list && (await readList(Uint8Array.from(list), await keysOf(listKeys)));
    found.certificates.push(await verify(bytes ? Uint8Array.from(bytes) : text, await keysOf(keys), revocations, at));
  }
  for (const one of lists) found.lists.push(await listOf(one));
  return JSON.stringify(found);
}"""

ISSUE = """
from datetime import timedelta
from django.utils import timezone
from satupintu.licensing.tests.test_decisions import granted
print(granted(at=timezone.now() - timedelta(hours=3)).token)
"""
REVOKE = """
from django.utils import timezone
from satupintu.licensing.actions.certificates import revoke
from satupintu.licensing.models import Certificate
from satupintu.licensing.tests.factories import signer
paper = Certificate.objects.get(token={token!r})
revoke(certificate=paper, reasons=(), note="Uji", by=signer(), at=timezone.now())
"""


def test_the_reader_on_the_phone_answers_as_the_kernel_for_every_case(page: Page, site: str) -> None:
    page.goto(f"{site}/gaya/")
    given = vectors()
    answers = json.loads(page.evaluate(IN_THE_BROWSER, json.dumps(given)))
    for kind, cases in given.items():
        wanted = [json.loads(json.dumps(case["answer"])) for case in cases]
        assert len(wanted) > 50
        different = [(case, got) for case, want, got in zip(cases, wanted, answers[kind], strict=True) if got != want]
        assert different[:1] == [], kind
    statuses = {case["answer"]["status"] for case in given["certificates"]}
    assert len(statuses) == 7


@pytest.fixture
def officer(browser: Browser) -> Iterator[BrowserContext]:
    """A phone in the street, with a worker of its own."""
    context = browser.new_context(viewport={"width": 360, "height": 640}, locale="id-ID", has_touch=True)
    yield context
    context.close()


def answer(page: Page, address: str) -> str:
    """What the page answers to an address opened anew."""
    page.goto("about:blank")
    page.goto(address)
    expect(page.locator("#answer h2")).to_be_visible()
    return page.locator("#answer h2").inner_text()


def kept_by_worker(page: Page, site: str) -> None:
    """Wait until the worker holds the page, as a phone does a moment after its first visit."""
    page.wait_for_function("""async () => {
      await navigator.serviceWorker.ready;
      return Boolean(await caches.match("/cek/") && navigator.serviceWorker.controller);
    }""")


def test_a_phone_without_network_checks_a_paper_and_learns_of_its_revocation(
    deployment: Deployment, officer: BrowserContext, tmp_path: Path
) -> None:
    token = deployment.python(ISSUE).split()[-1]
    with serving(deployment) as site:
        page = officer.new_page()
        troubles: list[Any] = []
        page.on("pageerror", lambda error: troubles.append(error))
        address = f"{site}/cek/#{token}"
        assert answer(page, address) == "BERLAKU"
        kept_by_worker(page, site)
        assert page.locator("[data-offline]").count() == 0

        officer.set_offline(True)
        assert answer(page, address) == "BERLAKU"
        expect(page.get_by_text("Tanpa sinyal. Data per")).to_be_visible()
        changed = token[:-1] + str((int(token[-1]) + 1) % 10)
        assert answer(page, f"{site}/cek/#{changed}") == "TIDAK BERLAKU"
        assert page.locator("#answer dl").count() == 0

        deployment.python(REVOKE.format(token=token))
        assert answer(page, address) == "BERLAKU"
        expect(page.get_by_text("Tanpa sinyal. Data per")).to_be_visible()

        officer.set_offline(False)
        assert answer(page, address) == "TIDAK BERLAKU"

        officer.set_offline(True)
        assert answer(page, address) == "TIDAK BERLAKU"
        expect(page.get_by_text("Surat ini sudah dicabut.")).to_be_visible()
        ((newest,),) = deployment.sql("SELECT max(sequence) FROM licensing_publishedlist")
        _an_older_list_is_not_believed(page, address, newest)
        _a_pasted_link_is_read_here(page, f"https://lain.example/x#{token}")
        _an_old_list_is_told(page, address)
        assert troubles == []


def _an_older_list_is_not_believed(page: Page, address: str, newest: int) -> None:
    """The worker still holds the first list. Without the newer one the phone says that it does not know; only a phone
    that never saw the newer one believes the first."""
    page.evaluate("caches.delete('check-data')")
    assert page.evaluate("Number(localStorage.getItem('check-list-seen'))") == newest
    assert answer(page, address) == "BELUM DIKETAHUI"
    page.evaluate("localStorage.removeItem('check-list-seen')")
    assert answer(page, address) == "BERLAKU"


def _a_pasted_link_is_read_here(page: Page, link: str) -> None:
    """Whose address stands before the digits is not looked at: the answer is this page's own."""
    page.evaluate("document.getElementById('answer').replaceChildren()")
    page.evaluate("history.replaceState(null, '', '/cek/')")
    page.get_by_label("Kode di bawah QR").fill(link)
    page.get_by_role("button", name="Cek kode").click()
    expect(page.get_by_role("heading", name="BERLAKU")).to_be_visible()
    assert "/cek/#" in page.url


def _an_old_list_is_told(page: Page, address: str) -> None:
    expect(page.get_by_text("Data di HP ini sudah lama.")).to_have_count(0)
    page.clock.set_fixed_time(datetime.now(UTC) + timedelta(days=9))
    assert answer(page, address) == "BERLAKU"
    expect(page.get_by_text("Data di HP ini sudah lama.")).to_be_visible()
