"""Pure rules of the catalogue: facts in, plan out. No Django, no files, no clock."""
