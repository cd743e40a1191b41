"""One request, decided while somebody waits: the index is asked, and the decision is the batch's.

The vocabularies are read into memory once, when the file is opened (a second or two for 20
million people), but for what names anybody bears, which is sought where it lies; after that a
request costs some binary searches in mapped files and the comparison of the few people whom they
lead to.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from pathlib import Path

from ostiary.deciding.matching.candidates import BY_NAME, CLOSE, CROSSWISE, NAMESAKES, NEAR
from ostiary.deciding.matching.model import open_model
from ostiary.deciding.matching.one_decision import ASKED, Row, make_decision
from ostiary.deciding.matching.record_by_record import Filed
from ostiary.deciding.matching.side_by_side import FIELDS, FieldComparison, comparison_of
from ostiary.deciding.reference.blocking_keys import (
    GROWN_ON,
    KeyKind,
    asked_forms,
    hash_text,
    key_of,
    surname_words,
)
from ostiary.deciding.reference.hashes import hash_number
from ostiary.deciding.reference.known_names import KnownNames
from ostiary.deciding.reference.name_marks import MARKED, SAYS_LITTLE, SHARES
from ostiary.deciding.reference.name_spellings import with_bars
from ostiary.deciding.standardisation import StandardAddress, StandardName
from ostiary.deciding.standardisation.vocabulary.transliterations import (
    OTHER_GIVEN,
    OTHER_SURNAMES,
)
from ostiary.domain.errors import InputError
from ostiary.domain.words import Outcome, Verification

_NEARBY = 4096
_EPOCH = date(1970, 1, 1).toordinal()
_ADDRESS = attrgetter(*(column for column in ASKED if column.startswith("a_")))
_NAME = attrgetter(*(column for column in ASKED if column.startswith("n_")))
_PARTS = ("a_kind", "a_number", "a_street", "a_zip5", "a_city", "a_state")


@dataclass(frozen=True, slots=True)
class VerifiedOne:
    """What came of one request.

    Attributes:
        verification: as :func:`ostiary.deciding.matching.verify.verify_batch` gives it.
        comparison: field by field beside the person who stands out; empty when nobody does. It is
            for the custodian's officer.
        records: as :func:`.matching.verify.verify_batch` gives them; None unless confirmed.
    """

    verification: Verification
    comparison: tuple[FieldComparison, ...]
    records: list[int] | None


class SingleVerifier:
    """A reference that was opened for single requests.

    Several threads may ask it at the same time: it is only read.

    Attributes:
        digest: the model digest of what was opened.
    """

    def __init__(self, reference: Path) -> None:
        """Open a reference.

        Args:
            reference: the office's ``reference/``.

        Raises:
            OfficeError: there is none, or another version of the standard form wrote it.
        """
        model = open_model(reference)
        opened = model.opened
        self.digest = model.digest
        self._entries = {name: each.data for name, each in opened.entries.items()}
        self._low = (1 << opened.record_bits) - 1
        self._filed = Filed(opened)
        self._number_of = opened.person_of
        self._names = {kind: KnownNames(opened.names, kind) for kind in ("surname", "given")}
        self._steps = make_decision(self._filed, model.learned)

    def verify(
        self,
        name: StandardName,
        address: StandardAddress,
        birth_date: date | None = None,
        tin: str = "",
    ) -> VerifiedOne:
        """Verify one request that the law has let through.

        Args:
            name: in standard form.
            address: in standard form.
            birth_date: when it was given.
            tin: nine digits, or empty.
        """
        asked = self._asked(name, address, birth_date, tin)
        lines = lines_of(name, address, birth_date, tin)
        crowded: set[str] = set()
        near = self._meet(lines, NEAR, crowded)
        people = self._compare(asked, near)
        if not any(self._steps.tier(found) >= CLOSE for found, _, _ in people):
            people += self._compare(asked, self._meet(lines, NAMESAKES, crowded) - near)
        collapsed = [found for found, _, _ in people]
        outcome, rule, *more, records = self._steps.decide(asked, collapsed, frozenset(crowded))
        verification = Verification(Outcome(outcome), rule, *more)
        beside = self._beside(asked, people, verification.person_id)
        return VerifiedOne(verification, beside, records)

    def could_mean(
        self,
        name: StandardName,
        address: StandardAddress,
        birth_date: date | None,
        tin: str,
        person_id: str,
    ) -> bool:
        """Whether names agree, and nothing that the request gives speaks against the person.

        The same as :func:`ostiary.deciding.matching.verify.compare_pairs` tells of pairs.

        Args:
            name: as for :meth:`verify`, like the next three.
            address: see there.
            birth_date: see there.
            tin: see there.
            person_id: somebody in the reference; of anybody else it is false.
        """
        person = self._number_of(person_id)
        if person is None:
            return False
        asked = self._asked(name, address, birth_date, tin)
        ((found, _, _),) = self._compare(asked, [person])
        return self._steps.tier(found) >= BY_NAME and not self._steps.contradicted(found)

    def _asked(
        self, name: StandardName, address: StandardAddress, birth_date: date | None, tin: str
    ) -> Row:
        """Give the columns of ``match_asked``."""
        born = birth_date.isoformat() if birth_date else ""
        others = _spellings(name) if birth_date else ("", "")
        return (*_NAME(name), *_ADDRESS(address), tin, born, *self._known_of(name), *others)

    def _known_of(self, name: StandardName) -> tuple[bool, ...]:
        """Give what is known of the names, as :func:`.matching.comparison.ask` does."""
        surnames, given = self._names["surname"], self._names["given"]
        surname, key = name.n_surname, name.n_surname_key
        several = " " in surname
        words = [surnames.get(word) for word in surname_words(surname)] if several else []
        stem = None if several else re.search(GROWN_ON, surname)
        whole = several and surname.replace(" ", "") in surnames
        return (
            bool(surnames.get(key)) or (bool(words) and all(words)),
            bool(given.get(name.n_given)),
            key in surnames or whole or (bool(words) and None not in words),
            stem is not None and stem[1] in surnames,
            name.n_given in given,
            name.n_middle in given,
            name.n_given in MARKED,
            name.n_given in SHARES,
            name.n_middle in SAYS_LITTLE,
        )

    def _meet(
        self, lines: "Iterable[Line]", kinds: Iterable[KeyKind], crowded: set[str]
    ) -> set[int]:
        """Give the people whom keys lead to; note the kinds that are crowded."""
        records: set[int] = set()
        low = self._low
        for kind in kinds:
            entries = self._entries[kind.name]
            for line in lines:
                if not line.asks(kind) or not (key := key_of(kind, line.hashed)):
                    continue
                found = self._entries_of(entries, key, kind.cap)
                if len(found) > kind.cap:
                    crowded.add(kind.name)
                else:
                    records.update([entry & low for entry in found])
        return {self._filed.person_of(record) for record in records}

    def _entries_of(self, entries: "memoryview", key: int, cap: int) -> "memoryview":
        """Give the entries of a key, or one more than the cap.

        Keys are spread evenly, so the search begins near the place where an even spread has it.
        """
        size, lowest = len(entries), key & ~self._low
        guess = key * size >> 64
        start, end = max(0, guess - _NEARBY), min(size, guess + _NEARBY)
        if (start and entries[start - 1] >= lowest) or (end < size and entries[end] < lowest):
            start, end = 0, size
        first = bisect_left(entries, lowest, start, end)
        behind, highest = first, key | self._low
        while behind < size and entries[behind] <= highest and behind - first <= cap:
            behind += 1
        return entries[first:behind]

    def _compare(self, asked: Row, people: Iterable[int]) -> list[tuple[Row, list[Row], list[Row]]]:
        """Give for each person what was found of them, and their records compared and as filed."""
        found = []
        for person in people:
            filed = self._filed.records_of(person)
            compared = [self._steps.compare(asked, record) for record in filed]
            found.append((self._steps.collapse(compared), compared, filed))
        return found

    def beside(
        self,
        name: StandardName,
        address: StandardAddress,
        birth_date: date | None,
        tin: str,
        person_id: str,
    ) -> tuple[FieldComparison, ...]:
        """Show a request beside one person, at the address of theirs that comes closest.

        Args:
            name: as for :meth:`verify`, like the next three.
            address: see there.
            birth_date: see there.
            tin: see there.
            person_id: the person, as the verification names them.

        Raises:
            InputError: the reference holds no such person.
        """
        person = self._number_of(person_id)
        if person is None:
            raise InputError(
                "no such person in the reference",
                cure="verify the batch again: the reference may have been replaced",
            )
        asked = self._asked(name, address, birth_date, tin)
        return self._beside(asked, self._compare(asked, [person]), person_id)

    def _beside(
        self, asked: Row, people: list[tuple[Row, list[Row], list[Row]]], person_id: str
    ) -> tuple[FieldComparison, ...]:
        """Show the request beside the closest record of one person."""
        for _, compared, filed in people:
            if person_id and self._filed.id_in(filed[0]) == person_id:
                pairs = zip(compared, filed, strict=True)
                closest = min(pairs, key=lambda pair: self._steps.closeness(pair[0]))
                shown = self._steps.show(asked, closest[1], closest[0])
                return tuple(
                    comparison_of(field, each)
                    for (field, *_), each in zip(FIELDS, shown, strict=True)
                )
        return ()


@dataclass(frozen=True, slots=True)
class Line:
    """One way to look a request up; see :class:`ostiary.deciding.matching.candidates.Asked`."""

    hashed: dict[str, int]
    crosswise: bool = False
    plain: bool = False

    def asks(self, kind: KeyKind) -> bool:
        """Tell whether a kind of key is looked up in this way."""
        if self.crosswise:
            return kind.name in CROSSWISE
        return self.plain or "surname" in kind.parts


def lines_of(
    name: StandardName, address: StandardAddress, birth_date: date | None, tin: str
) -> list[Line]:
    """Hash the parts of a request, once for each way to look it up."""
    hashed = {part: hash_text(part, getattr(address, part)) for part in _PARTS}
    hashed["born"] = hash_number("born", birth_date.toordinal() - _EPOCH) if birth_date else 0
    hashed["tin"] = hash_number("tin", int(tin) + 1) if tin else 0
    born = birth_date is not None
    key, *forms = asked_forms(name.n_surname, name.n_surname_key, born=born)
    plain = hashed | {
        "surname": hash_text("surname", key),
        "given": hash_text("given", name.n_given_group),
    }
    turned = hashed | {
        "surname": hash_text("surname", name.n_given),
        "given": hash_text("given", name.n_surname_key),
    }
    return [
        Line(plain, plain=True),
        Line(turned, crosswise=True),
        *(Line(plain | {"surname": hash_text("surname", form)}) for form in forms),
    ]


def _spellings(name: StandardName) -> tuple[str, str]:
    """Give the other spellings of given name and surname, as ``ask`` does."""
    given, surname = OTHER_GIVEN.get(name.n_given), OTHER_SURNAMES.get(name.n_surname_key)
    return with_bars(given) if given else "", with_bars(surname) if surname else ""
