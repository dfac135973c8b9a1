"""From answers or printed numbers to figures, and from figures to sentences that claim no more than they show."""
