"""What templates ask about roles, to leave out what would be refused."""

from typing import Any

from django import template
from django.template import Context

from satupintu.accounts import gate

register = template.Library()


@register.simple_tag(takes_context=True)
def may(context: Context, action: str) -> bool:
    """Whether who is looking may do an action: ``{% may "registry.reveal_nik" as can_reveal %}``."""
    return gate.may(_actor(context), action)


@register.simple_tag(takes_context=True)
def may_open(context: Context, page: str) -> bool:
    """Whether who is looking may open a page: ``{% may_open "accounts:users" as can_open %}``."""
    return gate.may_open(_actor(context), page)


def _actor(context: Context) -> Any:
    return context.get("actor")
