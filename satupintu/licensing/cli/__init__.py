"""Commands about applications and certificates."""

from satupintu.licensing.cli.check import check_plans, check_services
from satupintu.licensing.cli.keys import keys
from satupintu.licensing.cli.markets import markets
from satupintu.licensing.cli.verify import verify

commands = [verify, keys, markets]
data_checks = [check_services, check_plans]
