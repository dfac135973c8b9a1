"""The command line as analysts and scripts use it: names, JSON keys, exit codes, one sentence per error."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from satupintu.catalogue.cli import commands
from satupintu.catalogue.rules.entries import Catalogue
from satupintu.catalogue.tests.factories import DataFolder

BY_NAME = {command.name: command for command in commands}
ON = ["--on", "2026-11-24"]
CART = ["--kbli", "56104", "--place", "cart"]


def run(name: str, *arguments: str | Path) -> Result:
    return CliRunner().invoke(BY_NAME[name], [str(argument) for argument in arguments])


def as_json(name: str, *arguments: str | Path) -> Any:
    result = run(name, *arguments, "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    return json.loads(result.stdout)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a deployment that has no data of its own yet."""
    monkeypatch.delenv("SATUPINTU_DATA", raising=False)
    monkeypatch.setenv("SATUPINTU_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


# --- plan -------------------------------------------------------------------------------------------------


def test_a_plan_has_the_keys_of_the_public_interface() -> None:
    told = as_json("plan", *CART, *ON)
    assert {"on", "facts", "papers", "documents", "steps"} <= set(told)
    assert told["on"] == "2026-11-24"
    for paper in told["papers"]:
        assert {"code", "need", "why", "basis", "confidence", "cost", "time", "validity", "issuer", "where"} <= set(
            paper
        )
        assert set(paper["cost"]) == {"rupiah", "note"}
        assert paper["cost"]["rupiah"] is None or type(paper["cost"]["rupiah"]) is int
        assert paper["need"] in ("now", "later", "not_needed", "ask")
        assert paper["confidence"] in ("sure", "likely", "doubtful")
        assert type(paper["basis"]) is list and type(paper["where"]) is list
    for document in told["documents"]:
        assert {"code", "title", "for"} <= set(document)
    assert [set(step) >= {"order", "paper", "title", "after"} for step in told["steps"]] == [True] * len(told["steps"])


def test_every_paper_of_the_interface_is_listed() -> None:
    codes = {paper["code"] for paper in as_json("plan", *ON)["papers"]}
    assert codes >= {
        "nib", "sertifikat_standar", "tdu_pkl", "skb", "sku", "spp_irt", "bpom_md", "halal", "slhs", "sppl", "npwp",
        "merek", "reklame", "kkpr", "iumk", "siup", "tdp",
    }  # fmt: skip


def test_the_nib_of_a_cart_is_needed_now_by_article_206_and_free() -> None:
    nib = next(paper for paper in as_json("plan", *CART, *ON)["papers"] if paper["code"] == "nib")
    assert (nib["need"], nib["basis"], nib["confidence"], nib["missing"]) == ("now", ["pp-28-2025:206"], "sure", [])
    assert nib["cost"] == {"rupiah": 0, "note": "Gratis"}


def test_a_missing_fact_is_named() -> None:
    papers = {paper["code"]: paper for paper in as_json("plan", *CART, *ON)["papers"]}
    assert (papers["tdu_pkl"]["need"], papers["tdu_pkl"]["missing"]) == ("ask", ["fixed_spot", "zone"])


def test_facts_are_given_by_name_and_counted() -> None:
    said = ["--fact", "fixed_spot=yes", "--fact", "zone=green", "--fact", "non_halal=yes"]
    papers = {paper["code"]: paper["need"] for paper in as_json("plan", *CART, *ON, *said)["papers"]}
    assert (papers["tdu_pkl"], papers["halal"]) == ("now", "not_needed")


def test_food_counts_as_halal_bound_unless_said_otherwise() -> None:
    assert {p["code"]: p["need"] for p in as_json("plan", *CART, *ON)["papers"]}["halal"] == "now"


def test_who_gives_neither_capital_nor_sales_is_told_to_count_as_micro() -> None:
    told = as_json("plan", *CART, *ON)
    note = "Modal dan penjualan belum disebut. Kami anggap usaha mikro."
    assert (told["facts"]["scale"], told["scale_from"], told["notes"]) == ("micro", "assumed", [note])
    assert run("plan", *CART, *ON).stdout.splitlines()[0] == note


def test_size_comes_from_amounts_or_is_given() -> None:
    assert as_json("plan", *CART, *ON, "--sales", "2000000001")["facts"]["scale"] == "small"
    assert as_json("plan", *CART, *ON, "--capital", "Rp1.000.000.001")["facts"]["scale"] == "small"
    assert as_json("plan", *CART, *ON, "--scale", "large", "--sales", "1")["facts"]["scale"] == "large"


def test_the_version_is_2020_whatever_the_day() -> None:
    told = as_json("plan", "--kbli", "56102", "--on", "2030-01-01")
    assert (told["facts"]["kbli_version"], told["facts"]["kbli_title"]) == ("2020", "Rumah/Warung Makan")
    other = as_json("plan", "--kbli", "56102", "--kbli-version", "2025", "--on", "2030-01-01")
    assert other["facts"]["kbli_title"] == "Aktivitas penyediaan makanan di bangunan tidak tetap"


def test_unknown_may_be_said_of_everything(catalogue: Catalogue) -> None:
    said = [part for name in catalogue.facts for part in ("--fact", f"{name}=unknown")]
    options = [
        "--kbli",
        "unknown",
        "--place",
        "unknown",
        "--scale",
        "unknown",
        "--capital",
        "unknown",
        "--sales",
        "unknown",
    ]
    told, nothing = as_json("plan", *ON, *options, *said), as_json("plan", *ON)
    assert told["papers"] == nothing["papers"]


def test_a_day_of_the_past_is_answered_by_its_law() -> None:
    papers = {paper["code"]: paper for paper in as_json("plan", *CART, "--on", "2022-12-03")["papers"]}
    assert papers["nib"]["basis"] == ["pp-5-2021:umum", "pp-7-2021:38"]
    assert papers["halal"]["need"] == "later"


def test_the_plain_answer_names_papers_reasons_and_what_to_bring() -> None:
    text = run("plan", *CART, *ON).stdout
    headings = [line for line in text.splitlines() if line and line == line.upper()]
    assert headings == ["PERLU SEKARANG", "TANYA PETUGAS", "NANTI", "TIDAK PERLU", "BAWA"]
    assert "  NIB (Nomor Induk Berusaha) [pp-28-2025:206; sure]" in text.splitlines()


def test_the_facts_are_listed_with_values_default_and_title(catalogue: Catalogue) -> None:
    listed = {fact["name"]: fact for fact in as_json("plan", "--facts")}
    assert list(listed) == list(catalogue.facts)
    assert listed["loan"] == {
        "name": "loan", "values": ["yes", "no", "unknown"], "default": "no", "derived": False,
        "title": catalogue.facts["loan"].title,
    }  # fmt: skip
    assert listed["risk"]["derived"] is True
    assert f"zone: binaan, green, red, unknown. {catalogue.facts['zone'].title}" in run("plan", "--facts").stdout


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--place", "bulan"], "place=bulan tidak dikenal. Pilih salah satu: "
         "cart, street_stall, market_stall, kiosk, home, online, unknown."),
        (["--scale", "huge"], "scale=huge tidak dikenal. Pilih salah satu: micro, small, medium, large, unknown."),
        (["--kbli", "5610"], "kbli=5610 tidak dikenal. Tulis kode 5 angka, misalnya 56104."),
        (["--kbli-version", "2009"], "kbli_version=2009 tidak dikenal. Pilih salah satu: 2020, 2025."),
        (["--capital", "-1"], "capital=-1 tidak dikenal. Tulis angka rupiah bulat, misalnya 5000000."),
        (["--sales", "1.5"], "sales=1.5 tidak dikenal. Tulis angka rupiah bulat, misalnya 5000000."),
        (["--fact", "zone=blue"], "zone=blue tidak dikenal. Pilih salah satu: binaan, green, red, unknown."),
        (["--on", "2021-02-01"], "Tanggal 2021-02-01 terlalu awal. Katalog ini mulai 2021-02-02. "
         "Pilih tanggal sesudahnya."),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_one_sentence_and_exit_1(arguments: list[str], sentence: str) -> None:
    result = run("plan", *ON, *arguments, "--json")
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", f"{sentence}\n")


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["--on", "kemarin"], "'kemarin' bukan tanggal. Tulis seperti 2026-11-24."),
        (["--fact", "zone"], "--fact zone tanpa tanda sama dengan. Tulis seperti --fact non_halal=yes."),
        (["--colour", "red"], "No such option"),
    ],
)
def test_wrong_use_is_exit_2(arguments: list[str], part: str) -> None:
    result = run("plan", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert part in result.stderr


# --- kbli and regions -------------------------------------------------------------------------------------


def test_suggestions_have_the_keys_of_the_public_interface() -> None:
    told = as_json("kbli", "suggest", "jual cilok keliling")
    assert told["query"] == "jual cilok keliling"
    first = told["suggestions"][0]
    assert (set(first) >= {"version", "code", "title", "score", "because"}, first["version"], first["code"]) == (
        True, "2020", "56104",
    )  # fmt: skip
    assert 0 < first["score"] <= 1
    assert "cilok" in first["because"]


def test_suggestions_keep_to_the_version_and_the_limit() -> None:
    told = as_json("kbli", "suggest", "baju anak", "--version", "2025", "--limit", "2")
    assert [suggestion["version"] for suggestion in told["suggestions"]] == ["2025"] * len(told["suggestions"])
    assert 1 <= len(told["suggestions"]) <= 2


def test_no_suggestion_is_a_result() -> None:
    assert as_json("kbli", "suggest", "zzxxqq") == {"query": "zzxxqq", "suggestions": []}
    spoken = run("kbli", "suggest", "zzxxqq")
    assert (spoken.exit_code, spoken.stdout) == (0, "")
    assert spoken.stderr == "Tidak ada kode yang cocok. Coba kata lain, misalnya nama barangnya saja.\n"


@pytest.mark.parametrize("arguments", [["--version", "2009"], ["--limit", "0"]])
def test_a_version_or_limit_that_does_not_exist_is_wrong_use(arguments: list[str]) -> None:
    assert run("kbli", "suggest", "cilok", *arguments).exit_code == 2


def test_a_list_is_imported_into_the_deployments_own_folder(home: Path, tmp_path: Path) -> None:
    (tmp_path / "kbli.csv").write_text("kode,judul\n01111,Pertanian Jagung\n")
    assert as_json("kbli", "import", tmp_path / "kbli.csv", "--version", "2020") == {"imported": 1}
    assert (home / "data/kbli/imported-2020.csv").is_file()
    assert run("kbli", "import", tmp_path / "kbli.csv", "--version", "2020").stdout == "1 kode KBLI 2020 diimpor.\n"


def test_an_account_without_a_name_is_recorded_by_its_number(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(os, "getuid", lambda: 54321)
    (tmp_path / "kbli.csv").write_text("kode,judul\n01111,Pertanian Jagung\n")
    assert as_json("kbli", "import", tmp_path / "kbli.csv", "--version", "2020") == {"imported": 1}
    assert "by: uid 54321\n" in (home / "data/kbli/imported-2020.record.yaml").read_text()


def test_columns_may_be_named_and_bad_rows_are_told_by_row(home: Path, tmp_path: Path) -> None:
    (tmp_path / "kbli.csv").write_text("No KBLI,Arti\n56104,Makanan\nsatu,Salah\n56105,\n")
    named = ["--code-column", "No KBLI", "--title-column", "Arti"]
    result = run("kbli", "import", tmp_path / "kbli.csv", "--version", "2020", *named)
    assert (result.exit_code, result.stdout, result.stderr.splitlines()) == (1, "", [
        "kbli.csv, baris 3 kolom code: kode 'satu' tidak dikenal. "
        "Seharusnya: misalnya 56104; kode yang mulai dengan 0 disimpan sebagai teks.",
        "kbli.csv, baris 4 kolom title: nama kosong. Seharusnya: nama resminya.",
    ])  # fmt: skip
    assert not (home / "data").exists()


def test_a_named_column_that_is_not_there_is_told(home: Path, tmp_path: Path) -> None:
    (tmp_path / "kbli.csv").write_text("kode,judul\n56104,Makanan\n")
    result = run("kbli", "import", tmp_path / "kbli.csv", "--version", "2020", "--code-column", "nomor")
    told = "kbli.csv, baris 1: kolom code tidak ketemu. Seharusnya: salah satu dari nomor; yang ada kode, judul.\n"
    assert (result.exit_code, result.stderr) == (1, told)


def test_an_import_must_name_a_version_and_a_file_that_is_there(home: Path, tmp_path: Path) -> None:
    (tmp_path / "kbli.csv").write_text("kode,judul\n56104,Makanan\n")
    assert run("kbli", "import", tmp_path / "kbli.csv").exit_code == 2
    assert run("kbli", "import", tmp_path / "nowhere.csv", "--version", "2020").exit_code == 2


def test_regions_are_imported(home: Path, tmp_path: Path) -> None:
    (tmp_path / "wilayah.csv").write_text("kode,nama\n32.76,Kota Depok\n")
    assert as_json("regions", "import", tmp_path / "wilayah.csv") == {"imported": 1}
    assert (home / "data/regions/imported.csv").is_file()


# --- the real command -------------------------------------------------------------------------------------


def really(home: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the command as a shell does, with no database and no server to be found."""
    environment = {**os.environ, "SATUPINTU_HOME": str(home), "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"}
    command = [sys.executable, "-m", "satupintu", *map(str, arguments)]
    return subprocess.run(command, env=environment, capture_output=True, text=True)


def test_the_real_command_answers_without_database_and_leaves_nothing_behind(home: Path) -> None:
    done = really(home, "plan", *CART, *ON, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == as_json("plan", *CART, *ON)
    assert not home.exists()


def test_the_real_command_ends_with_1_for_input_and_2_for_wrong_use(home: Path, tmp_path: Path) -> None:
    wrong = really(home, "plan", "--place", "bulan", "--json")
    assert (wrong.returncode, wrong.stdout, len(wrong.stderr.splitlines())) == (1, "", 1)
    assert really(home, "plan", "--on", "kemarin").returncode == 2
    (tmp_path / "empty.csv").write_text("")
    assert really(home, "kbli", "import", tmp_path / "empty.csv", "--version", "2020").returncode == 1


def test_broken_data_of_a_deployment_is_told_by_every_command_and_by_the_check(home: Path) -> None:
    DataFolder(home / "data").write("kbli/imported-2020.csv", "code,title,source,confidence\n1,Satu,IMPOR,likely\n")
    told = "kbli/imported-2020.csv, baris 2: kode '1' bukan 5 angka. Seharusnya: misalnya 56104."
    for arguments in (["plan", *CART], ["kbli", "suggest", "cilok"], ["check-data"]):
        done = really(home, *arguments)
        assert (done.returncode, done.stdout, done.stderr.splitlines()[0]) == (1, "", told)
