"""An office with two agencies' programs before it."""

import csv

import pytest

from ostiary.domain.columns import REQUEST
from served_programs import ice, other, served, site

__all__ = ["asked", "ice", "other", "served", "site"]

_KINDS = {one.name: one.kind for one in REQUEST}


@pytest.fixture(scope="session")
def asked(world):
    """The world's requests as the API takes them, without agency."""
    with (world / "requests.csv").open() as file:
        return [_natural(row) for row in csv.DictReader(file)]


def _natural(row):
    row.pop("agency")
    return {name: _value(name, text) for name, text in row.items() if text}


def _value(name, text):
    kind = _KINDS[name]
    if kind == "flag":
        return text == "true"
    if kind == "years":
        return [int(year) for year in text.split(";") if year.strip().isdigit()]
    return text.split(";") if kind == "list" else text
