"""The sections that the book's registers of offences and of classes name."""

import csv
from pathlib import Path


def registered_sections(book: Path) -> list[str]:
    """Give the section of each offence, such as ``/us/usc/t8/s1253`` of ``(a)(1)``; none, no file.

    Args:
        book: the rule book's folder.

    Returns:
        One for each row of ``offenses.csv``, then of ``provision_classes.csv``.
    """
    return [
        "/".join(identifier.split("/")[:5])
        for register, column in _NAMING.items()
        for identifier in _column(book / "registers" / f"{register}.csv", column)
    ]


_NAMING = {"offenses": "offense", "provision_classes": "provision"}
"""Registers that name provisions of the Code, and the column that does."""


def _column(path: Path, column: str) -> list[str]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [row[column] for row in csv.DictReader(file)]
