"""The few figures of the registry that whoever leads sees first. Rates and their history are not shown here."""

from __future__ import annotations

from satupintu.audit.rules import Actor
from satupintu.registry.models import KeptPlan, PaperHeld
from satupintu.registry.queries.visible import people_for


def registry_figures(actor: Actor) -> dict[str, int]:
    """How many people of the actor's area are registered, keep a plan, and hold an NIB. No single person shows."""
    people = people_for(actor)
    return {
        "people": people.count(),
        "plans": KeptPlan.objects.filter(business__person__in=people).values("business__person").distinct().count(),
        "nib": PaperHeld.objects.filter(paper="nib", withdrawn_at=None, person__in=people)
        .values("person")
        .distinct()
        .count(),
    }
