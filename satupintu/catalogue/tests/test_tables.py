"""Tables in and out: what is refused, in which words, and what is left behind."""

import json
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from satupintu.catalogue.cli import commands
from satupintu.catalogue.reading import read
from satupintu.catalogue.rules.bulk import DayTables
from satupintu.catalogue.tables import TableFile, TableWriter, UnusableTable, engines, reading
from satupintu.catalogue.tables.plans import write_plans

plan = next(command for command in commands if command.name == "plan")
ON = ["--on", "2026-11-24"]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(plan, list(arguments))


def a_file(folder: Path, text: str, name: str = "usaha.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def refusal(folder: Path, text: str) -> str:
    """The one sentence said about a CSV file, which must leave no file behind."""
    table, out = a_file(folder, text), folder / "rencana.csv"
    result = run("--table", str(table), "--out", str(out), *ON)
    assert result.exit_code == 1, result.output
    assert sorted(path.name for path in folder.iterdir()) == ["usaha.csv"]
    assert result.stdout == ""
    return result.stderr.strip().replace(f"{folder}/", "")


def test_a_csv_file_is_answered_with_one_column_per_paper_and_then_the_articles(tmp_path: Path) -> None:
    table = a_file(tmp_path, "id,kbli,place,fixed_spot,zone\nA1,56104,cart,yes,green\nA2,47832,kiosk,,\n")
    out = tmp_path / "rencana.csv"
    result = run("--table", str(table), "--out", str(out), *ON)
    assert (result.exit_code, result.stdout) == (0, "")
    lines = out.read_text(encoding="utf-8").splitlines()
    codes = list(read().licences)
    assert lines[0] == ",".join(f'"{name}"' for name in ["id", *codes, *(f"{code}_basis" for code in codes)])
    assert [line.split(",")[0] for line in lines[1:]] == ['"A1"', '"A2"']


def test_the_table_says_the_same_as_the_single_command(tmp_path: Path) -> None:
    table = a_file(tmp_path, "id,kbli,place,capital,sales\n1,56104,cart,5000000,60000000\n")
    out = tmp_path / "rencana.parquet"
    assert run("--table", str(table), "--out", str(out), *ON).exit_code == 0
    row = pq.read_table(out).to_pylist()[0]
    one = json.loads(
        run("--kbli", "56104", "--place", "cart", "--capital", "5000000", "--sales", "60000000", *ON, "--json").stdout
    )
    assert {p["code"]: (p["need"], ";".join(p["basis"])) for p in one["papers"]} == {
        p["code"]: (row[p["code"]], row[f"{p['code']}_basis"]) for p in one["papers"]
    }


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "id,kbli\n1,56104\n2,5610\n",
            "usaha.csv, baris 3, kolom kbli: nilai '5610' tidak dikenal. Pilih salah satu: ",
        ),
        ("id,place\n1,cart\n2,pasar\n", "usaha.csv, baris 3, kolom place: nilai 'pasar' tidak dikenal. Pilih salah "),
        ("id,place\n1,cart\n,cart\n", "usaha.csv, baris 3, kolom id: kosong. Beri setiap usaha sebuah id."),
        ("id,sales\n1,5\n2,lima\n", "usaha.csv, baris 3, kolom sales: nilai 'lima' tidak dikenal. Pilih salah satu: "),
        ("id,sales\n1,-5\n", "usaha.csv, baris 2, kolom sales: nilai '-5' tidak dikenal. Pilih salah satu: angka"),
        ("id,sales\n1,0x10\n", "usaha.csv, baris 2, kolom sales: nilai '0x10' tidak dikenal. Pilih salah satu: angka"),
        ("id,capital\n1,99999999999999999999\n", "usaha.csv, baris 2, kolom capital: nilai '99999999999999999999' tid"),
        ("id,kbli_version\n1,2009\n", "usaha.csv, baris 2, kolom kbli_version: nilai '2009' tidak dikenal. Pilih"),
        ("id,nama\n1,x\n", "usaha.csv, baris 1, kolom nama: bukan fakta yang dikenal. Pakai nama ini: id, kbli_versi"),
        ("id;kbli\n1;56104\n", "usaha.csv, baris 1, kolom id;kbli: bukan fakta yang dikenal. Pakai nama ini: id, "),
        ("kbli\n56104\n", "usaha.csv, baris 1, kolom id: tidak ada. Beri setiap usaha sebuah id."),
        ("id,place,place\n1,cart,cart\n", "usaha.csv, baris 1, kolom place: ada dua kali. Sisakan satu."),
        ("id,place\n1,cart\n2,cart,3\n", "usaha.csv, baris 3: ada 3 kolom. Seharusnya 2 kolom."),
        ("", "usaha.csv, baris 1, kolom id: tidak ada. Beri setiap usaha sebuah id."),
    ],
)
def test_a_bad_table_is_refused_in_one_sentence_and_leaves_nothing(tmp_path: Path, text: str, sentence: str) -> None:
    said = refusal(tmp_path, text)
    assert said.startswith(sentence)
    assert "\n" not in said


def test_a_bad_row_far_down_is_named_with_its_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "BATCH_BYTES", 2_000)
    rows = [f"{n},cart" for n in range(5_000)]
    rows[4_321] = "4321,gerobak"
    assert "baris 4323, kolom place: nilai 'gerobak'" in refusal(tmp_path, "id,place\n" + "\n".join(rows) + "\n")


def test_a_file_that_was_there_stays_when_the_new_one_fails(tmp_path: Path) -> None:
    table, out = a_file(tmp_path, "id,place\n1,pasar\n"), a_file(tmp_path, "lama", "rencana.csv")
    assert run("--table", str(table), "--out", str(out)).exit_code == 1
    assert out.read_text() == "lama"


def test_text_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "usaha.csv").write_bytes("id,place\n1,caf\xe9\n".encode("latin-1"))
    with pytest.raises(UnusableTable, match=r"usaha\.csv"):
        list(TableFile(tmp_path / "usaha.csv", read()).blocks())


def test_a_table_without_rows_gives_a_file_without_rows(tmp_path: Path) -> None:
    table, out = a_file(tmp_path, "id,place\n"), tmp_path / "rencana.parquet"
    assert run("--table", str(table), "--out", str(out), *ON).exit_code == 0
    assert pq.read_table(out).num_rows == 0


@pytest.mark.parametrize(
    ("capital", "row"),
    [(pa.array([5.0, 2.5]), 2), (pa.array([-1, 5]), 1), (pa.array(["5", "x"]).dictionary_encode(), 2)],
)
def test_a_bad_amount_in_parquet_is_named_with_its_row(tmp_path: Path, capital: pa.Array, row: int) -> None:
    path = tmp_path / "usaha.parquet"
    pq.write_table(pa.table({"id": [1, 2], "capital": capital}), path)
    with pytest.raises(UnusableTable, match=f"usaha.parquet, baris {row}, kolom capital"):
        list(TableFile(path, read()).blocks())


def test_parquet_may_hold_numbers_missing_numbers_and_dictionaries(tmp_path: Path) -> None:
    path, out = tmp_path / "usaha.parquet", tmp_path / "rencana.parquet"
    columns = {
        "id": pa.array([7, 8, 9]),
        "kbli": pa.array([56104, 47832, None]),
        "place": pa.array(["cart", None, "kiosk"]).dictionary_encode(),
        "sales": pa.array([6e8, float("nan"), None]),
        "capital": pa.array([None, None, None]),
    }
    pq.write_table(pa.table(columns), path)
    tables = DayTables(read(), date(2026, 11, 24))
    written = write_plans(TableFile(path, read()), tables, out, engine="numpy", url=None, progress=lambda done: None)
    assert (written, pq.read_table(out)["id"].to_pylist()) == (3, [7, 8, 9])


def test_the_two_forms_of_a_table_give_the_same_plan(tmp_path: Path) -> None:
    text = "id,kbli,place,sales\n1,56104,cart,600000000\n2,,kiosk,\n3,47832,unknown,5\n"
    table = a_file(tmp_path, text)
    same = tmp_path / "usaha.parquet"
    pq.write_table(pa.csv.read_csv(table).cast(_stored_as()), same)
    plans = []
    for number, path in enumerate([table, same]):
        out = tmp_path / f"rencana{number}.parquet"
        assert run("--table", str(path), "--out", str(out), *ON).exit_code == 0
        plans.append([{k: v for k, v in row.items() if k != "id"} for row in pq.read_table(out).to_pylist()])
    assert plans[0] == plans[1]


def _stored_as() -> pa.Schema:
    return pa.schema([("id", pa.int64()), ("kbli", pa.int64()), ("place", pa.string()), ("sales", pa.int64())])


@pytest.mark.parametrize("arguments", [["--table", "TABLE"], ["--table", "TABLE", "--out", "OUT", "--engine", "excel"]])
def test_wrong_use_ends_with_2(tmp_path: Path, arguments: list[str]) -> None:
    table = a_file(tmp_path, "id\n1\n")
    places = {"TABLE": str(table), "OUT": str(tmp_path / "o.csv")}
    assert run(*(places.get(a, a) for a in arguments)).exit_code == 2


def test_another_kind_of_file_is_refused(tmp_path: Path) -> None:
    table = a_file(tmp_path, "id\n1\n")
    result = run("--table", str(table), "--out", str(tmp_path / "rencana.xlsx"))
    assert (result.exit_code, result.stderr) == (
        1,
        f"{tmp_path}/rencana.xlsx: jenis berkas ini tidak dikenal. Pakai .csv atau .parquet.\n",
    )


def test_a_place_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    with (
        pytest.raises(UnusableTable, match="tidak bisa ditulis"),
        TableWriter(tmp_path / "no" / "o.csv", pa.schema([])),
    ):
        pass


def test_a_missing_engine_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "find_spec", lambda name: None)
    table = a_file(tmp_path, "id\n1\n")
    result = run("--table", str(table), "--out", str(tmp_path / "o.csv"), "--engine", "spark", *ON)
    assert result.exit_code == 1
    assert result.stderr == (
        "Mesin spark butuh paket ibis yang belum terpasang. Pasang dulu: pip install 'satupintu[spark]'.\n"
    )


@pytest.mark.parametrize("url", [None, "postgresql://nobody@127.0.0.1:1/none"])
def test_a_database_that_does_not_answer_is_one_sentence(tmp_path: Path, url: str | None) -> None:
    table = a_file(tmp_path, "id\n1\n")
    where = ["--engine-url", url] if url else []
    result = run("--table", str(table), "--out", str(tmp_path / "o.csv"), "--engine", "postgresql", *where, *ON)
    assert result.exit_code == 1
    assert "--engine-url" in result.stderr
    assert result.stderr.count("\n") == 1
