"""Commands about applications and certificates."""

from satupintu.licensing.cli.verify import verify

commands = [verify]
