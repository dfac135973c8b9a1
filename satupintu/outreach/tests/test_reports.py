"""A report of an event in the database: worked out each time, then frozen."""

import json

import pytest
from django.core.exceptions import ValidationError

from satupintu.accounts.gate import NotAllowed
from satupintu.audit.models import Record
from satupintu.audit.rules import SYSTEM
from satupintu.outreach import actions, queries
from satupintu.outreach.models import Event, NeverChanged, Report
from satupintu.outreach.rules.report.data import fingerprint, thawed
from satupintu.outreach.tests.events import AT, at, event, facilitator, people, photo, question, run, tap
from satupintu.outreach.tests.reports import TEXTS
from satupintu.registry.tests.factories import BEKASI_TIMUR

pytestmark = pytest.mark.django_db


def with_target(of: Event) -> Event:
    """The event with how many it was meant for."""
    names = ("title", "day", "region", "place", "market", "funding", "letter", "note")
    values = {name: getattr(of, name) for name in names} | {"target": 25, "target_source": "daftar RT"}
    return actions.change_event(event=of, **values, by=SYSTEM, at=AT)


def complete() -> Event:
    """A morning with everything that a final report asks for."""
    made = event(running=True, target=25, target_source="daftar RT")
    first, second, _ = people(made, 3)
    tap(first, "arrived", at(8, 32))
    tap(first, "left", at(9, 20))
    tap(second, "arrived", at(8, 40))
    sessions = list(made.sessions.all())
    run(sessions[0], "started", at(8, 30))
    run(sessions[0], "stopped", at(8, 45))
    run(sessions[0], "cause", at(8, 46), cause="Banyak yang datang terlambat")
    question(made, "Berapa biayanya?")
    actions.write_texts(event=made, texts=TEXTS, by=SYSTEM, at=AT)
    return actions.change_state(event=made, state="closed", by=SYSTEM, at=AT)


def test_the_data_of_a_report_hold_cards_and_what_was_seen_of_them() -> None:
    data = queries.data_of(facilitator(), complete())
    assert [(one.card, one.arrived, one.left, one.minutes) for one in data.people] == [
        ("P001", "08:32", "09:20", 48),
        ("P002", "08:40", "", None),  # nobody noted when the event ended
        ("P003", "", "", None),
    ]
    assert (data.event.invited, data.event.attended) == (3, 2)
    assert (data.agenda[0].actual_start, data.agenda[0].actual_end) == ("08:30", "08:45")
    assert data.agenda[0].cause == "Banyak yang datang terlambat"
    assert [one.text for one in data.questions] == ["Berapa biayanya?"]


def test_a_press_on_the_day_before_counts_who_came_and_tells_no_time() -> None:
    made = event(running=True)
    first = people(made, 1)[0]
    tap(first, "arrived", at(-20, 15))
    run(made.sessions.all()[0], "started", at(-20, 20))
    data = queries.data_of(facilitator(), made)
    assert [(one.arrived, one.minutes) for one in data.people] == [("", None)]
    assert (data.event.attended, data.agenda[0].actual_start) == (1, "")
    certificates = queries.certificates_of(facilitator(), made, "P001")
    assert certificates is not None
    assert [one["when"] for one in certificates["people"]] == ["pada Sabtu, 28 November 2026."]


def test_a_draft_with_something_missing_is_refused_with_all_of_it() -> None:
    made = event()
    actions.write_texts(event=made, texts=TEXTS | {"closing": "TODO"}, by=SYSTEM, at=AT)
    with pytest.raises(ValidationError) as refused:
        actions.make_final(event=made, by=facilitator(), at=AT)
    told = " ".join(refused.value.messages)
    assert "masih ada pertanyaan atau isian: “TODO”" in told
    assert "Jumlah sasaran belum diisi" in told
    assert "Acara belum ditutup" in told
    assert Report.objects.get().state == "draft"


def test_a_final_report_stays_as_it_was_whatever_happens_to_the_event() -> None:
    made = complete()
    final = actions.make_final(event=made, by=facilitator(), at=AT)
    frozen, document = final.frozen, json.loads(final.document)
    assert final.sha256 == fingerprint(frozen) == document["hash"]
    assert (final.version, document["draft"], document["state"]) == (1, False, "Versi 1")
    tap(made.participants.get(card="P003"), "arrived", at(9, 0))
    again = queries.final_of(made, 1)
    assert again is not None
    assert (again.frozen, json.loads(again.document)) == (frozen, document)
    assert '"attended":2' in again.frozen
    assert queries.data_of(facilitator(), made).event.attended == 3
    recorded = Record.objects.get(action="outreach.report_made_final")
    assert recorded.object == made.reference


def test_photos_are_named_in_the_frozen_data_and_shown_only_while_they_may_be() -> None:
    made = complete()
    shown = photo(made, caption="Suasana pasar", shows="nobody")
    photo(made, caption="Belum dikatakan siapa")
    final = actions.make_final(event=made, by=SYSTEM, at=AT)
    assert [one.caption for one in thawed(final.frozen).photos] == ["Suasana pasar"]
    assert list(queries.photos_shown(made)) == [str(shown.ref)]
    actions.erase_photo(photo=shown, why="asked", by=SYSTEM, at=AT)
    assert queries.photos_shown(made) == {}
    assert "Suasana pasar" in Report.objects.get().document  # its place stays, without the photo


def test_a_final_report_cannot_be_written_or_taken_away() -> None:
    final = actions.make_final(event=complete(), by=SYSTEM, at=AT)
    final.texts = {}
    for write in (final.save, final.delete):
        with pytest.raises(NeverChanged):
            write()
    assert Report.objects.get(pk=final.pk).texts["leader"] == TEXTS["leader"]


def test_a_later_final_report_is_a_new_version_that_begins_with_the_old_texts() -> None:
    made = complete()
    actions.make_final(event=made, by=SYSTEM, at=AT)
    with pytest.raises(ValidationError):
        actions.make_final(event=made, by=SYSTEM, at=AT)  # nothing was changed since
    actions.write_texts(event=made, texts={"thanks": "Terima kasih kepada semua pedagang."}, by=SYSTEM, at=AT)
    second = actions.make_final(event=made, by=SYSTEM, at=AT)
    assert (second.version, second.texts["closing"]) == (2, TEXTS["closing"])
    assert [one.version for one in queries.finals_of(made)] == [2, 1]


def test_who_works_elsewhere_can_neither_write_nor_freeze_a_report() -> None:
    made = complete()
    for act, given in ((actions.write_texts, {"texts": TEXTS}), (actions.make_final, {})):
        with pytest.raises(NotAllowed):
            act(event=made, **given, by=facilitator(BEKASI_TIMUR), at=AT)


def test_a_text_too_long_to_read_is_refused_by_its_name() -> None:
    with pytest.raises(ValidationError) as refused:
        actions.write_texts(event=event(), texts={"closing": "a" * 20_001}, by=SYSTEM, at=AT)
    assert list(refused.value.message_dict) == ["closing"]


def test_the_report_of_the_demo_event_says_what_is_made_up_and_which_number_of_sheets_fits() -> None:
    made = actions.demo(by=SYSTEM, at=AT)[0]
    report = queries.report_now(SYSTEM, made)
    told = json.dumps(report.document, ensure_ascii=False)
    assert "Hanya 52 lembar (dari satu sampai 60) yang cocok dengan semua rata-rata." in told
    assert "dibuat supaya cocok dengan angka tercetak" in told
    assert report.figures["item.s1.p"].shown() == "0,00024"
    assert report.figures["n.paired"].value == 20
    assert queries.summary_now(SYSTEM, with_target(made))["sections"][1]["blocks"][0]["text"].startswith("20 dari 25")
