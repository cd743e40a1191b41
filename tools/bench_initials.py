"""How often initials that are searched for stop a text that says nothing of the person.

Made-up people, firms and streets, of names that the census of 1990 counts, each withheld on its
own; the texts are this repository's documentation and rule book, which name nobody of them.

python tools/bench_initials.py
"""

import random
from pathlib import Path

import duckdb

from ostiary.office.redaction.haystack import Haystack
from ostiary.office.redaction.needles import needles_of

_CENSUS = "src/ostiary/worlds/census_1990.parquet"
_FOLDERS = ("docs", "book")
_EACH, _NAMES = 400, 1000
_FIRM, _ROAD = ("Industries", "Partners", "Supply Company"), ("Street", "Avenue", "Lane")


def main() -> None:
    """Print, for each kind, how many pairs of a name and a text are stopped by initials."""
    paths = [path for folder in _FOLDERS for path in sorted(Path(folder).rglob("*.md"))]
    texts = [Haystack([path.read_text()]) for path in paths]
    drawn = random.Random(0)  # noqa: S311 - made-up names
    given, surnames = names("female"), names("surname")
    kinds = {
        "two words": lambda: [drawn.choice(given), drawn.choice(surnames)],
        "three words": lambda: [*drawn.choices(given, k=2), drawn.choice(surnames)],
        "four words": lambda: [*drawn.choices(given, k=2), *drawn.choices(surnames, k=2)],
        "firms": lambda: [drawn.choice(surnames), drawn.choice(_FIRM)],
        "streets": lambda: ["12", drawn.choice(surnames), drawn.choice(_ROAD)],
    }
    for kind, draw in kinds.items():
        people = [" ".join(draw()) for _ in range(_EACH)]
        stopped = sum(stops(person, texts) for person in people)
        print(f"{kind}: {stopped} of {len(people) * len(texts):,} pairs in {len(texts)} texts")


def names(kind: str) -> list[str]:
    """The most usual names of a kind, as they are written."""
    asked = "from read_parquet(?) select name where borne_as = ? order by share desc, name"
    found = duckdb.execute(asked, [_CENSUS, kind]).fetchmany(_NAMES)
    return [str(name).title() for (name,) in found]


def stops(person: str, texts: list[Haystack]) -> int:
    """How many texts the initials of one person stop."""
    initials = {one.initials for one in needles_of([person]) if one.initials}
    return sum(any(text.has_initials(one) for one in initials) for text in texts)


if __name__ == "__main__":
    main()
