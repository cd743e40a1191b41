"""One request beside one person, field by field: what an officer looks at before approving.

What is on file is shown to the custodian's own officer; it is no part of any answer.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from ostiary.deciding.matching import comparison
from ostiary.deciding.matching.deciding_words import WHY
from ostiary.deciding.matching.learned import Learned
from ostiary.deciding.matching.model import open_model
from ostiary.deciding.matching.verify import (
    compare_with,
    drop_steps,
    know_names,
    planned_as_written,
)
from ostiary.deciding.matching.weights import parts_sql
from ostiary.domain.errors import InputError

_STREET = "trim(concat_ws(' ', nullif({s}.a_number, ''), nullif({s}.a_pre, ''),"
_STREET += " nullif({s}.a_street, ''), nullif({s}.a_type, ''), nullif({s}.a_post, '')))"
_PLACE = "trim(concat_ws(' ', nullif({s}.a_city, ''), nullif({s}.a_state, ''), {s}.a_zip5))"
_TIN = "CASE WHEN {s}.tin = '' THEN '' ELSE '*****' || right({s}.tin, 4) END"

# Field, how it is shown on either side, and the level that was reached.
FIELDS = (
    ("given name", "{s}.n_given", "given_level"),
    ("middle name", "{s}.n_middle", "middle_level"),
    ("surname", "{s}.n_surname", "surname_level"),
    ("suffix", "{s}.n_suffix", "suffix_level"),
    ("birth date", "{s}.born", "birth_level"),
    ("TIN", _TIN, "tin_level"),
    ("number and street", _STREET, "door_level"),
    ("unit", "{s}.a_unit", "unit_level"),
    ("city, state and ZIP", _PLACE, "place_level"),
)

_SHOWN = 5  # given, on file, level, bits, why


@dataclass(frozen=True, slots=True)
class FieldComparison:
    """One field of a request beside the same field on file, both in standard form.

    Attributes:
        field: what is compared.
        given: as the request gives it; a TIN shows its last four digits.
        on_file: as the file has it, likewise.
        level: how far the two agree, a level of :mod:`ostiary.deciding.matching.levels`.
        bits: what the field adds to the weight; the whole address stands at its street.
        why: the words that decided, where the level does not say it all.
    """

    field: str
    given: str
    on_file: str
    level: str
    bits: float = 0.0
    why: str = ""


def compare_one(
    con: duckdb.DuckDBPyConnection, requests_table: str, row: int, reference: Path, person_id: str
) -> tuple[FieldComparison, ...]:
    """Compare one request with one person, at the address of theirs that comes closest.

    Args:
        con: connection that holds the requests.
        requests_table: as for :func:`ostiary.deciding.matching.verify.verify_batch`.
        row: the request.
        reference: the office's ``reference/``.
        person_id: the person, as the verification names them.

    Raises:
        InputError: the table has no such row, or the reference no such person.
        OfficeError: there is no reference, or another version of the standard form wrote it.
    """
    model = open_model(reference)
    try:
        know_names(con, model.opened)
        comparison.ask(con, f"(SELECT * FROM {requests_table} WHERE row = {int(row)})")
        with planned_as_written(con, 1):
            compare_with(con, model, model.opened.person_of(person_id))
            found = _closest(con, model.learned)
    finally:
        drop_steps(con)
    if not found:
        raise InputError(
            "no such request, or no such person in the reference",
            where=f"row {row}",
            cure="verify the batch again: the reference may have been replaced",
        )
    values = found[0]
    return tuple(
        comparison_of(field, values[_SHOWN * place : _SHOWN * (place + 1)])
        for place, (field, _, _) in enumerate(FIELDS)
    )


def comparison_of(field: str, shown: tuple[str, str, str, float, str]) -> FieldComparison:
    """Make the comparison of a field of what the SQL of :func:`shown_sql` gave for it."""
    given, on_file, level, bits, why = shown
    return FieldComparison(field, given, on_file, level, float(bits), why)


def shown_sql(learned: Learned) -> list[tuple[str, ...]]:
    """Give SQL for what is shown of each field: either side, level, bits and words."""
    bits = bits_sql(learned)
    return [
        (
            value.format(s="q"),
            value.format(s="f"),
            level,
            bits.get(level, "0"),
            WHY.get(level, "''"),
        )
        for _, value, level in FIELDS
    ]


def _closest(con: duckdb.DuckDBPyConnection, learned: Learned) -> list[tuple[Any, ...]]:
    shown = ", ".join(text for field in shown_sql(learned) for text in field)
    return con.execute(
        f"""
        SELECT {shown}
        FROM match_compared c JOIN match_asked q USING (row) JOIN match_filed f USING (record)
        ORDER BY c.tier DESC, c.weight DESC, record LIMIT 1
        """
    ).fetchall()


def bits_sql(learned: Learned) -> dict[str, str]:
    """Give SQL for what each level adds to the smaller of the two sums, which is the weight."""
    stranger, housemate = parts_sql(learned)
    sums = [" + ".join(parts.values()) for parts in (stranger, housemate)]
    return {
        "door_level" if field == "address" else field: (
            f"CASE WHEN {sums[0]} <= {sums[1]} THEN {part} ELSE {housemate[field]} END / 100"
        )
        for field, part in stranger.items()
    }
