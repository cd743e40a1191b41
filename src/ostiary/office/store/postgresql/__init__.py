"""A case store in a PostgreSQL database."""
