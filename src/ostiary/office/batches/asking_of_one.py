"""How often the person of one request was asked about, counted without a table.

An officer's step looks at one request. Two counts can stop it, and as long as neither is beyond its
limit, what :class:`.batches.asking_limit.AskingLimit` would store of the request is told here, the
same to the last digest:

1. the addresses asked about under what the request says, by keyed digests;
2. where somebody is confirmed, the addresses of all earlier requests that share a token with a name
   of theirs, and that the levels accept for them. Each counts in full here, while the tables count
   one of several namesakes in part: so nobody whom they stop is let through.

Where either is beyond its limit, or more than :data:`_MOST_READ` requests share a token, tables
have to tell. How long the second count takes hangs on what any agency asked about such names. Only
for a step whose time tells nobody anything (:func:`.batches.verification.compare`, ``unwatched``).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ostiary.deciding.intake.facts_of_few import FiledRequest
from ostiary.deciding.intake.facts_of_one import by_column, standard_form, stored_request
from ostiary.deciding.matching.asked_by_few import (
    address_text,
    people_asked,
    places_asked,
    tokens_of_person,
)
from ostiary.deciding.matching.coarse_tokens import coarse_tokens
from ostiary.deciding.matching.name_tokens import NAMES
from ostiary.deciding.matching.repeat_limit import asking_key, number_of
from ostiary.deciding.matching.single import SingleVerifier
from ostiary.deciding.reference.reader import ReferenceReader
from ostiary.office.batches.overtaking import OvertakenError
from ostiary.office.folder.matching_config import MatchingLimits
from ostiary.office.folder.session import OfficeSession

_MOST_READ = 60
"""Earlier requests that are read one by one, a quarter of a millisecond each; more by tables."""

AskedRow = tuple[int, int | None, int]
"""Keyed digest of a person or name, of the address (None of a name), and the request."""


class InDoubtError(Exception):
    """What came of a request cannot be told without tables; nothing has been stored."""


@dataclass(slots=True)
class AskingOfOne:
    """The limit on one request.

    Attributes:
        place: the office.
        one: the request, in standard form.
    """

    place: OfficeSession
    one: FiledRequest
    _counted_to: int = field(default=0, init=False)
    _newly: list[tuple[int, int]] = field(default_factory=list, init=False)
    _key: bytes = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Read the key under which the office counts; it is asked for several times a look."""
        self._key = asking_key(self.place.office.secret())

    def count(self) -> None:
        """Count at which addresses its person was asked about, as the request is written.

        Raises:
            InDoubtError: one of them is beyond the limit, which hangs on what was asked alone.
        """
        self._counted_to = self.place.store.last_asking()
        values = self._values(self.one)
        people = people_asked([values], self._key)
        known = {one.person for one in people} if self._counted_to else ()
        places = places_asked(people, self.place.store.places_asked(known))
        if any(one.place > self._limits().addresses_per_person for one in places):
            raise InDoubtError
        self._newly = [(one.person, one.address) for one in places if one.row is not None]

    def count_person(self, opened: ReferenceReader, asker: SingleVerifier, person_id: str) -> None:
        """See that who is confirmed was not asked about at too many addresses.

        Args:
            opened: the reference.
            asker: the same, as it is opened for single requests.
            person_id: who is confirmed; empty for nobody.

        Raises:
            InDoubtError: they may have been, by the agency or by all.
        """
        if not person_id or not self._counted_to:
            return
        asked = {(self.one.request["agency"], address_text(self._values(self.one)))}
        for one in self._earlier(tokens_of_person(opened, person_id)):
            request = one.request
            born, tin = request["birth_date"], request["tin"] or ""
            if asker.could_mean(one.name, one.address, born, tin, person_id):
                asked.add((request["agency"], address_text(self._values(one))))
        limits = self._limits()
        own = [place for agency, place in asked if agency == self.one.request["agency"]]
        every = {place for _, place in asked}
        if len(own) > limits.addresses_per_person or len(every) > limits.addresses_of_all_agencies:
            raise InDoubtError

    def count_again(self, opened: ReferenceReader, asker: SingleVerifier, person_id: str) -> None:
        """Count anew what others stored meanwhile; call it inside the transaction.

        Raises:
            OvertakenError: now somebody may be beyond the limit; nothing has been stored.
        """
        if self.place.store.last_asking() == self._counted_to:
            return
        try:
            self.count()
            self.count_person(opened, asker, person_id)
        except InDoubtError:
            raise OvertakenError from None

    def rows(self) -> Iterator[AskedRow]:
        """Give what is stored: places first, in order, then names by their digest."""
        yield from (
            (person, address, self.one.row)
            for person, address in sorted(self._newly, key=lambda one: one[1])
        )
        numbers = sorted(self._numbers(self._own_tokens()))
        yield from ((number, None, self.one.row) for number in numbers)

    def _own_tokens(self) -> frozenset[str]:
        """Give the tokens of the name asked for."""
        standard = by_column(self.one.name)
        return coarse_tokens([standard[name] for name in NAMES], filed=False)

    def _earlier(self, tokens: frozenset[str]) -> Iterator[FiledRequest]:
        """Give the earlier requests that share a token, each once.

        Raises:
            InDoubtError: there are more than are read here, or one is kept with fewer columns.
        """
        found = {one.id: one for one in self.place.store.askings(self._numbers(tokens))}
        if len(found) > _MOST_READ:
            raise InDoubtError
        for one in found.values():
            try:
                request = stored_request(one.payload)
                yield FiledRequest(one.id, request, *standard_form(request), reason_digest=None)
            except KeyError:
                raise InDoubtError from None  # an older office kept fewer columns

    def _values(self, one: FiledRequest) -> dict[str, Any]:
        return {"row": one.row, **one.request} | by_column(one.name) | by_column(one.address)

    def _numbers(self, tokens: frozenset[str]) -> list[int]:
        return [number_of(token, self._key) for token in sorted(tokens)]

    def _limits(self) -> MatchingLimits:
        return self.place.office.config.matching
