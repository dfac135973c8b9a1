"""What pages of events use besides the shell."""

from uuid import uuid4

from django import template

register = template.Library()


@register.simple_tag
def new_ref() -> str:
    """A UUID for one press of a button: sent twice, it is kept once."""
    return str(uuid4())
