"""The facts of one request, while somebody waits: no engine is asked.

The formulas are those of a file (:mod:`.intake.formulas` reads the same texts), and what the
registers say on a day comes from the same statements, asked once a day. A request stands alone, as
on the day of disclosure, when what spans requests was judged at admission; or in the company of its
file and of the office's history (:mod:`ostiary.deciding.intake.facts_of_few`).
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, cast

import duckdb

from ostiary.deciding.intake.derivations import DERIVATIONS
from ostiary.deciding.intake.facts import Days, sum_up_registers
from ostiary.deciding.intake.formulas import Row, formula
from ostiary.deciding.intake.lookups import Lookups
from ostiary.deciding.intake.named_rows import named_rows
from ostiary.deciding.standardisation import (
    StandardAddress,
    StandardName,
    standard_address,
    standard_name,
)
from ostiary.domain.columns import REQUEST
from ostiary.domain.facts import VOCABULARY, Value
from ostiary.domain.period import Period
from ostiary.domain.register_tables import REGISTER
from ostiary.domain.request import Request

_DATES = tuple(column.name for column in REQUEST if column.kind == "date")
_BY_AGENCY = {
    "a": "speaking_agencies",
    "g": "standing_safeguards",
    "k": "noticed",
    "z": "suspended_agencies",
}
_COUNTED = ("named", "unknown", "not_employed", "uncertified", "open_matters")


@dataclass(frozen=True, slots=True)
class Company:
    """What spans requests, as one of them sees it; by default nothing does.

    Attributes:
        file_rows: requests of the file.
        others: how many *other* people the very same reason is given for, here and before.
        matters: in how many further matters of the file it is given.
        people: how many people of the file its matter is about.
        open_matters: how many matters the fullest desk among its recipients carries.
    """

    file_rows: int = 1
    others: int = 0
    matters: int = 0
    people: int = 1
    open_matters: int = 1


ALONE = Company()


def stored_request(payload: str) -> Request:
    """Read a request from the JSON in which the store keeps it: typed, as intake left it."""
    request: dict[str, Any] = json.loads(payload)
    for name in _DATES:
        request[name] = date.fromisoformat(request[name]) if request[name] else None
    return cast("Request", request)


def standard_form(request: Request) -> tuple[StandardName, StandardAddress]:
    """Put name and address of a typed request into standard form."""
    return (
        standard_name(
            request["given_name"],
            request["middle_name"],
            request["surname"],
            request["name_suffix"],
        ),
        standard_address(
            request["address_line"],
            request["unit"],
            request["city"],
            request["state"],
            request["postal_code"],
            request["country"],
        ),
    )


class RegistersOnADay:
    """What the registers say on one day, ready to be asked about one request after the other."""

    def __init__(self, con: duckdb.DuckDBPyConnection, days: Days) -> None:
        """Ask the registers.

        Args:
            con: holds the registers ``reg_*``; some temporary tables are made in it.
            days: the legal time of the facts.
        """
        sum_up_registers(con, days)
        self._days = {
            "received": days.received,
            "disclosed": days.disclosed,
            "day": days.disclosed or days.received,
        }
        self._agreements = named_rows(con, "FROM standing_agreements")
        self._lookups = Lookups(con)
        self._nothing = {letter: _nulls(con, table) for letter, table in _BY_AGENCY.items()}
        self._of_agency = {
            letter: {row["agency"]: row for row in named_rows(con, f"FROM {table}")}
            for letter, table in _BY_AGENCY.items()
        }
        self._employee = {
            (row["officer"], row["agency"]): (row["employee"], row["certified"])
            for row in named_rows(con, "FROM engaged_officers")
        }
        self._offices: dict[tuple[str, str], list[Row]] = {}
        for row in named_rows(con, f"FROM {REGISTER['signers']}"):
            self._offices.setdefault((row["signer"], row["agency"]), []).append(row)
        self._ranks: dict[str, list[Row]] = {}
        for row in named_rows(con, "FROM ranks_anywhere"):
            self._ranks.setdefault(row["signer"], []).append(row)

    def facts(
        self,
        request: Request,
        name: StandardName,
        address: StandardAddress,
        company: Company = ALONE,
    ) -> dict[str, Value]:
        """Derive the facts of a request.

        Args:
            request: typed, see :func:`stored_request`.
            name: its name in standard form.
            address: its address in standard form.
            company: what its file and the office's history say of it.

        Returns:
            Every word of the vocabulary, as :func:`.intake.facts.derive_facts` gives it in
            that company: alone, for a file of this one request and an office without history.
        """
        agency = request["agency"]
        rows: dict[str, Row] = {
            letter: found.get(agency, self._nothing[letter])
            for letter, found in self._of_agency.items()
        }
        rows |= {
            "r": {**request, **by_column(name), **by_column(address)},
            "d": self._days,
            "n": {"file_rows": company.file_rows},
            "s": {"office": self._office(request)},
            "e": {one: self._ranks_as(request, one) for one in ("heads", "gathers")},
            "w": self._recipients(request["recipients"] or (), agency, company.open_matters),
            "y": {"others": company.others, "matters": company.matters},
            "m": {"people": company.people},
            "x": self._lookups.of(request, name),
        }
        tables = {"standing_agreements": self._agreements}
        return {fact: derive(rows, tables) for fact, derive in _formulas().items()}

    def _office(self, request: Request) -> str | None:
        """Give the office that the signer held on the day of signing."""
        rows = self._offices.get((request["signer"] or "", request["agency"] or ""), ())
        return min((row["office"] for row in _held(rows, request["signed_on"])), default=None)

    def _ranks_as(self, request: Request, what: str) -> bool:
        """Say whether the signer held, anywhere, a rank of a kind on the day of signing."""
        rows = self._ranks.get(request["signer"] or "", ())
        return any(row[what] for row in _held(rows, request["signed_on"]))

    def _recipients(self, recipients: Iterable[str], agency: str | None, carried: int) -> Row:
        """Count recipients as a file does."""
        named = set(recipients)
        if not named:
            return dict.fromkeys(_COUNTED)
        known = [(name, agency) for name in named if (name, agency) in self._employee]
        unemployed = [one for one in known if self._employee[one][0] is False]
        uncertified = [one for one in unemployed if not self._employee[one][1]]
        counted = (len(named), len(named) - len(known), len(unemployed), len(uncertified), carried)
        return dict(zip(_COUNTED, counted, strict=True))


def _held(rows: Iterable[Row], signed: date | None) -> Iterator[Row]:
    """Give the rows of the register that hold on the day of a signature."""
    if signed is not None:
        yield from (row for row in rows if signed in Period(row["from"], row["until"]))


@cache
def _formulas() -> dict[str, Any]:
    return {name: formula(DERIVATIONS[name]) for name in VOCABULARY}


def _nulls(con: duckdb.DuckDBPyConnection, table: str) -> Row:
    found = con.execute(f"SELECT * FROM {table} LIMIT 0")
    names = [column[0] for column in found.description]
    found.fetchall()
    return dict.fromkeys(names)


def by_column(one: StandardName | StandardAddress) -> dict[str, Any]:
    """Give the values of a standard form by column, without a copy of each."""
    return {name: getattr(one, name) for name in one.__dataclass_fields__}
