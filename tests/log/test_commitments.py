"""Commitments: the same in Python and in SQL, and nothing to be guessed from them."""

from collections.abc import Iterator

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ostiary.domain.errors import InputError
from ostiary.verifying.log.commitments import (
    commit,
    commit_sql,
    commitment_root,
    field_salt,
    new_salts,
    open_commitment,
)
from ostiary.verifying.log.tree import leaf_hash, tree_root

SALT = "00112233445566778899aabbccddeeff"
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
ODD = [
    "",
    " ",
    "\n",
    "a\nb",
    "'",
    '"',
    "\\",
    "é",
    "e\u0301",
    "😀",
    "\u202e",
    "\x00",
    "\x7f",
    "ß" * 500,
]


@pytest.fixture(scope="module")
def database() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        yield connection


def in_sql(con: duckdb.DuckDBPyConnection, salt: str, label: str, value: str) -> str:
    row = con.execute(f"SELECT {commit_sql('s', label, 'v')} FROM (SELECT ? s, ? v)", [salt, value])
    return row.fetchall()[0][0]


@pytest.mark.parametrize("value", ODD)
def test_sql_and_python_commit_alike_to_odd_values(
    database: duckdb.DuckDBPyConnection, value: str
) -> None:
    assert in_sql(database, SALT, "surname", value) == commit(SALT, "surname", value)


@settings(max_examples=40)
@given(st.binary(min_size=16, max_size=16), texts)
def test_sql_and_python_commit_alike(
    database: duckdb.DuckDBPyConnection, salt: bytes, value: str
) -> None:
    assert in_sql(database, salt.hex(), "content", value) == commit(salt.hex(), "content", value)


def test_one_field_can_be_opened_without_opening_its_neighbour() -> None:
    shown = field_salt(SALT, "surname")
    assert open_commitment(shown, "surname", "TESTPERSON") == commit(SALT, "surname", "TESTPERSON")
    assert shown != field_salt(SALT, "birth_date")
    assert open_commitment(shown, "birth_date", "x") != commit(SALT, "birth_date", "x")


def test_salt_label_and_value_all_change_a_commitment() -> None:
    made = {
        commit(SALT, "a", "v"),
        commit(SALT[::-1], "a", "v"),
        commit(SALT, "b", "v"),
        commit(SALT, "a", "w"),
        commit(SALT, "a", "v\n"),
    }
    assert len(made) == 5


def test_salts_are_128_bits_and_never_the_same() -> None:
    salts = new_salts(1000)
    assert len(set(salts)) == 1000
    assert {len(bytes.fromhex(salt)) for salt in salts} == {16}
    assert new_salts(0) == []


@pytest.mark.parametrize("salt", ["", SALT[:-1], SALT + "0", SALT.upper(), "g" * 32, SALT + "\n"])
def test_a_weak_or_odd_salt_is_refused(salt: str) -> None:
    with pytest.raises(InputError):
        commit(salt, "surname", "x")


@pytest.mark.parametrize("label", ["", "a b", "a\nb", "Ä", "x'; DROP TABLE t --", "a" * 81])
def test_a_label_cannot_carry_anything_else(label: str) -> None:
    with pytest.raises(InputError):
        commit(SALT, label, "x")
    with pytest.raises(InputError):
        commit_sql("s", label, "v")


def test_the_root_over_commitments_is_the_trees() -> None:
    made = [commit(SALT, "n", str(n)) for n in range(5000)]
    for size in (0, 1, 2, 255, 256, 257, 4096, 4097, 5000):
        expected = tree_root([leaf_hash(each.encode()) for each in made[:size]])
        assert commitment_root(iter(made[:size])) == expected.hex()
