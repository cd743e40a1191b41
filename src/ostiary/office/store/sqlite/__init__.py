"""A case store in one SQLite file."""
