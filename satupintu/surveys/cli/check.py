"""What `satupintu check-data` asks of the questionnaires."""

from pathlib import Path

from satupintu.catalogue.reading.files import Problem
from satupintu.catalogue.rules.entries import Catalogue


def check_questionnaires(folder: Path, catalogue: Catalogue | None) -> list[Problem]:
    """What is wrong with the questionnaires in our data and a folder that wins."""
    from satupintu.surveys.reading import checked

    return sorted(set(checked([folder], catalogue)[1]))
