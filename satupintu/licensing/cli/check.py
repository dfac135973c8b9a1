"""What `satupintu check-data` asks of services, states, reasons and plans of markets."""

from pathlib import Path

from satupintu.catalogue.reading.files import Problem
from satupintu.catalogue.rules.entries import Catalogue


def check_services(folder: Path, catalogue: Catalogue | None) -> list[Problem]:
    """What is wrong with how papers are served, in our data and a folder that wins."""
    from satupintu.licensing.library import checked

    return sorted(set(checked([folder], catalogue)[1]))


def check_plans(folder: Path, catalogue: Catalogue | None) -> list[Problem]:
    """What is wrong with the plans of markets, in our data and a folder that wins."""
    from satupintu.licensing.reading_plans import checked

    return sorted(set(checked([folder], catalogue)[1]))
