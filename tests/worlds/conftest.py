"""One small world for all stories of this room."""

from collections.abc import Iterator

import pytest
from told_world import Told, tell

from ostiary.worlds.world import make_world


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    folder = tmp_path_factory.mktemp("synthetic") / "mixed"
    told = tell(make_world(folder, people=8_000, requests=2_000))
    yield told
    told.con.close()
