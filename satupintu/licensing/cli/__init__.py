"""Commands about applications and certificates."""

from satupintu.licensing.cli.check import check_services
from satupintu.licensing.cli.verify import verify

commands = [verify]
data_checks = [check_services]
