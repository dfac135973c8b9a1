"""Whatever stands in a data file: the folder is read, or refused in sentences; it never breaks the reader."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from satupintu.catalogue.reading import DataError
from satupintu.catalogue.rules.cases import all_misses
from satupintu.catalogue.tests.factories import SMALL, DataFolder, small_folder

JUNK = ["", "null", "[]", "{}", "- a", "a: b", "0", "-1", "2021-02-30", "[a, {b: c}]", "*", "&a [*a]", "'", '"', ",",
        ";", ":", "\n", "\t", "|", "é", "\x00", "9" * 400, "yes", "unknown", "{a: {b: c}}", "? [x]\n: y\n"]  # fmt: skip


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_folder(tmp_path_factory.mktemp("anything") / "data").path


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(SMALL)), st.floats(0, 1), st.integers(0, 12), st.sampled_from(JUNK) | st.text(max_size=8))
def test_a_data_file_with_anything_in_it_is_read_or_refused(
    shared: Path, name: str, place: float, gone: int, junk: str
) -> None:
    folder, text = DataFolder(shared), SMALL[name]
    start = round(place * len(text))
    folder.write(name, (text[:start] + junk + text[start + gone :]).encode(errors="replace"))
    try:
        list(all_misses(folder.read()))
    except DataError as refused:
        assert all(problem.file and problem.what and str(problem).endswith(".") for problem in refused.problems)
    finally:
        folder.write(name, text)
