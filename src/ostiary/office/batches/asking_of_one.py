"""How often the person of one request was asked about, counted without a table.

An officer's step looks at one request. As long as nobody can be beyond a limit, which a count of
digests shows, :class:`.batches.asking_limit.AskingLimit` has nothing to stop; then what it would
store of the request is told here, the same to the last digest. Where somebody may be beyond it, the
levels of names have to be asked, and that is a matter for tables. Only for a step whose time tells
nobody anything (:func:`.batches.verification.compare`, ``unwatched``).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from ostiary.deciding.intake.facts_of_few import FiledRequest
from ostiary.deciding.intake.facts_of_one import by_column
from ostiary.deciding.matching.asked_by_few import people_asked, places_asked, tokens_of_person
from ostiary.deciding.matching.coarse_tokens import coarse_tokens
from ostiary.deciding.matching.name_tokens import NAMES
from ostiary.deciding.matching.repeat_limit import asking_key, number_of
from ostiary.deciding.reference.reader import ReferenceReader
from ostiary.office.batches.overtaking import OvertakenError
from ostiary.office.folder.session import OfficeSession

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

    def count(self) -> None:
        """Count at which addresses its person was asked about, as the request is written.

        Raises:
            InDoubtError: one of them is beyond the limit; or so many requests share a token with
                this one that whoever it finds may be. Both hang on what was asked, so that which
                way a look took says nothing of what it found.
        """
        self._counted_to = self.place.store.last_asking()
        values = {"row": self.one.row, **self.one.request}
        values |= by_column(self.one.name) | by_column(self.one.address)
        people = people_asked([values], self._key())
        known = {one.person for one in people} if self._counted_to else ()
        places = places_asked(people, self.place.store.places_asked(known))
        if any(one.place > self._most() for one in places):
            raise InDoubtError
        self._newly = [(one.person, one.address) for one in places if one.row is not None]
        self._check_few(self._own_tokens())

    def count_person(self, opened: ReferenceReader, person_id: str) -> None:
        """See that so few requests met who is confirmed that the limit cannot be in question.

        A record has a few tokens more than a request of the same name, so this is seldom in doubt
        where :meth:`count` was not.

        Args:
            opened: the reference.
            person_id: who is confirmed; empty for nobody.

        Raises:
            InDoubtError: there are more.
        """
        self._check_few(tokens_of_person(opened, person_id) if person_id else frozenset())

    def count_again(self, opened: ReferenceReader, person_id: str) -> None:
        """Count anew what others stored meanwhile; call it inside the transaction.

        Raises:
            OvertakenError: now somebody may be beyond the limit; nothing has been stored.
        """
        if self.place.store.last_asking() == self._counted_to:
            return
        try:
            self.count()
            self.count_person(opened, person_id)
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

    def _check_few(self, tokens: frozenset[str]) -> None:
        """See that no more earlier requests share a token than one agency may ask about anybody.

        Raises:
            InDoubtError: there are more.
        """
        earlier = set()
        if self._counted_to and tokens:
            earlier = {one.id for one in self.place.store.askings(self._numbers(tokens))}
        if 1 + len(earlier) > self._most():
            raise InDoubtError

    def _numbers(self, tokens: frozenset[str]) -> list[int]:
        key = self._key()
        return [number_of(token, key) for token in sorted(tokens)]

    def _most(self) -> int:
        return self.place.office.config.matching.addresses_per_person

    def _key(self) -> bytes:
        return asking_key(self.place.office.secret())
