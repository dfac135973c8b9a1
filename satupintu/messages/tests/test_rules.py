"""Words, moves, dates and meanings of the outbox."""

import hashlib
import hmac
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from satupintu.messages import rules
from satupintu.messages.rules import Template, UnusableMessage

NOON = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
CODE = Template(
    about="Kode",
    about_en="Code",
    subject="Kode {code}",
    subject_en="Code {code}",
    text="Kode {code}, {minutes} menit.\n",
    text_en="Code {code}, {minutes} minutes.\n",
    placeholders={"code": "6 angka", "minutes": "menit"},
)


def test_a_template_is_filled_in_the_language_asked_for():
    values = {"code": " 482913 ", "minutes": "10"}
    assert rules.written(CODE, "id", values) == rules.Written("Kode 482913", "Kode 482913, 10 menit.")
    assert rules.written(CODE, "en", values) == rules.Written("Code 482913", "Code 482913, 10 minutes.")


@pytest.mark.parametrize(
    ("language", "values", "sentence"),
    [
        ("id", {"code": "1"}, "Isi pesan kurang: minutes."),
        ("id", {}, "Isi pesan kurang: code, minutes."),
        ("id", {"code": "1", "minutes": "1", "nik": "1", "name": "1"}, "Isi pesan tidak dikenal: name, nik."),
        ("id", {"code": " ", "minutes": "1"}, "Isi code harus satu baris, 1 sampai 200 huruf."),
        ("id", {"code": "1\nBcc: x", "minutes": "1"}, "Isi code harus satu baris, 1 sampai 200 huruf."),
        ("id", {"code": "1\u2028", "minutes": "1"}, "Isi code harus satu baris, 1 sampai 200 huruf."),
        ("id", {"code": "1" * 201, "minutes": "1"}, "Isi code harus satu baris, 1 sampai 200 huruf."),
        ("su", {"code": "1", "minutes": "1"}, "Bahasa su tidak dikenal. Pilih id atau en."),
    ],
)
def test_a_value_that_does_not_fit_is_refused(language, values, sentence):
    with pytest.raises(UnusableMessage) as refused:
        rules.written(CODE, language, values)
    assert str(refused.value) == sentence


@given(st.text(st.characters(blacklist_categories=("C", "Zl", "Zp")), min_size=1, max_size=200))
def test_a_value_stands_in_the_text_as_it_is_and_fills_nothing_itself(value):
    if not value.strip():
        return
    text = rules.written(CODE, "id", {"code": value, "minutes": "{code}"}).text
    assert text == f"Kode {value.strip()}, {{code}} menit."


@pytest.mark.parametrize(
    ("changed", "problems"),
    [
        ({}, []),
        ({"text": "Kode {code}, {menit}"}, [("text", "tempat isi {menit} tidak dijelaskan")]),
        ({"text": "{code} {minutes} {"}, [("text", "kurung kurawal tidak berpasangan atau nama tempat isi salah")]),
        ({"text": "{code} {minutes} {0!r}"}, [("text", "kurung kurawal tidak berpasangan atau nama tempat isi salah")]),
        ({"text_en": "Code {code}"}, [("text_en", "tempat isi berbeda dari text")]),
        ({"subject": "S" * 79}, [("subject", "79 huruf, terlalu panjang")]),
        ({"text": "{code}{minutes}" + "T" * 986}, [("text", "1001 huruf, terlalu panjang")]),
        ({"text": "{code}{minutes}" + "T" * 985, "subject": "S" * 72 + "{code}"}, []),
        ({"subject": "Satu\n{code}"}, [("subject", "lebih dari satu baris")]),
        (
            {"placeholders": {"code": "", "minutes": "", "nik": ""}},
            [("placeholders", "nik tidak dipakai")],
        ),
    ],
)
def test_what_is_wrong_with_a_template_is_named(changed, problems):
    found = [(where, what) for where, what, _ in rules.template_problems(CODE.model_copy(update=changed))]
    assert [problem for problem in found if problem in problems] == problems
    assert bool(found) == bool(problems)


def test_a_template_in_place_of_ours_has_our_places_and_no_other():
    other = CODE.model_copy(
        update={"text": "{code} {name}", "text_en": "{code} {name}", "placeholders": {"code": "", "name": ""}}
    )
    told = ("placeholders", "tempat isinya {code}, {name}", "{code}, {minutes}")
    assert rules.template_problems(other, CODE)[-1] == told
    assert rules.template_problems(CODE, CODE) == []


@pytest.mark.parametrize(
    ("channel", "to"),
    [("whatsapp", "+6281234567890"), ("sms", "+6281234567890"), ("email", "a.b@contoh.co.id")],
)
def test_a_receiver_the_channel_can_reach_is_taken(channel, to):
    assert rules.checked_receiver(channel, to) == to


@pytest.mark.parametrize(
    ("channel", "to", "sentence"),
    [
        ("fax", "+6281234567890", "Saluran fax tidak dikenal. Pilih email, whatsapp, sms."),
        ("sms", "081234567890", "Nomor HP harus seperti +6281234567890."),
        ("sms", "+62812345678901234", "Nomor HP harus seperti +6281234567890."),
        ("whatsapp", "a@contoh.id", "Nomor HP harus seperti +6281234567890."),
        ("whatsapp", "+6281234567890\n", "Nomor HP harus seperti +6281234567890."),
        ("email", "+6281234567890", "Alamat e-mail tidak lengkap. Contoh: nama@contoh.id"),
        ("email", "a@b", "Alamat e-mail tidak lengkap. Contoh: nama@contoh.id"),
        ("email", "a@contoh.id,b@contoh.id", "Alamat e-mail tidak lengkap. Contoh: nama@contoh.id"),
        ("email", "a@contoh.id\nBcc: b@contoh.id", "Alamat e-mail tidak lengkap. Contoh: nama@contoh.id"),
        ("email", "ä@contoh.id", "Alamat e-mail tidak lengkap. Contoh: nama@contoh.id"),
    ],
)
def test_a_receiver_the_channel_cannot_reach_is_refused(channel, to, sentence):
    with pytest.raises(UnusableMessage) as refused:
        rules.checked_receiver(channel, to)
    assert str(refused.value) == sentence


@pytest.mark.parametrize("key", ["sign-in:812", "law-change:2026-10-18:p-7", "abc", "a" * 120])
def test_a_key_that_fits_a_header_is_taken(key):
    assert rules.checked_key(key) == key


@pytest.mark.parametrize("key", ["", "ab", "a" * 121, "Sign-in:1", "a b c", "kode\n1", ":abc", "kodé"])
def test_a_key_that_does_not_fit_a_header_is_refused(key):
    with pytest.raises(UnusableMessage, match="Kunci pesan berisi 3 sampai 120 huruf kecil"):
        rules.checked_key(key)


@pytest.mark.parametrize(
    ("channel", "to", "shown"),
    [
        ("whatsapp", "+6281234567890", "+62\u00a0•••\u00a0890"),
        ("email", "pedagang01@contoh.id", "p•••@contoh.id"),
        ("sms", "", ""),
    ],
)
def test_a_receiver_is_masked(channel, to, shown):
    assert rules.masked(channel, to) == shown


def test_tries_are_1_5_15_60_and_240_minutes_apart_and_end_with_the_sixth():
    found = [rules.after(rules.LATER, tries, NOON) for tries in range(1, 7)]
    assert found == [
        ("waiting", datetime(2026, 11, 24, 5, 1, tzinfo=UTC)),
        ("waiting", datetime(2026, 11, 24, 5, 5, tzinfo=UTC)),
        ("waiting", datetime(2026, 11, 24, 5, 15, tzinfo=UTC)),
        ("waiting", datetime(2026, 11, 24, 6, 0, tzinfo=UTC)),
        ("waiting", datetime(2026, 11, 24, 9, 0, tzinfo=UTC)),
        ("given_up", None),
    ]


@pytest.mark.parametrize(
    ("meaning", "state"), [(rules.ACCEPTED, "sent"), (rules.REFUSED, "failed"), (rules.UNKNOWN, "uncertain")]
)
def test_every_other_answer_is_final_at_the_first_try(meaning, state):
    assert rules.after(meaning, 1, NOON) == (state, None)


def test_after_a_crash_what_is_sent_once_per_key_waits_and_an_e_mail_is_uncertain():
    assert rules.after_a_crash(True, 1, NOON) == ("waiting", NOON + timedelta(minutes=1))
    assert rules.after_a_crash(True, 6, NOON) == ("given_up", None)
    assert rules.after_a_crash(False, 1, NOON) == ("uncertain", None)


@pytest.mark.parametrize(
    ("status", "meaning"),
    [
        *((status, rules.ACCEPTED) for status in (200, 201, 202, 204, 409)),
        *((status, rules.REFUSED) for status in (400, 401, 403, 404, 410, 422)),
        *((status, rules.LATER) for status in (302, 408, 425, 429, 500, 502, 503, 504)),
    ],
)
def test_what_an_http_status_means(status, meaning):
    assert rules.http_meaning(status) == meaning


@pytest.mark.parametrize(
    ("code", "meaning"),
    [(421, rules.LATER), (450, rules.LATER), (550, rules.REFUSED), (554, rules.REFUSED)],
)
def test_what_an_smtp_code_means(code, meaning):
    assert rules.smtp_meaning(code) == meaning


def test_a_signature_covers_secret_time_and_body():
    made = rules.signature("kunci", "1795496400", b'{"a":1}')
    assert made == hmac.new(b"kunci", b'1795496400.{"a":1}', hashlib.sha256).hexdigest()
    others = [("lain", "1795496400", b'{"a":1}'), ("kunci", "1795496401", b'{"a":1}'), ("kunci", "1795496400", b"{}")]
    assert made not in {rules.signature(*other) for other in others}


def test_what_a_person_may_decide_in_each_state():
    assert {state: rules.decisions_in(state) for state in rules.STATES} == {
        "waiting": ["give_up"],
        "sending": [],
        "sent": [],
        "failed": ["retry"],
        "given_up": ["retry"],
        "uncertain": ["retry", "give_up", "mark_sent"],
    }


@pytest.mark.parametrize("decision", rules.DECISIONS)
@pytest.mark.parametrize("state", rules.STATES)
def test_a_decision_that_is_nobodys_is_refused(decision, state):
    if decision in rules.decisions_in(state):
        assert rules.decided(decision, state) in rules.STATES
    else:
        with pytest.raises(UnusableMessage, match="Pesan ini sudah berubah"):
            rules.decided(decision, state)


def test_a_sent_message_never_moves_again():
    assert rules.decisions_in(rules.SENT) == []
    assert rules.SENT not in rules.DELIVERY_MOVES


def test_a_providers_words_are_kept_short_and_without_addresses():
    said = "550 5.1.1 <pedagang01@contoh.test>:\r\n nomor +62 812-3456-7890 tidak ada"
    assert rules.short_words(said) == "550 5.1.1 <•••>: nomor ••• tidak ada"
    assert len(rules.short_words("kata " * 100)) == 200
