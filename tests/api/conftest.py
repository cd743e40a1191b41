"""An office with two agencies' programs before it."""

import csv

import pytest

from officers import NEXT_DAY
from ostiary.domain.columns import REQUEST
from ostiary.faces.api.calling import buckets
from programs import OTHER_PROGRAM, PROGRAM, program, site_with_programs

_KINDS = {one.name: one.kind for one in REQUEST}


@pytest.fixture
def served(office):
    buckets.cache_clear()
    with site_with_programs(office, NEXT_DAY) as found:
        yield found


@pytest.fixture
def site(served):
    return served[0]


@pytest.fixture
def ice(served):
    site, keys = served
    return program(site, PROGRAM, keys[PROGRAM])


@pytest.fixture
def other(served):
    site, keys = served
    return program(site, OTHER_PROGRAM, keys[OTHER_PROGRAM])


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
