"""Who is asked about by very few requests, counted in Python: the same numbers and places.

:mod:`ostiary.deciding.matching.repeat_limit` counts so for many. To plan its statements takes 10 ms
of processor time, whatever they find; a test holds the two together.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import pyarrow as pa

from ostiary.deciding.matching.coarse_tokens import coarse_tokens
from ostiary.deciding.matching.name_tokens import NAMES
from ostiary.deciding.matching.repeat_limit import number_of
from ostiary.deciding.reference.reader import ReferenceReader

COLUMNS = (
    *("row", "agency", "tin", "birth_date", "n_given", "n_given_group", "n_surname_key"),
    *("a_kind", "a_number", "a_pre", "a_street", "a_type", "a_post", "a_unit"),
    *("a_zip5", "a_city", "a_state"),
)
"""What is read of a request for it."""

_ADDRESS = ("a_kind", "a_number", "a_pre", "a_street", "a_type", "a_post", "a_unit")


class AskedPerson(NamedTuple):
    """Whom a request asks about, and where, as :data:`.matching.tables.ASKED_PEOPLE` has it."""

    row: int
    known_by: str
    person: int
    address: int


class AskedPlace(NamedTuple):
    """An address of a person, the how-manieth it is, and the row that asked first, if one here."""

    person: int
    address: int
    place: int
    row: int | None


def people_asked(requests: Iterable[Mapping[str, Any]], key: bytes) -> list[AskedPerson]:
    """Say whom requests ask about, as :func:`.matching.repeat_limit.mark_people` does.

    Args:
        requests: each with :data:`COLUMNS`.
        key: see :func:`.matching.repeat_limit.asking_key`.
    """
    return [
        AskedPerson(
            request["row"], kind, number_of(named, key), number_of(f"{named}\n{place}", key)
        )
        for request in requests
        for place in [address_text(request)]
        for kind, text in _known_by(request).items()
        for named in [f"{kind}|{request['agency'] or ''}|{text}"]
    ]


def places_asked(
    people: Sequence[AskedPerson], history: Iterable[tuple[int, int, int]]
) -> list[AskedPlace]:
    """Set each address that is asked about anew behind those of before, as many are counted.

    Args:
        people: whom the requests ask about.
        history: person, address and place of those asked about before.
    """
    before = [AskedPlace(*one, None) for one in history]
    known = {(one.person, one.address) for one in before}
    reached: defaultdict[int, int] = defaultdict(int)
    for one in before:
        reached[one.person] = max(reached[one.person], one.place)
    first: dict[tuple[int, int], int] = {}
    for asked in people:
        which = (asked.person, asked.address)
        if which not in known:
            first[which] = min(asked.row, first.get(which, asked.row))
    new = []
    for (person, address), row in sorted(first.items(), key=lambda item: (item[1], item[0][1])):
        reached[person] += 1
        new.append(AskedPlace(person, address, reached[person], row))
    return before + new


def tokens_of_person(opened: ReferenceReader, person_id: str) -> frozenset[str]:
    """Give the coarse tokens of all names under which a person is on file.

    The same as :func:`.matching.person_limit.coarse_of_people` makes of a table of people.
    """
    person = opened.person_of(person_id)
    if person is None:
        return frozenset()
    first, behind = (int(opened.first_record[one]) for one in (person, person + 1))
    rows = opened.records[first:behind]
    words = [opened.words[name].take(pa.array(rows[name])).to_pylist() for name in NAMES]
    names = set(zip(*words, strict=True))
    return frozenset(token for name in names for token in coarse_tokens(name, filed=True))


def _known_by(request: Mapping[str, Any]) -> dict[str, str]:
    """Give by what a person is known again, each with its text."""
    given = request["n_given_group"] or request["n_given"]
    name = "|".join(sorted((given, request["n_surname_key"])))
    known = {"tin": request["tin"]} if request["tin"] else {}
    if request["birth_date"] is not None:
        known["name-and-birth"] = f"{name}|{request['birth_date'].isoformat()}"
    return known | {"name": name}


def address_text(request: Mapping[str, Any]) -> str:
    """Give an address as :data:`.matching.repeat_limit.ADDRESS` does, the same in each spelling."""
    where = request["a_zip5"] or f"{request['a_city']} {request['a_state']}"
    return "|".join((*(request[name] for name in _ADDRESS), where))
