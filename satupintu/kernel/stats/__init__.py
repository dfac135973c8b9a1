"""Statistics for small groups who answered twice: exact where counting is possible, honest where it is not.

Each module is one subject. Counts are integers, shares are fractions; a float appears only where a root, a tail or
an interval makes it unavoidable. Decision 12 says which method was chosen and why.
"""
