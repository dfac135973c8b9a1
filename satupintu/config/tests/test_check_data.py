"""`satupintu check-data`: one sentence with file, place and expectation for every mistake in any data file."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from satupintu.catalogue.reading.files import OWN_FOLDER
from satupintu.catalogue.tests.factories import DataFolder
from satupintu.config.cli import build


def run(name: str, *arguments: str | Path) -> Result:
    return CliRunner().invoke(build(), [name, *map(str, arguments)])


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


def test_our_own_data_is_valid(home: Path) -> None:
    assert as_json("check-data") == {"valid": True, "problems": []}
    assert run("check-data").stdout.startswith("Baik: 18 surat, ")


def test_problems_are_json_on_stdout_or_sentences_on_stderr_and_exit_1(home: Path, tmp_path: Path) -> None:
    city = DataFolder(tmp_path / "kota").write("licences/nib/text.md", "## what\nNomor.\n")
    expected = {
        "file": "licences/nib/text.md", "where": "", "what": "bagian '## why required' tidak ada atau kosong",
        "expected": "2-3 kalimat pendek",
    }  # fmt: skip
    result = run("check-data", city.path, "--json")
    assert (result.exit_code, json.loads(result.stdout)) == (1, {"valid": False, "problems": [expected]})
    spoken = run("check-data", city.path)
    assert (spoken.exit_code, spoken.stdout, spoken.stderr.splitlines()) == (1, "", [
        "licences/nib/text.md: bagian '## why required' tidak ada atau kosong. Seharusnya: 2-3 kalimat pendek.",
        "1 masalah. Perbaiki, lalu jalankan lagi.",
    ])  # fmt: skip


def test_a_case_that_does_not_hold_is_a_problem(home: Path, tmp_path: Path) -> None:
    city = DataFolder(tmp_path / "kota").write(
        "cases/kota.yaml", "- {name: Coba, on: 2026-11-24, given: {}, expect: {needs: {nib: later, izin: now}}}\n"
    )
    result = run("check-data", city.path)
    assert (result.exit_code, result.stderr.splitlines()[1:]) == (1, [
        "cases/*.yaml, Coba: nib: now, bukan later.", "2 masalah. Perbaiki, lalu jalankan lagi.",
    ])  # fmt: skip
    assert result.stderr.startswith("cases/*.yaml, Coba: surat 'izin' tidak ada. Pilih salah satu: nib, ")


def test_without_a_folder_the_deployments_own_is_checked_too(home: Path) -> None:
    DataFolder(home / "data").write("documents.yaml", "- ktp\n")
    result = run("check-data")
    assert result.exit_code == 1
    assert result.stderr.splitlines()[0] == "documents.yaml: isinya bukan isian bernama. Seharusnya: kunci lalu isinya."


def test_a_folder_that_is_not_there_is_wrong_use(tmp_path: Path) -> None:
    assert run("check-data", tmp_path / "nowhere").exit_code == 2


def told(tmp_path: Path, name: str, *changes: tuple[str, str]) -> list[str]:
    """What the check says of a city whose folder holds a copy of one of our files, changed."""
    city = tmp_path / "kota"
    copy = city / name
    copy.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(OWN_FOLDER / name, copy)
    text = copy.read_text(encoding="utf-8")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after, 1)
    copy.write_text(text, encoding="utf-8")
    result = run("check-data", city)
    said = result.stderr.splitlines()
    assert result.exit_code == (1 if said else 0), result.stderr
    assert not said or said[-1] == f"{len(said) - 1} masalah. Perbaiki, lalu jalankan lagi."
    return said[:-1]


CODE, REMINDERS = "messages/sign_in_code.yaml", "consents/reminders.yaml"
BARRIERS, RETENTION, NUMBERS = "barriers.yaml", "retention.yaml", "paper-numbers.yaml"
LONG = "x" * 1001
VERSIONS = "versions:" + (OWN_FOLDER / REMINDERS).read_text(encoding="utf-8").partition("versions:")[2]
FIELDS = "salah satu nama isian di docs/reference/data.md"


@pytest.mark.parametrize("name", [CODE, REMINDERS, BARRIERS, RETENTION, NUMBERS])
def test_a_faithful_copy_of_ours_is_fine(home: Path, tmp_path: Path, name: str) -> None:
    assert told(tmp_path, name) == []


@pytest.mark.parametrize(
    ("name", "changes", "sentences"),
    [
        (CODE, [('text_en: "SatuPintu', '# "SatuPintu')], [
            f"{CODE}, text_en: isian wajib ini kosong. Seharusnya: diisi."
        ]),
        (
            CODE,
            [("Berlaku {minutes} menit", "Berlaku {menit} menit")],
            [
                f"{CODE}, text: tempat isi {{menit}} tidak dijelaskan. Seharusnya: menit di bawah placeholders.",
                f"{CODE}, text_en: tempat isi berbeda dari text. Seharusnya: {{code}}, {{menit}}.",
            ],
        ),
        (
            CODE,
            [("  minutes: berapa", "  name: siapa\n  minutes: berapa"), ("{minutes} menit", "{minutes} menit, {name}"),
             ("{minutes} minutes", "{minutes} minutes, {name}")],
            [CODE + ", placeholders: tempat isinya {code}, {minutes}, {name}. Seharusnya: {code}, {minutes}."],
        ),
        (
            CODE,
            [("subject: Kode", f"subject: {'x' * 80} Kode"), ("SatuPintu: {code}", LONG + "{code}")],
            [
                f"{CODE}, subject: 101 huruf, terlalu panjang. Seharusnya: paling banyak 78 huruf.",
                f"{CODE}, text: 1091 huruf, terlalu panjang. Seharusnya: paling banyak 1000 huruf.",
            ],
        ),
        (CODE, [("about:", "about: [")], [
            f"{CODE}, baris 3: YAML tidak terbaca (did not find expected ',' or ']'). Seharusnya: YAML yang benar."
        ]),
        (REMINDERS, [("title_en:", "judul:")], [
            f"{REMINDERS}, judul: isian ini tidak dikenal. Seharusnya: {FIELDS}.",
            f"{REMINDERS}, title_en: isian wajib ini kosong. Seharusnya: diisi.",
        ]),
        (REMINDERS, [(VERSIONS, "versions: []\n")], [
            f"{REMINDERS}, versions: daftarnya kosong. Seharusnya: paling sedikit satu isian."
        ]),
        (REMINDERS, [("since: 2026-11-24", "since: besok")], [
            f"{REMINDERS}, versions.0.since: nilai 'besok' tidak cocok. Seharusnya: tanggal seperti 2026-11-24."
        ]),
        (REMINDERS, [("    text: ", f"    text: {'x' * 500}")], [
            f"{REMINDERS}, versions.0.text: 574 huruf, terlalu panjang. Seharusnya: paling banyak 500 huruf."
        ]),
        (BARRIERS, [("code: fears_cost", "code: did_not_know")], [
            f"{BARRIERS}, did_not_know: ditulis dua kali. Seharusnya: satu kali."
        ]),
        (BARRIERS, [("  ask_en: Are you worried about the cost?\n", "")], [
            f"{BARRIERS}, [2] ask_en: isian wajib ini kosong. Seharusnya: diisi."
        ]),
        (BARRIERS, [("source: PAPER", "source: KATANYA")], [
            f"{BARRIERS}, did_not_know: sumber 'KATANYA' tidak ada di sources.yaml. "
            "Seharusnya: kunci dari sources.yaml."
        ]),
        (RETENTION, [("person: 1825", "person: lima tahun")], [
            f"{RETENTION}, person: nilai 'lima tahun' tidak cocok. Seharusnya: angka bulat, misalnya 500000."
        ]),
        (RETENTION, [("message: 90", "message: 0"), ("document: 730", "document: 99999999")], [
            f"{RETENTION}, document: nilai '99999999' terlalu besar. Seharusnya: paling besar 36500.",
            f"{RETENTION}, message: nilai '0' tidak cocok. Seharusnya: angka di atas nol.",
        ]),
        (NUMBERS, [("nib:", "- nib:")], [
            f"{NUMBERS}: isinya bukan isian bernama. Seharusnya: kode surat lalu bentuk nomornya."
        ]),
    ],
)  # fmt: skip
def test_each_mistake_is_one_sentence_with_file_place_and_expectation(
    home: Path, tmp_path: Path, name: str, changes: list[tuple[str, str]], sentences: list[str]
) -> None:
    assert told(tmp_path, name, *changes) == sentences


def test_a_citys_retention_of_before_may_leave_messages_out(home: Path, tmp_path: Path) -> None:
    assert told(tmp_path, RETENTION, ("message: 90", "")) == []


def test_the_other_files_are_checked_also_while_the_law_cannot_be_used(home: Path, tmp_path: Path) -> None:
    DataFolder(tmp_path / "kota").write("documents.yaml", "- ktp\n")
    said = told(tmp_path, RETENTION, ("person: 1825", "person: -1"))
    assert said == [
        "documents.yaml: isinya bukan isian bernama. Seharusnya: kunci lalu isinya.",
        f"{RETENTION}, person: nilai '-1' tidak cocok. Seharusnya: angka di atas nol.",
    ]
