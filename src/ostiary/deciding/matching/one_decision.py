"""The decision on one request, as Python functions made from the statements of a batch.

The steps are those of :mod:`.matching.comparison` and :mod:`.matching.decision`; how
their tables follow from one another is known here, what they compute is read from them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from operator import itemgetter
from types import CodeType
from typing import Any, Protocol

from sqlglot import exp

from ostiary.deciding.expressions.trees import (
    named,
    parsed,
    select_of,
    statement_of,
    text_of,
    with_parts,
)
from ostiary.deciding.matching import comparison, decision
from ostiary.deciding.matching.decision_writer import DecisionWriter
from ostiary.deciding.matching.learned import Learned
from ostiary.deciding.matching.side_by_side import shown_sql
from ostiary.deciding.reference.layout import TEXTS
from ostiary.deciding.reference.twins import TWINS
from ostiary.domain.errors import OfficeError

Row = tuple[Any, ...]
_MOST_WRITTEN = 8  # of as many references, or of one that learns anew

ASKED = (
    "n_given", "n_middle", "n_surname", "n_suffix", "n_surname_key", "n_given_group",
    "n_name_stated", "a_kind", "a_number", "a_pre", "a_street", "a_type", "a_post", "a_unit",
    "a_city", "a_state", "a_zip5", "a_shape", "tin", "born", "surname_known", "given_known",
    "surname_borne", "stem_borne", "given_borne", "middle_borne", "given_marked", "given_shares",
    "middle_says_little", "given_others", "surname_others",
)  # fmt: skip
"""Columns of a request, in this order, as in ``match_asked``."""

FILED = (
    *TEXTS, "n_name_stated", "hold", "record", "person_id", "born", "tin",
    "surname_known", "given_known", "given_common", "middle_common", "surname_given_too",
    "given_given_too", "given_marked", "given_shares", "middle_says_little", "place_units",
    "place_first_unit",
    "place_bits", "surname_bits", "given_bits", "middle_bits", "birth_bits", "namesake_ppm", *TWINS,
)  # fmt: skip
"""Columns of a record, in this order, as in ``match_filed``."""


@dataclass(frozen=True, slots=True)
class OneDecision:
    """The steps of a decision.

    Attributes:
        compare: a request and a record (:data:`ASKED`, :data:`FILED`): what ``match_compared`` has.
        collapse: what was compared of one person: what ``match_people`` has.
        decide: the request, its people and the crowded kinds of its keys: outcome, rule, person id,
            weight, margin, and the records that agree.
        tier: the tier of a person.
        contradicted: whether something that the request gives speaks against a person.
        closeness: of what was compared, by what the closest record is chosen.
        show: a request, a record and what was compared of them: for each field as given, on file,
            the level, the bits that it adds to the weight, and the words that decided.
    """

    compare: Callable[[Row, Row], Row]
    collapse: Callable[[Sequence[Row]], Row]
    decide: Callable[[Row, Sequence[Row], frozenset[str]], Row]
    tier: Callable[[Row], int]
    contradicted: Callable[[Row], bool]
    closeness: Callable[[Row], Row]
    show: Callable[[Row, Row, Row], Row]


class KnownStreets(Protocol):
    """What tells which streets there are, in the file or anywhere."""

    def known_street(self, street: str) -> str | None:
        """Give a street if it is one, else ``None``."""

    def known_head(self, street: str) -> str | None:
        """Give what stands before the last word of what is no street, if that is one."""


def make_decision(streets: KnownStreets, learned: Learned) -> OneDecision:
    """Make the functions.

    Args:
        streets: tells which streets there are.
        learned: what weights are made of.

    Raises:
        OfficeError: a statement holds something that has no reading in Python.
    """
    shown = tuple(tuple(texts) for texts in shown_sql(learned))
    compare, the_rest = _written(text_of(comparison.compare, learned), shown)
    known = {"known_street": streets.known_street, "known_head": streets.known_head}
    return the_rest(compare=compare.made(**known))


@lru_cache(maxsize=_MOST_WRITTEN)
def _written(
    comparing: str, shown: tuple[tuple[str, ...], ...]
) -> tuple["_Code", Callable[..., OneDecision]]:
    """Write the steps, for all references of which the same was learned.

    Args:
        comparing: the statement of :func:`.comparison.compare`.
        shown: what :func:`.side_by_side.shown_sql` gives.

    Returns:
        The comparison, which asks for streets, and what makes a decision of it once it can.
    """
    compare, compared = _compare(comparing)
    collapse, people = _collapse(compared)
    tier, weight, record = (compared.index(name) for name in ("tier", "weight", "record"))
    return compare, partial(
        OneDecision,
        collapse=collapse,
        decide=_decide(people),
        tier=itemgetter(people.index("tier")),
        contradicted=itemgetter(people.index("contradicted")),
        closeness=lambda row: (-row[tier], -row[weight], row[record]),
        show=_show(compared, shown),
    )


@dataclass(frozen=True, slots=True)
class _Code:
    """A function that is compiled, and the constants that it names."""

    code: CodeType
    constants: Mapping[str, Any]

    def made(self, **more: object) -> Callable[..., Any]:
        """Make the function, with more that it names."""
        names: dict[str, Any] = {**self.constants, **more}
        # The text that runs here is written from our own statements; no input is ever part of it.
        exec(self.code, names)  # noqa: S102
        step: Callable[..., Any] = names["step"]
        return step


class _Body:
    """The body of a function: lines that each give a name a value."""

    def __init__(self, arguments: str) -> None:
        self.arguments = arguments
        self.lines: list[str] = []
        self.known: set[str] = set()
        self.tuples: dict[str, Sequence[str]] = {}
        self.structs: dict[str, list[str]] = {}
        self.rows: Sequence[str] | None = None
        self.writer = DecisionWriter(self._name)

    def _name(self, table: str, column: str) -> str:
        if self.rows is not None and column in self.rows:
            return f"r[{self.rows.index(column)}]"
        if table in self.structs:
            return f"{table}[{self.structs[table].index(column)}]"
        if table == "k":  # the street asked for, or what it begins with, where the file knows it
            reader = {"street": "known_street", "head": "known_head"}[column]
            return f"{reader}({self._name('q', 'a_street')})"
        if table in self.tuples and column in self.tuples[table]:
            return self._unpacked(table, column)
        for each, columns in self.tuples.items():
            if not table and column in columns:
                return self._unpacked(each, column)
        if column in self.known:
            return column
        raise OfficeError(
            "the decision reads a column that is not there", where=f"{table}.{column}"
        )

    def _unpacked(self, table: str, column: str) -> str:
        name = f"{table}_{column}"
        if name not in self.known:
            self.known.add(name)
            self.lines.insert(0, f"{name} = {table}[{self.tuples[table].index(column)}]")
        return name

    def give(self, name: str, tree: exp.Expr) -> None:
        """Add a line that computes a column."""
        if isinstance(tree, exp.AggFunc) and isinstance(tree.this, exp.Struct):
            self.structs[name] = [each.name for each in tree.this.expressions]
        self.lines.append(f"{name} = {self.writer.write(tree)}")
        self.known.add(name)

    def code(self, result: str) -> _Code:
        """Compile the function."""
        text = "\n    ".join([f"def step({self.arguments}):", *self.lines, f"return {result}"])
        return _Code(compile(text, "<decision>", "exec"), self.writer.constants)

    def made(self, result: str) -> Callable[..., Any]:
        """Make the function."""
        return self.code(result).made()


def _tuple(values: Iterable[str]) -> str:
    return f"({', '.join(values)},)"


def _compare(comparing: str) -> tuple[_Code, list[str]]:
    statement = select_of(comparing)
    body = _Body("q, f")
    body.tuples = {"q": ASKED, "f": FILED}
    for part in (*with_parts(statement).values(), statement):
        for name, tree in named(part):
            body.give(name, tree)
    columns = [each.alias_or_name for each in statement.expressions if each.alias_or_name != "row"]
    return body.code(_tuple(columns)), columns


def _collapse(compared: list[str]) -> tuple[Callable[[Sequence[Row]], Row], list[str]]:
    statement = statement_of(decision.collapse_people)
    body = _Body("rows")
    body.rows = compared
    (collapsed,) = with_parts(statement).values()
    handed_on = [each.name for each in collapsed.expressions if isinstance(each, exp.Column)]
    columns = [name for name in handed_on if name != "row"]
    for name in columns:
        body.lines.append(f"{name} = rows[0][{compared.index(name)}]")
        body.known.add(name)
    for name, tree in named(collapsed):
        body.give(name, tree)
        columns.append(name)
    body.rows = None
    for name, tree in named(statement):
        body.give(name, tree)
        columns.append(name)
    columns = [name for name in dict.fromkeys(columns) if name not in body.structs]
    return body.made(_tuple(columns)), columns


def _decide(people: list[str]) -> Callable[[Row, Sequence[Row], frozenset[str]], Row]:
    counting, deciding = statement_of(decision.count_people), statement_of(decision.decide, "x")
    count = _Body("rows")
    best = _ranked(count, with_parts(counting)["ranked"], people)
    count.rows = people
    for name, tree in named(with_parts(counting)["counted"]):
        count.give(name, tree)
    added = [*best, *(name for name, _ in named(with_parts(counting)["counted"]))]
    counted = count.made(f"(*best, {', '.join(added)},)")
    body = _Body("q, p, crowded")
    columns = [*people, *added]
    body.tuples = {"p": [*columns, "row"], "q": ASKED}
    for part in (*with_parts(deciding).values(), deciding):
        for name, tree in named(part):
            if isinstance(tree, exp.Column) and tree.name == name:
                continue
            body.give(name, _of_batch(tree))
    decided = body.made("(outcome, rule, person_id, weight, margin, records)")
    nobody = (*(0 for _ in columns), None)

    def decide(q: Row, rows: Sequence[Row], crowded: frozenset[str]) -> Row:
        found: Row = decided(q, (*counted(rows), 1) if rows else nobody, crowded)
        return found

    return decide


def _of_batch(tree: exp.Expr) -> exp.Expr:
    """Take the name of a table of the batch off a column of ours."""
    return tree.transform(
        lambda node: (
            exp.column(node.name) if isinstance(node, exp.Column) and node.table == "q" else node
        )
    )


def _ranked(body: _Body, ranked: exp.Select, people: list[str]) -> list[str]:
    """Write the choice of the best row, and what is counted beside it; name what was counted."""
    body.rows = people
    (window,) = ranked.args["windows"]
    keys = []
    for each in window.args["order"].expressions:
        key = body.writer.write(each.this)
        keys.append(f"-{key}" if each.args.get("desc") else key)
    body.lines.append(f"best = min(rows, key=lambda r: {_tuple(keys)})")
    added = []
    for name, tree in named(ranked):
        line = _beside(body, tree, people)
        if line:
            body.lines.append(f"{name} = {line}")
            added.append(name)
    return added


def _beside(body: _Body, tree: exp.Expr, people: list[str]) -> str:
    """Write what a window counts for the best row."""
    if not isinstance(tree, exp.Window) or isinstance(tree.this, exp.RowNumber):
        return ""
    within = [each.name for each in tree.args.get("partition_by") or [] if each.name != "row"]
    same = " and ".join(f"r[{people.index(n)}] == best[{people.index(n)}]" for n in within)
    match tree.this:
        case exp.Count():
            return f"sum([1 for r in rows if {same or 'True'}])"
        case exp.Max() if "CURRENT ROW" in tree.sql("duckdb").upper().partition("EXCLUDE")[2]:
            others = f"[{body.writer.write(tree.this.this)} for r in rows if r is not best]"
            return f"max({others}, default=None)"
    raise OfficeError(
        "the decision counts what has no reading in Python", where=tree.sql("duckdb")[:80]
    )


def _show(compared: list[str], columns: Iterable[Iterable[str]]) -> Callable[[Row, Row, Row], Row]:
    body = _Body("q, f, c")
    body.tuples = {"q": ASKED, "f": FILED, "c": compared}
    shown = []
    for texts in columns:
        parts = (body.writer.write(parsed(text)) for text in texts)
        shown.append(_tuple(parts))
    return body.made(_tuple(shown))
