"""A token in software for the tests of this room."""

import pytest

from soft_tokens import PIN, SoftToken, module_path, new_token, open_store


@pytest.fixture(scope="session")
def tokens_folder(tmp_path_factory):
    if module_path() is None:
        pytest.skip("no token in software is installed: on Debian, package `softhsm2`")
    folder = tmp_path_factory.mktemp("tokens")
    open_store(folder)
    return folder


@pytest.fixture(scope="session")
def tokens(tokens_folder) -> dict[str, SoftToken]:
    """All tokens by label; a module that has been opened learns of none that is made later."""
    pins = {"ostiary": PIN, "wrong": "9999"}
    return {label: new_token(tokens_folder, label, pin=pin) for label, pin in pins.items()}


@pytest.fixture(scope="session")
def token(tokens) -> SoftToken:
    return tokens["ostiary"]
