"""Offices for the tests of the case store: made once, copied for each test that wants one."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ostiary.storage import CaseStore, Office, create_office, open_office


@pytest.fixture(scope="session")
def pattern(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return create_office(tmp_path_factory.mktemp("pattern") / "office")


@pytest.fixture
def office(pattern: Office, tmp_path: Path) -> Office:
    shutil.copytree(pattern.root, tmp_path / "office")
    return open_office(tmp_path / "office")


@pytest.fixture
def store(office: Office) -> Iterator[CaseStore]:
    with office.store as store:
        yield store
