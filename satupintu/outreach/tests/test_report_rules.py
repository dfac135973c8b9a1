"""The report as a pure thing: figures by name, sentences, and what keeps it from being final."""

from datetime import date
from fractions import Fraction

import pytest

from satupintu.outreach.library import library
from satupintu.outreach.rules.report.assembling import Assembled
from satupintu.outreach.rules.report.certificates import certificates
from satupintu.outreach.rules.report.data import Present, as_frozen, fingerprint, thawed
from satupintu.outreach.rules.report.figures import Figure, Figures
from satupintu.outreach.rules.report.linting import problems
from satupintu.outreach.rules.report.making import report_of
from satupintu.outreach.rules.report.template import ReportTemplate, template_flaws
from satupintu.outreach.tests.reports import EXACT, IN_TIME, LATE, TEXTS, UNTIMED, codes, data, report


def words(**given: object) -> str:
    """All running text of a report."""
    blocks = [b for section in report(**given).document["sections"] for b in section["blocks"]]
    return " ".join(b["text"] for b in blocks if b["type"] == "paragraph")


def closing(text: str) -> dict[str, dict[str, str]]:
    return {"texts": {"closing": text}}


def test_a_complete_report_may_be_final() -> None:
    assert report().problems == ()


def test_a_sentence_takes_its_numbers_from_the_data_and_both_languages_say_the_same() -> None:
    told = words()
    assert "Sasarannya 25 orang; 20 orang hadir (80 %)." in told.replace("\N{NO-BREAK SPACE}", " ")
    assert "It was meant for 25 people, of whom 20 came (80%)." in told
    assert "N-gain dari rata-rata kelas 0,847 (tinggi)." in told
    assert "The normalised gain of the class mean is 0.847 (high)." in told


@pytest.mark.parametrize(
    ("value", "kind", "indonesian", "english"),
    [
        (Fraction(125, 10), "percent", "12,5 %", "12.5%"),
        (Fraction(65), "points", "+65", "+65"),
        (Fraction(461, 100), "mean", "4,61", "4.61"),
        (Fraction(46250, 10000), "mean", "4,63", "4.63"),  # half up, as people round
        (0.00024414, "p", "0,00024", "0.00024"),
        (1234567, "count", "1.234.567", "1,234,567"),
        (75000, "rupiah", "Rp75.000", "Rp75.000"),
        (date(2022, 12, 3), "day", "3 Desember 2022", "3 December 2022"),
    ],
)
def test_a_figure_is_written_as_readers_of_each_language_do(
    value: object, kind: str, indonesian: str, english: str
) -> None:
    figure = Figure("x", value, kind, "uji", 20)
    assert figure.shown().replace("\N{NO-BREAK SPACE}", " ") == indonesian
    assert figure.shown("en") == english


def test_sessions_that_ran_over_and_a_programme_that_ended_in_time_are_two_facts() -> None:
    told = words(agenda=IN_TIME)
    assert "1 dari 2 sesi yang dicatat berlangsung lebih lama dari rencana." in told
    assert "Acara selesai tepat pada jam rencana." in told
    assert "Acara selesai 5 menit sesudah jam rencana." in words(agenda=LATE)
    assert "tidak diketahui apakah acara lewat waktu" in words(agenda=UNTIMED)


@pytest.mark.parametrize("agenda", [IN_TIME, LATE, EXACT, UNTIMED])
def test_no_two_sentences_about_time_contradict_each_other(agenda: object) -> None:
    told = words(agenda=agenda)
    ends = (
        "tepat pada jam rencana",
        "menit sesudah jam rencana",
        "menit sebelum jam rencana",
        "tidak diketahui apakah",
    )
    assert sum(end in told for end in ends) == 1
    assert ("berlangsung lebih lama" in told) + ("Tidak ada sesi yang lebih lama" in told) <= 1


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("Berapa jumlah peserta atau partisipan", "prompt"),
        ("Acara ini diikuti … orang.", "prompt"),
        ("TODO: tulis kesimpulan.", "prompt"),
        ("Nama mitra [isi nama].", "prompt"),
        ("Hadir {{jumlah}} orang.", "prompt"),
        ("Pemateri selesai sesuai waktu yang dijadwalkan.", "contradiction"),
        ("Sebanyak 35 % sudah tahu.", "number_without_base"),
        ("Rata-rata jawaban 4,63.", "number_without_base"),
        ("Hampir seluruh pedagang hadir.", "number_without_base"),
        ("Rata-rata 4,63 dari 20 lembar.", "impossible_mean"),
        ("Pemahaman peserta tentang izin meningkat.", "too_strong"),
        ("Ada peningkatan wawasan dan pemahaman peserta.", "too_strong"),
        ("Kegiatan ini terbukti berguna.", "too_strong"),
    ],
)
def test_a_text_that_may_not_be_final_is_named_by_its_fault(text: str, code: str) -> None:
    assert codes(**closing(text)) == [code]


@pytest.mark.parametrize(
    "text",
    [
        "Menurut penilaian diri, pemahaman peserta meningkat.",
        "Tujuannya meningkatkan pemahaman tentang izin.",
        "Hampir seluruh pedagang hadir, yaitu 20 dari 25 orang.",
        "Sebanyak 7 dari 20 orang (35 %) sudah tahu.",
        "Rata-rata 4,65 dari 20 lembar.",
        "Waktu pelaksanaan melewati waktu rencana.",
    ],
)
def test_a_sound_text_is_left_alone(text: str) -> None:
    assert codes(**closing(text)) == []


def test_texts_that_contradict_each_other_are_caught_whatever_the_data_say() -> None:
    both = {"closing": "Acara tepat waktu.", "situation": "Acara melewati waktu rencana."}
    assert codes(texts=both, agenda=EXACT).count("contradiction") == 2  # with each other, and with the times


def test_a_claim_about_time_needs_times() -> None:
    assert codes(**closing("Acara selesai tepat waktu."), agenda=UNTIMED) == ["claim_without_data"]


def test_a_number_without_target_or_day_or_people_is_no_report() -> None:
    assert codes(event={"target": None}) == ["target_missing"]
    assert codes(event={"target_source": ""}) == ["target_missing"]
    assert codes(event={"day": None}) == ["day_missing"]
    assert codes(event={"closed": False}) == ["event_open"]
    assert codes(event={"attended": None}) == ["attended_missing"]


def test_a_figure_without_base_and_an_impossible_mean_are_caught_in_the_figures_themselves() -> None:
    made = report_of(library().report, data())
    shares = Figure("x.share", Fraction(35), "percent", "uji")
    mean = [Figure("y.mean", Fraction(463, 100), "mean", "uji", 20), Figure("y.gave_1", 0, "count", "uji", 20)]
    faulty = Assembled(made.document, Figures([shares, *mean]), ("nobody.knows",))
    found = [problem.code for problem in problems(faulty, data(), library().report)]
    assert found == ["number_without_base", "impossible_mean", "figure_missing"]


def test_more_sheets_than_people_is_said_with_the_only_number_that_fits() -> None:
    told = words()
    assert "Ada 52 lembar tanggapan, sedangkan yang hadir 20 orang." in told
    assert "Hanya 52 lembar (dari satu sampai 60) yang cocok dengan semua rata-rata." in told
    assert "Hanya 52" not in words(event={"attended": 60, "target": 70})


def test_answers_of_fewer_than_five_people_are_not_printed() -> None:
    some = tuple(one for one in data().answers if one.person in ("P001", "P002", "P003", "P004", "P005"))
    told = words(answers=some)
    assert "5 dari 5 orang menjawab dua kali" in told
    few = report(answers=tuple(one for one in some if one.person != "P005"))
    assert "Yang menjawab kurang dari lima orang, jadi jawabannya tidak ditampilkan." in str(few.document)
    assert not any(name.startswith("item.s1.") for name in few.figures)


def test_a_draft_names_on_its_first_page_what_is_missing() -> None:
    first = report(event={"target": None}).document["sections"][0]
    assert first["code"] == "problems_left"
    assert "yang hadir itu dari berapa" in first["blocks"][1]["lines"][0]


def test_a_number_written_into_the_form_of_a_report_is_refused() -> None:
    form = library().report
    assert list(template_flaws(form)) == []
    told = {"code": "x", "title": "x", "blocks": [{"say": [{"text": "Ada 20 orang."}]}]}
    broken = ReportTemplate.model_validate(form.model_dump() | {"sections": [told]})
    assert [what for _, what, _ in template_flaws(broken)] == ["ada angka tertulis: 'Ada 20 orang.'"]


def test_frozen_data_come_back_and_their_fingerprint_changes_with_any_letter() -> None:
    frozen = as_frozen(data())
    assert thawed(frozen) == data()
    assert as_frozen(thawed(frozen)) == frozen
    assert fingerprint(frozen) == report().hashed
    assert report(texts={"closing": TEXTS["closing"] + "."}).hashed != report().hashed


def test_a_certificate_says_presence_and_nothing_else() -> None:
    stayed, went = (
        Present(card=card, arrived="08:32", left=left, minutes=minutes)
        for card, left, minutes in (("P001", "", 178), ("P002", "09:17", 45))
    )
    unknown = Present(card="P003", arrived="08:32")
    made = certificates("Acara", date(2026, 11, 28), "", [], "", [("Nama", stayed), ("", went), ("", unknown)])
    assert [person["name"] for person in made["people"]] == ["Nama", "Kartu P002", "Kartu P003"]
    assert [person["when"] for person in made["people"]] == [
        "pada Sabtu, 28 November 2026, dari pukul 08.32 sampai acara selesai: 2 jam 58 menit.",
        "pada Sabtu, 28 November 2026, dari pukul 08.32 sampai pukul 09.17: 45 menit.",
        "pada Sabtu, 28 November 2026, datang pukul 08.32.",
    ]
