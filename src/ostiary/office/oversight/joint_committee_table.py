"""The statute's table in the form that the Joint Committee publishes: to, for, subsection, counts.

One row an agency and provision. The statute lists Federal agencies, and agencies under 26 USC
6103(d), (i)(3)(B)(i), (i)(7)(A)(ii) and (l)(6); what (p)(3)(A) exempts from the record is left out.
What the custodian tells of its own accord is nobody's request: it counts as a disclosure made
*otherwise*, and its records are no requests.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

OWN_INITIATIVE = frozenset({"/us/usc/t26/s6103/i/3/B"})
"""Provisions under which nobody asks: the custodian acts of its own accord."""

_NOT_FEDERAL = ("/us/usc/t26/s6103/d", "/us/usc/t26/s6103/i/3/B", "/us/usc/t26/s6103/i/7/A")


@dataclass(frozen=True, slots=True)
class TableRow:
    """One line of the table.

    Attributes:
        to: name of the agency.
        agency: its id.
        purpose: what the answers may be used for, in words.
        subsection: as people cite it.
        provision: its USLM id.
        requests: requests received in the year.
        on_request: instances of disclosure that were asked for.
        otherwise: instances of disclosure that nobody asked for.
        bulk: disclosures of a whole file; this corridor makes none.
        other: all others.
        total: both.
        taxpayers: people whose information was disclosed under it, each once.
    """

    to: str
    agency: str
    purpose: str
    subsection: str
    provision: str
    requests: int
    on_request: int
    otherwise: int
    bulk: int
    other: int
    total: int
    taxpayers: int


def is_listed(provision: str, *, federal: bool, accounting: str) -> bool:
    """Whether a disclosure belongs into the statute's table.

    Args:
        provision: that it was made under.
        federal: whether the agency is a Federal one.
        accounting: what the gateway's file says: ``recorded`` or ``exempt``.
    """
    return accounting == "recorded" and (federal or provision in _NOT_FEDERAL)


def table_row(
    agency: tuple[str, str], gateway: tuple[str, str, str], counts: tuple[int, int, int]
) -> TableRow:
    """Make a line.

    Args:
        agency: its id and name.
        gateway: provision, citation and use.
        counts: requests, disclosures and taxpayers.
    """
    name, full = agency
    provision, citation, use = gateway
    requests, disclosures, taxpayers = counts
    own = provision in OWN_INITIATIVE
    return TableRow(
        to=full,
        agency=name,
        purpose=use,
        subsection=citation,
        provision=provision,
        requests=0 if own else requests,
        on_request=0 if own else disclosures,
        otherwise=disclosures if own else 0,
        bulk=0,
        other=disclosures,
        total=disclosures,
        taxpayers=taxpayers,
    )


def table_csv(rows: Sequence[TableRow]) -> str:
    """Write the table as CSV."""
    text = io.StringIO()
    out = csv.DictWriter(text, [one.name for one in fields(TableRow)], lineterminator="\n")
    out.writeheader()
    out.writerows(asdict(one) for one in rows)
    return text.getvalue()


def stated(rows: Sequence[TableRow]) -> list[dict[str, Any]]:
    """Give the table for JSON."""
    return [asdict(one) for one in rows]
