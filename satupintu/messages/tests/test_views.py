"""The administrator's pages of the outbox."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from satupintu.audit.models import Record
from satupintu.audit.rules import SYSTEM
from satupintu.messages import actions, rules
from satupintu.messages.models import Message
from satupintu.messages.tests.factories import ADMINISTRATOR, CODE, MAILBOX, NOON, PHONE, keep

pytestmark = pytest.mark.django_db
MASKED = "+62\u00a0•••\u00a0890"


def settled(meaning: str, **given) -> Message:
    keep(**given)
    claimed = actions.take_due(by=SYSTEM, at=NOON)
    return actions.settle(message=claimed, answer=rules.Answer(meaning, "HTTP 400"), by=SYSTEM, at=NOON)


def page(client: Client, name: str, *arguments: object, **query: str) -> str:
    response = client.get(reverse(f"messages:{name}", args=arguments), query)
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    return response.content.decode()


def keys(html: str) -> list[str]:
    return re.findall(r'<a href="/pesan-keluar/\d+/">([^<]+)</a>', html)


# The list ------------------------------------------------------------------------------------------


def test_outbox_lists_the_newest_first_with_masked_receivers_and_no_text(administrator):
    keep(key="uji:1")
    keep(key="uji:2", channel="email", to=MAILBOX)
    html = page(administrator, "outbox")
    assert keys(html) == ["uji:2", "uji:1"]
    assert "p•••@contoh.test" in html
    assert MASKED in html
    assert not any(hidden in html for hidden in (PHONE, MAILBOX, "482913"))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["uji:mail", "uji:gagal", "ingat:1"]),
        ({"keadaan": "failed"}, ["uji:gagal"]),
        ({"saluran": "email"}, ["uji:mail"]),
        ({"kunci": "uji:"}, ["uji:mail", "uji:gagal"]),
        ({"keadaan": "waiting", "saluran": "sms", "kunci": "ingat"}, ["ingat:1"]),
        ({"keadaan": "sent"}, []),
        ({"keadaan": "ngawur", "kunci": "uji:g"}, ["uji:gagal"]),
        ({"kunci": "%"}, []),
    ],
)
def test_outbox_is_narrowed_by_state_channel_and_beginning_of_the_key(administrator, query, found):
    later = NOON + timedelta(hours=1)
    keep(key="ingat:1", channel="sms", at=later)
    settled(rules.REFUSED, key="uji:gagal")
    keep(key="uji:mail", channel="email", to=MAILBOX, at=later)
    html = page(administrator, "outbox", **query)
    assert keys(html) == found
    assert ("Tidak ada pesan di sini." in html) == (not found)


def test_outbox_counts_each_state(administrator):
    settled(rules.REFUSED, key="uji:1")
    keep(key="uji:2")
    keep(key="uji:3")
    html = page(administrator, "outbox")
    assert re.findall(r"\?keadaan=(\w+)\"[^>]*><span>[^<]+</span><span>(\d+)</span>", html) == [
        ("waiting", "2"),
        ("failed", "1"),
    ]


def test_outbox_shows_25_on_a_page_and_keeps_the_choice_while_turning(administrator):
    for number in range(26):
        keep(key=f"uji:{number}")
    keep(key="lain:1")
    first = page(administrator, "outbox", kunci="uji:")
    assert keys(first) == [f"uji:{number}" for number in range(25, 0, -1)]
    assert "Halaman 1 dari 2" in first
    assert 'rel="next" href="?kunci=uji%3A&amp;halaman=2"' in first
    second = page(administrator, "outbox", kunci="uji:", halaman="2")
    assert keys(second) == ["uji:0"]
    assert 'rel="prev" href="?kunci=uji%3A&amp;halaman=1"' in second
    assert keys(page(administrator, "outbox", halaman="ngawur"))[0] == "lain:1"


def test_outbox_asks_the_database_as_often_for_three_messages_as_for_one(administrator):
    counts = []
    for new in (["uji:1"], ["uji:2", "uji:3"]):
        for key in new:
            keep(key=key)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            page(administrator, "outbox")
        counts.append(len(asked))
    assert counts == [3, 3]


def test_outbox_says_which_channels_do_not_leave_the_house(administrator, settings):
    assert "Saluran tanpa layanan pengirim: E-mail, WhatsApp, SMS." in page(administrator, "outbox")
    settings.EMAIL_URL = "smtp://127.0.0.1"
    assert "Saluran tanpa layanan pengirim: WhatsApp, SMS." in page(administrator, "outbox")
    settings.MESSAGE_GATEWAY_URL = "https://contoh.test"
    assert "layanan pengirim:" not in page(administrator, "outbox")


# One message ---------------------------------------------------------------------------------------


def test_message_shows_its_way_but_neither_text_nor_receiver(administrator):
    message = settled(rules.REFUSED)
    html = page(administrator, "message", message.pk)
    for shown in (
        "Pengingat langkah berikutnya, dikirim sekali",
        "sign-in:1",
        MASKED,
        "1 dari 6",
        "HTTP 400",
        "Ditolak",
    ):
        assert shown in html
    assert "24 November 2026, 12.00" in html
    assert not any(hidden in html for hidden in (PHONE, "482913"))


@pytest.mark.parametrize(
    ("meaning", "offered"),
    [
        (rules.ACCEPTED, []),
        (rules.REFUSED, ["retry"]),
        (rules.LATER, ["give_up"]),
        (rules.UNKNOWN, ["mark_sent", "retry", "give_up"]),
    ],
)
def test_message_offers_only_what_may_be_decided(administrator, meaning, offered):
    html = page(administrator, "message", settled(meaning).pk)
    assert re.findall(r'href="/pesan-keluar/\d+/putuskan/(\w+)/"', html) == offered


def test_message_lists_what_was_done_to_it(administrator):
    message = settled(rules.REFUSED)
    actions.reveal(message_id=message.pk, why="kode tidak sampai", by=SYSTEM, at=NOON + timedelta(minutes=1))
    html = page(administrator, "message", message.pk)
    assert html.index("Isi pesan dibaca") < html.index("Ditolak layanan pengirim")
    assert "Alasan: kode tidak sampai" in html
    actions.decide(message_id=message.pk, decision="retry", by=ADMINISTRATOR, at=NOON + timedelta(minutes=2))
    assert re.findall(r"</time>([^<]+)", page(administrator, "message", message.pk)) == [
        "Diminta kirim lagi · akun 9",
        "Isi pesan dibaca · SatuPintu",
        "Ditolak layanan pengirim · SatuPintu",
    ]


def test_message_of_a_template_that_is_gone_is_still_shown(administrator):
    message = keep()
    Message.objects.update(template="sudah_hilang")
    assert "<h1>sudah_hilang</h1>" in page(administrator, "message", message.pk)


def test_message_is_shown_in_english(administrator):
    administrator.cookies["bahasa"] = "en"
    html = page(administrator, "message", settled(rules.REFUSED).pk)
    for words in ("Reminder of the next step, sent once", "All messages", "Refused", "Send again", "1 of 6"):
        assert words in html


# Reading the text ----------------------------------------------------------------------------------


def test_message_reveal_asks_why_before_it_shows_anything(administrator):
    message = keep()
    html = page(administrator, "message-reveal", message.pk)
    assert "Kenapa isi pesan perlu dibaca?" in html
    assert "482913" not in html
    assert Record.objects.count() == 0


@pytest.mark.parametrize(
    ("why", "sentence"),
    [
        ("", "Tulis alasannya dulu. Contoh: pedagang bilang kode tidak sampai."),
        ("   ", "Tulis alasannya dulu. Contoh: pedagang bilang kode tidak sampai."),
        ("cek", "Alasan terlalu pendek. Tulis paling sedikit 5 huruf."),
        ("x" * 201, "Alasan terlalu panjang. Tulis paling banyak 200 huruf."),
    ],
)
def test_message_reveal_without_a_good_reason_shows_and_witnesses_nothing(administrator, why, sentence):
    message = keep()
    response = administrator.post(reverse("messages:message-reveal", args=[message.pk]), {"why": why})
    html = response.content.decode()
    assert sentence in html
    assert "482913" not in html
    assert Record.objects.count() == 0


def test_message_reveal_shows_the_text_once_the_reason_is_witnessed(administrator):
    message = keep()
    address = reverse("messages:message-reveal", args=[message.pk])
    response = administrator.post(address, {"why": "pedagang bilang kode tidak sampai"})
    html = response.content.decode()
    assert "Langkah Bapak/Ibu berikutnya: NIB." in html
    assert PHONE not in html
    assert "no-store" in response.headers["Cache-Control"]
    record = Record.objects.get()
    assert (record.action, record.why, record.actor) == (
        "messages.revealed",
        "pedagang bilang kode tidak sampai",
        "user:9",
    )
    assert "482913" not in administrator.get(address).content.decode()


def test_message_kept_long_enough_says_that_its_text_is_gone(administrator):
    message = settled(rules.REFUSED)
    actions.blank_old(ended_before=NOON + timedelta(days=90), by=ADMINISTRATOR, at=NOON + timedelta(days=90))
    html = page(administrator, "message", message.pk)
    assert "Sudah dihapus." in html
    assert "Baca isi" not in html
    assert "Kirim lagi" not in html
    assert "Sudah dihapus" in page(administrator, "outbox")
    address = reverse("messages:message-reveal", args=[message.pk])
    assert administrator.get(address).headers["Location"] == f"/pesan-keluar/{message.pk}/"


def test_message_with_a_code_is_shown_to_nobody(administrator):
    message = keep(**CODE, expires_at=NOON)
    html = page(administrator, "message", message.pk)
    assert "Hanya untuk penerimanya" in html
    assert "Dikirim paling lambat" in html
    assert "Baca isi" not in html
    address = reverse("messages:message-reveal", args=[message.pk])
    response = administrator.post(address, {"why": "pedagang bilang kode tidak sampai"})
    assert response.headers["Location"] == f"/pesan-keluar/{message.pk}/"
    assert Record.objects.count() == 0


# Deciding ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("meaning", "decision", "question", "state"),
    [
        (rules.REFUSED, "retry", "Kirim lagi pesan ini?", "waiting"),
        (rules.UNKNOWN, "retry", "Penerima bisa menerima pesan ini 2 kali.", "waiting"),
        (rules.LATER, "give_up", "Hentikan pesan ini?", "given_up"),
        (rules.UNKNOWN, "mark_sent", "Tandai pesan ini terkirim?", "sent"),
    ],
)
def test_message_decide_asks_once_more_and_then_does_it(administrator, meaning, decision, question, state):
    message = settled(meaning)
    before = message.state
    assert question in page(administrator, "message-decide", message.pk, decision)
    message.refresh_from_db()
    assert message.state == before
    response = administrator.post(reverse("messages:message-decide", args=[message.pk, decision]))
    assert (response.status_code, response.headers["Location"]) == (302, f"/pesan-keluar/{message.pk}/")
    message.refresh_from_db()
    assert message.state == state
    assert Record.objects.order_by("pk").last().action == f"messages.{decision}"


def test_message_decide_about_a_message_that_went_on_meanwhile_changes_nothing(administrator):
    message = settled(rules.ACCEPTED)
    address = reverse("messages:message-decide", args=[message.pk, "retry"])
    assert "Pesan ini sudah berubah" in administrator.get(address).content.decode()
    response = administrator.post(address)
    assert (response.status_code, "Pesan ini sudah berubah" in response.content.decode()) == (409, True)
    message.refresh_from_db()
    assert message.state == "sent"


def test_message_decide_knows_no_other_decision(administrator):
    assert administrator.get(f"/pesan-keluar/{keep().pk}/putuskan/hapus/").status_code == 404


def test_a_form_without_its_token_is_refused(administrator):
    message = keep()
    strict = Client(enforce_csrf_checks=True)
    for path in ("baca/", "putuskan/give_up/"):
        response = strict.post(f"/pesan-keluar/{message.pk}/{path}", {"why": "pedagang bilang tidak sampai"})
        assert response.status_code == 403
    message.refresh_from_db()
    assert (message.state, Record.objects.count()) == ("waiting", 0)


# Who may look --------------------------------------------------------------------------------------

PATHS = ["", "{pk}/", "{pk}/baca/", "{pk}/putuskan/give_up/"]


@pytest.mark.parametrize("path", PATHS)
def test_without_an_actor_there_is_no_page(nobody, path):
    address = f"/pesan-keluar/{path.format(pk=keep().pk)}"
    assert nobody.get(address).status_code == 404
    assert nobody.post(address, {"why": "ingin tahu saja"}).status_code in (404, 405)
    assert (Message.objects.get().state, Record.objects.count()) == ("waiting", 0)


@pytest.mark.parametrize("path", PATHS[1:])
def test_a_message_that_is_not_there_is_404(administrator, path):
    assert administrator.get(f"/pesan-keluar/{path.format(pk=10**9)}").status_code == 404
