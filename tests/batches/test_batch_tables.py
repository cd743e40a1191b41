"""Each table of a batch is declared once, made as declared, and named in nobody's own words."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path

import pytest

import ostiary
from ostiary.domain.declared_table import DeclaredTable
from ostiary.domain.register_tables import REGISTER
from ostiary.office.batches import running
from ostiary.office.recovery.entering import at_work
from walks import RECEIVED

SOURCE = Path(ostiary.__file__).parent
_NAMED = re.compile(
    r"\b(?P<verb>FROM|JOIN|TABLE|VIEW|INTO|UPDATE|EXISTS)\s+(?P<name>[a-z_]+)\b(?!\()"
)
_FEW = 20
_NOT_STANDING = {"typed_requests", "comparable"}  # dropped on the way; nobody is stopped here
_OF_MANY = {"agency_within", "look_facts", "asked_people"}  # of few they are values of Python
_OF_SOMEBODY = {"asked_people", "stopped", "unbarred"}  # where nobody is looked for
_CTE = re.compile(r"\b([a-z_]+) AS \(")


def _declared() -> Iterator[DeclaredTable]:
    yield from REGISTER.values()
    for path in sorted(SOURCE.rglob("*tables.py")):
        module = ".".join(path.relative_to(SOURCE.parent).with_suffix("").parts)
        yield from (
            one for one in vars(import_module(module)).values() if isinstance(one, DeclaredTable)
        )


DECLARED: Mapping[str, DeclaredTable] = {str(table): table for table in _declared()}


def _standing(con) -> dict[str, dict[str, str]]:
    """Give the tables of a connection with the kinds of their columns, in order."""
    rows = con.execute(
        "SELECT table_name, column_name, data_type FROM duckdb_columns() WHERE NOT internal"
        " ORDER BY table_name, column_index"
    ).fetchall()
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for table, column, kind in rows:
        found[table][column] = kind
    return found


@pytest.fixture
def seen(monkeypatch) -> dict[str, dict[str, str]]:
    """The tables that stand when a run has done all but its last step."""
    found: dict[str, dict[str, str]] = {}
    finish = running.finish_folder

    def looked_at(con, *values):
        found.update(_standing(con))
        return finish(con, *values)

    monkeypatch.setattr(running, "finish_folder", looked_at)
    return found


@pytest.mark.parametrize(("rows", "determined"), [(_FEW, True), (600, False), (600, True)])
def test_a_run_makes_its_tables_as_they_are_declared(
    loaded_office, stores, world, tmp_path, seen, rows, determined
):
    lines = (world / "requests.csv").read_text().splitlines(keepends=True)
    (tmp_path / "requests.csv").write_text("".join(lines[: rows + 1]))
    with at_work(stores.copy(loaded_office, tmp_path / "office").root, on=RECEIVED) as place:
        running.run_batch(place, tmp_path / "requests.csv", RECEIVED, determined=determined)
    for name in sorted(set(seen) & set(DECLARED)):
        assert list(seen[name].items()) == list(DECLARED[name].columns.items()), name
    missing = set(DECLARED) - set(seen)
    unmade = (_OF_MANY if rows == _FEW else set()) | (set() if determined else _OF_SOMEBODY)
    assert missing == _NOT_STANDING | unmade


def _texts(path: Path) -> Iterator[str]:
    """Give what a module writes itself of its texts; what it puts in is left out as ``?``."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    passed_over = {id(one.value) for one in ast.walk(tree) if isinstance(one, ast.Expr)}
    for one in ast.walk(tree):
        if isinstance(one, ast.JoinedStr):
            passed_over |= {id(part) for part in one.values}
    for one in ast.walk(tree):
        if isinstance(one, ast.JoinedStr):
            yield "".join(
                str(part.value) if isinstance(part, ast.Constant) else "?" for part in one.values
            )
        elif isinstance(one, ast.Constant) and id(one) not in passed_over:
            yield str(one.value)


def _rooms() -> Iterator[tuple[str, Path, str]]:
    for floor in ("deciding", "office"):
        for path in sorted((SOURCE / floor).rglob("*.py")):
            room = path.relative_to(SOURCE / floor).parts[0]
            if room != "store":  # its tables are the case store's
                for text in _texts(path):
                    yield f"{floor}/{room}", path, text


def test_no_sql_names_a_declared_table_in_its_own_words():
    written = {
        (str(path.relative_to(SOURCE)), found["name"])
        for _, path, text in _rooms()
        for found in _NAMED.finditer(text)
        if found["name"] in DECLARED and found["name"] not in _CTE.findall(text)
    }
    assert written == set()


def test_no_room_reads_a_table_by_a_name_that_another_one_made_up():
    made, read = defaultdict(set), defaultdict(set)
    for room, _, text in _rooms():
        for found in _NAMED.finditer(text):
            kind = made if found["verb"] in {"TABLE", "VIEW"} and "CREATE" in text else read
            kind[found["name"]].add(room)
    shared = {
        name: (sorted(rooms), sorted(read[name] - rooms))
        for name, rooms in made.items()
        if read[name] - rooms
    }
    assert shared == {}
