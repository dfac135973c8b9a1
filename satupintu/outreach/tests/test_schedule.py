"""The public schedule: what is shown, signing up, messages through a real gateway, what staff make of it."""

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from satupintu.accounts.gate import NotAllowed
from satupintu.accounts.rules import VISITOR
from satupintu.audit.models import Record
from satupintu.audit.rules import SYSTEM
from satupintu.messages.delivery import deliver_due
from satupintu.messages.models import Message
from satupintu.messages.tests.conftest import Provider, provider
from satupintu.outreach import actions
from satupintu.outreach.models import Event, SignUp
from satupintu.outreach.queries.schedule import schedule
from satupintu.outreach.tests.events import AT, announced, event, facilitator, sign_up
from satupintu.registry import actions as registry
from satupintu.registry.tests.browsing import html, staff
from satupintu.registry.tests.factories import BEKASI_TIMUR, register

pytestmark = pytest.mark.django_db
__all__ = ["provider"]  # the loopback provider of the outbox's own tests
PHONE = "0812 3456 7890"
DAY = date(2036, 11, 29)
NIGHT = datetime(2036, 11, 27, 19, 0, tzinfo=UTC)  # 02.00 of the 28th in Jakarta
LINK = "https://contoh.test/jadwal/daftar/{ref}/"


def page(name: str, of: Event | None = None) -> str:
    return reverse(f"outreach:{name}", args=[of.ref] if of else [])


def post(of: Event, agree: str = "whatsapp", phone: str = PHONE, client: Client | None = None) -> str:
    cache.clear()  # of what throttles
    told = (client or Client()).post(page("schedule-event", of), {"agree": agree, "phone": phone}, follow=True)
    assert told.status_code == 200, told.status_code
    return " ".join(told.content.decode().split())


def test_schedule_shows_only_announced_events_that_lie_ahead() -> None:
    shown = announced(event("Acara diumumkan", day=DAY))
    hidden = event("Acara dalam", day=DAY)
    withdrawn = announced(event("Acara ditarik", day=DAY))
    actions.withdraw_announcement(event=withdrawn, by=SYSTEM, at=AT)
    listed = html(Client(), page("schedule"))
    assert "Acara diumumkan" in listed
    assert "08.30–11.30" in listed
    assert "Acara dalam" not in listed
    assert "Acara ditarik" not in listed
    for other in (hidden, withdrawn):
        assert Client().get(page("schedule-event", other)).status_code == 404
        assert Client().get(page("schedule-calendar", other)).status_code == 404
    assert schedule(DAY + timedelta(days=1)) == []
    assert "Mustikasari" in html(Client(), page("schedule-event", shown))


def test_an_event_of_yesterday_is_not_announced_nor_one_without_where_to_sign_up() -> None:
    with pytest.raises(ValidationError):
        announced(event(day=date(2026, 11, 23)))
    with pytest.raises(ValidationError):
        announced(event(day=DAY), way="counter", how=" ")
    with pytest.raises(NotAllowed):
        actions.announce_event(event=event(day=DAY), way="phone", by=facilitator(BEKASI_TIMUR), at=AT)


def test_schedule_event_keeps_the_number_sealed_with_the_consent_and_says_the_same_to_a_known_number() -> None:
    made = announced()
    first = post(made)
    again = post(made, phone="+62 812-3456-7890")
    assert "Nomornya kami terima" in first
    assert first == again
    kept = SignUp.objects.get()
    assert (kept.phone, kept.consent, kept.channel, kept.language) == (
        *("+6281234567890", "event_messages:1", "whatsapp", "id"),
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone, phone_lookup FROM outreach_signup")
        sealed, looked_up = cursor.fetchone()
    assert b"81234567890" not in bytes(sealed)
    assert "81234567890" not in looked_up
    assert all("81234567890" not in str(record.values) for record in Record.objects.all())
    assert Message.objects.count() == 1


def test_who_says_no_leaves_no_number() -> None:
    made = announced()
    assert "Nomor tidak kami simpan" in post(made, agree="no")
    assert not SignUp.objects.exists()
    wrong = Client().post(page("schedule-event", made), {"agree": "sms", "phone": "123"})
    assert wrong.status_code == 422
    assert 'value="123"' in wrong.content.decode()
    unsaid = Client().post(page("schedule-event", made), {"phone": PHONE})
    assert (unsaid.status_code, "Pilih satu jawaban" in unsaid.content.decode()) == (422, True)


def test_a_full_event_takes_nobody_more_not_even_a_known_number() -> None:
    made = announced(capacity=1)
    sign_up(made)
    for phone in (PHONE, "0812 0000 1111"):
        told = Client().post(page("schedule-event", made), {"agree": "sms", "phone": phone})
        assert "sudah penuh" in told.content.decode()
    assert SignUp.objects.count() == 1


def test_one_number_may_be_tried_5_times_a_day_and_one_place_20_times_a_minute() -> None:
    made = announced()
    cache.clear()

    def tried(phone: str) -> int:
        return Client().post(page("schedule-event", made), {"agree": "sms", "phone": phone}).status_code

    assert [tried(PHONE) for _ in range(6)] == [302] * 5 + [422]
    assert [tried(f"0812 3456 70{n:02}") for n in range(15)] == [302] * 14 + [422]
    cache.clear()


def test_sign_up_cancel_erases_the_number_and_shows_none() -> None:
    made = sign_up()
    link = reverse("outreach:sign-up-cancel", args=[made.ref])
    assert f"https://contoh.test{link}" in Message.objects.get().text
    assert "7890" not in html(Client(), link)
    for _ in range(2):
        assert "dibatalkan" in Client().post(link, follow=True).content.decode()
    made.refresh_from_db()
    assert (made.phone, made.phone_lookup) == ("", "")
    message = Message.objects.get()
    assert (message.state, message.receiver, message.text) == ("given_up", "", "")
    assert Client().get(reverse("outreach:sign-up-cancel", args=[uuid.uuid4()])).status_code == 404
    assert sign_up(made.event).pk != made.pk  # and may sign up again


def test_confirmation_and_reminder_go_through_the_gateway_once_and_not_before_eight(provider: Provider) -> None:
    made = announced(event("Acara besok", day=DAY))
    kept = sign_up(made)
    cancelled = sign_up(made, phone="081200001111")
    actions.cancel_sign_up(sign_up=cancelled, by=VISITOR, at=AT)
    announced(event("Acara lusa", day=DAY + timedelta(days=1)))
    for hour in (0, 1):
        told = actions.remind_signed_up(link=LINK, by=SYSTEM, at=NIGHT + timedelta(hours=hour))
        assert told == 1 - hour
    reminder = Message.objects.get(template="event_reminder")
    assert (reminder.key, reminder.next_try_at) == (f"event-reminder:{kept.pk}", NIGHT + timedelta(hours=6))
    assert reminder.expires_at == datetime(2036, 11, 29, 4, 30, tzinfo=UTC)
    assert reminder.text.startswith("Besok Acara besok.\nSabtu, 29 November 2036, 08.30–11.30, di ")
    assert [deliver_due()["sent"], deliver_due()["sent"]] == [1, 0]  # the confirmation; the reminder waits
    assert provider.taken == [f"event-signed-up:{kept.pk}"]
    assert provider.requests[0]["body"]["to"] == "+6281234567890"
    Message.objects.filter(pk=reminder.pk).update(next_try_at=AT)  # eight o'clock comes
    assert deliver_due()["sent"] == 1
    assert provider.requests[-1]["body"]["text"] == reminder.text


def test_who_cancels_in_the_night_gets_no_reminder_in_the_morning(provider: Provider) -> None:
    kept = sign_up(announced(event(day=DAY)))
    assert actions.remind_signed_up(link=LINK, by=SYSTEM, at=NIGHT) == 1
    actions.cancel_sign_up(sign_up=kept, by=VISITOR, at=NIGHT + timedelta(hours=1))
    assert not deliver_due()
    assert provider.taken == []


def test_the_consent_goes_to_the_person_and_ends_the_reminder_when_it_is_withdrawn() -> None:
    made = announced(event(day=DAY))
    person = register(phone="081234567890")
    kept = sign_up(made)
    actions.admit_sign_up(sign_up=kept, person=person, by=facilitator(), at=AT + timedelta(hours=1))
    consent = person.consents.get()
    assert (consent.purpose, consent.text_version, consent.given, consent.made_at) == ("event_messages", "1", True, AT)
    registry.withdraw_consent(person=person, purpose="event_messages", by=SYSTEM, at=NIGHT)
    assert actions.remind_signed_up(link=LINK, by=SYSTEM, at=NIGHT) == 0


def test_while_an_event_runs_nobody_signs_up_any_more() -> None:
    made = announced(event(day=DAY))
    actions.change_state(event=made, state="running", by=SYSTEM, at=AT)
    assert "sedang berjalan" in html(Client(), page("schedule-event", made))
    with pytest.raises(ValidationError):
        sign_up(made)


def test_nobody_is_reminded_of_a_withdrawn_event_nor_without_a_link() -> None:
    made = sign_up(announced(event(day=DAY))).event
    assert actions.remind_signed_up(link="", by=SYSTEM, at=NIGHT) == 0
    actions.withdraw_announcement(event=made, by=SYSTEM, at=AT)
    assert actions.remind_signed_up(link=LINK, by=SYSTEM, at=NIGHT) == 0


def test_numbers_are_erased_30_days_after_and_when_their_person_is_forgotten() -> None:
    made = announced(event(day=DAY))
    person = register(phone="081234567890")
    theirs, other = sign_up(made), sign_up(made, phone="081200001111")
    actions.admit_sign_up(sign_up=theirs, person=person, by=facilitator(), at=AT)
    registry.forget_person(person=person, why="Diminta orangnya", by=SYSTEM, at=AT)
    assert actions.erase_sign_ups(by=SYSTEM, at=AT) == 1
    assert SignUp.objects.get(pk=theirs.pk).phone == ""
    assert SignUp.objects.get(pk=other.pk).phone == "+6281200001111"
    assert actions.erase_sign_ups(by=SYSTEM, at=datetime(2036, 12, 29, 12, 0, tzinfo=UTC)) == 0
    assert actions.erase_sign_ups(by=SYSTEM, at=datetime(2036, 12, 30, 12, 0, tzinfo=UTC)) == 1


def test_sign_up_admit_makes_a_participant_of_a_person_one_may_see_or_of_a_card() -> None:
    made, client = announced(event(day=DAY)), staff("facilitator")
    person = register("Pedagang Lima", phone="081234567890")
    register("Pedagang Jauh", phone="081234567890", region="32.75.01.1001")
    other = register("Pedagang Enam", phone="081233334444")
    known, unknown = sign_up(made), sign_up(made, phone="081200001111")
    listed = html(client, page("sign-ups", made))
    assert "Masukkan Pedagang Lima" in listed
    assert "Pedagang Jauh" not in listed
    assert "81234567890" not in listed

    def admit(of: SignUp, **given: object) -> int:
        return client.post(reverse("outreach:sign-up-admit", args=[made.ref, of.pk]), given).status_code

    assert admit(known, person=str(other.ref)) == 404  # not their number
    assert [admit(known, person=str(person.ref)), admit(unknown), admit(unknown)] == [302, 302, 302]
    assert list(made.participants.values_list("card", "person")) == [("P001", person.pk), ("P002", None)]
    assert "P002" in html(client, page("sign-ups", made))


def test_announce_asks_how_one_signs_up_and_is_for_staff_of_the_area() -> None:
    made, client = event(day=DAY), staff("facilitator")
    wrong = client.post(page("announce", made), {"way": "counter"})
    assert (wrong.status_code, "Tulis di mana orang mendaftar" in wrong.content.decode()) == (422, True)
    assert client.post(page("announce", made), {"way": "phone", "capacity": "40"}).status_code == 302
    assert "Jumlah tempat" in html(Client(), page("schedule-event", made))
    assert staff("facilitator", BEKASI_TIMUR).get(page("sign-ups", made)).status_code == 404
    assert staff("leadership").get(page("sign-ups", made)).status_code == 404


def test_announcement_withdraw_takes_the_event_off_the_schedule() -> None:
    made = announced(event(day=DAY))
    assert staff("facilitator").post(page("announcement-withdraw", made)).status_code == 302
    assert Client().get(page("schedule-event", made)).status_code == 404


def test_calendar_of_no_events_is_still_a_calendar() -> None:
    text = Client().get(page("calendar")).content.decode()
    assert (text.count("BEGIN:VCALENDAR"), "VEVENT" in text) == (1, False)


def test_schedule_calendar_carries_the_event_and_where_to_look() -> None:
    made = announced(event("Acara, dengan koma", day=DAY))
    for name, of in (("calendar", None), ("schedule-calendar", made)):
        answer = Client().get(page(name, of))
        assert answer["Content-Type"] == "text/calendar; charset=utf-8"
        text = answer.content.decode()
        assert text.endswith("END:VCALENDAR\r\n")
        assert "DTSTART:20361129T013000Z\r\nDTEND:20361129T043000Z\r\nSUMMARY:Acara\\, dengan koma\r\n" in text
        assert page("schedule-event", made) in text.replace("\r\n ", "")


def test_an_event_that_is_closed_is_not_announced() -> None:
    made = actions.change_state(event=event(running=True), state="closed", by=SYSTEM, at=AT)
    with pytest.raises(ValidationError) as refused:
        announced(made)
    assert refused.value.messages == ["Acara ini sudah ditutup. Umumkan acara lain."]


def test_sign_ups_and_the_schedule_take_the_same_queries_for_1_and_3() -> None:
    made, client = announced(event(day=DAY)), staff("facilitator")

    def counted() -> list[int]:
        found = []
        for visitor, path in ((Client(), page("schedule")), (client, page("sign-ups", made))):
            visitor.get(path)
            with CaptureQueriesContext(connection) as seen:
                assert visitor.get(path).status_code == 200
            found.append(len(seen))
        return found

    sign_up(made)
    before = counted()
    for number in range(2):
        sign_up(made, phone=f"08120000111{number}")
        announced(event(day=DAY))
    assert counted() == before
