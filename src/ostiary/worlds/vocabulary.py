"""Given names and surnames with the frequencies of the 1990 census."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow.parquet as pq

from ostiary.worlds.chance import happens
from ostiary.worlds.name_lists import CLOSE, KINDRED, NICKNAMES, PARTICLE_SURNAMES, TWINS
from ostiary.worlds.texts import Codes, Text, words

Weights = npt.NDArray[np.float64]

_CENSUS = Path(__file__).with_name("census_1990.parquet")

_COMMON = 2000  # the commonest surnames are never kept back for strangers
_KEPT_BACK = 20  # of the rest, each twentieth is
_PARTICLES = 0.015  # share of people with a surname such as DE LA CRUZ


@dataclass(frozen=True, slots=True)
class Names:
    """Vocabularies of names; a person carries codes into them.

    Attributes:
        given: given names of both sexes.
        male, female: cumulative shares over ``given``.
        group: for each given name, the number of its family of forms (BILL, WILLIAM, WILL).
        nickname, twin, close: code of the everyday form, of the twin of the other sex, or of
            another name almost alike; -1 without one.
        surnames: surnames.
        share: cumulative shares over ``surnames``; those kept back for strangers have none.
        kept_back: codes of surnames that nobody of the file bears.
    """

    given: Text
    male: Weights
    female: Weights
    group: Codes
    nickname: Codes
    twin: Codes
    close: Codes
    surnames: Text
    share: Weights
    kept_back: Codes


def drawn(rng: np.random.Generator, shares: Weights, count: int) -> Codes:
    """Draw codes by cumulative shares."""
    return np.searchsorted(shares, rng.random(count), side="right").astype(np.int64)


def any_given(rng: np.random.Generator, names: Names, count: int) -> Codes:
    """Draw given names, about half of them of each sex."""
    male, female = drawn(rng, names.male, count), drawn(rng, names.female, count)
    return np.where(happens(rng, 0.5, count), male, female)


@cache
def load_names() -> Names:
    """Make the vocabularies of the synthetic worlds."""
    male, female = census_shares("male"), census_shares("female")
    extra = [
        *NICKNAMES,
        *NICKNAMES.values(),
        *TWINS,
        *TWINS.values(),
        *CLOSE,
        *CLOSE.values(),
        *(n for k in KINDRED for n in k),
    ]
    given = list(dict.fromkeys([*male, *female, *extra]))
    code = {name: number for number, name in enumerate(given)}
    surnames, share, kept_back = _surnames()
    return Names(
        given=words(given),
        male=_cumulative([male.get(name, 0.0) for name in given]),
        female=_cumulative([female.get(name, 0.0) for name in given]),
        group=_groups(code),
        nickname=_partners(NICKNAMES, code),
        twin=_partners(TWINS, code),
        close=_partners(CLOSE, code),
        surnames=words(surnames),
        share=share,
        kept_back=kept_back,
    )


@cache
def census_shares(borne_as: str) -> dict[str, float]:
    """Give the names that the census lists, the commonest first, with the percentage of bearers.

    Args:
        borne_as: ``male`` or ``female`` for given names, ``surname``.

    Source: Census Bureau, frequently occurring names of the 1990 census, a work of the United
    States. Shares are whole thousandths of a percent; the rarest surnames have none.
    """
    listed = pq.read_table(_CENSUS, filters=[("borne_as", "=", borne_as)])
    shares = zip(listed["name"].to_pylist(), listed["share"].to_pylist(), strict=True)
    return {name: share / 1000 for name, share in shares}


def _surnames() -> tuple[list[str], Weights, Codes]:
    """List surnames, their cumulative shares and the codes kept back for strangers."""
    common = list(census_shares("surname").items())
    weights = np.array([max(share, 0.0002) for _, share in common])
    kept_back = np.arange(_COMMON, len(common), _KEPT_BACK)
    weights[kept_back] = 0.0
    each = weights.sum() * _PARTICLES / len(PARTICLE_SURNAMES)
    weights = np.append(weights, np.full(len(PARTICLE_SURNAMES), each))
    return [name for name, _ in common] + list(PARTICLE_SURNAMES), _cumulative(weights), kept_back


def _cumulative(weights: list[float] | Weights) -> Weights:
    shares = np.cumsum(np.asarray(weights, np.float64))
    whole: Weights = shares / shares[-1]
    return whole


def _partners(pairs: dict[str, str], code: dict[str, int]) -> Codes:
    partners = np.full(len(code), -1, np.int64)
    for name, partner in pairs.items():
        partners[code[name]] = code[partner]
    return partners


def _groups(code: dict[str, int]) -> Codes:
    """Number the families of name forms: forms that share a member are one family."""
    group = np.arange(len(code), dtype=np.int64)
    for family in [*KINDRED, *NICKNAMES.items()]:
        numbers = [group[code[name]] for name in family]
        group[np.isin(group, numbers)] = min(numbers)
    return group
