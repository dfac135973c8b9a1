"""What templates ask about roles, to leave out what would be refused."""

from django import template
from django.template import Context

from satupintu.accounts import gate, rules
from satupintu.accounts.forms import ROLE_LABELS
from satupintu.audit.rules import Actor

register = template.Library()


@register.simple_tag(takes_context=True)
def may(context: Context, action: str) -> bool:
    """Whether who is looking may do an action: ``{% may "registry.reveal_nik" as can_reveal %}``."""
    return gate.may(_actor(context), action)


@register.simple_tag(takes_context=True)
def may_open(context: Context, page: str) -> bool:
    """Whether who is looking may open a page: ``{% may_open "accounts:users" as can_open %}``."""
    return gate.may_open(_actor(context), page)


@register.filter
def needs_second_factor(actor: Actor | None) -> bool:
    """Whether somebody's role may not do without a second factor."""
    return actor is not None and rules.needs_second_factor(actor.role)


@register.filter
def role_name(role: str) -> str:
    """A role as people call it; the bare word for one we do not know."""
    return str(ROLE_LABELS.get(role, role))


def _actor(context: Context) -> Actor | None:
    actor = context.get("actor")
    return actor if isinstance(actor, Actor) else None
