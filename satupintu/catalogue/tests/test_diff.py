"""What a change of law does to a table of businesses."""

import csv
import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from satupintu.catalogue.cli import commands
from satupintu.catalogue.reading import OWN_FOLDER, read
from satupintu.catalogue.rules.diff import CHANGES, WORTH_A_CALL, kind_of_change
from satupintu.catalogue.rules.plan import make_plan
from satupintu.kernel.decision import NEEDS

plan = next(command for command in commands if command.name == "plan")
BEFORE, AFTER = date(2025, 6, 4), date(2025, 6, 5)
TABLE = """id,kbli_version,kbli,place,fixed_spot,zone,region
A,2020,56104,cart,yes,green,32.75.11.1004
B,2020,47832,market_stall,,green,32.75.11.1004
C,2025,56102,kiosk,,,32.75.01.1001
D,,,,,,
"""


def run(*arguments: str) -> Result:
    return CliRunner().invoke(plan, ["diff", *arguments])


def compare(folder: Path, *arguments: str) -> tuple[list[dict[str, str]], dict[str, object]]:
    """The rows of the changes file and the counts."""
    table, out = folder / "usaha.csv", folder / "berubah.csv"
    table.write_text(TABLE, encoding="utf-8")
    result = run("--table", str(table), "--out", str(out), "--json", *arguments)
    assert result.exit_code == 0, result.stderr
    with out.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file)), json.loads(result.stdout)


def changes_one_by_one() -> list[dict[str, str]]:
    """The same changes from two answers for each business alone."""
    catalogue, expected = read(), []
    for row in csv.DictReader(TABLE.splitlines()):
        said = {key: value for key, value in row.items() if key != "id"}
        one, other = make_plan(catalogue, said, BEFORE), make_plan(catalogue, said, AFTER)
        for code in catalogue.licences:
            old, new = one.paper(code), other.paper(code)
            if (old.need, old.basis) != (new.need, new.basis):
                kind = kind_of_change(old.need, new.need)
                expected.append(
                    {
                        "id": row["id"],
                        "paper": code,
                        "need_before": old.need,
                        "need_after": new.need,
                        "basis_before": ";".join(old.basis),
                        "basis_after": ";".join(new.basis),
                        "change": "basis_only" if kind == "unchanged" else kind,
                    }
                )
    return expected


def test_every_change_of_two_days_is_listed_once_and_no_other(tmp_path: Path) -> None:
    rows, _ = compare(tmp_path, "--from", str(BEFORE), "--to", str(AFTER))
    assert rows == changes_one_by_one()
    assert {row["change"] for row in rows} == {"gains", "loses", "clearer", "basis_only"}


def test_the_counts_are_those_of_the_list(tmp_path: Path) -> None:
    rows, counts = compare(tmp_path, "--from", str(BEFORE), "--to", str(AFTER))
    worth = {row["id"] for row in rows if row["change"] in WORTH_A_CALL}
    kinds = Counter(row["change"] for row in rows)
    assert counts["from"] == {"on": "2025-06-04", "data": None}
    assert (counts["businesses"], counts["changed"], counts["contact"]) == (4, 4, len(worth))
    assert counts["by_change"] == {kind: kinds[kind] for kind in CHANGES}
    per_paper = Counter((row["paper"], row["change"]) for row in rows)
    by_paper = counts["by_paper"]
    assert isinstance(by_paper, dict)
    assert {(p, k): n for p, ks in by_paper.items() for k, n in ks.items() if k != "unchanged"} == per_paper
    by_region, by_kbli, by_confidence = counts["by_region"], counts["by_kbli"], counts["by_confidence"]
    assert isinstance(by_region, dict) and isinstance(by_kbli, dict) and isinstance(by_confidence, dict)
    assert {region: group["businesses"] for region, group in by_region.items()} == {
        "": 1,
        "32.75.01.1001": 1,
        "32.75.11.1004": 2,
    }
    assert sorted(by_kbli) == ["", "2020-47832", "2020-56104", "2025-56102"]
    assert sum(group["contact"] for group in by_region.values()) == counts["contact"]
    assert sum(by_confidence.values()) == sum(kinds[kind] for kind in WORTH_A_CALL)


def test_two_equal_days_change_nothing(tmp_path: Path) -> None:
    rows, counts = compare(tmp_path, "--from", "2026-01-01", "--to", "2026-01-02")
    assert (rows, counts["changed"], counts["contact"]) == ([], 0, 0)


def test_a_folder_whose_table_says_other_is_compared_on_one_day(tmp_path: Path) -> None:
    name = "licences/nib/decision-2025-06-05.csv"
    newer = tmp_path / "baru" / name
    newer.parent.mkdir(parents=True)
    newer.write_text((OWN_FOLDER / name).read_text(encoding="utf-8").replace("pp-28-2025:206", "pp-28-2025:207"))
    rows, counts = compare(tmp_path, "--data-to", str(tmp_path / "baru"), "--from", "2026-01-01")
    assert [(row["id"], row["paper"], row["basis_after"], row["change"]) for row in rows] == [
        (id_, "nib", "pp-28-2025:207", "basis_only") for id_ in "ABCD"
    ]
    assert (counts["changed"], counts["contact"]) == (4, 0)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--json"], 2),
        (["--from", "2025-06-04", "--to", "2025-06-05"], 2),
        (["--from", "kemarin", "--json"], 2),
        (["--from", "2019-06-04", "--json"], 1),
    ],
)
def test_wrong_use_and_impossible_days_end_with_their_code(tmp_path: Path, arguments: list[str], code: int) -> None:
    table = tmp_path / "usaha.csv"
    table.write_text("id\n1\n")
    result = run("--table", str(table), *arguments)
    assert (result.exit_code, result.stdout) == (code, "")
    assert result.stderr


def test_a_bad_row_leaves_no_list(tmp_path: Path) -> None:
    table = tmp_path / "usaha.csv"
    table.write_text("id,place\n1,cart\n2,pasar\n")
    result = run("--table", str(table), "--from", "2025-06-04", "--to", "2025-06-05", "--out", str(tmp_path / "b.csv"))
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "baris 3, kolom place" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["usaha.csv"]


@given(before=st.sampled_from(NEEDS), after=st.sampled_from(NEEDS))
def test_the_way_back_is_the_opposite_kind(before: str, after: str) -> None:
    opposite = {"gains": "loses", "sooner": "later", "clearer": "less_clear"}
    opposite |= {value: key for key, value in opposite.items()} | {"unchanged": "unchanged"}
    assert kind_of_change(after, before) == opposite[kind_of_change(before, after)]
