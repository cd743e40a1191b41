"""The page that tells what Ostiary does with the file of August 2025, beside what happened then."""

from collections.abc import Mapping
from typing import Any

from jinja2 import Environment, PackageLoader

_PAGES = Environment(
    loader=PackageLoader("ostiary.office.oversight"),
    autoescape=False,  # noqa: S701 - Markdown, and every word in it is ours or a number
    trim_blocks=True,
    lstrip_blocks=True,
)
_PAGES.filters["n"] = lambda number: f"{number:,}"

# The record: D.D.C., 26 February 2026, and the declarations it rests on.
THEN = {
    "rows": 1_280_000,
    "sent": 47_289,
    "never_compared": 42_695,
    "officers": 1,
    "days_until_noticed": 169,
}

KINDS = {
    "tin-address-elsewhere": "name and TIN of somebody on file, at an address that is not theirs",
    "tin-address-on-file": "name, TIN and address of somebody on file; the address unread then",
    "address-in-other-format": "no TIN; the address of somebody on file in another format",
    "not-in-file": "nobody on file",
    "tin-failed-to-provide": "name and TIN; the address says it was not provided",
    "tin-unknown": "name and TIN; the address says it is unknown",
    "tin-na-na": "name and TIN; the address says NA NA",
    "tin-no-number": "name and TIN; a street without a number",
    "tin-no-street": "name and TIN; a number without a street",
    "tin-jail": "name and TIN; a jail without a building",
    "tin-dont-care": "name and TIN; any words and a ZIP",
    "tin-zeros": "name and TIN; 00000",
    "tin-zip-only": "name and TIN; a ZIP alone",
}


def august_page(told: Mapping[str, Any]) -> str:
    """Render the Markdown page from what ``ostiary bench august`` found.

    Args:
        told: ``people``, ``rows``, ``seed``, ``machine`` and ``runs``: for ``as it was`` and
            ``cured`` the batch's ``summary`` and the ``truth`` it was held against.
    """
    page = _PAGES.get_template("august.md").render(then=THEN, kinds=KINDS, **told)
    return f"{page.rstrip()}\n"
