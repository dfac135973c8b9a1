"""The outbox in the database: kept once, claimed once, settled once, witnessed without a person's values."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django_tasks_db.models import DBTaskResult

from satupintu.audit.fields import lookup
from satupintu.audit.models import Record
from satupintu.audit.rules import SYSTEM, Actor
from satupintu.messages import actions, gateways, rules
from satupintu.messages.delivery import deliver, deliver_due
from satupintu.messages.models import Message
from satupintu.messages.tests.factories import ADMINISTRATOR, CODE, MAILBOX, NOON, PHONE, keep

pytestmark = pytest.mark.django_db
ACCEPTED = rules.Answer(rules.ACCEPTED, "HTTP 202", "wa-1")
LATER = rules.Answer(rules.LATER, "HTTP 503")
REFUSED = rules.Answer(rules.REFUSED, "HTTP 400")
UNKNOWN = rules.Answer(rules.UNKNOWN, "SMTPServerDisconnected")


def after_minutes(minutes: int):
    return NOON + timedelta(minutes=minutes)


def settled(answer: rules.Answer, at=NOON) -> Message:
    """The one due message, claimed and answered."""
    return actions.settle(message=actions.take_due(by=SYSTEM, at=at), answer=answer, by=SYSTEM, at=at)


def state_of(message: Message) -> tuple:
    message.refresh_from_db()
    return message.state, message.tries, message.next_try_at


def test_a_kept_message_is_written_in_full_and_waits():
    message = keep(by=Actor("user:7"), language="en")
    stored = Message.objects.get()
    assert stored == message
    assert (stored.key, stored.channel, stored.receiver, stored.template, stored.language) == (
        "sign-in:1",
        "whatsapp",
        PHONE,
        "next_step_reminder",
        "en",
    )
    assert (stored.subject, stored.text[:32]) == ("", "Your next step: NIB.\nCost: grati")
    assert (stored.state, stored.tries, stored.next_try_at, stored.created_at, stored.created_by) == (
        "waiting",
        0,
        NOON,
        NOON,
        "user:7",
    )
    assert stored.receiver_lookup == lookup("phone", PHONE)


def test_an_e_mail_has_a_subject_and_is_found_by_its_address():
    message = keep(channel="email", to=MAILBOX)
    assert message.subject == "Langkah Bapak/Ibu berikutnya"
    assert message.receiver_lookup == lookup("email", MAILBOX)


def test_receiver_and_text_are_sealed_in_the_table():
    keep(channel="email", to=MAILBOX)
    with connection.cursor() as cursor:
        cursor.execute("SELECT receiver, subject, text FROM outbox_message")
        columns = [bytes(value) for value in cursor.fetchone()]
    assert all(len(value) > 20 for value in columns)
    assert not any(plain in value for value in columns for plain in (b"482913", b"pedagang01", b"SatuPintu"))


def test_the_same_key_is_the_same_message_and_never_a_second():
    first = keep()
    again = keep(to="+6289999999999", channel="sms", **CODE, at=after_minutes(3))
    assert again == first
    assert Message.objects.count() == 1
    assert Message.objects.get().text == first.text


@pytest.mark.parametrize(
    "given",
    [
        {"key": "Kunci Salah"},
        {"channel": "fax"},
        {"to": "0812"},
        {"template": "ulang_tahun"},
        {"language": "su"},
        {"values": {"step": "1"}},
        {**CODE, "values": {"code": "1", "minutes": "1", "nik": "1"}},
    ],
)
def test_a_message_that_cannot_be_sent_is_not_kept(given):
    with pytest.raises(rules.UnusableMessage):
        keep(**given)
    assert Message.objects.count() == 0


@pytest.mark.parametrize(
    "changed",
    [
        {"state": "lost"},
        {"channel": "fax"},
        {"next_try_at": None},
        {"state": "failed"},
        {"state": "sent", "next_try_at": None},
        {"sent_at": NOON},
    ],
)
def test_the_database_refuses_a_message_that_cannot_be(changed):
    message = keep()
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.filter(pk=message.pk).update(**changed)


def test_a_claim_counts_a_try_and_nobody_gets_it_twice():
    keep()
    claimed = actions.take_due(by=SYSTEM, at=NOON)
    assert (claimed.state, claimed.tries, claimed.gateway, len(claimed.claim)) == ("sending", 1, "file", 32)
    assert claimed.next_try_at == after_minutes(5)
    assert actions.take_due(by=SYSTEM, at=NOON) is None


def test_nothing_is_claimed_before_its_time_and_the_longest_waiting_first():
    later = keep(key="later", at=after_minutes(2))
    first = keep(key="first", at=after_minutes(1))
    assert actions.take_due(by=SYSTEM, at=NOON) is None
    assert actions.take_due(by=SYSTEM, at=after_minutes(1)) == first
    assert actions.take_due(by=SYSTEM, at=after_minutes(1)) is None
    assert actions.take_due(by=SYSTEM, at=after_minutes(2)) == later


def test_a_taken_message_is_sent_with_the_providers_number():
    keep()
    message = settled(ACCEPTED)
    assert (message.state, message.sent_at, message.provider_id, message.answer) == ("sent", NOON, "wa-1", "HTTP 202")
    assert deliver_due().total() == 0


def test_a_refused_message_is_not_tried_again():
    message = keep()
    settled(REFUSED)
    assert state_of(message) == ("failed", 1, None)


def test_six_tries_at_exact_times_and_then_nobody_tries_by_himself():
    message = keep()
    at, seen = NOON, []
    for _ in range(6):
        settled(LATER, at)
        state, tries, due = state_of(message)
        if due:
            assert actions.take_due(by=SYSTEM, at=due - timedelta(microseconds=1)) is None
        seen.append((state, tries, (due - at) // timedelta(minutes=1) if due else None))
        at = due or at
    assert seen == [
        ("waiting", 1, 1),
        ("waiting", 2, 5),
        ("waiting", 3, 15),
        ("waiting", 4, 60),
        ("waiting", 5, 240),
        ("given_up", 6, None),
    ]
    assert actions.take_due(by=SYSTEM, at=at + timedelta(days=9)) is None


def test_what_was_sent_or_refused_is_witnessed_without_anything_personal():
    keep(key="one")
    settled(ACCEPTED)
    keep(key="two")
    settled(REFUSED)
    keep(key="three")
    settled(LATER)
    pk = Message.objects.get(key="one").pk
    found = list(Record.objects.order_by("number").values_list("action", "object", "actor", "person", "values"))
    values = {"channel": "whatsapp", "template": "next_step_reminder", "tries": 1}
    assert found == [
        ("messages.sent", f"message:{pk}", "system", "", values),
        ("messages.failed", f"message:{pk + 1}", "system", "", values),
    ]
    assert not any(bytes(record.sealed) for record in Record.objects.all())


def test_after_a_crash_a_message_with_a_key_waits_for_its_next_try(settings):
    settings.MESSAGE_GATEWAY_URL, settings.MESSAGE_GATEWAY_SECRET = "http://127.0.0.1:9/kirim", "rahasia"
    message = keep()
    actions.take_due(by=SYSTEM, at=NOON)
    assert actions.recover(by=SYSTEM, at=after_minutes(5) - timedelta(microseconds=1)) == 0
    assert actions.recover(by=SYSTEM, at=after_minutes(5)) == 1
    assert state_of(message) == ("waiting", 1, after_minutes(6))
    assert Record.objects.count() == 0


def test_after_a_crash_an_e_mail_is_uncertain_and_never_sent_again_by_itself(settings):
    settings.EMAIL_URL = "smtp://127.0.0.1:9"
    message = keep(channel="email", to=MAILBOX)
    actions.take_due(by=SYSTEM, at=NOON)
    assert actions.recover(by=SYSTEM, at=after_minutes(5)) == 1
    assert state_of(message) == ("uncertain", 1, None)
    assert actions.take_due(by=SYSTEM, at=after_minutes(60 * 24)) is None
    assert [record.action for record in Record.objects.all()] == ["messages.uncertain"]


def test_a_message_that_kills_its_worker_six_times_is_given_up():
    message = keep()
    at = NOON
    for _ in range(6):
        actions.take_due(by=SYSTEM, at=at)
        at += timedelta(minutes=5)
        assert actions.recover(by=SYSTEM, at=at) == 1
        at += timedelta(minutes=240)
    assert state_of(message) == ("given_up", 6, None)


def test_an_answer_to_a_claim_that_was_taken_over_changes_nothing():
    message = keep()
    slow = actions.take_due(by=SYSTEM, at=NOON)
    actions.recover(by=SYSTEM, at=after_minutes(5))
    fast = actions.take_due(by=SYSTEM, at=after_minutes(6))
    assert actions.settle(message=slow, answer=REFUSED, by=SYSTEM, at=after_minutes(6)).state == "sending"
    actions.settle(message=fast, answer=ACCEPTED, by=SYSTEM, at=after_minutes(6))
    actions.settle(message=slow, answer=REFUSED, by=SYSTEM, at=after_minutes(7))
    assert state_of(message) == ("sent", 2, None)


def test_an_e_mail_that_turns_out_to_have_left_is_no_longer_uncertain(settings):
    settings.EMAIL_URL = "smtp://127.0.0.1:9"
    message = keep(channel="email", to=MAILBOX)
    slow = actions.take_due(by=SYSTEM, at=NOON)
    actions.recover(by=SYSTEM, at=after_minutes(5))
    actions.settle(message=slow, answer=LATER, by=SYSTEM, at=after_minutes(6))
    assert state_of(message) == ("uncertain", 1, None)
    actions.settle(message=slow, answer=ACCEPTED, by=SYSTEM, at=after_minutes(6))
    assert state_of(message) == ("sent", 1, None)


@pytest.mark.parametrize("answer", [REFUSED, UNKNOWN])
def test_a_person_lets_a_stopped_message_go_again_with_six_new_tries(answer):
    message = keep()
    settled(answer)
    actions.decide(message_id=message.pk, decision="retry", by=ADMINISTRATOR, at=after_minutes(9))
    assert state_of(message) == ("waiting", 0, after_minutes(9))
    assert settled(ACCEPTED, after_minutes(9)).state == "sent"
    last = Record.objects.get(action="messages.retry")
    assert (last.actor, last.object, last.at) == ("user:9", f"message:{message.pk}", after_minutes(9))


def test_a_person_stops_a_waiting_message():
    message = keep()
    actions.decide(message_id=message.pk, decision="give_up", by=ADMINISTRATOR, at=NOON)
    assert state_of(message) == ("given_up", 0, None)
    assert actions.take_due(by=SYSTEM, at=after_minutes(1)) is None


def test_a_person_marks_an_uncertain_message_as_sent():
    message = keep()
    settled(UNKNOWN)
    actions.decide(message_id=message.pk, decision="mark_sent", by=ADMINISTRATOR, at=after_minutes(9))
    message.refresh_from_db()
    assert (message.state, message.sent_at) == ("sent", after_minutes(9))


def test_after_a_persons_decision_the_lost_workers_answer_counts_no_more():
    message = keep()
    slow = actions.take_due(by=SYSTEM, at=NOON)
    actions.settle(message=slow, answer=UNKNOWN, by=SYSTEM, at=NOON)
    actions.decide(message_id=message.pk, decision="give_up", by=ADMINISTRATOR, at=NOON)
    actions.settle(message=slow, answer=ACCEPTED, by=SYSTEM, at=NOON)
    assert state_of(message) == ("given_up", 1, None)


@pytest.mark.parametrize("decision", ["retry", "give_up", "mark_sent"])
def test_a_sent_message_cannot_be_decided_about(decision):
    message = keep()
    settled(ACCEPTED)
    with pytest.raises(rules.UnusableMessage, match="Pesan ini sudah berubah"):
        actions.decide(message_id=message.pk, decision=decision, by=ADMINISTRATOR, at=NOON)
    assert state_of(message) == ("sent", 1, None)


def test_reading_a_text_is_witnessed_with_the_reason():
    message = keep()
    shown = actions.reveal(message_id=message.pk, why="kode tidak sampai", by=ADMINISTRATOR, at=NOON)
    assert "482913" in shown.text
    record = Record.objects.get()
    assert (record.action, record.object, record.why, record.actor, record.chain_id) == (
        "messages.revealed",
        f"message:{message.pk}",
        "kode tidak sampai",
        "user:9",
        "dpmptsp",
    )


@pytest.mark.usefixtures("committed")
def test_a_message_of_an_act_that_failed_is_never_kept_nor_announced():
    def act():
        with transaction.atomic():
            keep()
            raise ValueError

    with pytest.raises(ValueError, match=r"^$"):
        act()
    assert Message.objects.count() == DBTaskResult.objects.count() == 0


@pytest.mark.usefixtures("committed")
def test_many_new_messages_ask_the_worker_once():
    with transaction.atomic():
        keep(key="one")
        keep(key="two")
        assert DBTaskResult.objects.count() == 0
    keep(key="three")
    keep(key="three")
    assert [task.task_path for task in DBTaskResult.objects.all()] == [deliver.module_path]


def test_a_message_kept_long_enough_loses_receiver_and_text_and_keeps_what_came_of_it():
    keep(channel="email", to=MAILBOX)
    message = settled(ACCEPTED)
    assert actions.blank_old(ended_before=NOON, by=SYSTEM, at=after_minutes(1)) == 0
    assert actions.blank_old(ended_before=after_minutes(1), by=SYSTEM, at=after_minutes(2)) == 1
    message.refresh_from_db()
    assert (message.receiver, message.receiver_lookup, message.subject, message.text) == ("", "", "", "")
    assert (message.key, message.template, message.state, message.answer, message.sent_at) == (
        "sign-in:1",
        "next_step_reminder",
        "sent",
        "HTTP 202",
        NOON,
    )
    told = Record.objects.filter(action="messages.blanked").values_list("values", flat=True)
    assert list(told) == [{"messages": 0}, {"messages": 1}]
    assert actions.blank_old(ended_before=after_minutes(1), by=SYSTEM, at=after_minutes(3)) == 0
    assert keep(channel="email", to=MAILBOX).pk == message.pk  # its key still sends nothing twice


@pytest.mark.parametrize(("answer", "blanked"), [(REFUSED, 1), (LATER, 0), (UNKNOWN, 0)])
def test_only_what_has_ended_is_blanked(answer, blanked):
    keep()
    message = settled(answer)
    assert actions.blank_old(ended_before=after_minutes(60), by=SYSTEM, at=after_minutes(60)) == blanked
    message.refresh_from_db()
    assert (message.text == "") == bool(blanked)


def test_a_blanked_message_cannot_be_sent_again():
    keep()
    message = settled(REFUSED)
    actions.blank_old(ended_before=after_minutes(60), by=SYSTEM, at=after_minutes(60))
    with pytest.raises(rules.UnusableMessage, match=r"^Isi pesan ini sudah dihapus\. Buat pesan baru\.$"):
        actions.decide(message_id=message.pk, decision="retry", by=ADMINISTRATOR, at=after_minutes(61))
    message.refresh_from_db()
    assert message.state == "failed"


# Codes to sign in with -----------------------------------------------------------------------------


@pytest.mark.parametrize("answer", [ACCEPTED, REFUSED])
def test_the_text_of_a_code_goes_once_it_is_settled_and_is_not_sent_again(answer):
    keep(**CODE, channel="sms")
    message = settled(answer)
    message.refresh_from_db()
    assert (message.text, message.subject, message.receiver) == ("", "", PHONE)
    with pytest.raises(rules.UnusableMessage):
        actions.decide(message_id=message.pk, decision="retry", by=ADMINISTRATOR, at=NOON)


def test_a_code_that_is_tried_again_keeps_its_text():
    keep(**CODE)
    message = settled(LATER)
    message.refresh_from_db()
    assert "482913" in message.text


def test_nobody_is_shown_a_code():
    message = keep(**CODE)
    with pytest.raises(rules.UnusableMessage, match="rahasia"):
        actions.reveal(message_id=message.pk, why="kode tidak sampai", by=ADMINISTRATOR, at=NOON)
    assert Record.objects.count() == 0


# Messages whose time is over -----------------------------------------------------------------------


def test_a_message_past_its_time_is_stopped_and_never_sent():
    message = keep(expires_at=after_minutes(10))
    assert actions.give_up_expired(by=SYSTEM, at=after_minutes(10) - timedelta(microseconds=1)) == 0
    assert actions.take_due(by=SYSTEM, at=after_minutes(10)) is None
    assert actions.give_up_expired(by=SYSTEM, at=after_minutes(10)) == 1
    assert state_of(message) == ("given_up", 0, None)
    assert Record.objects.get().action == "messages.given_up"
    with pytest.raises(rules.UnusableMessage):
        actions.decide(message_id=message.pk, decision="retry", by=ADMINISTRATOR, at=after_minutes(10))
    assert state_of(message) == ("given_up", 0, None)


def test_a_message_in_time_is_sent():
    message = keep(expires_at=after_minutes(10))
    assert actions.take_due(by=SYSTEM, at=after_minutes(10) - timedelta(microseconds=1)) == message


# Whom a message is for -----------------------------------------------------------------------------


def test_reading_a_text_is_witnessed_for_the_person_it_is_for():
    message = keep(person="orang-7")
    actions.reveal(message_id=message.pk, why="kode tidak sampai", by=ADMINISTRATOR, at=NOON)
    assert Record.objects.get().person == "orang-7"


def test_a_forgotten_persons_messages_are_stopped_and_lose_receiver_and_text():
    keep(key="sent", person="orang-7", to="+6289999999999")
    sent = settled(ACCEPTED)
    by_reference = keep(key="waits", person="orang-7", to="+6289999999998")
    by_phone = keep(key="nobody")
    others = keep(key="family", person="orang-8")
    elsewhere = keep(key="elsewhere", to="+6289999999997")
    receivers = {lookup("phone", PHONE), ""}
    assert actions.forget_person(people={"orang-7"}, receivers=receivers, by=SYSTEM, at=NOON) == 3
    for message, state in ((sent, "sent"), (by_reference, "given_up"), (by_phone, "given_up")):
        message.refresh_from_db()
        assert (message.state, message.receiver, message.receiver_lookup, message.text) == (state, "", "", "")
    for message in (others, elsewhere):
        message.refresh_from_db()
        assert (message.state, "482913" in message.text) == ("waiting", True)


def test_what_is_being_sent_to_a_forgotten_person_leaves_no_file(own_folder, django_capture_on_commit_callbacks):
    keep(key="sent", person="orang-7")
    with django_capture_on_commit_callbacks(execute=True):
        settled(ACCEPTED)
    sending = keep(key="sending", person="orang-7")
    claimed = actions.take_due(by=SYSTEM, at=NOON)
    for message in (Message.objects.get(key="sent"), claimed):
        gateways.GATEWAYS["file"].send(actions._parcel(message), NOON)
    assert len(list((own_folder / "outbox").iterdir())) == 2
    with django_capture_on_commit_callbacks(execute=True):
        actions.forget_person(people={"orang-7"}, receivers=set(), by=SYSTEM, at=NOON)
    assert list((own_folder / "outbox").iterdir()) == []
    actions.settle(message=claimed, answer=ACCEPTED, by=SYSTEM, at=NOON)
    assert state_of(sending) == ("given_up", 1, None)
