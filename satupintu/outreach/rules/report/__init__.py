"""The report of an event: from its data to figures with names, sections and what keeps it from being final. Pure."""
