"""Imports write the whole list and who brought it, or nothing."""

import hashlib
import json
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pytest
import yaml

from satupintu.catalogue import actions
from satupintu.catalogue.reading import DataError, read

AT = datetime(2026, 11, 24, 9, 30, tzinfo=ZoneInfo("Asia/Jakarta"))
LIST = "kode;judul\nA;Pertanian\n01;Tanaman\n0111;Serealia\n01111;Pertanian  Jagung\n56104;Makanan keliling\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder of a deployment, empty."""
    monkeypatch.delenv("SATUPINTU_DATA", raising=False)
    monkeypatch.setenv("SATUPINTU_HOME", str(tmp_path / "home"))
    return tmp_path / "home" / "data"


def take(file: Path, version: str = "2020", **columns: str) -> int:
    return actions.import_kbli(file=file, version=version, columns=columns, by="petugas", at=AT)


def refusals(file: Path, version: str = "2020") -> list[str]:
    with pytest.raises(DataError) as refused:
        take(file, version)
    return [str(problem) for problem in refused.value.problems]


def a_file(folder: Path, text: str | bytes, name: str = "kbli.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def a_worksheet(folder: Path, *rows: tuple[object, ...]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(folder / "kbli.xlsx")
    return folder / "kbli.xlsx"


def written(home: Path) -> list[str]:
    return sorted(path.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file())


def test_a_csv_list_is_written_without_the_groups_above_the_codes(home: Path, tmp_path: Path) -> None:
    assert take(a_file(tmp_path, LIST)) == 2
    assert (home / "kbli/imported-2020.csv").read_text() == (
        "code,title,source,confidence\n01111,Pertanian Jagung,IMPOR,likely\n56104,Makanan keliling,IMPOR,likely\n"
    )


def test_who_brought_which_file_when_is_kept_beside_it(home: Path, tmp_path: Path) -> None:
    file = a_file(tmp_path, LIST)
    take(file)
    assert yaml.safe_load((home / "kbli/imported-2020.record.yaml").read_text()) == {
        "file": "kbli.csv",
        "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
        "rows": 2,
        "by": "petugas",
        "at": "2026-11-24T09:30:00+07:00",
    }
    assert written(home) == ["kbli/imported-2020.csv", "kbli/imported-2020.record.yaml"]


def test_a_worksheet_may_keep_codes_as_numbers(home: Path, tmp_path: Path) -> None:
    file = a_worksheet(tmp_path, ("Kode KBLI", "Judul"), (56104, "Makanan keliling"), (47811.0, "Padi"), (None, None))
    assert take(file) == 2
    assert (home / "kbli/imported-2020.csv").read_text().splitlines()[1:] == [
        "56104,Makanan keliling,IMPOR,likely",
        "47811,Padi,IMPOR,likely",
    ]


def test_a_code_that_lost_its_first_zero_is_refused_and_not_left_out(home: Path, tmp_path: Path) -> None:
    file = a_worksheet(tmp_path, ("kode", "judul"), (5610, "Kelompok"), (56104, "Makanan"), (1111, "Jagung"))
    assert refusals(file) == [
        "kbli.xlsx, baris 4 kolom code: kode '1111' tidak dikenal. "
        "Seharusnya: misalnya 56104; kode yang mulai dengan 0 disimpan sebagai teks."
    ]
    assert written(home.parent) == []


def test_a_json_list_is_taken_with_named_columns(home: Path, tmp_path: Path) -> None:
    rows = [{"Nomor": "56102", "Uraian KBLI": "Makanan"}, {"Nomor": "01111", "Uraian KBLI": "Jagung\nmanis"}]
    file = a_file(tmp_path, json.dumps(rows), "kbli.json")
    assert take(file, "2025", code="nomor", title="uraian kbli") == 2
    assert (home / "kbli/imported-2025.csv").read_text().splitlines()[2] == "01111,Jagung manis,IMPOR,likely"


def test_every_bad_row_is_told_and_nothing_is_written(home: Path, tmp_path: Path) -> None:
    text = "code,title\n56104,Makanan\n5610X,Salah\n56104,Lagi\n56105,\n"
    assert refusals(a_file(tmp_path, text)) == [
        "kbli.csv, baris 3 kolom code: kode '5610X' tidak dikenal. "
        "Seharusnya: misalnya 56104; kode yang mulai dengan 0 disimpan sebagai teks.",
        "kbli.csv, baris 4: kode 56104 sudah ada di baris 2. Seharusnya: satu baris per kode.",
        "kbli.csv, baris 5 kolom title: nama kosong. Seharusnya: nama resminya.",
    ]
    assert written(home.parent) == []


def test_a_refused_list_leaves_the_earlier_one_as_it_was(home: Path, tmp_path: Path) -> None:
    take(a_file(tmp_path, LIST))
    before = {name: (home / name).read_bytes() for name in written(home)}
    refusals(a_file(tmp_path, "code,title\n56104,\n"))
    assert {name: (home / name).read_bytes() for name in written(home)} == before


def test_the_two_versions_are_kept_apart_and_a_new_list_replaces_the_old(home: Path, tmp_path: Path) -> None:
    take(a_file(tmp_path, LIST))
    take(a_file(tmp_path, LIST), "2025")
    take(a_file(tmp_path, "code,title\n56104,Baru\n"))
    assert (home / "kbli/imported-2020.csv").read_text().splitlines()[1:] == ["56104,Baru,IMPOR,likely"]
    assert len((home / "kbli/imported-2025.csv").read_text().splitlines()) == 3


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("kbli.csv", b"", "kbli.csv: berkas ini kosong. Seharusnya: baris judul lalu satu baris per kode."),
        ("kbli.csv", b"code,title\n", "kbli.csv: berkas ini kosong. Seharusnya: baris judul lalu satu baris per kode."),
        ("kbli.csv", b"code,title\nA,Pertanian\n", "kbli.csv: tidak ada baris. Seharusnya: satu baris per kode."),
        ("kbli.csv", b"nomor,title\n1,2\n", "kbli.csv, baris 1: kolom code tidak ketemu. Seharusnya: "
         "salah satu dari code, kode, kbli, kode_kbli, kode kbli, id; yang ada nomor, title."),
        ("kbli.csv", b"code,title\n56104,Caf\xe9\n", "kbli.csv, byte 20: bukan teks UTF-8. "
         "Seharusnya: simpan ulang sebagai UTF-8."),
        ("kbli.pdf", b"%PDF", "kbli.pdf: jenis berkas '.pdf' tidak dikenal. Seharusnya: .csv, .xlsx atau .json."),
        ("kbli.xlsx", b"not a worksheet", "kbli.xlsx: berkas tidak terbaca (File is not a zip file). "
         "Seharusnya: CSV UTF-8, XLSX atau JSON."),
        ("kbli.json", b'{"code": 1}', "kbli.json: berkas tidak terbaca (isinya bukan daftar objek). "
         "Seharusnya: CSV UTF-8, XLSX atau JSON."),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_is_one_sentence(
    home: Path, tmp_path: Path, name: str, content: bytes, sentence: str
) -> None:
    assert refusals(a_file(tmp_path, content, name)) == [sentence]
    assert written(home.parent) == []


def test_a_list_of_an_unknown_version_is_refused(home: Path, tmp_path: Path) -> None:
    assert refusals(a_file(tmp_path, LIST), "2009") == [
        "kbli.csv: versi KBLI '2009' tidak dikenal. Seharusnya: 2020 atau 2025."
    ]


def test_the_catalogue_with_an_imported_list_is_right_and_keeps_our_codes(home: Path, tmp_path: Path) -> None:
    take(a_file(tmp_path, LIST))
    codes = read([home]).codes
    assert codes["2020", "56104"].title == "Penyediaan Makanan Keliling/Tempat Tidak Tetap"
    assert codes["2020", "01111"].title == "Pertanian Jagung"


# --- regions ----------------------------------------------------------------------------------------------


def take_regions(file: Path) -> int:
    return actions.import_regions(file=file, columns={}, by="petugas", at=AT)


def test_regions_are_written_with_their_level(home: Path, tmp_path: Path) -> None:
    rows = "32,Jawa Barat\n32.75,Kota Bekasi\n32.75.11,Mustika Jaya\n32.75.11.1004,Mustikasari\n"
    assert take_regions(a_file(tmp_path, f"kode,nama\n{rows}")) == 4
    assert (home / "regions/imported.csv").read_text() == (
        "code,kind,name,aliases\n32,provinsi,Jawa Barat,\n32.75,kabupaten/kota,Kota Bekasi,\n"
        "32.75.11,kecamatan,Mustika Jaya,\n32.75.11.1004,desa/kelurahan,Mustikasari,\n"
    )


def test_imported_regions_keep_our_names_and_other_spellings(home: Path, tmp_path: Path) -> None:
    take_regions(a_file(tmp_path, "kode,nama\n32.75.11,MUSTIKA JAYA\n32.76,Kota Depok\n"))
    regions = read([home]).regions
    assert regions["32.75.11"] == read().regions["32.75.11"]
    assert regions["32.76"].name == "Kota Depok"


@pytest.mark.parametrize("code", ["3275111004", "32.75.11.104", "1234567890123", "32-75", ".....", "32.7"])
def test_a_region_code_of_another_form_is_refused(home: Path, tmp_path: Path, code: str) -> None:
    with pytest.raises(DataError) as refused:
        take_regions(a_file(tmp_path, f"kode,nama\n{code},Mustikasari\n", "wilayah.csv"))
    told = f"wilayah.csv, baris 2 kolom code: kode '{code}' tidak dikenal. Seharusnya: misalnya 32.75.11.1004."
    assert [str(problem) for problem in refused.value.problems] == [told]
    assert written(home.parent) == []
