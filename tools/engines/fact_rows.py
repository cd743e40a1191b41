"""The rows that are decided: derived from synthetic requests, redrawn at random, on the edges.

Three sources, because each misses what another finds: real derivations rarely leave a fact
undetermined, random rows rarely stand one day before a stay, the prover's rows are few.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

import duckdb
from sqlglot import exp

from ostiary.deciding.intake.facts import Days, derive_facts, mark_reasons, no_history
from ostiary.deciding.law.book import Book
from ostiary.deciding.law.grammar import COMPARISONS, literal_value
from ostiary.deciding.law.legal_time import Day
from ostiary.deciding.law.prove.boundaries import boundaries
from ostiary.deciding.law.prove.invariants import read_invariants
from ostiary.deciding.law.prove.prover import Prover
from ostiary.deciding.law.shipped import shipped_book
from ostiary.domain.facts import VOCABULARY, Facts, Value
from ostiary.domain.words import Stage
from ostiary.office.batches.admission import take_in
from ostiary.office.batches.stages import Stages
from ostiary.office.folder.law_in_force import read_law
from ostiary.office.folder.session import scratch_database
from ostiary.worlds.world import make_world

UNDETERMINED = 0.15
"""How often a redrawn fact is left open."""


def derive(folder: Path, *, requests: int, received: date) -> Path:
    """Make a ``mixed`` world, take its requests in, and write their facts as Parquet.

    Args:
        folder: a folder to work in.
        requests: rows of the request file.
        received: day of receipt.

    Returns:
        A file with ``row`` and one column for each word of the vocabulary.
    """
    world, out = folder / "world", folder / "facts.parquet"
    make_world(world, people=max(requests // 10, 1000), requests=requests, received=received)
    with scratch_database() as con:
        read_law(con, registers=[world / "registers"])
        take_in(con, world / "requests.csv", Stages())
        no_history(con)
        mark_reasons(con, "requests", "a benchmark keeps no history")
        derive_facts(con, Days(received), requests="requests", into="facts")
        con.execute(f"COPY facts TO '{out}' (FORMAT parquet)")
    return out


def read_rows(path: Path) -> list[Facts]:
    """Read facts from Parquet as mappings."""
    with duckdb.connect() as con:
        query = f"SELECT {', '.join(VOCABULARY)} FROM read_parquet($1) ORDER BY row"
        found = con.execute(query, [str(path)]).fetchall()
    return [dict(zip(VOCABULARY, row, strict=True)) for row in found]


def redrawn(book: Book, rows: Sequence[Facts], day: Day, *, count: int, seed: int) -> list[Facts]:
    """Give ``count`` rows: every third drawn anew, the others with up to six facts redrawn.

    A fact is redrawn from what the book compares it with, a step to each side, or left open.
    """
    dice = random.Random(seed)  # noqa: S311 - no secret hangs on it
    values = _values(book, day)
    names = sorted(VOCABULARY)
    drawn: list[Facts] = []
    for number in range(count):
        anew = names if number % 3 == 0 else dice.sample(names, k=dice.randint(1, 6))
        drawn.append({**dice.choice(rows), **{name: _drawn(values[name], dice) for name in anew}})
    return drawn


def on_the_edges(book: Book) -> Mapping[Day, list[Facts]]:
    """Give the prover's boundary requests of the shipped book, by the day they are decided on."""
    found: dict[Day, list[Facts]] = {}
    for one in boundaries(Prover(book, read_invariants(shipped_book()))):
        received, disclosed = one.facts["received"], one.facts["disclosed"]
        if isinstance(received, date) and (disclosed is None or isinstance(disclosed, date)):
            found.setdefault(Day(one.stage, received, disclosed), []).append(one.facts)
    return found


def _drawn(values: Sequence[Value], dice: random.Random) -> Value:
    return None if dice.random() < UNDETERMINED else dice.choice(values)


def _values(book: Book, day: Day) -> dict[str, list[Value]]:
    """What each fact may be redrawn as."""
    days = [day.received, *([day.disclosed] if day.stage is Stage.DISCLOSURE else [])]
    values: dict[str, set[Value]] = {name: set(fact.values) for name, fact in VOCABULARY.items()}
    for name, value in _compared(book):
        values[name] |= _around(value)
    for name, fact in VOCABULARY.items():
        if fact.kind == "bool":
            values[name] = {True, False}
        elif fact.kind == "id":
            values[name] |= {"something-else"}
        elif fact.kind == "date":
            values[name] |= {one for on in days if on for one in _around(on)}
    years: set[Value] = {day.received.year + step for step in (-2, -1, 0, 1)}
    values["period_latest"] |= years
    values["received_year"] |= years
    return {name: sorted(found or {0, 1, 2}, key=str) for name, found in values.items()}


def _compared(book: Book) -> Iterator[tuple[str, Value]]:
    trees = [one.applies for one in book.instruments]
    trees += [version.tree for _, rule in book.rules for version in rule.versions]
    for tree in trees:
        for node in tree.find_all(exp.In, *COMPARISONS):
            literals = node.expressions if isinstance(node, exp.In) else [node.expression]
            for literal in literals:
                if isinstance(node.this, exp.Column) and not isinstance(literal, exp.Column):
                    yield node.this.name, literal_value(literal)


def _around(value: Value) -> set[Value]:
    if isinstance(value, date):
        return {value + timedelta(days=step) for step in (-400, -1, 0, 1, 400)}
    if isinstance(value, int) and not isinstance(value, bool):
        return {max(value + step, 0) for step in (-1, 0, 1)}
    return {value}
