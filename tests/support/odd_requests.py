"""Requests as nobody should write them, near people on file: damaged, hostile, half empty."""

import random
from collections.abc import Iterator

Told = dict[str, str | None]

TEXTS = (
    *("given_name", "middle_name", "surname", "name_suffix", "address_line", "unit", "city"),
    *("state", "postal_code", "country"),
)
_STRANGE = (
    *("", " ", "'", '"', "\\", "\\'", "%", "_", "--", "; DROP TABLE match_asked", "NULL", "${x}"),
    *("\t", "\n", "É", "ß", "Ω", "Ł", "李", "שלום", "e\u0301", "\u200b", "\u202e"),
    *("😀", "0", "A" * 300, "JR", "PO BOX 1", "#", "1/2"),
)


def odd_requests(filed: list[Told], count: int, seed: int) -> Iterator[Told]:
    """Damage what is on file, in one to three places.

    Args:
        filed: people as the reference file has them: :data:`TEXTS`, ``birth_date``, ``tin``.
        count: how many requests to make.
        seed: the same seed makes the same requests.
    """
    chance = random.Random(seed)
    for _ in range(count):
        told = dict(chance.choice(filed))
        for _ in range(chance.randint(1, 3)):
            column = chance.choice((*TEXTS, "birth_date", "tin"))
            told[column] = _damaged(chance, told, column, chance.choice(filed))
        yield told


def _damaged(chance: random.Random, told: Told, column: str, other: Told) -> str | None:
    if column in {"birth_date", "tin"}:
        return chance.choice((None, other[column]))
    text = told[column] or ""
    place = chance.randrange(len(text) + 1)
    before, behind = text[:place], text[place:]
    return chance.choice(
        (
            None,
            other[column],
            chance.choice(_STRANGE),
            before + chance.choice(_STRANGE) + behind,
            before + behind[1:],
            before + behind[1:2] + behind[:1] + behind[2:],
            before + chance.choice("AEINORST") + behind,
            text.lower(),
            text[:1],
        )
    )
