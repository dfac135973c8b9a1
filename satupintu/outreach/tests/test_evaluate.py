"""`satupintu evaluate`: keys, the paper's morning, pairs and what has none, waves, groups, agenda."""

import json
import subprocess
import sys

import pandas
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests

from satupintu.kernel.stats.proportions import newcombe_independent
from satupintu.kernel.stats.signed_rank import signed_rank
from satupintu.outreach.tests.factories import HEAD, PAPER, answered, as_json, figures, paper_rows, run, write

SHARED_FOLDER = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def file(tmp_path):
    return tmp_path / "answers.csv"


def test_the_morning_of_the_paper_gives_its_tables_with_all_keys(file):
    told = as_json("evaluate", write(file, paper_rows()))
    assert told["n"] | {"missing_answers": 0} == told["n"]
    assert {k: told["n"][k] for k in ("people", "paired", "unpaired_before", "unpaired_after")} == {
        "people": 20,
        "paired": 20,
        "unpaired_before": 0,
        "unpaired_after": 0,
    }
    first = told["statements"][0]
    assert (first["code"], first["before"]["yes"], first["before"]["n"], first["before"]["percent"]) == (
        "s1",
        7,
        20,
        35,
    )
    assert (first["after"]["percent"], first["gained"], first["lost"], first["kept"], first["never"]) == (
        100,
        13,
        0,
        7,
        0,
    )
    assert (first["p_exact"], first["n_gain"], first["difference"]["points"]) == (0.000244140625, 1.0, 65.0)
    assert (round(first["difference"]["low"], 1), round(first["difference"]["high"], 1)) == (38.0, 81.9)
    assert [round(s["p_holm"], 4) for s in told["statements"]] == [
        0.0017, 0.0029, 0.0003, 0.0049, 0.0049, 0.0011, 0.0049, 0.0011, 0.0049, 0.0049,
    ]  # fmt: skip
    assert round(told["class_gain"], 3) == 0.847
    assert (told["totals"]["mean_before"], told["totals"]["mean_after"]) == (2.8, 8.9)
    # Who said yes is not printed; here the same people always do, so two were full before and stayed.
    assert (told["totals"]["risen"], told["totals"]["fallen"], told["totals"]["same"]) == (18, 0, 2)
    assert (told["wilcoxon"]["w"], told["wilcoxon"]["zeros"], told["wilcoxon"]["p_exact"]) == (0, 2, 2**-17)
    assert [(item["code"], item["n"], round(item["mean"], 2)) for item in told["likert"]] == [
        ("r1", 52, 4.63),
        ("r2", 52, 4.62),
        ("r3", 52, 4.65),
        ("r4", 52, 4.77),
        ("r5", 52, 5.0),
        ("r6", 52, 4.54),
    ]
    assert (told["likert"][0]["counts"], round(told["likert_mean"], 2)) == ([0, 0, 0, 19, 33], 4.70)
    assert told["agenda"] == []


def test_reliability_is_refused_with_names_where_all_answered_alike(file):
    told = figures(file, paper_rows())["reliability"]
    assert 0 < told["before"]["alpha"] <= 0.97 and told["before"]["reason"] is None
    after = told["after"]
    assert (after["alpha"], after["low"], after["reason"]) == (None, None, "constant_items")
    assert after["constant"] == ["s1", "s2", "s3", "s5", "s6", "s8"]
    assert after["without_constant"]["items"] == 4 and after["without_constant"]["alpha"] is not None


def test_gained_and_lost_are_the_difference_of_the_people_who_answered_twice(file):
    told = figures(file, answered("s1", "0011.1", "01101."))
    only = told["statements"][0]
    assert (only["before"]["yes"], only["after"]["yes"], only["before"]["n"], only["after"]["n"]) == (2, 2, 4, 4)
    assert (only["kept"], only["gained"], only["lost"], only["never"]) == (1, 1, 1, 1)
    assert (only["all_before"]["yes"], only["all_before"]["n"], only["all_after"]["yes"]) == (3, 5, 3)
    assert (told["n"]["people"], told["n"]["paired"]) == (6, 4)
    assert (told["n"]["unpaired_before"], told["n"]["unpaired_after"]) == (1, 1)
    assert "1 jawaban sebelum dan 1 sesudah tanpa pasangan" in told["warnings"][0]


def test_answers_without_names_are_two_groups_and_never_pairs(file):
    rows = [["", *row[1:]] for row in answered("s1", "1100000000", "1111111100")]
    told = figures(file, rows)
    only = told["statements"][0]
    assert (only["paired"], only["p_exact"], only["p_holm"], only["gained"]) == (False, None, None, None)
    assert (only["before"]["yes"], only["after"]["yes"], only["n_gain"]) == (2, 8, 0.75)
    assert only["p_fisher"] == pytest.approx(0.0230139, abs=1e-6)
    expected = newcombe_independent((2, 10), (8, 10))
    assert (only["difference"]["low"], only["difference"]["high"]) == (100 * expected.low, 100 * expected.high)
    assert (told["n"]["people"], told["n"]["paired"], told["n"]["unpaired_before"]) == (10, 0, 10)
    assert told["wilcoxon"] is None and told["mean_person_gain"] is None
    assert any("Uji Fisher menganggap dua kelompok" in line for line in told["warnings"])


def test_a_statement_asked_once_has_no_test(file):
    only = figures(file, answered("s1", "", "110"))["statements"][0]
    assert (only["before"]["percent"], only["p_exact"], only["difference"]["points"], only["n_gain"]) == (None,) * 4


def test_totals_speak_of_people_who_answered_everything(file):
    told = figures(file, answered("s1", "0010", "1101") + answered("s2", "000.", "011."))
    assert told["totals"] == {
        "people": 3, "statements": 2, "mean_before": 1 / 3, "mean_after": 4 / 3, "risen": 2, "fallen": 0, "same": 1,
        "gain_counted": 3, "full_before": 0,
    }  # fmt: skip
    assert told["mean_person_gain"] == pytest.approx((0.5 + 1 + 0) / 3)
    assert told["wilcoxon"]["zeros"] == 1


def test_the_scale_is_read_from_the_answers_where_it_is_not_said(file):
    rows = [["P1", "after", "a", 1, ""], ["P1", "after", "b", 5, ""], ["P2", "after", "b", 1, "likert5"]]
    told = figures(file, rows)
    assert [one["code"] for one in told["statements"]] == ["a"]
    assert [(one["code"], one["counts"]) for one in told["likert"]] == [("b", [1, 0, 0, 0, 1])]


def test_a_scale_asked_twice_tells_the_change_of_the_same_people(file):
    rows = [
        [f"P{i}", w, "r", v, "likert5"] for w, vs in (("before", "2335"), ("after", "4434")) for i, v in enumerate(vs)
    ]
    only = figures(file, rows)["likert"][0]
    assert (only["counts"], only["before"]["counts"]) == ([0, 0, 1, 3, 0], [0, 1, 2, 0, 1])
    expected = signed_rank([2, 1, 0, -1])
    assert (only["change"]["w"], only["change"]["p_exact"]) == (float(expected.w), expected.p_exact)


def test_an_empty_answer_is_missing_and_counted(file):
    told = figures(file, [["P1", "after", "a", "", ""], ["P2", "after", "a", 1, ""]])
    assert (told["n"]["missing_answers"], told["statements"][0]["all_after"]["n"]) == (1, 1)


def test_knowledge_stands_beside_self_rating(file):
    rows = []
    for person, (says, right) in enumerate(["11", "11", "10", "10", "10", "01", "00"]):
        rows += [
            [f"P{person}", "after", "s5", says, "", "self", ""],
            [f"P{person}", "after", "k5", right, "", "knowledge", "s5"],
        ]
    told = figures(file, rows, [*HEAD, "kind", "about"])
    assert told["knowledge_against_self"] == [
        {
            "self": "s5",
            "knowledge": "k5",
            "wave": "after",
            "n": 7,
            "both": 2,
            "only_says": 3,
            "only_right": 1,
            "neither": 1,
        }
    ]
    assert any("Bilang ya: 2 benar, 3 salah." in line for line in told["sentences"])
    assert told["knowledge"]["totals"] is None


def test_other_waves_are_compared_where_they_were_asked(file):
    later = [["P001", "followup", "s1", 1, ""], ["P002", "followup", "s1", 0, ""], ["P003", "then", "s1", 0, ""]]
    told = figures(file, answered("s1", "000", "111") + later)
    assert [(c["from"], c["to"], c["statements"][0]["lost"]) for c in told["comparisons"]] == [
        ("then", "after", 0),
        ("after", "followup", 1),
        ("before", "followup", 0),
    ]
    assert (told["three_waves"][0]["n"], told["three_waves"][0]["df"]) == (2, 2)
    assert not any("belum diketahui" in line for line in told["warnings"])


def test_small_groups_and_one_more_are_hidden(file):
    sizes = {"buah": 3, "sayur": 6, "kue": 11}
    rows = []
    for group, size in sizes.items():
        signs = "10" * size
        rows += [[*row, group] for row in answered("s1", signs[:size], "1" * (size - 1) + "0", group)]
    told = figures(file, rows, [*HEAD, "group"])
    assert told["groups"]["hidden"] == ["buah", "sayur"]
    assert told["groups"]["shown"] == [
        {"group": "kue", "statements": [{"code": "s1", "n": 11, "before_yes": 6, "after_yes": 10}]}
    ]
    assert "buah" not in " ".join(line for line in told["sentences"] if line.startswith("Kelompok"))


def test_too_many_changed_people_have_no_exact_rank_test(file):
    told = figures(
        file, answered("s1", "0" * 400, "1" * 300 + "0" * 100) + answered("s2", "0" * 400, "1" * 350 + "0" * 50)
    )
    assert told["wilcoxon"]["p_exact"] is None and told["wilcoxon"]["p_normal"] < 1e-9
    assert any("pendekatan normal" in line for line in told["sentences"])


# --- agenda -------------------------------------------------------------------------------------------------

AGENDA = ["section", "session", "speaker", "planned_start", "planned_end", "actual_start", "actual_end"]


def agenda(tmp_path, *rows):
    return write(tmp_path / "agenda.csv", [list(row) for row in rows], AGENDA)


def test_an_agenda_tells_planned_actual_and_overrun(tmp_path, file):
    sessions = agenda(
        tmp_path,
        ("I", "Pembukaan", "MC", "08:30", "08:45", "08.35", "08.52"),
        ("II", "Materi", "Pemateri 1", "2022-12-03T08:45", "09:00:00", "08:52", "09:04:30"),
    )
    told = as_json("evaluate", write(file, answered("s1", "0", "1")), "--agenda", sessions)
    assert [{k: s[k] for k in ("session", "planned", "actual", "overrun", "delay")} for s in told["agenda"]] == [
        {"session": "Pembukaan", "planned": 15, "actual": 17, "overrun": 2, "delay": 5},
        {"session": "Materi", "planned": 15, "actual": 12.5, "overrun": -2.5, "delay": 7},
    ]
    assert told["finished_late"] == 4.5
    assert "1 dari 2 sesi lebih lama dari rencana. Acara selesai 4,5 menit lewat rencana." in told["sentences"]


def test_the_paper_printed_no_actual_times_so_nothing_is_said_of_overruns(file):
    told = as_json("evaluate", write(file, paper_rows()), "--agenda", PAPER / "table-1.csv")
    assert sum(session["planned"] for session in told["agenda"]) == 180
    assert {session["overrun"] for session in told["agenda"]} == {None} and told["finished_late"] is None
    assert any("10 dari 10 sesi tanpa jam nyata" in line for line in told["warnings"])


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (("I", "a", "", "8 pagi", "09:00", "", ""), "agenda.csv, baris 2, kolom planned_start: '8 pagi' bukan jam"),
        (("I", "a", "", "08:00", "", "", ""), "agenda.csv, baris 2, kolom planned_end: kosong"),
        (("I", "a", "", "08:00", "25:00", "", ""), "agenda.csv, baris 2, kolom planned_end: '25:00' bukan jam"),
        (("I", "a", "", "09:00", "08:00", "", ""), "agenda.csv, baris 2, kolom planned_end: 08:00 lebih awal"),
        (("I", "a", "", "08:00", "09:00", "09:00", "08:30"), "agenda.csv, baris 2, kolom actual_end: 08:30 lebih awal"),
    ],
)
def test_a_faulty_agenda_is_refused_with_its_cell(tmp_path, file, row, sentence):
    result = run("evaluate", write(file, answered("s1", "0", "1")), "--agenda", agenda(tmp_path, row), "--json")
    assert (result.exit_code, result.stdout) == (1, "") and result.stderr.startswith(sentence)


# --- the command --------------------------------------------------------------------------------------------


def test_the_text_has_counts_beside_every_percent_and_the_limits(file):
    text = run("evaluate", write(file, paper_rows())).stdout
    assert "s4, ya menurut penilaian sendiri: 2 dari 20 orang (10 %) sebelum" in text
    assert "Batas: Ini penilaian diri peserta, bukan ujian pengetahuan." in text
    assert "Batas: Tidak ada kelompok pembanding" in text and "pada acara yang sama" in text


def test_the_answer_can_go_to_a_file(tmp_path, file):
    out = tmp_path / "report.json"
    result = run("evaluate", write(file, paper_rows()), "--out", out)
    assert (result.exit_code, result.stdout) == (0, "")
    assert json.loads(out.read_text())["n"]["people"] == 20
    assert run("evaluate", file, "--out", tmp_path / "report.xyz").exit_code == 2


@pytest.mark.parametrize("name", ["evaluate", "check-table"])
def test_neither_command_starts_django_or_needs_what_only_tests_have(name, file):
    arguments = [name, str(write(file, paper_rows())), "--json"]
    if name == "check-table":
        arguments = [name, str(PAPER / "table-2-and-3.csv"), "--n", "20", "--json"]
    script = (
        "import sys\n"
        "from click.testing import CliRunner\n"
        "from satupintu.config.cli import build\n"
        f"done = CliRunner().invoke(build(), {arguments!r})\n"
        "assert done.exit_code == 0, done.output\n"
        "print(sorted({'django.apps', 'django.db', 'scipy', 'statsmodels', 'pingouin'} & {*sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("[]\n", "")


def test_a_missing_file_is_wrong_use(tmp_path):
    assert run("evaluate", tmp_path / "none.csv").exit_code == 2


# --- what must hold for all answers ---------------------------------------------------------------------------

TABLES = st.lists(
    st.lists(st.tuples(st.sampled_from("01."), st.sampled_from("01.")), min_size=3, max_size=12), min_size=1, max_size=4
).filter(lambda table: any(cell != (".", ".") for signs in table for cell in signs))


def rows_of(table):
    rows = []
    for place, signs in enumerate(table):
        rows += answered(f"s{place}", "".join(b for b, _ in signs), "".join(a for _, a in signs))
    return rows


def by_code(told):
    return {one["code"]: {k: v for k, v in one.items() if k != "sentence"} for one in told["statements"]}


@SHARED_FOLDER
@given(TABLES, st.randoms())
def test_other_names_and_another_order_of_rows_change_nothing(file, table, chance):
    rows = rows_of(table)
    names = [f"X{n}" for n in range(20)]
    chance.shuffle(names)
    other = [[names[int(row[0][1:])], *row[1:]] for row in rows]
    chance.shuffle(other)
    one, two = figures(file, rows), figures(file, other)
    assert json.dumps(one, allow_nan=False)
    assert by_code(one) == by_code(two)
    for key in ("n", "class_gain", "mean_item_gain", "mean_person_gain", "totals", "wilcoxon"):
        assert one[key] == pytest.approx(two[key]) if isinstance(one[key], float) else one[key] == two[key]


@SHARED_FOLDER
@given(TABLES)
def test_swapping_before_and_after_mirrors_the_result(file, table):
    rows = rows_of(table)
    turned = [[person, "after" if wave == "before" else "before", *rest] for person, wave, *rest in rows]
    one, two = figures(file, rows), figures(file, turned)
    for code, there in by_code(one).items():
        back = by_code(two)[code]
        assert (there["gained"], there["lost"], there["kept"]) == (back["lost"], back["gained"], back["kept"])
        assert (there["p_exact"], there["p_holm"]) == (back["p_exact"], back["p_holm"])
        assert (there["before"], there["after"]) == (back["after"], back["before"])
        if there["difference"]["points"] is not None:
            assert there["difference"]["points"] == pytest.approx(-back["difference"]["points"])
            assert there["difference"]["low"] == pytest.approx(-back["difference"]["high"], abs=1e-9)
    if one["wilcoxon"]:
        assert one["wilcoxon"]["w_plus"] == two["wilcoxon"]["w_minus"]
        assert one["wilcoxon"]["p_exact"] == two["wilcoxon"]["p_exact"]


@SHARED_FOLDER
@given(TABLES)
def test_pandas_with_statsmodels_finds_the_same(file, table):
    rows = rows_of(table)
    frame = pandas.DataFrame(rows, columns=HEAD).astype({"value": int})
    wide = frame.pivot(index="person", columns=["statement", "wave"], values="value")
    told, ps = by_code(figures(file, rows)), {}
    for code, one in told.items():
        if (code, "before") not in wide or (code, "after") not in wide:
            assert one["p_exact"] is None
            continue
        pairs = wide[code][["before", "after"]].dropna()
        if pairs.empty:
            assert one["p_exact"] is None
            continue
        cells = pandas.crosstab(pairs["before"], pairs["after"]).reindex(index=[0, 1], columns=[0, 1], fill_value=0)
        assert [one["never"], one["gained"], one["lost"], one["kept"]] == cells.to_numpy().ravel().tolist()
        ps[code] = mcnemar(cells, exact=True).pvalue if one["gained"] + one["lost"] else 1.0
        assert one["p_exact"] == pytest.approx(ps[code])
    if ps:
        adjusted = multipletests(list(ps.values()), method="holm")[1]
        assert [told[code]["p_holm"] for code in ps] == pytest.approx(list(adjusted))
