"""What a change of law does: counted by the tables, shown by area and trade, listed, told once."""

from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from satupintu.audit.models import Record
from satupintu.catalogue import queries as catalogue
from satupintu.catalogue.rules.diff import kind_of_change
from satupintu.desk.queries import law_change
from satupintu.desk.queries.law_change import NotComparable, Sides, compare
from satupintu.desk.tests.factories import staff
from satupintu.messages.models import Message
from satupintu.registry import actions
from satupintu.registry.tests.factories import AT, MUSTIKAJAYA, actor, register

pytestmark = pytest.mark.django_db
BEFORE, AFTER = date(2025, 6, 4), date(2025, 6, 5)
QUERY = f"before={BEFORE}&after={AFTER}&draft="


def business(code: str = "56104", place: str = "cart", region: str = "32.75.11.1004", **given: Any) -> Any:
    """A business of somebody new who sells in a region."""
    person = register(region=region, **given)
    facts = {"fixed_spot": "yes"}
    codes = [("2020", code)] if code else []
    return actions.add_business(person=person, place=place, facts=facts, codes=codes, by=actor(area=""), at=AT)


def expected(businesses: list[Any]) -> Counter[tuple[int, str, str]]:
    """The same changes, worked out one business at a time by the plan for one."""
    found: Counter[tuple[int, str, str]] = Counter()
    for one in businesses:
        given = {**one.facts, "place": one.place, "region": one.region}
        for code in one.codes.all():
            given |= {"kbli_version": code.version, "kbli": code.code}
        old, new = (catalogue.plan_for(given, day) for day in (BEFORE, AFTER))
        for paper in new.papers:
            kind = kind_of_change(old.paper(paper.code).need, paper.need)
            if kind != "unchanged":
                found[one.person_id, paper.code, kind] += 1
    return found


def test_the_list_is_what_the_plan_for_one_business_says_before_and_after() -> None:
    all_of_them = [business(), business("47813", "street_stall"), business("", "unknown"), business("10794", "home")]
    found = compare(actor(), Sides(BEFORE, AFTER))
    assert Counter((row.person, row.paper, row.kind) for row in found.rows) == expected(all_of_them)
    assert found.rows
    assert found.tally.businesses == 4
    assert found.tally.contact == len({row.person for row in found.rows})


def test_only_the_area_of_the_asker_is_compared() -> None:
    business()
    business(region="32.75.01.1001")
    assert compare(actor("verifier", MUSTIKAJAYA), Sides(BEFORE, AFTER)).tally.businesses == 1
    assert compare(actor("verifier", ""), Sides(BEFORE, AFTER)).tally.businesses == 2


def test_no_business_at_all_is_no_error() -> None:
    found = compare(actor(), Sides(BEFORE, AFTER))
    assert (found.rows, found.tally.businesses) == ((), 0)


def test_the_same_law_changes_nothing() -> None:
    business()
    assert compare(actor(), Sides(AFTER, AFTER)).rows == ()


@pytest.fixture
def drafts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty drafts folder of a deployment."""
    monkeypatch.setattr(settings, "SATUPINTU_HOME", tmp_path)
    (tmp_path / "drafts").mkdir()
    return tmp_path / "drafts"


def test_a_draft_is_chosen_by_name_and_compared(drafts: Path) -> None:
    one = business()
    draft = drafts / "nib-nanti" / "licences" / "nib"
    draft.mkdir(parents=True)
    own = settings.PACKAGE / "data" / "licences" / "nib" / "licence.yaml"
    text = own.read_text().replace("required: {need: now}", "required: {need: later}")
    (draft / "licence.yaml").write_text(text)
    (drafts / "..aneh").mkdir()
    assert law_change.drafts() == ["nib-nanti"]
    day = date(2026, 11, 24)
    found = compare(actor(), Sides(day, day, "nib-nanti"))
    assert [(row.person, row.paper, row.before, row.after) for row in found.rows] == [
        (one.person_id, "nib", "now", "later")
    ]


@pytest.mark.parametrize("name", ["tidak-ada", "../data", "/etc"])
def test_a_draft_that_is_not_there_is_refused(drafts: Path, name: str) -> None:
    with pytest.raises(NotComparable, match="tidak ada di folder drafts"):
        compare(actor(), Sides(BEFORE, AFTER, name))


def test_a_broken_draft_says_what_is_wrong(drafts: Path) -> None:
    (drafts / "rusak").mkdir()
    (drafts / "rusak" / "facts.yaml").write_text("bukan: [")
    with pytest.raises(NotComparable, match="Rancangan rusak belum bisa dipakai"):
        compare(actor(), Sides(BEFORE, AFTER, "rusak"))


def test_law_change_shows_papers_areas_and_trades_with_the_same_numbers() -> None:
    client, _ = staff("verifier")
    ones = [business(), business(), business("47813", "street_stall", "32.75.11.1001")]
    page = client.get(f"/perubahan-hukum/?{QUERY}")
    assert page.status_code == 200
    found = compare(actor("verifier"), Sides(BEFORE, AFTER))
    assert sum(group["counts"]["contact"] for group in page.context["areas"]) == found.tally.contact
    assert sum(group["counts"]["contact"] for group in page.context["trades"]) == found.tally.contact
    assert "Mustikasari, Mustika" in page.text
    assert "<rect" in page.text
    assert page.text.count(ones[0].person.display_name) >= 1


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("before=&after=2025-06-05&draft=", "Pilih hari sebelum perubahan."),
        ("before=2025-06-05&after=2025-06-05&draft=", "Dua harinya sama."),
        ("before=1999-01-01&after=2025-06-05&draft=", "terlalu awal"),
        ("before=2025-06-04&after=2025-06-05&draft=entah", "Pilih dari daftar."),
    ],
)
def test_law_change_says_what_cannot_be_compared(query: str, says: str) -> None:
    client, _ = staff("verifier")
    page = client.get(f"/perubahan-hukum/?{query}")
    assert page.status_code == 422
    assert says in page.text


def test_law_change_offers_the_days_on_which_the_law_changed() -> None:
    client, _ = staff("verifier")
    page = client.get("/perubahan-hukum/").text
    assert 'href="/perubahan-hukum/?before=2025-06-04&amp;after=2025-06-05"' in page
    assert "Hari hukum pernah berubah" not in client.get(f"/perubahan-hukum/?{QUERY}").text


def test_law_change_list_leaves_as_csv_and_is_witnessed() -> None:
    client, user = staff("verifier")
    person = business(name="=cmd|A1").person
    given = {"before": str(BEFORE), "after": str(AFTER), "draft": ""}
    answer = client.post("/perubahan-hukum/daftar/", given)
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert {row["nama"] for row in rows} == {f"'{person.display_name}"}
    assert {row["kbli"] for row in rows} == {"2020-56104"}
    record = Record.objects.get(action="desk.law_change_exported")
    assert (record.actor, record.values) == (f"user:{user.pk}", {"change": "2025-06-04:2025-06-05", "rows": len(rows)})
    assert client.post("/perubahan-hukum/daftar/", {}).headers["Location"] == "/perubahan-hukum/"
    assert staff("front_office")[0].post("/perubahan-hukum/daftar/", given).status_code == 404


def test_law_change_message_asks_first_and_tells_each_person_once() -> None:
    client, _ = staff("verifier")
    person = business(phone="081234567890", channel="whatsapp").person
    business()
    actions.give_consent(person=person, purpose="reminders", by=actor(), at=AT)
    asked = client.get(f"/perubahan-hukum/kabari/?{QUERY}")
    assert "Setiap orang sekali untuk perubahan ini." in asked.text
    assert Message.objects.count() == 0
    given = {"before": str(BEFORE), "after": str(AFTER), "draft": ""}
    told = client.post("/perubahan-hukum/kabari/", given, follow=True)
    assert "1 orang dikabari sekarang." in told.text
    again = client.post("/perubahan-hukum/kabari/", given, follow=True)
    assert "0 orang dikabari sekarang." in again.text
    from_another_day = given | {"before": str(BEFORE - timedelta(days=1))}
    again = client.post("/perubahan-hukum/kabari/", from_another_day, follow=True)
    assert "0 orang dikabari sekarang." in again.text
    message = Message.objects.get()
    assert person.display_name not in message.text
    assert "5 Juni 2025" in message.text
    assert client.get("/perubahan-hukum/kabari/").headers["Location"] == "/perubahan-hukum/"


@pytest.mark.parametrize("rows", [1, 3])
def test_law_change_asks_the_database_the_same_for_one_and_for_three(rows: int, django_assert_num_queries: Any) -> None:
    client, _ = staff("verifier")
    for _ in range(rows):
        business()
    with django_assert_num_queries(4):  # session, account with office, businesses, names of those shown
        assert client.get(f"/perubahan-hukum/?{QUERY}").context["tally"].businesses == rows
