"""What may stand in a field of the form: choices from book and registers, not ids to type."""

from collections.abc import Iterator, Mapping
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from ostiary.deciding.law.citations import citation_text
from ostiary.domain.words import Layer
from ostiary.faces.server.site import Site

Choice = tuple[str, str]
MOST_BOXES = 60
"""Recipients of an agency up to whom boxes are drawn; above, ids are suggested as one types."""
_MOST = 1_000
"""Rows of an agency that are looked through: a list of more is of no use to anybody."""
OFFENCE = "/us/usc/t8/s1253/a/1"
_GROUNDS = (
    ("1", "inadmissible at entry, or violates status"),
    ("2", "criminal offences"),
    ("3", "failure to register, falsified documents"),
    ("4", "security"),
    ("5", "public charge"),
    ("6", "unlawful voters"),
)


_PROGRAMMES = (
    ("i", "aid to families, part A of title IV"),
    ("ii", "medical assistance, title XIX, or subsidies for prescriptions"),
    ("iii", "supplemental security income, title XVI"),
    ("iv", "a State plan under title I, X, XIV or XVI"),
    ("v", "unemployment compensation"),
    ("vi", "food and nutrition assistance"),
    ("vii", "supplementary payments by a State"),
    ("viii/I", "veterans' pension by need"),
    ("viii/II", "compensation to parents of veterans"),
    ("viii/III", "veterans' health care by need"),
    ("ix", "housing assistance"),
)
"""Clauses of 26 USC 6103(l)(7)(D) that something is opened for, with what each is, in short."""

_FINDINGS = (
    ("crime", "A specific crime was committed"),
    ("relevance", "The information is or may be relevant to it"),
    ("exclusive-use", "It is for that use alone, and not to be had elsewhere"),
)
"""What a judge finds under 26 USC 6103(i)(1)(B)(i) to (iii), in short."""
_TITLES = frozenset({"8", "18"})
"""Titles of the Code whose criminal sections are suggested: immigration, and crimes at large."""


def form_choices(
    site: Site, agency: str, provision: str, day: date
) -> Mapping[str, tuple[Choice, ...]]:
    """Give for fields with a closed list what may be chosen: value and text."""
    book, tables = site.snapshot().law.book, site.snapshot().law.registers.tables
    signers = [
        (row["signer"], f"{row['signer']} ({row['office']})".replace("-", " "))
        for row in _standing(tables["signers"], agency, day)
    ]
    items = sorted(book.answerable(provision, None))
    return {
        "signer": (("", ""), *dict.fromkeys(signers)),
        "agreement": (("", "none"), *_agreements(site, agency, provision, day)),
        "recipients": tuple(
            dict.fromkeys(
                (row["officer"], row["officer"])
                for row in _standing(tables["officers"], agency, day)
            )
        ),
        "items": (asked := tuple((one, one.replace("-", " ").capitalize()) for one in items)),
        "court_order_items": asked,
        "court_order_findings": _FINDINGS,
    }


def suggestions(site: Site, day: date) -> Mapping[str, tuple[Choice, ...]]:
    """Give for open fields what is often meant, on a day: value and text."""
    ground, benefits = "/us/usc/t8/s1227/a/", "/us/usc/t26/s6103/l/7/D/"
    return {
        "offense": ((OFFENCE, "8 USC 1253(a)(1), failure to depart"), *_offences(site, day)),
        "removal_basis": tuple(
            (f"{ground}{number}", f"8 USC 1227(a)({number}), {text}") for number, text in _GROUNDS
        ),
        "programme": tuple((f"{benefits}{clause}", text) for clause, text in _PROGRAMMES),
    }


def _offences(site: Site, day: date) -> Iterator[Choice]:
    """Give the sections that the register of offences says are criminal, of the titles above."""
    table = site.snapshot().law.registers.tables["offenses"]
    for row in table.filter(pc.equal(table["kind"], "criminal")).to_pylist():
        uslm = row["offense"]
        title = uslm.removeprefix("/us/usc/t").partition("/")[0]
        if title in _TITLES and _stands(row, day) and uslm != OFFENCE:
            yield uslm, citation_text(uslm) or uslm


def _agreements(site: Site, agency: str, provision: str, day: date) -> Iterator[Choice]:
    """Give the agreements of the book under a provision, and those of the register."""
    law = site.snapshot().law
    for one in law.book.instruments:
        speaks = f"'{provision}'" in one.applies.sql()
        if one.layer is Layer.AGREEMENT and day in one.period and speaks:
            yield one.id, one.title
    for row in _standing(law.registers.tables["agreements"], agency, day):
        if row["provision"] == provision:
            yield row["agreement"], row["agreement"]


def _standing(table: pa.Table, agency: str, day: date) -> Iterator[dict[str, str]]:
    """Give the rows of a register that stand on a day for an agency; of very many, the first."""
    for row in table.filter(pc.equal(table["agency"], agency)).slice(0, _MOST).to_pylist():
        if _stands(row, day):
            yield row


def _stands(row: Mapping[str, str], day: date) -> bool:
    return row["from"] <= str(day) and (not row["until"] or row["until"] >= str(day))
