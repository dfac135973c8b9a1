"""Messages on their way through real gateways, with workers that race, die, and are stopped."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from socket import socket
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as tried
from hypothesis import strategies as st

from satupintu.audit import queries as audit
from satupintu.audit.rules import SYSTEM
from satupintu.messages import actions, delivery, gateways, rules
from satupintu.messages.models import Message
from satupintu.messages.tests.conftest import Provider
from satupintu.messages.tests.factories import MAILBOX, NOON, PHONE, SIGNED_WITH, keep
from tests.deployment import Deployment

pytestmark = pytest.mark.django_db


def deliver(at: datetime = NOON) -> Message | None:
    return actions.deliver_one(by=SYSTEM, at=at)


# The HTTP gateway ----------------------------------------------------------------------------------


def test_the_provider_gets_one_signed_request_with_key_time_and_text(provider):
    keep(language="en")
    message = deliver()
    assert (message.state, message.answer, message.provider_id) == ("sent", "HTTP 202", "wa-1")
    [request] = provider.requests  # its signature was checked by the provider
    assert request["headers"]["Idempotency-Key"] == "sign-in:1"
    assert request["headers"]["X-SatuPintu-Timestamp"] == str(int(NOON.timestamp()))
    assert request["headers"]["Content-Type"] == "application/json"
    assert request["body"] == {
        "key": "sign-in:1",
        "channel": "whatsapp",
        "to": PHONE,
        "template": "next_step_reminder",
        "language": "en",
        "text": "Your next step: NIB.\nCost: gratis. Time: 1 hari.\nOpen: https://contoh.test/langkah/482913/\n"
        "Need help? Come to the kelurahan or kecamatan office.",
    }


def test_a_request_with_another_secret_is_refused_for_good(provider, settings):
    settings.MESSAGE_GATEWAY_SECRET = SIGNED_WITH[::-1]
    keep()
    message = deliver()
    assert (message.state, provider.requests) == ("failed", [])
    assert message.answer.startswith("HTTP 401")


@pytest.mark.parametrize("status", [500, 503, 429, 408, 302])
def test_an_answer_that_may_pass_is_tried_again_after_a_minute(provider, status):
    provider.script = [status]
    keep()
    message = deliver()
    assert (message.state, message.next_try_at) == ("waiting", NOON + timedelta(minutes=1))
    assert message.answer == f"HTTP {status} tidak untuk •••"
    assert deliver(NOON + timedelta(seconds=59)) is None
    assert deliver(NOON + timedelta(minutes=1)).state == "sent"
    assert [request["headers"]["Idempotency-Key"] for request in provider.requests] == ["sign-in:1"] * 2


def test_a_message_taken_before_the_connection_broke_is_sent_once(provider):
    provider.script = ["drop"]
    keep()
    assert deliver().state == "waiting"
    assert provider.taken == ["sign-in:1"]
    assert deliver(NOON + timedelta(minutes=1)).answer == "HTTP 409"
    assert Message.objects.get().state == "sent"
    assert provider.taken == ["sign-in:1"]


def test_a_provider_that_is_not_there_is_tried_again(settings):
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        settings.MESSAGE_GATEWAY_URL = f"http://127.0.0.1:{probe.getsockname()[1]}/"
        settings.MESSAGE_GATEWAY_SECRET = SIGNED_WITH
        keep()
        message = deliver()
    assert message.state == "waiting"
    assert message.answer.startswith("ConnectError")


def test_a_provider_that_does_not_answer_in_time_is_tried_again(provider, monkeypatch):
    answered = threading.Event()
    provider.while_answering = answered.wait
    monkeypatch.setattr(gateways.http, "TIMEOUT", 0.2)
    keep()
    message = deliver()
    answered.set()
    assert (message.state, message.answer.split(":")[0]) == ("waiting", "ReadTimeout")


STEPS = st.sampled_from([200, 202, 302, 400, 404, 408, 409, 422, 429, 500, 503, "drop", "break"])


@tried(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(scripts=st.lists(st.lists(STEPS, max_size=8), min_size=1, max_size=3))
def test_whatever_the_provider_answers_it_takes_each_key_at_most_once(provider, scripts):
    Message.objects.all().delete()
    provider.taken.clear()
    provider.answered.clear()
    at = NOON
    for number, script in enumerate(scripts):
        provider.script = list(script)
        keep(key=f"uji:{number}", at=at)
        for _ in range(rules.MOST_TRIES + 1):
            keep(key=f"uji:{number}", at=at)
            actions.deliver_one(by=SYSTEM, at=at)
            at += timedelta(minutes=240)
        message = Message.objects.get(key=f"uji:{number}")
        assert message.state in (rules.SENT, rules.FAILED, rules.GIVEN_UP)
        assert message.tries <= rules.MOST_TRIES
    assert len(provider.taken) == len({*provider.taken})
    accepted = [key for key, status in provider.answered if status < 300]
    assert len(accepted) == len({*accepted})


def test_what_came_too_late_is_stopped_before_anything_is_sent(provider):
    keep(expires_at=NOON)
    assert delivery.deliver_due() == {}
    assert Message.objects.get().state == "given_up"
    assert provider.requests == []


# The file gateway ----------------------------------------------------------------------------------


def test_without_a_gateway_nothing_leaves_and_the_message_is_in_a_file(own_folder):
    keep()
    message = deliver()
    assert (message.state, message.answer) == ("sent", "Ditulis ke berkas, tidak dikirim keluar")
    [file] = (own_folder / "outbox").iterdir()
    assert file.name == message.provider_id
    assert file.read_text() == f"{NOON.isoformat()}\nsign-in:1\nwhatsapp {PHONE}\n\n{message.text}\n"
    assert oct(file.stat().st_mode & 0o777) == "0o600"


@pytest.mark.parametrize(
    ("email", "http", "names"),
    [
        ("", "", ["file", "file", "file"]),
        ("smtp://x", "", ["smtp", "file", "file"]),
        ("", "https://x", ["file", "http", "http"]),
    ],
)
def test_each_channel_goes_through_the_gateway_that_is_set(settings, email, http, names):
    settings.EMAIL_URL, settings.MESSAGE_GATEWAY_URL = email, http
    assert [gateways.name_for(channel) for channel in rules.CHANNELS] == names


@pytest.mark.parametrize(
    ("url", "secret", "problem"),
    [
        ("ftp://x", "s", "MESSAGE_GATEWAY_URL must begin with https:// or http://"),
        ("https://x", "", "MESSAGE_GATEWAY_URL needs MESSAGE_GATEWAY_SECRET, which signs every request"),
    ],
)
def test_a_gateway_that_cannot_be_used_stops_the_start(settings, url, secret, problem):
    settings.MESSAGE_GATEWAY_URL, settings.MESSAGE_GATEWAY_SECRET = url, secret
    with pytest.raises(ImproperlyConfigured, match=problem):
        gateways.check()


# E-mail --------------------------------------------------------------------------------------------


class Mailbox:
    """A mail server's handler; ``reply`` is what it says to a receiver or at the end of a letter, if not yes."""

    def __init__(self) -> None:
        self.letters: list[Any] = []
        self.to_receiver = self.to_letter = ""

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if self.to_receiver:
            return self.to_receiver
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.to_letter == "hang up":
            self.letters.append(envelope)
            server.transport.abort()
            return "250 OK"
        if not self.to_letter:
            self.letters.append(envelope)
        return self.to_letter or "250 OK"


@pytest.fixture
def mailbox(settings):
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    handler = Mailbox()
    server = Controller(handler, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_URL = f"smtp://127.0.0.1:{port}"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.DEFAULT_FROM_EMAIL = "SatuPintu <izin@kota.example>"
    yield handler
    server.stop()


def letter(key: str = "sign-in:1") -> Message:
    return keep(key=key, channel="email", to=MAILBOX)


def test_an_e_mail_arrives_once_with_subject_text_and_a_number_of_its_own(mailbox):
    letter()
    message = deliver()
    assert (message.state, message.answer) == ("sent", "SMTP 250")
    [envelope] = mailbox.letters
    assert envelope.rcpt_tos == [MAILBOX]
    read = message_from_bytes(envelope.content, policy=policy.default)
    assert (read["Subject"], read["To"], read["From"]) == (
        "Langkah Bapak/Ibu berikutnya",
        MAILBOX,
        "SatuPintu <izin@kota.example>",
    )
    assert read["Message-ID"] == message.provider_id
    assert message.provider_id.endswith("@kota.example>")
    assert read.get_content().replace("\r\n", "\n").strip() == message.text


@pytest.mark.parametrize(
    ("attribute", "reply", "state"),
    [
        ("to_receiver", f"550 5.1.1 <{MAILBOX}> tidak ada", "failed"),
        ("to_receiver", "450 4.2.1 nanti", "waiting"),
        ("to_letter", "554 5.7.1 ditolak", "failed"),
        ("to_letter", "451 4.3.0 nanti", "waiting"),
    ],
)
def test_a_mail_server_that_refuses_says_whether_to_try_again(mailbox, attribute, reply, state):
    setattr(mailbox, attribute, reply)
    letter()
    message = deliver()
    assert (message.state, mailbox.letters) == (state, [])
    assert message.answer.startswith(f"SMTP {reply[:3]}")
    assert MAILBOX not in message.answer


def test_an_e_mail_whose_server_hangs_up_is_uncertain_and_not_sent_again(mailbox):
    mailbox.to_letter = "hang up"
    letter()
    assert deliver().state == "uncertain"
    assert deliver(NOON + timedelta(days=1)) is None
    assert len(mailbox.letters) == 1


def test_a_mail_server_that_is_not_there_is_tried_again(mailbox, settings):
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        settings.EMAIL_PORT = probe.getsockname()[1]
        letter()
        message = deliver()
    assert (message.state, message.answer.split(":")[0]) == ("waiting", "ConnectionRefusedError")


# Workers -------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("committed")
def test_two_workers_that_race_send_each_message_once(provider):
    for number in range(12):
        keep(key=f"uji:{number}", to=f"+62812345678{number:02}")
    gate = threading.Barrier(4)

    def work(_: int) -> int:
        gate.wait()
        try:
            return delivery.deliver_due().total()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(work, range(4)))
    assert sum(done) == 12
    keys = [request["headers"]["Idempotency-Key"] for request in provider.requests]
    assert sorted(keys) == sorted(f"uji:{number}" for number in range(12))
    assert {*Message.objects.values_list("state", "tries")} == {("sent", 1)}
    assert list(audit.breaks()) == []


@pytest.mark.usefixtures("committed")
def test_one_message_asked_for_by_many_at_once_is_kept_once():
    gate = threading.Barrier(4)

    def ask(_: int) -> int:
        gate.wait()
        try:
            return keep().pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert len({*pool.map(ask, range(4))}) == 1
    assert Message.objects.count() == 1


@pytest.mark.usefixtures("committed")
def test_no_transaction_is_open_while_a_message_is_sent(provider):
    """Others can write while a slow provider thinks, and a claim is visible before the provider is asked."""
    seen: list[str] = []

    def look() -> None:
        seen.append(Message.objects.get(key="sign-in:1").state)
        keep(key="other:1", at=NOON + timedelta(hours=1))
        connection.close()

    provider.while_answering = look
    keep()
    assert deliver().state == "sent"
    assert seen == ["sending"]
    assert Message.objects.count() == 2


@pytest.mark.usefixtures("committed")
def test_the_sweep_delivers_while_it_runs_and_ends_when_told():
    with delivery.delivering(every=0.05):
        keep(at=timezone.now())
        for _ in range(400):
            if Message.objects.get().state == "sent":
                break
            time.sleep(0.05)
    assert Message.objects.get().state == "sent"
    assert "deliver" not in [thread.name for thread in threading.enumerate()]


@pytest.mark.usefixtures("committed")
def test_the_sweep_goes_on_after_a_fault(monkeypatch):
    faults = [RuntimeError("rusak")]
    real = delivery.deliver_due

    def once_broken(most: int) -> Any:
        if faults:
            raise faults.pop()
        return real(most)

    monkeypatch.setattr(delivery, "deliver_due", once_broken)
    with delivery.delivering(every=0.05):
        keep(at=timezone.now())
        for _ in range(400):
            if Message.objects.get().state == "sent":
                break
            time.sleep(0.05)
    assert (Message.objects.get().state, faults) == ("sent", [])


# As an operator runs it ----------------------------------------------------------------------------

KEEP = """
from datetime import datetime, UTC
from satupintu.audit.rules import SYSTEM
from satupintu.messages import actions
for n in range({count}):
    actions.enqueue(key=f"uji:{{n}}", channel="{channel}", to="{to}", template="sign_in_code", language="id",
                    values={{"code": "482913", "minutes": "10"}}, by=SYSTEM, at=datetime.now(UTC))
"""
# By night the house itself reminds people of the demo; those messages are not ours.
STATES = "SELECT state, tries FROM outbox_message WHERE key LIKE 'uji:%' ORDER BY id"


def started(house: Deployment, provider: Provider, *arguments: str) -> subprocess.Popen[bytes]:
    """`satupintu ARGUMENTS` running in a deployment whose messages go to the provider."""
    environment = {**house.environment, "MESSAGE_GATEWAY_URL": provider.address, "MESSAGE_GATEWAY_SECRET": SIGNED_WITH}
    return subprocess.Popen([sys.executable, "-m", "satupintu", *arguments], env=environment)


def wait_until(happened: Callable[[], object]) -> None:
    for _ in range(1200):
        if happened():
            return
        time.sleep(0.05)
    pytest.fail("it did not happen within a minute")


@pytest.fixture
def house(deployment: Deployment) -> Deployment:
    """A deployment with the demo's people, whose outbox is empty."""
    deployment.sql("DELETE FROM outbox_message")
    return deployment


def test_the_commands_deliver_what_waits_and_say_what_became_of_it(house):
    house.python(KEEP.format(count=2, channel="sms", to=PHONE))
    assert house.sql(STATES) == [("waiting", 0)] * 2
    one = house.run("deliver", "--most", "1", "--json")
    assert json.loads(one.stdout) == {"tried": 1, "states": {"sent": 1}}
    house.run("worker", "--once")
    assert house.sql(STATES) == [("sent", 1)] * 2
    asked = "SELECT status FROM django_tasks_database_dbtaskresult WHERE task_path LIKE '%.deliver'"
    assert {*house.sql(asked)} == {("SUCCESSFUL",)}
    assert house.run("deliver").stdout == "0 pesan dicoba.\n"
    written = house.sql("SELECT provider_id FROM outbox_message WHERE key LIKE 'uji:%'")
    assert {name for (name,) in written} <= {path.name for path in (house.home / "outbox").iterdir()}
    assert len({*written}) == 2


def test_a_worker_killed_between_claim_and_outcome_leaves_a_message_that_is_sent_once(house, provider):
    held, asked = threading.Event(), threading.Event()
    provider.while_answering = lambda: (asked.set(), held.wait(60))
    house.python(KEEP.format(count=1, channel="sms", to=PHONE))
    worker = started(house, provider, "deliver")
    wait_until(asked.is_set)
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    held.set()
    wait_until(lambda: provider.taken)
    assert house.sql(STATES) == [("sending", 1)]
    for state in (("waiting", 1), ("sent", 2)):  # after 5 minutes, and after 1 more
        house.sql("UPDATE outbox_message SET next_try_at = '2026-01-01 00:00:00'")
        assert started(house, provider, "deliver").wait() == 0
        assert house.sql(STATES) == [state]
    assert provider.taken == ["uji:0"]
    assert house.sql("SELECT answer FROM outbox_message") == [("HTTP 409",)]


def test_a_worker_told_to_stop_first_keeps_the_outcome_of_the_message_it_sends(house, provider):
    asked = threading.Event()
    provider.while_answering = lambda: (asked.set(), time.sleep(1))
    worker = started(house, provider, "worker")
    house.python(KEEP.format(count=1, channel="sms", to=PHONE))
    wait_until(asked.is_set)
    worker.terminate()
    assert worker.wait(60) == 0
    assert house.sql(STATES) == [("sent", 1)]
