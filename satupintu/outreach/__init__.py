"""Outreach events and what their answers say. Today: evaluating files of answers, and checking printed tables."""
