"""The registers of a synthetic world, and the keys its recipients open answers with."""

import csv
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from ostiary.domain.register_columns import REGISTERS
from ostiary.verifying.keys.files import Profile, key_text, new_opening_key, write_private
from ostiary.worlds.csv_files import write_csv
from ostiary.worlds.desks import Staff
from ostiary.worlds.texts import Text, constant, words

KEYS = 1000  # officers that get a key pair of their own

_SINCE = "2025-01-01"
_IN_OFFICE = "2025-01-25"

_AGENCIES = (
    ("dhs", "Department of Homeland Security", "true", _SINCE, "", "law-enforcement", ""),
    (
        "dhs-ice",
        "Immigration and Customs Enforcement",
        "true",
        _SINCE,
        "",
        "law-enforcement",
        "dhs",
    ),
    ("state-revenue", "A state's department of revenue", "false", _SINCE, "", "state-tax", ""),
)
_SIGNERS = (
    ("dhs-secretary", "dhs", "agency-head", _IN_OFFICE, ""),
    ("dhs-secretary", "dhs-ice", "agency-head", _IN_OFFICE, ""),
    ("dhs-ice-director", "dhs-ice", "component-head", _IN_OFFICE, ""),
    ("dhs-deputy-delegate", "dhs-ice", "delegate", _IN_OFFICE, ""),
    ("dhs-secretary-former", "dhs-ice", "agency-head", "2021-02-02", "2025-01-19"),
)


def write_registers(folder: Path, staff: Sequence[Staff], received: date) -> None:
    """Write agencies, signers, safeguards and notices.

    The department itself stands suspended since 1 May 2025 when officers of its own are on the
    staff, so that a request of its own is stopped; its component is not.
    """
    suspended = any(sort.agency == "dhs" for sort in staff)
    report = _last_report(received).isoformat()
    safeguards = (
        ("dhs", report, "", "2025-05-01" if suspended else "", "", "", "", ""),
        ("dhs-ice", report, "", "", "", "", "", ""),
        ("state-revenue", report, "", "", "", "", "", ""),
    )
    _write(folder, "agencies", _AGENCIES)
    _write(folder, "signers", _SIGNERS)
    _write(folder, "safeguards", safeguards)
    _write(folder, "notices", ())


def write_officers(
    registers: Path, recipients: Path, staff: Sequence[Staff], profile: Profile = "modern"
) -> tuple[int, int]:
    """Write ``officers.csv`` and the private keys of the first thousand officers.

    Keys are random: two worlds of one seed differ in them, and in nothing else.

    Returns:
        How many officers, and how many keys.
    """
    columns = [column.name for column in REGISTERS["officers"]]
    tables: list[pa.Table] = []
    officers = keys = 0
    for sort in staff:
        ids = sort.ids()
        made = list(_new_keys(recipients, ids[: KEYS - keys].to_pylist(), profile))
        keys, officers = keys + len(made), officers + len(ids)
        tables.append(pa.table(_officer_columns(sort, ids, made)))
    write_csv(registers / "officers.csv", columns, tables)
    return officers, keys


def _officer_columns(sort: Staff, ids: Text, keys: list[str]) -> dict[str, Any]:
    count = len(ids)
    return {
        "officer": ids,
        "agency": constant(sort.agency, count),
        "employee": constant("true" if sort.employee else "false", count),
        "from": constant(_SINCE, count),
        "until": constant("", count),
        "certified_until": constant("", count),
        "encryption_key": pa.concat_arrays([words(keys), constant("", count - len(keys))]),
    }


def _new_keys(recipients: Path, officers: Sequence[str], profile: Profile) -> Iterator[str]:
    for officer in officers:
        key = new_opening_key(profile)
        write_private(recipients / f"{officer}.pem", key)
        yield key_text(key.public_key())


def _write(folder: Path, register: str, rows: Sequence[Sequence[str]]) -> None:
    with (folder / f"{register}.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow([column.name for column in REGISTERS[register]])
        out.writerows(rows)


def _last_report(received: date) -> date:
    """Give the last 31 January on or before the day of receipt: reports are yearly."""
    this_year = date(received.year, 1, 31)
    return this_year if this_year <= received else date(received.year - 1, 1, 31)
