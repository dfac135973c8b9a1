"""The run of the tests itself: nothing passes that did not run, nothing of one machine gets in."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def run_tests(folder: Path, source: str) -> subprocess.CompletedProcess[str]:
    """Run `source` as a test file under our own conftest."""
    file = folder / "test_sample.py"
    file.write_text(f"import pytest\n{source}\n")
    command = [sys.executable, "-m", "pytest", "-p", "conftest", "-c", str(ROOT / "pyproject.toml"), str(file)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "SATUPINTU_HOME": str(folder / "home")}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)


def test_a_run_of_passed_tests_passes_and_says_how_many(tmp_path: Path) -> None:
    done = run_tests(tmp_path, "def test_a(): pass\ndef test_b(): pass")
    assert done.returncode == 0, done.stdout
    assert "2 passed in" in done.stdout.splitlines()[-1]


EVASIONS = """
def test_good(): pass
@pytest.mark.skip
def test_marked(): pass
def test_later(): pytest.skip('later')
@pytest.mark.xfail
def test_expected(): assert False
@pytest.mark.xfail
def test_unexpected(): pass
def test_missing(): pytest.importorskip('no_such_module')
"""


def test_a_run_with_tests_that_did_not_run_fails_and_names_them(tmp_path: Path) -> None:
    done = run_tests(tmp_path, EVASIONS)
    assert done.returncode == 1, done.stdout
    named = [line for line in done.stdout.splitlines() if ", which counts as failed: " in line]
    assert [(line.split(",")[0], line.rpartition("::")[2]) for line in named] == [
        ("SKIPPED", "test_marked"),
        ("SKIPPED", "test_later"),
        ("SKIPPED", "test_missing"),
        ("XFAILED", "test_expected"),
        ("XPASSED", "test_unexpected"),
    ]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A small repository with our check of names."""
    (tmp_path / "scripts").mkdir()
    (tmp_path / "requirements").mkdir()
    shutil.copy(ROOT / "scripts/no-names", tmp_path / "scripts")
    (tmp_path / "requirements/run.txt").write_text("click==8.5.1 \\\n    --hash=sha256:00\n")
    (tmp_path / "notes.md").write_text("Buka /etc/satupintu.env lalu https://oss.go.id/.\n")
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    return tmp_path


def names_found(repository: Path) -> int:
    subprocess.run(["git", "add", "-A"], cwd=repository, check=True)
    return subprocess.run(["scripts/no-names"], cwd=repository, capture_output=True).returncode


def test_pins_and_files_without_names_of_machines_are_fine(copy: Path) -> None:
    assert names_found(copy) == 0


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("requirements/run.txt", "--index-url https:" + "//registry.example/simple"),
        ("requirements/run.txt", "--find-links wheels"),
        ("requirements/run.txt", "click @ file:" + "///tmp/click.whl"),
        ("notes.md", "see /ho" + "me/budi/satupintu"),
        ("notes.md", "ran in (/ro" + "ot/satupintu)"),
    ],
)
def test_a_registry_or_a_path_of_one_machine_is_found(file: str, line: str, copy: Path) -> None:
    with (copy / file).open("a") as target:
        target.write(f"{line}\n")
    assert names_found(copy) == 1


def test_what_is_missing_for_the_tests_is_named_when_it_cannot_be_installed(tmp_path: Path) -> None:
    """As on a machine with neither the tools nor the right to install them."""
    bash = shutil.which("bash")
    id_ = tmp_path / "id"
    id_.write_text("#!/bin/sh\necho 1000\n")
    id_.chmod(0o755)
    done = subprocess.run(
        [str(bash), ROOT / "scripts/need"], env={"PATH": str(tmp_path)}, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert "chromium (a browser, for the journeys)" in done.stderr
    assert "xgettext and msgfmt (GNU gettext)" in done.stderr
    assert "On Debian or Ubuntu: apt-get install chromium" in done.stderr
