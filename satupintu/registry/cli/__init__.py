"""Commands of the registry."""

from satupintu.registry.cli.crowd import people

demo_parts = [people]
