"""An office with browsers before it: one person of each role, signed in."""

from collections.abc import Iterator

import pytest

from officers import NEXT_DAY
from order import SEAT
from ostiary.faces.server.roles import Role
from ostiary.faces.server.site import Site
from web_office import AGENCY, Browser, opened, person, requester_of


@pytest.fixture
def site(office) -> Iterator[Site]:
    """The test office, opened for browsers of this process."""
    with opened(office, NEXT_DAY) as found:
        yield found


@pytest.fixture
def stranger(site) -> Browser:
    return Browser(site)


@pytest.fixture
def officer(site) -> Browser:
    return person(site, Role.OFFICER, "anna")


@pytest.fixture
def second(site) -> Browser:
    return person(site, Role.OFFICER, "bert")


@pytest.fixture
def requester(site) -> Browser:
    return person(site, Role.REQUESTER, requester_of(site), AGENCY)


@pytest.fixture
def auditor(site) -> Browser:
    return person(site, Role.AUDITOR, "auditor-1")


@pytest.fixture
def counsel(site) -> Browser:
    return person(site, Role.COUNSEL, "counsel-1")


@pytest.fixture
def head(site) -> Browser:
    return person(site, Role.HEAD, "head-1")


@pytest.fixture
def administrator(site) -> Browser:
    return person(site, Role.ADMINISTRATOR, "admin-1")


@pytest.fixture
def monitor(site) -> Browser:
    """A court's monitor, whom an order names; it stops nothing and covers one agency."""
    (site.office.orders / "seat.md").write_text(SEAT)
    return person(site, Role.MONITOR, "monitor-1")
