"""Reads across rooms, for pages that belong to no single one."""
