"""What the registry decides without looking anything up: identity, names, doubles, papers, uploads. Pure."""
