"""Requests on the edges of the law: the prover takes most of a minute to write them, once a run."""

import pickle
from pathlib import Path

import pytest

from made_once import made_once
from ostiary.deciding.law.book import Book
from ostiary.deciding.law.prove.boundaries import Boundary, boundaries
from ostiary.deciding.law.prove.invariants import read_invariants
from ostiary.deciding.law.prove.prover import Prover
from ostiary.deciding.law.shipped import shipped_book


@pytest.fixture(scope="session")
def on_the_edge(book: Book, tmp_path_factory: pytest.TempPathFactory) -> list[Boundary]:
    """For each edge a request that passes, and for each rule one that it blocks alone."""

    def write(path: Path) -> None:
        found = list(boundaries(Prover(book, read_invariants(shipped_book()))))
        path.write_bytes(pickle.dumps(found))

    kept = made_once(tmp_path_factory, "edges", write).read_bytes()
    return pickle.loads(kept)  # noqa: S301 - written above, by this run
