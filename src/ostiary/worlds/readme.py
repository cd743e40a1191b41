"""The note that lies beside every synthetic world."""

from collections.abc import Mapping
from datetime import date

_NOTE = """\
Everything in this folder is synthetic
======================================

No person in these files exists. Given names and surnames are drawn by the frequencies of the 1990
census, cities and ZIP codes are real, streets and house numbers are composed, and birth dates are
drawn. Taxpayer numbers are of the areas 000 and 666, which are never issued; there are two million
of them, so in a larger file they are spread evenly and the other people have none.

Scenario {scenario}, seed {seed}, requests dated for receipt on {received}.
The same arguments give the same files. Only the keys are random: `recipients/` and the column
`encryption_key` of `registers/officers.csv` are new each time.

people.parquet    the reference file: one row a person and address
requests.csv      the request file
registers/        agencies, signers, officers, safeguards and notices that the requests rely on
recipients/       private keys of the first thousand officers, to open answers with
truth.parquet     what is true of each request
confirmed.txt     some requests that are lawful and end confirmed: begin with one of them

The truth holds for the rule book as shipped with these registers, leaving court orders aside. A row
that repeats the id of an earlier row has no line of its own in it: the line is the earlier row's.

Requests by kind
----------------
{kinds}
"""


def readme(scenario: str, seed: int, received: date, kinds: Mapping[str, int]) -> str:
    """Write the note.

    Args:
        scenario: name of the scenario.
        seed: the seed.
        received: the day the requests are dated for.
        kinds: rows of each kind.
    """
    width = max(len(kind) for kind in kinds)
    lines = "\n".join(f"{kind:{width}}  {rows:>9,}" for kind, rows in kinds.items())
    return _NOTE.format(scenario=scenario, seed=seed, received=received, kinds=lines)
