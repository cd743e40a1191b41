"""The coarse tokens of one name, in Python: to plan the statement takes longer than ten names do.

The same as :func:`ostiary.deciding.matching.name_tokens.make_coarse` makes of a table of names,
part by part under the same names; a test holds the two together.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from ostiary.deciding.matching.name_tokens import known_forms
from ostiary.deciding.reference.name_marks import MARKED
from ostiary.deciding.standardisation.vocabulary.transliterations import PROPHETS

_WORD = 2  # letters from which a name is more than an initial
_UMLAUTS = (("UE", "U"), ("OE", "O"), ("AE", "A"))


@dataclass(frozen=True, slots=True)
class _Shaped:
    """The parts of a name that tokens are put together from."""

    given: str
    grouped: str
    middle: str
    surname: str
    key: str

    @property
    def whole_given(self) -> str:
        """The given name, without blanks."""
        return self.given.replace(" ", "")

    @property
    def whole_surname(self) -> str:
        """The surname, without blanks."""
        return self.surname.replace(" ", "")

    @property
    def halved(self) -> str:
        """Given and middle name in one."""
        return self.given + self.middle.replace(" ", "")

    def surnames(self) -> list[str]:
        """Give the forms of the surname as it stands."""
        plain = self.key
        for double, single in _UMLAUTS:
            plain = plain.replace(double, single)
        return [one for one in (self.key, self.whole_surname, plain, *self._surname_words()) if one]

    def all_surnames(self) -> list[str]:
        """Give those beside them that tables let stand for it."""
        return [*self.surnames(), *known_forms().get(("surname", self.key), ())]

    def givens(self) -> list[str]:
        """Give the forms of the given name, what a short form may stand for among them."""
        found = [self.whole_given, self.grouped, *self.given.split(" ")]
        if len(self.middle) >= _WORD:
            found.append(self.halved)
        if self.given in PROPHETS:
            found.append(self.middle.replace(" ", ""))
        found += known_forms().get(("shared", self.given), ())
        return [one for one in found if one]

    def given_forms(self) -> tuple[str, ...]:
        """Give other spellings of the given name."""
        return known_forms().get(("given", self.given), ())

    def given_letters(self) -> set[str]:
        """Give the first two letters of the given name."""
        return set(self.given[:2])

    def two_letters(self) -> set[str]:
        """Give the first two letters of the surname."""
        return set(self.key[:2]) | set(self.whole_surname[:2])

    def swapped(self) -> Iterator[str]:
        """Give tokens of given name and surname in each other's place."""
        firsts = _firsts([*self.surnames(), *self._surname_words()])
        return _product("S", [self.whole_given, *self.given.split(" ")], firsts)

    def slips(self, *, filed: bool) -> list[str]:
        """Give the given names beside which a slip in the surname is looked for."""
        found = [self.whole_given, self.grouped]
        if filed:
            found.append(self.halved)
            found += (self.given[:end] for end in range(1, len(self.given) - 1))
            found += self.given_forms()
        return found

    def _surname_words(self) -> list[str]:
        return self.surname.split(" ")


def coarse_tokens(name: Sequence[str], *, filed: bool) -> frozenset[str]:
    """Give the coarse tokens of a name.

    Args:
        name: the columns :data:`.matching.name_tokens.NAMES`.
        filed: whether it is of a record, or else of a request.
    """
    given, group, middle, surname, key = name
    if not given or not key:
        return frozenset()
    shaped = _Shaped(given, group or given, middle, surname, key)
    return frozenset(_filed(shaped) if filed else _asked(shaped))


def _asked(name: _Shaped) -> Iterator[str]:
    yield from _product("S", name.surnames(), _firsts(name.givens()) | name.given_letters())
    if name.given in MARKED:
        yield from _product("S", name.surnames(), "*")
    yield from _product("E", name.slips(filed=False), name.two_letters())


def _filed(name: _Shaped) -> Iterator[str]:
    letters = _firsts([*name.givens(), *name.given_forms()]) | {"*"} | name.given_letters()
    if min(len(name.given), len(name.middle)) >= _WORD:
        letters.add(name.middle[0])
    yield from _product("S", name.all_surnames(), letters)
    yield from name.swapped()
    if name.given in MARKED:
        yield from _product("S", name.all_surnames(), ascii_uppercase)
    yield from _product("E", name.slips(filed=True), name.two_letters())


def _firsts(names: Iterable[str]) -> set[str]:
    return {one[:1] for one in names}


def _product(kind: str, ones: Iterable[str], others: Iterable[str]) -> Iterator[str]:
    """Give tokens of every two."""
    others = list(others)
    return (f"{kind}|{one}|{other}" for one in ones for other in others)
