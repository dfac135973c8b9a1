"""The public register with its open data, and the service standards with what was measured."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from satupintu.audit.rules import SYSTEM
from satupintu.licensing.actions import certificates, decisions
from satupintu.licensing.models import Application, Certificate, ServiceTime
from satupintu.licensing.queries import register
from satupintu.licensing.queries.register import Asked
from satupintu.licensing.queries.standards import figures_since
from satupintu.licensing.rules.register import COLUMNS, state_on
from satupintu.licensing.tests.factories import AT, OFFICE, application, signer

pytestmark = pytest.mark.django_db
DAY = localdate(AT)
LATER = AT + timedelta(days=30)


def paper(days: int = 365, **given: object) -> Certificate:
    """A paper that was issued a moment ago and holds for so many days."""
    file = application(state="examined", **given)
    when = file.moved_at + timedelta(hours=1)
    first = localdate(when)
    decisions.grant(application=file, valid_from=first, valid_until=first + timedelta(days=days), by=signer(), at=when)
    return Certificate.objects.get(application=file)


def body(response: object) -> str:
    """What a streamed answer holds."""
    return b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("status", "day", "state"),
    [
        ("active", date(2026, 1, 1), "holds"),
        ("active", date(2026, 12, 31), "holds"),
        ("active", date(2027, 1, 1), "expired"),
        ("active", date(2025, 12, 31), "later"),
        ("suspended", date(2026, 6, 1), "suspended"),
        ("suspended", date(2027, 1, 1), "expired"),
        ("revoked", date(2027, 1, 1), "revoked"),
        ("expired", date(2026, 6, 1), "expired"),
    ],
)
def test_the_gravest_thing_is_said_of_a_paper(status: str, day: date, state: str) -> None:
    assert state_on(status, date(2026, 1, 1), date(2026, 12, 31), day) == state


def test_register_shows_papers_that_hold_and_nothing_of_a_person(client: Client, time_machine: object) -> None:
    time_machine.move_to(AT + timedelta(days=1))  # type: ignore[attr-defined]
    one, other = paper(), paper()
    certificates.suspend(certificate=other, reasons=[], note="Lapak pindah.", by=signer(), at=LATER)
    text = client.get(reverse("licensing:register")).content.decode()
    assert one.number in text
    assert other.number not in text
    assert one.person.display_name not in text
    assert one.code not in text
    suspended = client.get(reverse("licensing:register"), {"keadaan": "suspended"}).content.decode()
    assert other.number in suspended
    assert one.number not in suspended


def test_register_finds_a_paper_in_any_state_by_number_or_code() -> None:
    one = paper()
    certificates.revoke(certificate=one, reasons=[], note="Lapak ditutup.", by=signer(), at=LATER)
    for typed in (one.number, one.number.lower(), one.code, f"{one.code[:3]} {one.code[3:]}".lower()):
        found = register.page(Asked(text=typed), localdate(LATER)).entries
        assert [(entry.number, entry.state) for entry in found] == [(one.number, "revoked")]
    assert register.page(Asked(text="9999/TIDAK-ADA"), localdate(LATER)).entries == []
    assert register.page(Asked(), localdate(LATER)).entries == []


def test_register_narrows_by_paper_place_and_end() -> None:
    one = paper(days=10)
    region = one.region
    for asked, there in (
        (Asked(paper="tdu_pkl"), True),
        (Asked(paper="sku"), False),
        (Asked(region=region), True),
        (Asked(region=region[:8]), True),
        (Asked(region="32.75.01.1001"), False),
        (Asked(market="tidak-ada"), False),
        (Asked(standing="ended"), False),
    ):
        assert bool(register.page(asked, one.issued).entries) is there, asked
    after = one.issued + timedelta(days=11)
    assert register.page(Asked(), after).entries == []
    assert [e.state for e in register.page(Asked(standing="ended"), after).entries] == ["expired"]


def test_register_shows_a_corrected_paper_once() -> None:
    one = paper()
    certificates.correct(certificate=one, changes={"size": "3 m x 2 m"}, reason="Salah ukur", by=signer(), at=LATER)
    assert [e.number for e in register.page(Asked(standing="all"), localdate(LATER)).entries] == [one.number]


def test_register_pages_hold_every_paper_once() -> None:
    made = {paper().number for _ in range(5)}
    seen: list[str] = []
    after = None
    while True:
        page = register.page(Asked(), DAY + timedelta(days=1), after, size=2)
        seen += [entry.number for entry in page.entries]
        after = page.after
        if after is None:
            break
    assert sorted(seen) == sorted(made)


def test_register_asks_the_database_as_often_for_three_papers_as_for_one(client: Client) -> None:
    paper()
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get(reverse("licensing:register"), {"keadaan": "all"})
    paper(), paper()
    with CaptureQueriesContext(connection) as three:
        client.get(reverse("licensing:register"), {"keadaan": "all"})
    assert len(three) == len(one)


def test_register_csv_holds_the_columns_that_the_page_explains(client: Client) -> None:
    one = paper()
    response = client.get(reverse("licensing:register-csv"), {"keadaan": "all"})
    rows = list(csv.DictReader(io.StringIO(body(response).lstrip("\ufeff"))))
    assert list(rows[0]) == list(COLUMNS)
    assert (rows[0]["nomor"], rows[0]["surat"], rows[0]["terbit"]) == (one.number, "tdu_pkl", one.issued.isoformat())
    page = client.get(reverse("licensing:register")).content.decode()
    explained = "".join(part.split("</dt>")[0] + ", " for part in page.split("<dt>")[1:])
    assert [name.strip() for name in explained.split(",") if name.strip()] == list(COLUMNS)


def test_register_json_is_whole_json_with_and_without_papers(client: Client) -> None:
    address = reverse("licensing:register-json")
    assert json.loads(body(client.get(address)))["surat"] == []
    paper(), paper()
    told = json.loads(body(client.get(address, {"keadaan": "all"})))
    assert (told["lisensi"], len(told["surat"])) == ("data terbuka", 2)
    assert list(told["surat"][0]) == list(COLUMNS)


def test_standards_list_every_served_paper(client: Client) -> None:
    text = client.get(reverse("licensing:standards")).content.decode()
    assert reverse("licensing:standard", args=["tdu_pkl"]) in text
    assert reverse("licensing:standard", args=["nib"]) in text


def test_standard_has_six_components_and_says_what_is_not_known(client: Client) -> None:
    text = client.get(reverse("licensing:standard", args=["tdu_pkl"])).content.decode()
    assert [text.index(f"<h2>{n}. ") for n in range(1, 7)] == sorted(text.index(f"<h2>{n}. ") for n in range(1, 7))
    for words in ("Waktu: belum kami tahu.", "Biaya: belum kami tahu.", "Masa berlaku: belum kami tahu.", "Tanya:"):
        assert words in text
    assert "Belum cukup berkas (0)." in text
    assert client.get(reverse("licensing:standard", args=["siup"])).status_code == 404


def test_standard_shows_a_service_time_by_letter_and_that_it_is_an_example(client: Client) -> None:
    application()
    ServiceTime.objects.create(
        office=OFFICE,
        licence="tdu_pkl",
        days=14,
        begins=DAY,
        letter="contoh untuk mencoba",
        example=True,
        made_by=SYSTEM.ref,
        made_at=AT,
    )
    text = client.get(reverse("licensing:standard", args=["tdu_pkl"])).content.decode()
    assert "14 hari kerja." in text
    assert "bukan janji kota" in text
    assert "Waktu: belum kami tahu." not in text


def test_figures_count_the_decided_files_of_the_last_twelve_months() -> None:
    files = (
        (24, True, True),
        (24, True, None),
        (48, True, True),
        (72, False, False),
        (96, None, True),
    )
    for hours, in_time, right in files:
        file = application(state="refused")
        Application.objects.filter(pk=file.pk).update(
            decided_at=AT, working_hours=hours, in_time=in_time, first_time_right=right
        )
    application(state="examined")
    found = figures_since(AT)["tdu_pkl"]
    assert (found.n, found.median, found.slow) == (5, 2, 4)
    assert (found.in_time, found.right) == (None, None)  # of four each it is known: too few to say
    Application.objects.filter(working_hours=96).update(in_time=True)
    assert figures_since(AT)["tdu_pkl"].in_time == 80
    assert figures_since(AT + timedelta(days=366)) == {}


def test_a_decision_keeps_the_working_hours_it_took() -> None:
    file = application(state="examined")
    when = file.moved_at + timedelta(hours=1)
    decisions.refuse(application=file, reasons=["red_zone"], by=signer(), at=when)
    kept = Application.objects.get(pk=file.pk)
    accepted = kept.accepted_at
    assert accepted is not None
    assert (kept.working_hours, kept.in_time) == ((when - accepted) // timedelta(hours=1), None)


def test_the_api_lists_papers_a_page_at_a_time_and_finds_one_by_its_code(client: Client) -> None:
    first, second = paper(), paper()
    told = client.get("/api/v1/licences/certificates", {"standing": "all", "limit": 1}).json()
    assert [one["number"] for one in told["certificates"]] == [second.number]
    rest = client.get("/api/v1/licences/certificates", {"standing": "all", "after": told["after"]}).json()
    assert ([one["number"] for one in rest["certificates"]], rest["after"]) == ([first.number], None)
    one = client.get(f"/api/v1/licences/certificates/{first.code.lower()}").json()
    assert (one["number"], one["licence"]) == (first.number, "tdu_pkl")
    assert first.person.display_name not in json.dumps(told) + json.dumps(one)


def test_the_api_answers_faults_as_problem_details(client: Client) -> None:
    for address, status in (("certificates?standing=lain", 422), ("certificates/2222222", 404)):
        answer = client.get(f"/api/v1/licences/{address}")
        assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json")
