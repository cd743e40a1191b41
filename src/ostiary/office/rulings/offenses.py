"""The sections that the book's register of offences names."""

import csv
from pathlib import Path


def sections_of_offenses(book: Path) -> list[str]:
    """Give the section of each offence, such as ``/us/usc/t8/s1253`` of ``(a)(1)``; none, no file.

    Args:
        book: the rule book's folder.
    """
    path = book / "registers" / "offenses.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return ["/".join(row["offense"].split("/")[:5]) for row in csv.DictReader(file)]
