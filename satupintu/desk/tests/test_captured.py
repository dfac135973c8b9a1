"""What phones send over the API: by token alone, kept once, refused in JSON and never by a redirect.

It stands here and not beside the API because it looks into the tables that the records fill.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from satupintu.accounts.actions import change_role, deactivate_user
from satupintu.accounts.queries import actor_of
from satupintu.accounts.tests.factories import make_user, set_second_factor
from satupintu.audit import queries as audit
from satupintu.audit.rules import SYSTEM
from satupintu.registry.models import Barrier, Business, BusinessCode, Consent, Double, KeptPlan, Person
from satupintu.sync import actions, rules
from satupintu.sync.models import Device, Received
from satupintu.sync.tests.factories import AT, arriving, device, receive, staff

MUSTIKASARI, BEKASIJAYA = "32.75.11.1004", "32.75.01.1001"
CILOK = "jual=cilok&kbli=2020-56104&place=cart&fixed_spot=yes&zone=unknown&sales=unknown&extras=1"
SEND = "/api/v1/sync/records"


def vendor(name: str = "Pedagang 01", **fields: Any) -> dict[str, Any]:
    """What the page posts about a vendor of Mustikasari."""
    known = {"given": "yes", "version": "1", "place": "Pasar", "display_name": name, "region": MUSTIKASARI}
    return known | fields


def person(content: Any = None, **given: Any) -> rules.Arriving:
    """A record of a vendor."""
    return arriving(vendor() if content is None else content, kind="registry.person", **given)


def body(*records: rules.Arriving) -> dict[str, Any]:
    """A batch as a phone sends it."""
    now = timezone.now().isoformat()
    return {
        "sent_at": now,
        "records": [
            asdict(record) | {"uuid": str(record.uuid), "made_at": record.made_at.isoformat()} for record in records
        ],
    }


def send(token: str, *records: rules.Arriving, client: Client | None = None, **headers: str) -> Any:
    """Send a batch with a token."""
    return (client or Client(enforce_csrf_checks=True)).post(
        SEND, body(*records), content_type="application/json", headers={"Authorization": f"Bearer {token}"} | headers
    )


def fresh() -> tuple[Device, str]:
    """A device whose token counts now."""
    return device(at=timezone.now())


@pytest.mark.django_db
def test_ping_gives_the_nonce_back_and_nothing_else(client: Client) -> None:
    answer = client.get("/api/v1/ping?nonce=0123abcd-9")
    assert (answer.status_code, answer.json()) == (200, {"nonce": "0123abcd-9"})
    assert client.get("/api/v1/ping?nonce=<b>").status_code == 422


@pytest.mark.django_db
def test_a_vendor_comes_with_consent_business_barriers_and_plan() -> None:
    made, token = fresh()
    fields = {"phone": "0812 3456 7890", "nik": "3275111201800007", "trade_name": "Cilok", "answers": CILOK}
    record = person(vendor("Pedagang 07", barriers=["fears_cost", "did_not_know"], **fields))
    answer = send(token, record)
    someone = Person.objects.get()
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json; charset=utf-8")
    assert answer.json()["results"] == [
        {
            "uuid": str(record.uuid),
            "hash": record.hash,
            "state": "done",
            "status": 201,
            "detail": "",
            "reference": f"person:{someone.ref}",
        }
    ]
    assert (someone.display_name, someone.source, someone.made_by) == ("Pedagang 07", "sync", f"user:{made.owner_id}")
    assert (someone.nik, someone.phone) == ("3275111201800007", "+6281234567890")
    consent = Consent.objects.get()
    assert (consent.purpose, consent.text_version, consent.given, consent.place, consent.made_at) == (
        "keep_plan",
        "1",
        True,
        "Pasar",
        record.made_at,
    )
    business = Business.objects.get()
    assert (business.trade_name, business.place, business.region) == ("Cilok", "cart", MUSTIKASARI)
    assert [code.code for code in business.codes.all()] == ["56104"]
    assert KeptPlan.objects.get().business == business
    assert {*Barrier.objects.values_list("code", "asked")} == {("fears_cost", "event"), ("did_not_know", "event")}
    assert list(audit.breaks()) == []


@pytest.mark.django_db
def test_what_the_form_refuses_is_kept_with_its_sentence_and_the_rest_goes_on() -> None:
    _, token = fresh()
    wrong = [vendor(nik="123"), vendor(version="9"), vendor(region=BEKASIJAYA), vendor(given=""), "{", [1]]
    agreed_not = vendor(given="no", answers=CILOK)
    answer = send(token, *(person(one) for one in wrong), person(agreed_not), person(vendor(given="no")))
    results = answer.json()["results"]
    assert [one["state"] for one in results] == ["quarantined"] * 7 + ["done"]
    assert results[0]["detail"] == "NIK harus 16 angka. Sekarang baru 3."
    assert results[2]["detail"] == "Pilih dari daftar."
    assert results[3]["detail"] == "Pilih jawabannya: ya atau tidak."
    assert Person.objects.count() == 1
    assert Received.objects.filter(state="quarantined").count() == 7


@pytest.mark.django_db
def test_a_likely_double_is_written_and_left_to_the_page_of_doubles() -> None:
    _, token = fresh()
    nik = {"nik": "3275111201800007"}
    results = send(token, person(vendor(**nik)), person(vendor(**nik))).json()["results"]
    assert [one["state"] for one in results] == ["done", "done"]
    assert Double.objects.get().settled == ""


@pytest.mark.django_db
def test_sent_again_it_is_there_already_and_another_content_is_409_for_itself_alone() -> None:
    _, token = fresh()
    record = person()
    other = person(vendor("Pedagang 02"), uuid=record.uuid)
    send(token, record)
    results = send(token, record, other, person(vendor("Pedagang 03"))).json()["results"]
    assert [(one["state"], one["status"]) for one in results] == [("already", 200), ("conflict", 409), ("done", 201)]
    assert {*Person.objects.values_list("display_name", flat=True)} == {"Pedagang 01", "Pedagang 03"}


def refusal(answer: Any) -> tuple[int, str, str]:
    """Status, media type and sentence; every refusal is a problem, none a redirect."""
    problem = answer.json()
    assert problem["status"] == answer.status_code
    return answer.status_code, answer["Content-Type"], problem["detail"]


AGAIN = (401, "application/problem+json", "Siapkan HP ini lagi, lalu kirim. Catatan tetap di HP.")


@pytest.mark.django_db
def test_a_token_that_does_not_count_is_401_as_json() -> None:
    _, token = fresh()
    record = person()
    assert refusal(Client().post(SEND, body(record), content_type="application/json")) == AGAIN
    assert refusal(send("salah", record)) == AGAIN
    Device.objects.update(valid_until=timezone.now())
    assert refusal(send(token, record)) == AGAIN
    second, token = fresh()
    actions.revoke_device(device=second, by=actor_of(second.owner), at=timezone.now())
    assert refusal(send(token, record)) == AGAIN
    third, token = fresh()
    deactivate_user(user=third.owner, why="pindah kerja", by=SYSTEM, at=AT)
    assert refusal(send(token, record)) == AGAIN
    assert Received.objects.count() == 0


@pytest.mark.django_db
def test_an_owner_whose_role_of_today_captures_nothing_is_403() -> None:
    made, token = fresh()
    change_role(user=made.owner, role="leadership", office=made.office, why="pindah kerja", by=SYSTEM, at=AT)
    assert refusal(send(token, person()))[:2] == (403, "application/problem+json")


@pytest.mark.django_db
def test_a_session_neither_opens_the_door_nor_closes_it() -> None:
    _, token = fresh()
    verifier = make_user("verifier")
    set_second_factor(verifier)
    client = Client(enforce_csrf_checks=True)
    client.force_login(verifier)  # the second factor is still missing: pages would redirect
    assert refusal(client.post(SEND, body(person()), content_type="application/json")) == AGAIN
    assert send(token, person(), client=client).status_code == 200
    assert client.get("/api/v1/ping?nonce=0123456789").status_code == 200


@pytest.mark.django_db
def test_a_batch_that_is_cut_off_too_long_or_no_batch_is_refused_whole() -> None:
    _, token = fresh()
    headers = {"Authorization": f"Bearer {token}"}

    def post(text: str) -> Any:
        return Client().post(SEND, text, content_type="application/json", headers=headers)

    whole = json.dumps(body(person()))
    assert refusal(post(whole[:-20])) == (
        400,
        "application/problem+json",
        "Kiriman terpotong atau bukan JSON. Kirim lagi.",
    )
    assert refusal(post("[]"))[0] == 422
    assert refusal(post(json.dumps(body())))[0] == 422
    many = body(*(person(vendor(f"Pedagang {n}")) for n in range(rules.MOST_RECORDS + 1)))
    assert refusal(post(json.dumps(many)))[0] == 422
    assert refusal(post(whole + " " * 3_000_000))[0] == 413
    assert Received.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        {"uuid": "x"},
        {"kind": "Registry"},
        {"hash": "0" * 63},
        {"made_at": "2026-11-24T08:00:00"},
        {"made_at": "0001-01-01T00:00:00Z"},
        {"sequence": -1},
        {"shown": {"a": "\x00"}},
        {"content": "x" * (rules.LONGEST_CONTENT + 1)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_record_without_its_form_is_422_with_its_place(change: dict[str, Any]) -> None:
    _, token = fresh()
    batch = body(person())
    batch["records"][0] |= change
    answer = Client().post(SEND, batch, content_type="application/json", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 422
    assert f"records.0.{next(iter(change))}" in answer.json()["detail"]


@pytest.mark.django_db
def test_an_unknown_kind_is_kept_for_later() -> None:
    _, token = fresh()
    (result,) = send(token, arriving(kind="outreach.attendance")).json()["results"]
    assert (result["state"], result["status"]) == ("quarantined", 202)


def in_parallel(*work: Any) -> list[Any]:
    """Run each on a thread with its own connection, all begun together; their answers in order."""
    from concurrent.futures import ThreadPoolExecutor
    from threading import Barrier as Gate

    gate = Gate(len(work))

    def begin(one: Any) -> Any:
        try:
            gate.wait()
            return one()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(work)) as pool:
        return [done.result() for done in [pool.submit(begin, one) for one in work]]


@pytest.mark.usefixtures("committed")
def test_the_same_batch_twice_at_once_makes_everybody_once() -> None:
    _, token = fresh()
    batch = [person(vendor(f"Pedagang {n:02}")) for n in range(8)]
    answers = in_parallel(lambda: send(token, *batch), lambda: send(token, *reversed(batch)))
    assert [answer.status_code for answer in answers] == [200, 200]
    states = [one["state"] for answer in answers for one in answer.json()["results"]]
    assert sorted(states) == ["already"] * 8 + ["done"] * 8
    assert Person.objects.count() == Received.objects.count() == 8
    assert list(audit.breaks()) == []


@pytest.mark.usefixtures("committed")
def test_two_contents_for_one_number_at_once_are_one_person_and_one_revision() -> None:
    _, token = fresh()
    record = person(vendor("Pedagang 01"))
    other = person(vendor("Pedagang 02"), uuid=record.uuid)
    answers = in_parallel(lambda: send(token, record), lambda: send(token, other))
    assert sorted(answer.json()["results"][0]["state"] for answer in answers) == ["conflict", "done"]
    assert Person.objects.count() == 1
    assert Received.objects.count() == 2


# --- any order ------------------------------------------------------------------------------------------


def database() -> dict[str, Any]:
    """Everything that matters in it, by what it says and not by its keys."""
    return {
        # Which of two entries with one NIK can be searched by it is for the first to arrive; both keep it, sealed.
        "people": sorted((p.display_name, p.nik, p.region, p.source, p.made_at) for p in Person.objects.all()),
        "searchable": sorted(Person.objects.exclude(nik_lookup="").values_list("nik_lookup", flat=True)),
        "consents": sorted(Consent.objects.values_list("person__display_name", "given", "made_at")),
        "businesses": sorted(Business.objects.values_list("person__display_name", "trade_name")),
        "codes": sorted(BusinessCode.objects.values_list("business__trade_name", "code")),
        "doubles": sorted(
            (tuple(sorted((d.first.display_name, d.second.display_name))), d.score)
            for d in Double.objects.select_related("first", "second")
        ),
        "received": sorted(
            (str(u), s, h) for u, s, h in Received.objects.values_list("client_uuid", "state", "content_hash")
        ),
    }


def three_phones() -> list[list[rules.Arriving]]:
    """What three phones captured: own people, one refused record each, and one person met by two of them."""
    known = iter(range(100))

    def record(name: str, **fields: Any) -> rules.Arriving:
        return person(vendor(name, **fields), uuid=UUID(int=next(known)), made_at=AT - timedelta(minutes=5))

    shared = {"nik": "3275111201800007"}
    return [
        [record("Sari Wulan", trade_name="Cilok", code="56104"), record("Bambang", nik="1"), record("Siti", **shared)],
        [record("Joko"), record("Sitti", **shared), record("Rudi", region=BEKASIJAYA)],
        [record("Dewi", given="no"), record("Agus", trade_name="Bakso"), record("Tono", given="")],
    ]


@pytest.fixture
def phones(db: None) -> list[Device]:
    """Three phones of the same area."""
    return [device(staff(), name=f"HP {n}")[0] for n in range(3)]


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_three_phones_merged_in_any_order_with_repeats_give_the_same_database(phones: list[Device], data: Any) -> None:
    from django.db import transaction

    captured = three_phones()
    sent = [(phone, record) for phone, records in zip(phones, captured, strict=True) for record in records]
    order = data.draw(st.permutations(sent))
    repeats = data.draw(st.lists(st.sampled_from(sent), max_size=5))
    found = []
    for batch in (sent, [*order, *repeats]):
        with transaction.atomic():
            for phone, record in batch:
                receive(phone, record)
            found.append(database())
            transaction.set_rollback(True)
    assert found[0] == found[1]
    assert len(found[0]["people"]) == 6
