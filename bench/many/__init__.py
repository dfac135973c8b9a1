"""How long it takes to answer for a whole city, beside peers and limits. Run by `bench/run`."""
