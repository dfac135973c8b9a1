"""What phones noted at an event ends in the same database in whatever order, and however often, it arrives.

It stands here and not beside the API because it looks into the tables that the records fill.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from base64 import b64encode
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from satupintu.accounts.queries import actor_of
from satupintu.audit.rules import SYSTEM
from satupintu.outreach import queries
from satupintu.outreach.actions import change_state
from satupintu.outreach.models import Event, Participant, Photo, Question, Receipt, Tap
from satupintu.outreach.tests.events import aid_item, event, people
from satupintu.registry.tests.factories import photo as a_photo
from satupintu.surveys.actions import open_survey
from satupintu.surveys.models import Answering, Tally
from satupintu.sync import actions
from satupintu.sync.models import Device, Received
from satupintu.sync.rules import Arriving
from satupintu.sync.tests.factories import device

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 28, 6, 0, tzinfo=UTC)
KINDS = ("tap", "session", "participant", "question", "receipt", "sheet", "tally")
Record = tuple[int, Arriving]  # which phone, and what it sends


class Morning(NamedTuple):
    """An event as planned, with three phones of its team."""

    event: Event
    sessions: list[Any]
    surveys: list[Any]
    item: Any
    phones: list[Device]


def a_morning() -> Morning:
    made = event()
    people(made, 3)
    asked = [
        open_survey(
            questionnaire="paper_statements",
            wave=wave,
            subject=made.reference,
            region=made.region,
            by=SYSTEM,
            at=AT - timedelta(days=1),
        )
        for wave in ("before", "after")
    ]
    owner = device(at=AT - timedelta(days=1))[0]
    phones = [owner, *(device(owner.owner, at=AT - timedelta(days=1))[0] for _ in range(2))]
    return Morning(made, list(made.sessions.all()), asked, aid_item(made, stock=5), phones)


def record(kind: str, content: dict[str, Any], minute: int, ref: uuid.UUID | None = None) -> Arriving:
    """As a phone whose clock is right sends it, ``minute`` of the morning."""
    text = json.dumps(content)
    made_at = AT - timedelta(hours=5) + timedelta(minutes=minute)
    return Arriving(ref or uuid.uuid4(), kind, hashlib.sha256(text.encode()).hexdigest(), text, made_at)


def noted(morning: Morning, kind: str, card: int, minute: int, pick: int) -> Arriving:
    """One record of a kind; cards 4 to 6 are on no list."""
    of, code = {"event": str(morning.event.ref)}, f"P{card:03}"
    survey, session = str(morning.surveys[pick % 2].ref), str(morning.sessions[pick % 4].ref)
    shapes: dict[str, tuple[str, dict[str, Any]]] = {
        "tap": ("outreach.tap", of | {"kind": ("arrived", "left")[pick % 2], "card": code}),
        "session": ("outreach.tap", of | {"kind": ("started", "stopped")[pick // 4 % 2], "session": session}),
        "participant": ("outreach.participant", of | {"card": code}),
        "question": ("outreach.question", of | {"text": f"Tanya {pick}?", "card": code, "session": session}),
        "receipt": ("outreach.receipt", of | {"item": morning.item.pk, "card": code}),
        "sheet": (
            "surveys.sheet",
            {"survey": survey, "card": code, "values": {"s1": "yes", "s2": ("yes", "no")[pick % 2]}},
        ),
        "tally": ("surveys.tally", {"survey": survey, "item": f"s{1 + pick % 3}", "yes": pick % 9, "asked": 8}),
    }
    return record(*shapes[kind], minute)


def send(morning: Morning, phone: int, records: list[Arriving]) -> list[Any]:
    made = morning.phones[phone]
    return actions.receive(device=made, records=records, sent_at=AT, by=actor_of(made.owner), at=AT)


def everything(morning: Morning) -> dict[str, Any]:
    """What the event's tables hold, without when and in which order it arrived; and what is worked out from it."""
    made = Event.objects.get(pk=morning.event.pk)
    ledger = queries.aid_of(SYSTEM, made)[0]
    return {
        "state": made.state,
        "cards": list(Participant.objects.filter(event=made).order_by("card").values_list("card", "invited")),
        "taps": list(
            Tap.objects.order_by("ref").values_list("ref", "kind", "participant__card", "session__title", "pressed_at")
        ),
        "questions": list(
            Question.objects.order_by("ref").values_list("ref", "text", "participant__card", "pressed_at")
        ),
        "receipts": list(Receipt.objects.order_by("ref").values_list("ref", "participant__card", "pressed_at")),
        "counted": sorted((row["participant"].card, row["receipt"].ref) for row in ledger["receipts"]),
        "handed": (ledger["handed"], ledger["left"], len(ledger["again"])),
        "sheets": list(Answering.objects.order_by("ref").values_list("ref", "respondent", "said_at", "consent")),
        "answers": list(
            Answering.objects.order_by("ref", "answers__item").values_list("ref", "answers__item", "answers__value")
        ),
        "tallies": list(Tally.objects.order_by("ref").values_list("ref", "item", "yes", "asked", "said_at")),
        "received": list(
            Received.objects.order_by("client_uuid").values_list(
                "client_uuid", "device__pk", "state", "problem", "made_at"
            )
        ),
    }


def delivered(morning: Morning, deliveries: list[tuple[int, list[Arriving]]]) -> dict[str, Any]:
    """The database after some deliveries, which are taken back again."""
    point = transaction.savepoint()
    for phone, batch in deliveries:
        send(morning, phone, batch)
    found = everything(morning)
    transaction.savepoint_rollback(point)
    return found


@pytest.fixture
def morning() -> Morning:
    return a_morning()


entry = st.tuples(st.sampled_from(KINDS), st.integers(1, 6), st.integers(0, 180), st.integers(0, 40), st.integers(0, 2))


@settings(
    max_examples=6,
    deadline=None,
    phases=[Phase.reuse, Phase.generate],  # a failure is told at once; making it smaller takes minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(told=st.lists(entry, min_size=20, max_size=40), chance=st.randoms(use_true_random=False))
def test_three_phones_in_any_order_with_batches_sent_twice_make_the_same_database(
    morning: Morning, told: list[tuple[str, int, int, int, int]], chance: Any
) -> None:
    records = [(phone, noted(morning, kind, card, minute, pick)) for kind, card, minute, pick, phone in told]
    own: list[list[Arriving]] = [[one for phone, one in records if phone == number] for number in range(3)]
    plain = delivered(morning, [(number, batch) for number, batch in enumerate(own) if batch])
    # Cut each phone's records at random places; some batches come again because their answer was lost; then shuffle.
    batches = []
    for number, batch in enumerate(own):
        while batch:
            size = chance.randint(1, 9)
            batches.append((number, batch[:size]))
            batch = batch[size:]
    again = [batch for batch in batches if chance.random() < 0.5]
    shuffled = batches + again
    chance.shuffle(shuffled)
    assert delivered(morning, shuffled) == plain
    assert len(plain["received"]) == len(records)
    assert {state for _, _, state, _, _ in plain["received"]} == {"done"}
    kept = sum(len(plain[name]) for name in ("taps", "questions", "receipts", "sheets", "tallies"))
    assert kept == sum(1 for _, one in records if one.kind != "outreach.participant")


def test_a_record_about_what_is_gone_or_of_another_area_is_kept_with_a_sentence(morning: Morning) -> None:
    stranger = event("Acara jauh", region="32.75.01.1001")
    of = {"event": str(morning.event.ref)}
    wrong = [
        record("outreach.tap", {"event": str(stranger.ref), "kind": "arrived", "card": "P001"}, 1),
        record("outreach.tap", of | {"kind": "started", "session": str(uuid.uuid4())}, 1),
        record("outreach.tap", of | {"kind": "danced", "card": "P001"}, 1),
        record("outreach.tap", of | {"kind": "arrived", "card": "kosong"}, 1),
        record("outreach.receipt", of | {"item": 0, "card": "P001"}, 1),
        record("surveys.sheet", {"survey": str(uuid.uuid4()), "card": "P001", "values": {"s1": "yes"}}, 1),
        record("surveys.tally", {"survey": str(morning.surveys[0].ref), "item": "s1", "yes": 9, "asked": 8}, 1),
    ]
    outcomes = send(morning, 0, [*wrong, record("outreach.participant", of | {"card": "9"}, 1)])
    assert [outcome.state for outcome in outcomes] == ["quarantined"] * 7 + ["done"]
    assert [outcome.detail.split(".")[0] for outcome in outcomes[:7]] == [
        "Acara ini tidak ada, atau di luar wilayah petugas",
        "Sesi ini tidak ada lagi di susunan acara",
        "Isi catatan ini tidak lengkap (kind)",
        "Kode kartunya tidak dikenal",
        "Bantuan ini tidak ada lagi di acara",
        "Kuesioner ini tidak ada, atau di luar wilayah petugas",
        "Yang angkat tangan 9, yang hadir 8",
    ]
    assert everything(morning)["cards"][-1] == ("P009", False)


def test_a_question_from_the_yard_is_answered_or_promised_once(morning: Morning) -> None:
    of = {"event": str(morning.event.ref), "card": "P001"}
    answered = record("outreach.question", of | {"text": "Berapa biayanya?", "answer": "Gratis."}, 10)
    promised = record("outreach.question", of | {"text": "Di mana?", "owner": "Petugas 1", "due": "2026-12-05"}, 11)
    for _ in range(2):
        send(morning, 0, [answered, promised])
    found = [(row["question"].text, row["state"]) for row in queries.questions_of(SYSTEM, morning.event)]
    assert found == [("Di mana?", "promised"), ("Berapa biayanya?", "answered")]
    assert [question.replies.count() for question in Question.objects.all()] == [1, 1]
    change_state(event=morning.event, state="running", by=SYSTEM, at=AT)
    change_state(event=morning.event, state="closed", by=SYSTEM, at=AT)
    send(morning, 1, [record("outreach.question", of | {"text": "Datang terlambat?"}, 12)])
    [late] = Question.objects.get(text="Datang terlambat?").replies.all()
    assert (late.answer, late.due) == ("", date(2026, 12, 5))


def test_a_photo_of_the_yard_is_kept_sealed_with_its_time_once(morning: Morning) -> None:
    of = {"event": str(morning.event.ref), "caption": "Sambutan"}
    good = record("outreach.photo", of | {"jpeg": b64encode(a_photo()).decode()}, 12)
    broken = [record("outreach.photo", of | {"jpeg": jpeg}, 12) for jpeg in ("bukan base64", "AAAA", "é")]
    for _ in range(2):
        outcomes = send(morning, 0, [good, *broken])
    assert [outcome.state for outcome in outcomes] == ["already", "already", "already", "already"]
    assert [outcomes[at].detail for at in (1, 3)] == ["Foto ini rusak. Ambil lagi."] * 2
    [kept] = Photo.objects.all()
    assert (kept.ref, kept.caption, kept.taken_at) == (good.uuid, "Sambutan", good.made_at)
