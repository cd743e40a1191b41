"""Write the words of names of places that streets are named after.

    python tools/place_words.py

From the cities of ``worlds/places.parquet`` (Census gazetteer, GeoNames; see ``NOTICE`` and
decision 0063), words of four letters or more. Decision 0083 says why.
"""

import re
from pathlib import Path

import pyarrow.parquet as pq

_SOURCE = Path(__file__).parents[1] / "src" / "ostiary"
PLACES = _SOURCE / "worlds" / "places.parquet"
WORDS = _SOURCE / "deciding" / "standardisation" / "vocabulary" / "place_words.txt"


def words() -> str:
    """Give the file: one word a line, in order, in capitals."""
    cities = pq.read_table(PLACES, columns=["city"])["city"].unique().to_pylist()
    found = {word for city in cities for word in re.findall("[A-Z]{4,}", city)}
    return "".join(f"{word}\n" for word in sorted(found))


if __name__ == "__main__":
    WORDS.write_text(words(), "ascii")
