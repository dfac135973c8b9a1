"""What `satupintu check-data` asks of the registry's lists."""

from pathlib import Path

from satupintu.catalogue.reading.files import Problem
from satupintu.catalogue.rules.entries import Catalogue


def check_lists(folder: Path, catalogue: Catalogue | None) -> list[Problem]:
    """What is wrong with barriers, consents, paper numbers and retention, in our data and a folder that wins."""
    from satupintu.registry.reading import checked

    return sorted(set(checked([folder], catalogue)[1]))
