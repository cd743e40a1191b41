"""A token in software for the tests of this room."""

import pytest

from soft_tokens import SoftToken, module_path, new_token, open_store


@pytest.fixture(scope="session")
def tokens_folder(tmp_path_factory):
    if module_path() is None:
        pytest.skip("no token in software is installed: on Debian, package `softhsm2`")
    folder = tmp_path_factory.mktemp("tokens")
    open_store(folder)
    return folder


@pytest.fixture(scope="session")
def token(tokens_folder) -> SoftToken:
    return new_token(tokens_folder, "ostiary")
