"""Questionnaires as data: what we bring, and what is refused with file, place and expectation."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from satupintu.catalogue.reading.files import DataError
from satupintu.surveys import reading
from satupintu.surveys.rules.questionnaires import LIKERT
from satupintu.web import words

OURS = reading.library().on(date(2026, 11, 24))


def test_the_house_brings_seven_questionnaires() -> None:
    assert {code: len(form.items) for code, form in OURS.items()} == {
        "follow_up": 5,
        "knowledge_test": 10,
        "licence_readiness": 8,
        "needs_interview": 9,
        "next_topics": 1,
        "paper_response": 6,
        "paper_statements": 10,
    }


def test_the_ten_statements_keep_the_papers_order_and_wording() -> None:
    form = OURS["paper_statements"]
    printed = [item.printed or item.text for item in form.items]
    assert printed == [
        "Saya memahami pentingnya pengurusan ijin usaha",
        "Saya mengetahui keuntungan-keuntungan bila mempunyai ijin usaha",
        "Saya mengetahui persyaratan-persyaratan dalam mengurus ijin usaha",
        "Saya memahami dengan baik prosedur dalam pengurusan ijin usaha",
        "Saya mengetahui adanya kewajiban bagi pemilik usaha memiliki Nomor Induk Berusaha (NIB)",
        "Saya mengetahui dokumen-dokumen yang diperlukan dalam mengurus NIB",
        "Saya memahami langkah-langkah memperoleh NIB",
        "Saya mengetahui keuntungan-keuntungan bila meminjam melalui Pegadaian",
        "Saya mengetahui persyaratan-persyaratan dalam mengurus peminjaman di Pegadaian",
        "Saya memahami dengan baik prosedur dalam peminjaman di Pegadaian",
    ]
    assert {(item.type, item.source, item.confidence) for item in form.items} == {("yesno", "PAPER", "sure")}
    assert all(item.text == item.printed.replace("ijin", "izin") for item in form.items if item.printed)


def test_the_six_response_statements_are_rated_from_one_to_five() -> None:
    form = OURS["paper_response"]
    assert [(item.printed or item.text).lower() for item in form.items] == [
        "topik kegiatan menarik",
        "materi kegiatan menarik",
        "penyampaian materi jelas",
        "kegiatan ini secara umum menarik",
        "kegiatan ini sangat bermanfaat sesuai kebutuhan",
        "kegiatan berikutnya dengan topik berbeda sangat diharapkan",
    ]
    assert {item.answers() for item in form.items} == {LIKERT}


def test_every_statement_of_the_paper_is_checked_by_one_knowledge_item_with_a_sourced_key() -> None:
    items = OURS["knowledge_test"].items
    assert [item.rates for item in items] == [f"paper_statements:s{n}" for n in range(1, 11)]
    assert all(len(item.key) == 1 and item.why and item.why_en and item.source for item in items)


def test_the_words_of_the_questionnaires_keep_to_our_words() -> None:
    texts = []
    for form in OURS.values():
        texts += [form.title, form.about, form.note]
        for item in form.items:
            texts += [item.text, item.hint, item.why, *(choice.text for choice in item.choices)]
    assert [flaw for text in texts for flaw in words.flaws(text)] == []


def test_every_text_has_its_english() -> None:
    for form in OURS.values():
        assert form.title_en and form.about_en and bool(form.note) == bool(form.note_en)
        assert [item.code for item in form.items if bool(item.hint) != bool(item.hint_en)] == []


FORM: dict[str, Any] = {
    "version": "1",
    "since": "2026-01-01",
    "kind": "needs",
    "title": "X",
    "title_en": "X",
    "about": "X",
    "about_en": "X",
    "consent": "survey_answers",
    "waves": ["before"],
    "source": "PAPER",
    "confidence": "sure",
}


def item(code: str = "x1", kind: str = "yesno", **given: Any) -> dict[str, Any]:
    return {"code": code, "type": kind, "text": "X", "text_en": "X"} | given


def choices(*codes: str) -> list[dict[str, str]]:
    return [{"code": code, "text": code, "text_en": code} for code in codes]


def problems(folder: Path, *files: tuple[str, dict[str, Any]]) -> list[str]:
    """What reading says of these files in a deployment's folder."""
    for name, content in files:
        path = folder / "questionnaires" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.safe_dump(content, sort_keys=False))
    try:
        reading.read([folder])
    except DataError as error:
        return [str(problem) for problem in error.problems]
    return []


def with_items(*items: dict[str, Any], **given: Any) -> tuple[str, dict[str, Any]]:
    return "x/questionnaire.yaml", FORM | {"items": list(items)} | given


WHERE = "questionnaires/x/questionnaire.yaml, "
KEY = {"why": "X", "why_en": "X", "source": "PAPER", "confidence": "sure"}


@pytest.mark.parametrize(
    ("form", "found"),
    [
        (with_items(item()), []),
        (with_items(item(), item()), ["items x1: kodenya dipakai dua kali. Seharusnya: satu kode per butir."]),
        (
            with_items(item("s1")),
            ["items s1: kode ini sudah dipakai paper_statements. Seharusnya: kode lain."],
        ),
        (with_items(item("X")), ["items X: kodenya tidak dikenal bentuknya. Seharusnya: huruf kecil,"]),
        (with_items(item(kind="single")), ["items x1 choices: ada 0 pilihan. Seharusnya: 2 sampai 12."]),
        (
            with_items(item(choices=choices("a", "b"))),
            ["items x1 choices: jenis yesno tidak memakai pilihan. Seharusnya: kosong."],
        ),
        (
            with_items(item(kind="single", choices=choices("a", "a"))),
            ["items x1 choices: kode 'a' dipakai dua kali. Seharusnya: satu kode per pilihan."],
        ),
        (
            with_items(item(only_if={"item": "x2", "answers": ["yes"]}), item("x2")),
            ["items x1 only_if: 'x2' bukan butir sebelumnya. Seharusnya: tidak ada."],
        ),
        (
            with_items(item(only_if={"item": "x1", "answers": ["yes"]})),
            ["items x1 only_if: 'x1' bukan butir sebelumnya. Seharusnya: tidak ada."],
        ),
        (
            with_items(item(), item("x2", only_if={"item": "x1", "answers": ["maybe"]})),
            ["items x2 only_if: 'maybe' bukan jawaban x1. Seharusnya: yes, no."],
        ),
        (
            with_items(item(kind="number"), item("x2", only_if={"item": "x1", "answers": ["1"]})),
            ["items x2 only_if: jenis number tidak bisa menjadi syarat. Seharusnya: butir dengan pilihan."],
        ),
        (
            with_items(item(key=["yes"])),
            ["items x1 key: kunci tanpa alasan, sumber, atau tingkat yakin. Seharusnya: why, source, dan confidence."],
        ),
        (
            with_items(item(kind="single", choices=choices("a", "unknown"), key=["unknown"], **KEY)),
            ["items x1 key: 'unknown' tidak bisa menjadi kunci. Seharusnya: jawaban yang benar."],
        ),
        (
            with_items(item(key=["maybe"], **KEY)),
            ["items x1 key: 'maybe' bukan jawaban butir ini. Seharusnya: yes, no."],
        ),
        (
            with_items(item(key=["yes"], rates="paper_statements:s11", **KEY)),
            ["items x1 rates: 'paper_statements:s11' tidak ada. Seharusnya: kuesioner:pernyataan."],
        ),
        (
            with_items(item(rates="paper_statements:s1")),
            ["items x1 rates: butir ini tidak punya kunci. Seharusnya: hanya untuk butir dengan key."],
        ),
        (with_items(item(source="NOBODY")), ["items x1 source: sumber 'NOBODY' tidak ada di sources.yaml."]),
        (with_items(item(), consent="nothing"), ["consent: tujuan 'nothing' tidak ada di consents/."]),
        (with_items(item(pictogram="dragon")), ["items x1: gambar 'dragon' tidak ada."]),
        (with_items(item(kind="slider")), ["items.0.type: nilai 'slider' tidak dikenal."]),
        (with_items(item(kind="number", least=9, most=2)), ["items x1 least: lebih besar dari most."]),
        (with_items(item(), waves=["before", "before"]), ["waves: satu waktu ditulis dua kali."]),
        (with_items(item(), version="new"), ["version: 'new' bukan nomor versi."]),
    ],
)
def test_a_wrong_questionnaire_is_refused_by_file_and_place(
    tmp_path: Path, form: tuple[str, dict[str, Any]], found: list[str]
) -> None:
    said = problems(tmp_path, form)
    assert len(said) == len(found), said
    for problem, expected in zip(said, found, strict=True):
        assert problem.startswith(WHERE + expected), problem


def test_an_older_version_stays_beside_the_new_one_and_answers_can_name_it(tmp_path: Path) -> None:
    old = ("x/questionnaire-1.yaml", FORM | {"items": [item()]})
    new = ("x/questionnaire.yaml", FORM | {"version": "2", "since": "2026-06-01", "items": [item("x2")]})
    assert problems(tmp_path, old, new) == []
    library = reading.read([tmp_path])
    on: Callable[[date], Any] = lambda day: library.on(day)["x"].version  # noqa: E731  read as a question
    assert (on(date(2025, 1, 1)), on(date(2026, 5, 31)), on(date(2026, 6, 1))) == ("1", "1", "2")
    first = library.get("x", "1")
    assert first is not None and first.items[0].code == "x1"
    assert library.get("x", "3") is None


def test_two_versions_of_one_number_or_one_day_are_refused(tmp_path: Path) -> None:
    one = ("x/questionnaire.yaml", FORM | {"items": [item()]})
    same_number = ("x/questionnaire-1.yaml", FORM | {"since": "2025-01-01", "items": [item()]})
    assert problems(tmp_path, one, same_number) == [
        f"{WHERE}version: versi 1 sudah ada di berkas lain. Seharusnya: nomor versi baru."
    ]
    same_day = ("x/questionnaire-1.yaml", FORM | {"version": "0.9", "items": [item()]})
    assert [problem.split(": ")[1] for problem in problems(tmp_path, one, same_day)] == [
        "berkas versi 0.9 bernama lain. Seharusnya",
        "dua versi mulai pada hari yang sama. Seharusnya",
    ]


def test_check_data_names_what_is_wrong_with_a_questionnaire(tmp_path: Path) -> None:
    from satupintu.catalogue import queries as catalogue
    from satupintu.surveys.cli import data_checks

    problems(tmp_path, with_items(item("s1")))
    assert [str(problem) for problem in data_checks[0](tmp_path, catalogue.catalogue())] == [
        f"{WHERE}items s1: kode ini sudah dipakai paper_statements. Seharusnya: kode lain."
    ]
