"""All kinds of pairs, and how they become people on file and rows of a request file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from ostiary.worlds.real_dress import never, same_names, same_places, same_roads
from ostiary.worlds.real_dress.deck import Deck
from ostiary.worlds.real_dress.pairs import Pair, Words, columns
from ostiary.worlds.texts import Codes, Text, constant

NEVER: dict[str, Callable[[Deck], Pair]] = {
    "never-siblings": never.siblings,
    "never-markers": never.markers,
    "never-particles": never.particles,
    "never-units": never.units,
    "never-lettered-roads": never.lettered_roads,
    "never-named-roads": never.named_roads,
    "never-numbered-roads": never.numbered_roads,
    "never-unsaid-direction": never.unsaid_direction,
    "never-next-house": never.next_house,
    "never-other-post-office": never.other_post_office,
    "never-torn-place": never.torn_place,
    "never-misspelt-elsewhere": never.misspelt_elsewhere,
}
"""Kinds that must not be confirmed."""

SAME: dict[str, Callable[[Deck], Pair]] = {
    "same-middle-names": same_names.middle_names,
    "same-grown-particles": same_names.grown_particles,
    "same-double-surnames": same_names.double_surnames,
    "same-short-forms": same_names.short_forms,
    "same-suffixes": same_names.suffixes,
    "same-ranks": same_names.ranks,
    "same-transliterations": same_names.transliterations,
    "same-exchanged": same_names.exchanged,
    "same-numbers-in-words": same_roads.numbers_in_words,
    "same-lettered-streets": same_roads.lettered_streets,
    "same-ordinals": same_roads.ordinals,
    "same-numbered-roads": same_roads.numbered_roads,
    "same-directions": same_roads.directions,
    "same-grids": same_roads.grids,
    "same-hyphens": same_roads.hyphens,
    "same-cities": same_roads.cities,
    "same-units": same_places.units,
    "same-unit-elsewhere": same_places.unit_elsewhere,
    "same-two-units": same_places.two_units,
    "same-names-around": same_places.names_around,
    "same-boxes": same_places.boxes,
    "same-routes": same_places.routes,
    "same-posts": same_places.posts,
    "same-islands": same_places.islands,
}
"""Kinds that are to be confirmed."""

DRESSED = NEVER | SAME

_NAME = ("given_name", "middle_name", "surname", "name_suffix")
_ADDRESS = ("address_line", "unit", "city", "state", "postal_code")
_YEAR, _SOURCE = "2023", "return"
NOBODY = -1


@dataclass(frozen=True)
class Dressed:
    """Pairs laid out.

    Attributes:
        people: how many people stand on file.
        filed: their records, with every column of the reference file but ``person_id``.
        asked: for each kind, whom its requests mean (a row of ``filed``; ``NOBODY``), and the
            columns of a request that speak of the person.
    """

    people: int
    filed: pa.Table
    asked: dict[str, tuple[Codes, dict[str, Text]]]


def dress(rng: np.random.Generator, wanted: Mapping[str, int]) -> Dressed:
    """Make so many pairs of each kind, names of ``DRESSED``."""
    deck = Deck(rng)
    filed: list[Words] = []
    asked = {}
    for kind, count in wanted.items():
        meant, said = np.full(count, NOBODY), []
        for row in range(count):
            pair = DRESSED[kind](deck)
            if pair.meant is not None:
                meant[row] = len(filed) + pair.meant
            filed += pair.filed
            said.append(pair.asked)
        asked[kind] = meant, _request_columns(said)
    return Dressed(len(filed), _records(filed), asked)


def _request_columns(rows: list[Words]) -> dict[str, Text]:
    nothing = constant("", len(rows))
    return {
        **columns(rows, (*_NAME, *_ADDRESS)), "tin": nothing, **columns(rows, ("birth_date",)),
        "year": pa.array(np.full(len(rows), int(_YEAR))),
    }  # fmt: skip


def _records(rows: list[Words]) -> pa.Table:
    fixed = {"tin": "", "country": "US", "period": _YEAR, "source": _SOURCE, "hold": ""}
    return pa.table(
        columns(rows, (*_NAME, "birth_date", *_ADDRESS))
        | {name: constant(text, len(rows)) for name, text in fixed.items()}
    )
