"""Commands about events and their answers. None of them needs a database or a server."""

from satupintu.outreach.cli.check import check_outreach
from satupintu.outreach.cli.check_table import check_table
from satupintu.outreach.cli.evaluate import evaluate

commands = [check_table, evaluate]
data_checks = [check_outreach]
