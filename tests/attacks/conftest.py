"""What attacks on the API share with its own tests."""

from served_programs import ice, other, served, site

__all__ = ["ice", "other", "served", "site"]
