"""Commands about the law as data. None of them needs a database or a server."""

from satupintu.catalogue.cli.lists import kbli, regions
from satupintu.catalogue.cli.plan import plan
from satupintu.catalogue.cli.tables import city, diff

plan.add_command(diff)
commands = [plan, kbli, regions]
demo_parts = [city]
