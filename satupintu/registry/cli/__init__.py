"""Commands of the registry."""

from satupintu.registry.cli.check import check_lists
from satupintu.registry.cli.crowd import people
from satupintu.registry.cli.retention import erase_expired

commands = [erase_expired]
demo_parts = [people]
data_checks = [check_lists]
