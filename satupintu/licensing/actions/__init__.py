"""Every write of licensing, one module for each subject; ``demo`` fills a house that is only tried."""

from satupintu.licensing.actions.demo import demo

__all__ = ["demo"]
