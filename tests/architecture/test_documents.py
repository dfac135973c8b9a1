"""What the documents list is what the code has."""

import ast
import re
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
import yaml

from tests.architecture.reading import PACKAGE, sources

ROOT = PACKAGE.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
PERMISSIVE = {"MIT", "MIT-CMU", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "LGPL-3.0-only"}


def name_of(requirement: str) -> str:
    return re.split(r"[\[<>=~! ]", requirement)[0].lower()


def declared() -> set[tuple[str, str]]:
    """Package and purpose of every direct dependency of `pyproject.toml`."""
    groups = {
        "run": PROJECT["project"]["dependencies"],
        **PROJECT["project"]["optional-dependencies"],
        **PROJECT["dependency-groups"],
    }
    pairs = {(name_of(line), purpose) for purpose, lines in groups.items() for line in lines}
    return pairs - {("ibis-framework", "spark"), ("numpy", "bench")}  # there already, for `scale` and `run`


def described() -> list[list[str]]:
    """The rows of docs/reference/dependencies.md: package, purpose, licence, reason."""
    text = (ROOT / "docs/reference/dependencies.md").read_text()
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("| ")
    ]
    return rows[1:]


def test_every_direct_dependency_has_one_row_with_a_reason() -> None:
    rows = described()
    assert sorted((name, purpose) for name, purpose, _, _ in rows) == sorted(declared())
    assert [name for name, _, _, reason in rows if len(reason) < 3] == []


def test_what_is_served_is_permissive_or_lgpl() -> None:
    assert [row[:3] for row in described() if row[1] not in ("dev", "bench") and row[2] not in PERMISSIVE] == []


# These name no licence in their package; it was read in their repository.
UNNAMED = {"pyxform"}


@pytest.mark.parametrize(
    "row",
    [row for row in described() if row[1] not in ("spark", "bench") and row[0] not in UNNAMED],
    ids=lambda row: row[0],
)
def test_the_licence_is_the_one_the_package_names(row: list[str]) -> None:
    package, _, licence, _ = row
    known = metadata.metadata(package).json
    says = " ".join(map(str, [known.get("license_expression") or known.get("license"), *known.get("classifier", [])]))
    if not re.search(r"licen[sc]e|bsd|mit|apache|mpl|gpl", says, re.IGNORECASE):
        files = [file for file in metadata.files(package) or [] if re.search(r"licen[cs]e", file.name, re.IGNORECASE)]
        says = files[0].read_text()
    assert re.search(rf"\b{licence.split('-')[0]}\b", says), says[:200]


def test_every_import_from_outside_is_declared() -> None:
    """No package is used that came along with another one only."""
    owners = metadata.packages_distributions()
    standard = {"satupintu", "tests", "conftest"}
    used: set[str] = set()
    for _, tree in sources(PACKAGE, "tests"):
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                used |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                used.add((node.module or "").split(".")[0])
    outside = used - standard - set(sys.stdlib_module_names)
    names = {name for name, purpose in declared() if purpose not in ("dev", "bench")} | {"pyspark"}
    undeclared = {module for module in outside if not {name.lower() for name in owners.get(module, [module])} & names}
    assert undeclared == set()


def environment_read() -> set[str]:
    """Every environment variable the package reads."""
    text = "\n".join(path.read_text() for path in PACKAGE.rglob("*.py") if "tests" not in path.parts)
    named = re.findall(r"""(?:env\.\w+|environ\.get|getenv|db_url)\(\s*"([A-Z][A-Z_]+)\"|envvar="([A-Z_]+)\"""", text)
    return {first or second for first, second in named}


@pytest.mark.parametrize("page", ["docs/operate.md", "docs/operate.id.md"])
def test_every_setting_is_explained_to_the_operator(page: str) -> None:
    text = (ROOT / page).read_text()
    listed = re.findall(r"^\| `([A-Z][A-Z_]+)` \|", text, re.MULTILINE)
    assert sorted(listed) == sorted(environment_read())
    assert len(listed) >= 10


def test_the_list_of_commands_is_what_the_commands_say() -> None:
    from satupintu.config.cli.reference import reference_page

    assert (ROOT / "docs/reference/commands.md").read_text() == reference_page(), "run: make docs"


@pytest.mark.parametrize("document", ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "docs/operate.md"])
def test_every_link_to_a_file_of_ours_leads_somewhere(document: str) -> None:
    path = ROOT / document
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", path.read_text())
    assert links
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_the_map_of_the_house_is_short_and_names_every_room() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text()
    assert len(text.splitlines()) <= 150
    rooms = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert {room for room in rooms if f"`{room}`" not in text} == set()


def test_the_release_is_named_once_everywhere() -> None:
    version = PROJECT["project"]["version"]
    assert f"softwareVersion: {version}\n" in (ROOT / "publiccode.yml").read_text()
    releases = re.findall(r"^## (\d+\.\d+\.\d+)", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert releases[0] == version
    recorded = {path.name for path in Path(ROOT / "tests/upgrade").iterdir() if path.name[0].isdigit()}
    assert {*releases[1:]} <= recorded


def test_the_public_description_is_complete_in_both_languages() -> None:
    described = yaml.safe_load((ROOT / "publiccode.yml").read_text())
    assert described["legal"]["license"] == PROJECT["project"]["license"]
    assert {*described["description"]} == {*described["localisation"]["availableLanguages"]} == {"id", "en"}
    for text in described["description"].values():
        assert len(text["shortDescription"]) <= 150
        assert 150 <= len(text["longDescription"]) <= 10_000
        assert text["features"]


def test_the_licence_is_the_whole_apache_2() -> None:
    text = (ROOT / "LICENSE").read_text()
    assert text.lstrip().startswith("Apache License\n")
    assert "9. Accepting Warranty or Additional Liability." in text
    assert PROJECT["project"]["license"] == "Apache-2.0"


def test_every_trap_has_a_rule_and_a_test_that_exists() -> None:
    """Offline capture has 18 known traps; the guide names for each what answers it and which test shows it."""
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in (ROOT / "docs/lapangan.id.md").read_text().splitlines()
        if re.match(r"\| \d", line)
    ]
    assert [int(row[0]) for row in rows] == [*range(1, 19)]
    tests = [*PACKAGE.rglob("tests/**/test_*.py"), *(ROOT / "tests").rglob("test_*.py")]
    known = {name for path in tests for name in re.findall(r"^def (test_\w+)", path.read_text(), re.MULTILINE)}
    for number, trap, rule, shown in rows:
        named = re.findall(r"`(test_\w+)`", shown)
        assert trap and rule and named, f"trap {number}"
        assert {*named} <= known, f"trap {number}: { ({*named} - known) }"
