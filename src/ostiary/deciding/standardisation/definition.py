"""A definition is an ordered list of steps; it is run as one Python function or as one query."""

import functools
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from ostiary.deciding.standardisation.conditions import has, holds
from ostiary.deciding.standardisation.phrases import either, rewritten, rewritten_anyhow, text
from ostiary.deciding.standardisation.terms import Phrase, Table, Text, sql_name


@dataclass(frozen=True, slots=True)
class Step:
    """One named value. Later steps read it by its name; ``n_`` and ``a_`` names are columns."""

    name: str
    phrase: Phrase


@dataclass(frozen=True, slots=True)
class Rewriting:
    """Replace each match of a pattern, when the text holds at least one of the hints.

    A hint is a literal that every text in need of this rewriting holds: looking for it is many
    times cheaper than the pattern. It is part of the definition, so both executors heed it.
    Where such literals would be too many, one pattern is ``sought`` instead. Neighbours with the
    same hints and the same pattern are one step: these are looked for before the first.
    """

    pattern: str
    new: str
    hints: tuple[str, ...] = ()
    sought: str = ""


def together(
    rewritings: tuple[Rewriting, ...], hints: tuple[str, ...] = (), sought: str = ""
) -> tuple[Rewriting, ...]:
    """Let rewritings be tried together, where a text holds a hint or the pattern: one step."""
    return tuple(replace(rewriting, hints=hints, sought=sought) for rewriting in rewritings)


def rewriting_steps(name: str, start: Text, rewritings: tuple[Rewriting, ...]) -> list[Step]:
    """Apply rewritings in order; the last step bears ``name``, those before it ``name_0`` ..."""
    steps = [Step(f"{name}_0", start)]
    for _, neighbours in groupby(rewritings, key=lambda one: (one.hints, one.sought)):
        before = text(steps[-1].name)
        steps.append(Step(f"{name}_{len(steps)}", _rewritten(before, tuple(neighbours))))
    return [*steps[:-1], Step(name, steps[-1].phrase)]


def _rewritten(x: Text, rewritings: tuple[Rewriting, ...]) -> Text:
    hints, sought = rewritings[0].hints, rewritings[0].sought
    if not hints and not sought and len(rewritings) == 1:
        return rewritten(x, rewritings[0].pattern, rewritings[0].new)
    changed = x
    for rewriting in rewritings:
        changed = rewritten_anyhow(changed, rewriting.pattern, rewriting.new)
    if sought:
        return either((has(x, sought), changed), otherwise=x)
    return either((holds(x, *hints), changed), otherwise=x) if hints else changed


@dataclass(frozen=True, slots=True)
class Definition:
    """What the standard form of one kind of thing is.

    Attributes:
        inputs: columns that are read.
        columns: names of the steps that make up the standard form.
        steps: in an order in which each reads only what stands before it.
    """

    inputs: tuple[str, ...]
    columns: tuple[str, ...]
    steps: tuple[Step, ...]

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables that words are looked up in."""
        return tuple({t.name: t for step in self.steps for t in step.phrase.tables}.values())

    @property
    def layers(self) -> list[list[Step]]:
        """The steps, put together so that each layer reads only earlier layers."""
        depth = dict.fromkeys(self.inputs, 0)
        layers: list[list[Step]] = []
        for step in self.steps:
            depth[step.name] = 1 + max((depth[name] for name in step.phrase.uses), default=0)
            layers.extend([] for _ in range(depth[step.name] - len(layers)))
            layers[depth[step.name] - 1].append(step)
        return layers


_rx = functools.cache(re.compile)


def python_source(definition: Definition) -> str:
    """Write the definition as a Python function of its inputs that returns its columns."""
    lines = [f"    {step.name} = {step.phrase.python}" for step in definition.steps]
    head = f"def standard({', '.join(definition.inputs)}):"
    return "\n".join([head, *lines, f"    return ({', '.join(definition.columns)},)", ""])


def python_function(definition: Definition) -> Callable[..., tuple[Any, ...]]:
    """Make the Python executor of a definition; its inputs must be folded texts."""
    names: dict[str, Any] = {
        "rx": _rx,
        "tables": {table.name: dict(table.entries) for table in definition.tables},
        "first_group": _first_group,
        "first_match": _first_match,
        "shaped": _shaped,
    }
    # The text that runs here is written from our own definition; no input is ever part of it.
    exec(python_source(definition), names)  # noqa: S102
    function: Callable[..., tuple[Any, ...]] = names["standard"]
    return function


def _first_group(match: re.Match[str] | None) -> str:
    return (match[1] or "") if match else ""


def _first_match(text: str, patterns: tuple[str, ...], size: int) -> tuple[str, ...]:
    matches = (_rx(pattern).search(text) for pattern in patterns)
    return next((match.groups("") for match in matches if match), ("",) * size)


def _shaped(word: str, shapes: tuple[tuple[str, str], ...], default: str) -> str:
    if word.isalpha():
        return default
    return next((letter for pattern, letter in shapes if _rx(pattern).search(word)), default)


def sql_query(definition: Definition, innermost: str) -> str:
    """Write the definition as a query over ``innermost``, one nested SELECT for each layer.

    Each step is a column of its layer, so that DuckDB computes it once however often it is read.
    """
    query = innermost
    for layer in definition.layers:
        columns = ", ".join(f"{step.phrase.sql} AS {sql_name(step.name)}" for step in layer)
        query = f"SELECT *, {columns} FROM ({query})"
    return query


def described(definition: Definition) -> dict[str, object]:
    """Give everything that the definition consists of, for its digest."""
    tables: dict[str, Mapping[str, str]] = {t.name: dict(t.entries) for t in definition.tables}
    steps = [[step.name, step.phrase.python, step.phrase.sql] for step in definition.steps]
    return {
        "inputs": list(definition.inputs),
        "columns": list(definition.columns),
        "steps": steps,
        "tables": tables,
    }
