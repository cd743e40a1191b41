"""Taking the openings of some deletions out of the file that holds them all."""

from collections.abc import Collection
from pathlib import Path
from typing import Any

from ostiary.domain.errors import InputError
from ostiary.office.redaction.verifying import read_openings


def unseal(
    secrets: Path, *, numbers: Collection[int], sections: Collection[int], every: bool
) -> dict[str, Any]:
    """Give the openings of deletions by number (from 1), of whole sections, or all.

    Raises:
        InputError: the file holds no openings, or none was chosen, or there is no such one.
    """
    told = read_openings(secrets)
    openings = told["openings"]
    cure = f"deletions are numbered from 1 to {len(openings)}; or name a section, or --all"
    if any(number > len(openings) for number in numbers):
        raise InputError("there is no such deletion", where=str(secrets), cure=cure)
    chosen = [
        one
        for number, one in enumerate(openings, start=1)
        if every or number in numbers or one["section"] in sections
    ]
    if not chosen:
        what = "no deletion stands in the sections named" if sections else "no deletion was named"
        raise InputError(what, where=str(secrets), cure=cure)
    return told | {"openings": chosen}
