"""What was done to a person, in words, on any page."""

from django import template

from satupintu.registry.queries.acts import act_in_words

register = template.Library()
register.filter(act_in_words)
