"""What the form of whoever asks knows about places: the plan to choose from, and whether others are there."""

from __future__ import annotations

from django import template

from satupintu.licensing.models import Application
from satupintu.licensing.queries.clashes import taken_when
from satupintu.licensing.queries.market_plan import StallChoice, choice_plan

register = template.Library()


@register.simple_tag
def stall_choice(file: Application) -> StallChoice | None:
    """The plan of the market of a file, None without one."""
    return choice_plan(file)


@register.simple_tag
def place_taken(file: Application) -> list[str]:
    """When others use the place that a file asks for, in words without names; empty while it is free."""
    return taken_when(file)
