"""`satupintu check-table`: keys, the paper's figures, impossible numbers, and one sentence per fault."""

import json

import pytest

from satupintu.outreach.tests.factories import PAPER, as_json, run, write

HEAD = ["kind", "label", "before", "after", "value", "decimals", "scale_min", "scale_max"]
TABLE = PAPER / "table-2-and-3.csv"


def percent(before, after, decimals=""):
    return ["percent", "x", before, after, "", decimals, "", ""]


def mean(value, decimals="", low="", high=""):
    return ["mean", "m", "", "", value, decimals, low, high]


def check(tmp_path, *rows, n=20):
    return as_json("check-table", write(tmp_path / "t.csv", list(rows), HEAD), "--n", str(n))


def test_the_tables_of_the_paper_have_the_computed_figures():
    told = as_json("check-table", TABLE, "--n", "20")
    assert {"percents", "means", "n_consistent_with_all_means", "mean_of_means", "class_gain", "mean_item_gain"} <= set(
        told
    )
    assert [(p["before_count"], p["after_count"]) for p in told["percents"]] == list(
        zip([7, 8, 4, 2, 10, 6, 5, 6, 4, 4], [20, 20, 20, 13, 20, 20, 16, 20, 15, 14], strict=True)
    )
    assert [p["lost"] for p in told["percents"]] == [[0, most] for most in (0, 0, 0, 2, 0, 0, 4, 0, 4, 4)]
    assert [p["identified"] for p in told["percents"]] == [p["lost"] == [0, 0] for p in told["percents"]]
    assert told["percents"][0]["p_exact"] == [0.000244140625, 0.000244140625]
    assert told["percents"][6]["p_exact"] == [0.0009765625, 0.0192108154296875]
    assert [m["possible"] for m in told["means"]] == [False, False, True, False, True, False]
    assert told["means"][0]["nearest"] == [4.6, 4.65]
    assert told["n_consistent_with_all_means"] == [52]
    assert told["n_by_rounding_of_percents"]["half_up"] == [20, 40, 60]
    assert (round(told["mean_of_means"], 2), round(told["class_gain"], 3), round(told["mean_item_gain"], 3)) == (
        4.70,
        0.847,
        0.866,
    )
    assert (told["people"]["mean_before"], told["people"]["mean_after"]) == (2.8, 8.9)
    assert told["people"]["sign_test"]["worst"] == {"up": 14, "down": 6}
    best, worst = (sum(p["p_holm"][end] < 0.05 for p in told["percents"]) for end in (0, 1))
    assert (best, worst) == (10, 7)


def test_the_mean_of_means_without_the_item_that_all_gave_five(tmp_path):
    told = check(tmp_path, *(mean(v) for v in ("4.63", "4.62", "4.65", "4.77", "4.54")))
    assert round(told["mean_of_means"], 3) == 4.642


def test_a_percent_that_no_count_gives_is_a_result(tmp_path):
    told = check(tmp_path, percent(33, 100))["percents"][0]
    assert (told["before_count"], told["lost"], told["p_exact"], told["identified"]) == (None, None, None, False)
    assert (told["after_count"], told["n_gain"]) == (20, 1.0)


def test_several_counts_make_wider_intervals(tmp_path):
    told = check(tmp_path, percent(35, 40), n=300)["percents"][0]
    assert (told["before_counts"], told["before_count"]) == ([104, 105, 106, 107], 105)
    assert told["lost"] == [0, 107] and told["identified"] is False
    assert told["p_exact"][0] < 0.001 < told["p_exact"][1]
    assert told["difference"] == {"points": 5.0}  # nothing more is certain
    text = run("check-table", tmp_path / "t.csv", "--n", "300").stdout
    assert "104 sampai 107 dari 300 orang sebelum, 119 sampai 122 dari 300 orang sesudah." in text


def test_where_before_and_after_may_be_the_same_count_nothing_may_have_changed(tmp_path):
    assert check(tmp_path, percent(35, 35), n=300)["percents"][0]["p_exact"][1] == 1.0


def test_decimals_say_how_a_number_was_printed(tmp_path):
    assert check(tmp_path, mean("5", "2"), n=7)["means"][0]["possible"]
    assert check(tmp_path, mean("4.6", "1"), n=17)["means"][0]["possible"]
    assert not check(tmp_path, mean("4.6", "2"), n=17)["means"][0]["possible"]


def test_numbers_may_have_a_comma_and_a_percent_sign(tmp_path):
    told = check(tmp_path, percent("37,5 %", "100%"), mean("4,63"), n=8)
    assert (told["percents"][0]["before_count"], told["means"][0]["possible"]) == (3, True)


def test_nothing_left_to_gain_has_no_gain_and_no_rows_have_no_figures(tmp_path):
    told = check(tmp_path, percent(100, 100))
    assert (told["percents"][0]["n_gain"], told["class_gain"], told["mean_item_gain"]) == (None, None, None)
    assert (told["mean_of_means"], told["n_consistent_with_all_means"], told["means"]) == (None, None, [])


def test_losses_are_counted_as_losses(tmp_path):
    told = check(tmp_path, percent(80, 20))["percents"][0]
    assert (told["lost"], told["n_gain"]) == ([12, 16], -3.0)


def test_the_text_is_indonesian_and_accuses_nobody():
    text = run("check-table", TABLE, "--n", "20").stdout
    assert "7 dari 20 orang (35 %) sebelum, 20 dari 20 orang (100 %) sesudah" in text
    assert "rata-rata 4,63 tidak bisa didapat dari 20 jawaban bulat. Terdekat: 4,60 dan 4,65" in text
    assert "yang cocok dengan semua rata-rata: 52." in text
    assert "tidak menunjukkan sebabnya" in text
    assert not {"palsu", "bohong", "rekayasa", "signifikan"} & {*text.lower().split()}


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (["percentage", "x", 1, 2, "", "", "", ""], "t.csv, baris 2, kolom kind: 'percentage' tidak dikenal"),
        (percent("banyak", 100), "t.csv, baris 2, kolom before: 'banyak' bukan angka"),
        (percent(35, ""), "t.csv, baris 2, kolom after: kosong"),
        (mean("4.635", "2"), "t.csv, baris 2, kolom decimals: 4.635 punya lebih dari 2 desimal"),
        (mean("4.6", "x"), "t.csv, baris 2, kolom decimals: 'x' bukan angka bulat"),
        (mean("4.6", "12"), "t.csv, baris 2, kolom decimals: 12 di luar 0 sampai 9"),
        (mean("4.6", "", "5", "1"), "t.csv, baris 2, kolom scale_max: 1 tidak di atas scale_min 5"),
        (["mean", "x"], "t.csv, baris 2: ada 2 kolom, bukan 8"),
    ],
)
def test_a_fault_is_one_sentence_with_file_row_and_column(tmp_path, row, sentence):
    result = run("check-table", write(tmp_path / "t.csv", [row], HEAD), "--n", "20", "--json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(sentence) and result.stderr.count("\n") == 1


def test_wrong_use_ends_with_2(tmp_path):
    assert run("check-table", TABLE).exit_code == 2
    assert run("check-table", TABLE, "--n", "0").exit_code == 2
    assert run("check-table", tmp_path / "none.csv", "--n", "20").exit_code == 2


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "t.csv: berkas kosong"),
        (b"kind,label\n", "t.csv: tidak ada baris isi"),
        (b"kind,before\npercent,1\n", "t.csv, baris 1: kolom label tidak ada"),
        (b"kind,label,label\n", "t.csv, baris 1: kolom label ada dua kali"),
        (b"\xff\xfe\x00", "t.csv: bukan teks UTF-8"),
        (b'kind,label\nmean,"x', "t.csv, baris 2: CSV tidak terbaca"),
    ],
)
def test_a_file_that_is_no_table_is_refused(tmp_path, content, sentence):
    path = tmp_path / "t.csv"
    path.write_bytes(content)
    result = run("check-table", path, "--n", "20")
    assert (result.exit_code, result.stdout) == (1, "") and result.stderr.startswith(sentence)


def test_a_file_from_a_spreadsheet_with_semicolons_is_read(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("﻿kind;label;before;after;value\r\nmean;m;;;4,65\r\n\r\n", encoding="utf-8")
    assert as_json("check-table", path, "--n", "20")["means"][0]["possible"] is True


def test_every_number_is_plain_json():
    text = run("check-table", TABLE, "--n", "20", "--json").stdout
    assert json.loads(text, parse_constant=pytest.fail)
