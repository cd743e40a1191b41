"""Offices for the tests of the case store: made once, copied for each test that wants one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from case_stores import Stores
from ostiary.office.folder.layout import Office
from ostiary.office.store.cases import CaseStore


@pytest.fixture(scope="session")
def pattern(stores: Stores, tmp_path_factory: pytest.TempPathFactory) -> Office:
    return stores.new_office(tmp_path_factory.mktemp("pattern") / "office")


@pytest.fixture
def office(pattern: Office, stores: Stores, tmp_path: Path) -> Office:
    return stores.copy(pattern.root, tmp_path / "office")


@pytest.fixture
def store(office: Office) -> Iterator[CaseStore]:
    with office.store as store:
        yield store
