"""Fixtures: an office of the test's own, served, with a program of each of two agencies."""

import pytest

from officers import NEXT_DAY
from programs import OTHER_PROGRAM, PROGRAM, program, site_with_programs


@pytest.fixture
def served(office):
    """The site, and the private keys of the programs by name."""
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
