"""Licensing: from an application to a paper that anyone can check. Today: checking certificates without a server."""
