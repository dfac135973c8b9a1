"""Sentences: the rule of six, honest limits, and no claim beyond the design."""

import re

import pytest

from satupintu.outreach.rules.words import decimal, of_people, p_value
from satupintu.outreach.tests.factories import PAPER, answered, as_json, figures, paper_rows, run, write

TABLE = PAPER / "table-2-and-3.csv"

# Words that would say more than self-rating of one group in one morning can show.
CLAIMS = re.compile(
    r"\b(meningkat|peningkatan|terbukti|membuktikan|efektif|berhasil|berkat|akibat|karena kegiatan|menjadi paham|"
    r"signifikan|pemahaman naik|lebih paham)\b",
    re.IGNORECASE,
)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "answers.csv"


def test_five_changed_people_get_the_rule_and_no_verdict(file):
    told = figures(file, answered("s1", "0" * 20, "1" * 5 + "0" * 15))["statements"][0]
    assert told["p_exact"] == 0.0625
    assert "kalau paling sedikit 6 orang berubah jawaban; di sini 5." in told["sentence"]
    assert "p 0" not in told["sentence"]


def test_six_changed_people_get_their_p(file):
    told = figures(file, answered("s1", "0" * 20, "1" * 6 + "0" * 14))["statements"][0]
    assert "paling sedikit 6" not in told["sentence"] and "p 0,031" in told["sentence"]


def test_no_sentence_claims_what_the_design_cannot_show(file):
    fell = answered("s11", "1" * 20, "0" * 9 + "1" * 11)
    text = run("evaluate", write(file, paper_rows() + fell)).stdout
    assert CLAIMS.findall(text) == []
    assert CLAIMS.findall("Pemahaman meningkat dan kegiatan terbukti efektif") == ["meningkat", "terbukti", "efektif"]


def test_self_rating_is_named_in_every_sentence_about_it(file):
    told = figures(file, paper_rows())
    assert all("menurut penilaian sendiri" in one["sentence"] for one in told["statements"])


def test_no_sentence_is_longer_than_15_words(file):
    """Numbers and codes aside."""
    rows = paper_rows() + answered("s11", "0" * 9, "1" * 3 + "0" * 6) + [["", "after", "s12", 1, ""]]
    rows += [["P001", "followup", "s1", 1, ""], ["P001", "then", "s1", 0, ""], ["P001", "after", "s13", "", ""]]
    told = figures(file, rows)
    texts = [*told["sentences"], *told["warnings"], *as_json("check-table", TABLE, "--n", "20")["sentences"]]
    sentences = [sentence for text in texts for sentence in re.split(r"[.;:] |\.$", text)]
    longest = max(sentences, key=_words)
    assert len(sentences) > 100 and _words(longest) <= 15, longest


def _words(sentence):
    return len(re.findall(r"(?<!\S)[(]?[^\W\d]{2,}", sentence))


def test_every_percent_has_its_count(file):
    for line in figures(file, paper_rows())["sentences"]:
        assert len(re.findall(r"\d %", line)) == len(re.findall(r"\d+ dari \d+ orang \([\d,]+ %\)", line))


def test_numbers_are_written_as_people_read_them():
    assert [p_value(p) for p in (1, 0.378, 0.0192, 0.00999, 0.000244, 3.06e-05, 1e-9)] == [
        "1,000",
        "0,378",
        "0,019",
        "0,010",
        "0,00024",
        "0,000031",
        "kurang dari 0,000001",
    ]
    assert (decimal(4.7017, 2), of_people(7, 20), of_people(1, 3), of_people(0, 0)) == (
        "4,70",
        "7 dari 20 orang (35 %)",
        "1 dari 3 orang (33,3 %)",
        "0 orang",
    )
