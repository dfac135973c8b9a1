"""Answers to the questions of a form: what is kept of what was typed, and how it reads."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from satupintu.licensing.rules.answers import WEEK, Unusable, read_answer, said, section_of
from satupintu.licensing.rules.serving import Choice, FormField

ON = date(2026, 11, 24)


def question(kind: str, **more: Any) -> FormField:
    """One question of a kind."""
    given: dict[str, Any] = {"name": "q", "label": "T", "label_en": "T", "kind": kind}
    return FormField(**given, source="OURS", confidence="likely", **more)


CART = question("choice", options=(Choice(code="cart", label="Gerobak", label_en="Cart"),))


@pytest.mark.parametrize(
    ("field", "typed", "kept", "reads"),
    [
        (question("text"), "  cilok \n dan  es ", "cilok dan es", "cilok dan es"),
        (question("long"), "Jalan  A\r\nRT 05 ", "Jalan A\nRT 05", "Jalan A\nRT 05"),
        (question("number", unit="m", most=20), "1,50", "1.5", "1,5 m"),
        (question("number"), "10", "10", "10"),
        (question("rupiah"), "Rp 1.500.000", 1_500_000, "Rp1.500.000"),
        (question("rupiah"), 0, 0, "Rp0"),
        (CART, "cart", "cart", "Gerobak"),
        (question("days"), ["sun", "sat"], ["sat", "sun"], "Sabtu, Minggu"),
        (question("days"), list(WEEK), list(WEEK), "Setiap hari"),
        (question("hours"), {"opens": "6.00", "closes": "10:30"}, {"opens": "06:00", "closes": "10:30"}, "06.00–10.30"),
        (
            question("hours"),
            {"opens": "17.00", "closes": "01.00"},
            {"opens": "17:00", "closes": "01:00"},
            "17.00 sampai 01.00 besoknya",
        ),
        (
            question("position"),
            {"latitude": "-6,3", "longitude": "107,02"},
            {"latitude": "-6.300000", "longitude": "107.020000"},
            "-6.300000, 107.020000",
        ),
        (
            question("stall"),
            {"market": "pagi", "stall": " A  1"},
            {"market": "pagi", "stall": "A 1"},
            "Pasar Pagi, A 1",
        ),
        (question("stall"), {"market": "pagi", "stall": ""}, {"market": "pagi", "stall": ""}, "Pasar Pagi"),
        (question("date"), "2024-01-15", "2024-01-15", "15 Januari 2024"),
    ],
)
def test_an_answer_is_kept_and_reads_as_people_write_it(field: FormField, typed: Any, kept: Any, reads: str) -> None:
    assert read_answer(field, typed, ON) == kept
    assert read_answer(field, kept, ON) == kept
    assert said(field, kept, markets={"pagi": "Pasar Pagi"}) == reads


@pytest.mark.parametrize(
    ("field", "typed", "why"),
    [
        (question("text"), "x" * 151, "Terlalu panjang. Paling banyak 150 huruf."),
        (question("number"), "dua", "Tulis angkanya saja, contoh 1,5."),
        (question("number"), "0", "Tulis angka lebih dari 0, contoh 1,5."),
        (question("number"), "NaN", "Tulis angka lebih dari 0, contoh 1,5."),
        (question("number", most=20), "21", "Terlalu besar. Paling banyak 20."),
        (question("rupiah"), "setengah juta", "Tulis rupiah dengan angka, contoh 500.000."),
        (question("rupiah"), "-1", "Tulis rupiah dengan angka, contoh 500.000."),
        (CART, "truck", "Pilih dari daftar."),
        (question("days"), ["sat", "yesterday"], "Pilih dari daftar."),
        (question("hours"), {"opens": "06.00", "closes": ""}, "Isi jam mulai dan jam selesai."),
        (question("hours"), {"opens": "06.00", "closes": "6:00"}, "Jam mulai dan selesainya sama. Periksa lagi."),
        (question("hours"), {"opens": "25.00", "closes": "6:00"}, "Tulis jam seperti 06.00."),
        (question("position"), {"latitude": "-6", "longitude": ""}, "Isi lintang dan bujur, atau kosongkan keduanya."),
        (
            question("position"),
            {"latitude": "107", "longitude": "-6"},
            "Lintang atau bujurnya terlalu besar. Mungkin tertukar.",
        ),
        (
            question("position"),
            {"latitude": "sini", "longitude": "7"},
            "Tulis derajat dengan angka, contoh 107,027400.",
        ),
        (
            question("stall"),
            {"market": "", "stall": "A1"},
            "Pilih pasarnya dulu, atau kosongkan nomor lapak.",
        ),
        (question("date"), "2026-11-25", "Tanggalnya belum lewat. Periksa lagi."),
        (question("date"), "kemarin", "Tulis tanggal seperti 2026-11-24."),
        (question("hours"), "06.00", "Isiannya tidak terbaca. Isi lagi."),
    ],
)
def test_an_answer_that_cannot_be_kept_says_why(field: FormField, typed: Any, why: str) -> None:
    with pytest.raises(Unusable) as refused:
        read_answer(field, typed, ON)
    assert str(refused.value) == why


@pytest.mark.parametrize("kind", ["text", "long", "number", "rupiah", "days", "hours", "position", "stall", "date"])
def test_an_empty_answer_is_none(kind: str) -> None:
    assert [read_answer(question(kind), typed, ON) for typed in (None, "", [], {})] == [None] * 4
    assert said(question(kind), None) == ""


@given(st.text(max_size=30), st.sampled_from(["text", "long", "number", "rupiah", "date"]))
def test_whatever_is_typed_is_kept_unchanged_the_second_time_or_refused_with_a_sentence(typed: str, kind: str) -> None:
    try:
        kept = read_answer(question(kind), typed, ON)
    except Unusable as refused:
        assert str(refused).endswith(".")
    else:
        assert read_answer(question(kind), kept, ON) == kept


def test_every_kind_of_question_has_a_section() -> None:
    assert {section_of(question(kind)) for kind in ("text", "long", "days")} == {"usaha", "tempat", "waktu"}
