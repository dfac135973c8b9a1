"""The worked cases beside the data all come out, and a wrong or useless one is told about."""

from pathlib import Path

import pytest

from satupintu.catalogue.queries.core import catalogue as served_catalogue
from satupintu.catalogue.rules.cases import (
    Miss,
    all_misses,
    paper_case_misses,
    plan_case_misses,
    undecided_rows,
)
from satupintu.catalogue.rules.entries import Case, Catalogue, Licence, PlanCase
from satupintu.catalogue.tests.factories import DataFolder

OURS = served_catalogue()
PAPER_CASES = [(licence, case) for licence in OURS.licences.values() for case in licence.cases]
TDU_CASES = "licences/tdu/cases.yaml"
VENDORS = "cases/vendors.yaml"


@pytest.mark.parametrize(("licence", "case"), PAPER_CASES, ids=[f"{x.code}-{c.name}" for x, c in PAPER_CASES])
def test_every_case_of_every_paper_comes_out(licence: Licence, case: Case) -> None:
    assert list(paper_case_misses(OURS, licence, case)) == []


@pytest.mark.parametrize("case", OURS.plan_cases, ids=lambda case: case.name)
def test_every_vendor_gets_the_plan_worked_out_by_hand(case: PlanCase) -> None:
    assert list(plan_case_misses(OURS, case)) == []


@pytest.mark.parametrize("licence", OURS.licences.values(), ids=lambda licence: licence.code)
def test_every_row_of_every_table_is_decided_by_a_case(licence: Licence) -> None:
    assert list(undecided_rows(OURS, licence)) == []


def test_the_vendors_of_the_report_and_the_asked_kinds_are_among_the_cases() -> None:
    days = {str(case.on) for case in OURS.plan_cases if case.name.startswith("Gerobak cilok")}
    assert {"2022-12-03", "2024-06-01", "2025-07-01", "2026-11-24"} <= days
    told = " ".join(case.name.casefold() for case in OURS.plan_cases)
    kinds = ["keliling", "lewat hp", "keripik", "dimsum beku", "zona merah", "iumk", "lewat rp2 miliar"]
    assert [kind for kind in kinds if kind not in told] == []


def misses(folder: DataFolder) -> list[Miss]:
    return list(all_misses(folder.read()))


def test_the_cases_of_the_small_folder_come_out(folder: DataFolder) -> None:
    assert misses(folder) == []


def test_a_wrong_need_is_told_with_what_came_out(folder: DataFolder) -> None:
    folder.swap(TDU_CASES, "{need: not_needed, missing: []}", "{need: now, missing: [zone]}")
    assert misses(folder) == [
        Miss(TDU_CASES, "Kios", "need: not_needed, bukan now"),
        Miss(TDU_CASES, "Kios", "missing: (kosong), bukan zone"),
    ]


def test_a_wrong_plan_is_told_paper_by_paper(folder: DataFolder) -> None:
    folder.swap(VENDORS, "{nib: now, tdu: ask}, missing: {tdu: [zone]}", "{nib: later, tdu: ask}, missing: {tdu: []}")
    assert misses(folder) == [
        Miss("cases/*.yaml", "Gerobak", "nib: now, bukan later"),
        Miss("cases/*.yaml", "Gerobak", "tdu kurang: zone, bukan (kosong)"),
    ]


def test_a_row_without_a_case_is_told_by_file_and_line(folder: DataFolder) -> None:
    folder.write(TDU_CASES, "- {name: Kios, on: 2026-11-24, given: {place: kiosk}, expect: {need: not_needed}}\n")
    table = "licences/tdu/decision-2021-02-02.csv"
    assert misses(folder) == [
        Miss(table, "baris 2", "tidak ada kasus yang diputus baris ini"),
        Miss(table, "baris 3", "tidak ada kasus yang diputus baris ini"),
    ]


def test_a_case_that_several_rows_could_decide_covers_none_of_them(folder: DataFolder) -> None:
    folder.swap(
        TDU_CASES,
        "{place: cart, zone: red}, expect: {need: ask, confidence: doubtful}",
        "{place: cart}, expect: {need: ask}",
    )
    assert [miss.where for miss in misses(folder)] == ["baris 3"]


def test_a_plan_case_about_an_unknown_paper_is_a_sentence(folder: DataFolder) -> None:
    folder.swap(VENDORS, "{nib: now, tdu: ask}", "{nib: now, izin: ask}")
    assert misses(folder) == [Miss("cases/*.yaml", "Gerobak", "surat 'izin' tidak ada. Pilih salah satu: nib, tdu")]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("{place: kiosk}", "{plase: kiosk}", "Fakta plase tidak dikenal. Pilih salah satu: kbli, kbli_version, "
         "capital, sales, region, place, zone, loan, scale, risk"),
        ("{place: kiosk}", "{place: toko}", "place=toko tidak dikenal. Pilih salah satu: cart, kiosk, unknown"),
        ("{name: Kios, on: 2026-11-24", "{name: Kios, on: 2019-11-24", "Tanggal 2019-11-24 terlalu awal. "
         "Katalog ini mulai 2021-02-02. Pilih tanggal sesudahnya"),
    ],
)  # fmt: skip
def test_a_case_that_cannot_be_run_is_a_sentence(folder: DataFolder, old: str, new: str, told: str) -> None:
    folder.swap(TDU_CASES, old, new)
    row = Miss("licences/tdu/decision-2021-02-02.csv", "baris 4", "tidak ada kasus yang diputus baris ini")
    assert misses(folder) == [Miss(TDU_CASES, "Kios", told), row]


def test_a_case_that_compares_nothing_is_refused(folder: DataFolder) -> None:
    folder.swap(TDU_CASES, "{need: not_needed, missing: []}", "{}").swap(VENDORS, "{needs: ", "{need: ")
    assert misses(folder) == [
        Miss(TDU_CASES, "Kios", "tidak mengharapkan apa pun. "
             "Isi expect dengan need atau outcome atau basis atau confidence atau missing"),
        Miss("cases/*.yaml", "Gerobak", "'need' tidak bisa dibandingkan. Pilih salah satu: needs, missing"),
    ]  # fmt: skip


def test_a_paper_case_that_compares_something_else_is_refused(folder: DataFolder) -> None:
    folder.swap(TDU_CASES, "{need: not_needed, missing: []}", "{cost: '0'}")
    told = "'cost' tidak bisa dibandingkan. Pilih salah satu: need, outcome, basis, confidence, missing"
    assert misses(folder) == [Miss(TDU_CASES, "Kios", told)]


def test_a_deployment_that_changes_the_law_hears_of_the_cases_that_no_longer_hold(
    catalogue: Catalogue, folder: DataFolder, tmp_path: Path
) -> None:
    city = DataFolder(tmp_path / "kota")
    name = "licences/tdu/decision-2021-02-02.csv"
    city.write(name, (folder.path / name).read_text().replace("cart,red,red_zone", "cart,red,required"))
    city.write(
        "licences/tdu/licence.yaml",
        (folder.path / "licences/tdu/licence.yaml").read_text().replace("  red_zone: {need: ask}\n", ""),
    )
    city.write("licences/tdu/text.md", "## what\nKartu.\n## why required\nWajib.\n## why no_vendor\nBukan.\n")
    assert [miss.what for miss in all_misses(folder.read(city.path))] == [
        "need: now, bukan ask",
        "tdu: now, bukan ask",
        "tdu kurang: (kosong), bukan zone",
    ]
