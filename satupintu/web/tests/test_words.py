from pathlib import Path

import pytest

from satupintu.web import translations, words

DATA = Path(__file__).parents[2] / "data"


def test_every_screen_text_keeps_to_our_words():
    found = [f"{flaw} ({entry.msgid!r})" for entry in translations.extract() for flaw in words.flaws(entry.msgid)]
    assert found == []


def test_every_text_of_the_data_keeps_to_our_words():
    texts = list(words.texts_of_data(DATA))
    assert {"facts.yaml", "licences/nib/text.md", "licences/nib/terms.csv", "laws/pp-28-2025.yaml"} <= {
        file for file, _ in texts
    }
    assert [f"{file}: {flaw}" for file, text in texts for flaw in words.flaws(text)] == []


def test_texts_of_data_are_found_in_tables_lists_and_prose(tmp_path: Path):
    (tmp_path / "a.yaml").write_text("x: {title: Satu, title_en: One, labels: {yes: Dua}}\nitems: [{note: Tiga}]\n")
    (tmp_path / "b.csv").write_text("code,text,text_en\n1,Empat,Four\n")
    (tmp_path / "text.md").write_text("## what\nLima\nenam.\n\nTujuh.\n")
    (tmp_path / "sources.yaml").write_text("x: {title: Bukan ini}\n")
    assert [text for _, text in words.texts_of_data(tmp_path)] == [
        "Satu",
        "Dua",
        "Tiga",
        "Empat",
        "Lima enam.",
        "Tujuh.",
    ]


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        ("Silakan login", "'login': write masuk"),
        ("Izin terbit!", "'!': write a full stop"),
        ("Ijin usaha", "'Ijin': write izin"),
        (" ".join(["kata"] * 16), f"16 words, at most 15: {' '.join(['kata'] * 16)!r}"),
    ],
)
def test_a_word_or_length_that_is_not_ours_is_named(text: str, flaw: str):
    assert list(words.flaws(text)) == [flaw]


def test_figures_and_abbreviations_do_not_end_a_sentence():
    assert words.sentences("Biaya Rp1.234.567. Datang pukul 08.30 di Jl. Ahmad Yani No. 13.") == [
        "Biaya Rp1.234.567",
        "Datang pukul 08.30 di Jl. Ahmad Yani No. 13",
    ]


def test_parts_of_other_words_are_not_banned():
    assert list(words.flaws("Perizinan kamus inputan")) == []
