"""What the catalogue's tests share."""

from pathlib import Path

import pytest

from satupintu.catalogue.queries.core import catalogue as served_catalogue
from satupintu.catalogue.rules.entries import Catalogue
from satupintu.catalogue.tests.factories import DataFolder, small_folder


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """Our own law files, as pages and commands use them."""
    return served_catalogue()


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    """The small data folder, to be broken on purpose."""
    return small_folder(tmp_path / "data")
