import pytest

from satupintu.web import translations, words


def test_every_screen_text_keeps_to_our_words():
    found = [f"{flaw} ({entry.msgid!r})" for entry in translations.extract() for flaw in words.flaws(entry.msgid)]
    assert found == []


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
