"""Plain Python with no framework: what the project exists for, as functions anybody can read and test."""
