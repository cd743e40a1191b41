"""What may stand in a field of the form: choices from book and registers, not ids to type."""

from collections.abc import Iterator, Mapping
from datetime import date

import pyarrow as pa

from ostiary.domain.words import Layer
from ostiary.faces.server.site import Site

Choice = tuple[str, str]
MOST_BOXES = 24
"""Recipients of an agency up to whom boxes are drawn; above, ids are suggested as one types."""
OFFENCE = "/us/usc/t8/s1253/a/1"
_GROUNDS = (
    ("1", "inadmissible at entry, or violates status"),
    ("2", "criminal offences"),
    ("3", "failure to register, falsified documents"),
    ("4", "security"),
    ("5", "public charge"),
    ("6", "unlawful voters"),
)


def form_choices(
    site: Site, agency: str, provision: str, day: date
) -> Mapping[str, tuple[Choice, ...]]:
    """Give for fields with a closed list what may be chosen: value and text."""
    book, tables = site.snapshot().law.book, site.snapshot().law.registers.tables
    signers = [
        (row["signer"], f"{row['signer']} ({row['office']})".replace("-", " "))
        for row in _standing(tables["signers"], day)
        if row["agency"] == agency
    ]
    items = sorted(book.answerable(provision, None))
    return {
        "signer": (("", ""), *dict.fromkeys(signers)),
        "agreement": (("", "none"), *_agreements(site, agency, provision, day)),
        "recipients": tuple(
            dict.fromkeys(
                (row["officer"], row["officer"])
                for row in _standing(tables["officers"], day)
                if row["agency"] == agency
            )
        ),
        "items": tuple((one, one.replace("-", " ").capitalize()) for one in items),
    }


def suggestions() -> Mapping[str, tuple[Choice, ...]]:
    """Give for open fields what is often meant: value and text."""
    ground = "/us/usc/t8/s1227/a/"
    return {
        "offense": ((OFFENCE, "8 USC 1253(a)(1), failure to depart"),),
        "removal_basis": tuple(
            (f"{ground}{number}", f"8 USC 1227(a)({number}), {text}") for number, text in _GROUNDS
        ),
    }


def _agreements(site: Site, agency: str, provision: str, day: date) -> Iterator[Choice]:
    """Give the agreements of the book under a provision, and those of the register."""
    law = site.snapshot().law
    for one in law.book.instruments:
        speaks = f"'{provision}'" in one.applies.sql()
        if one.layer is Layer.AGREEMENT and day in one.period and speaks:
            yield one.id, one.title
    for row in _standing(law.registers.tables["agreements"], day):
        if (row["agency"], row["provision"]) == (agency, provision):
            yield row["agreement"], row["agreement"]


def _standing(table: pa.Table, day: date) -> Iterator[dict[str, str]]:
    """Give the rows of a register that stand on a day."""
    for row in table.to_pylist():
        if row["from"] <= str(day) and (not row["until"] or row["until"] >= str(day)):
            yield row
