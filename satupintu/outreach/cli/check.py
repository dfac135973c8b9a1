"""What `satupintu check-data` asks of templates and lessons."""

from pathlib import Path

from satupintu.catalogue.reading.files import Problem
from satupintu.catalogue.rules.entries import Catalogue


def check_outreach(folder: Path, catalogue: Catalogue | None) -> list[Problem]:
    """What is wrong with the templates and lessons in our data and a folder that wins."""
    from satupintu.outreach.library import checked

    return sorted(set(checked([folder], catalogue)[1]))
