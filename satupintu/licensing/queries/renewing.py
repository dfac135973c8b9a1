"""Whether a paper may be renewed now, and the file with which that was begun."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from satupintu.licensing import library
from satupintu.licensing.models import Application, Certificate
from satupintu.licensing.rules.moves import OPEN_STATES
from satupintu.licensing.rules.renewing import Renewing, renewing


@dataclass(frozen=True)
class Renewable:
    """When a paper may be renewed, what that costs as far as it is known (rupiah), and its open file if it has one."""

    when: Renewing
    rupiah: int | None
    file: Application | None


def renewal_of(paper: Certificate, day: date) -> Renewable:
    """Whether a paper may be renewed on a day, by the data of that day."""
    service = library.library().service(paper.licence, day)
    when = renewing(paper.status, paper.valid_until, service.renewal if service else None, day)
    running = Application.objects.filter(renews=paper, state__in=OPEN_STATES).exclude(state="refused")
    return Renewable(when, service.fee.rupiah if service else None, running.order_by("-pk").first())
