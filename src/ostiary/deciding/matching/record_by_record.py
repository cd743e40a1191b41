"""Records one by one: what :meth:`.reference.reader.ReferenceReader.filed` gives in columns."""

from datetime import date

from ostiary.deciding.matching.one_decision import FILED, Row
from ostiary.deciding.reference.layout import PACKED, RECORD, TEXTS, UNBORN
from ostiary.deciding.reference.reader import COUNTED, TOLD, ReferenceReader
from ostiary.deciding.reference.twins import TWINS
from ostiary.deciding.standardisation.vocabulary.street_words import is_named_by_words

_EPOCH = date(1970, 1, 1).toordinal()
_AT = {name: place for place, name in enumerate(RECORD.names or ())}
_SURNAME, _GIVEN, _MIDDLE = (_AT[COUNTED[kind]] for kind in ("surname", "given", "middle"))
_TIN, _BORN, _STATED, _HOLD = (_AT[name] for name in ("tin", "born", "n_name_stated", "hold"))
_ID = FILED.index("person_id")
_FLAGS = [
    tuple(flags >> bit & 1 == 1 for bit in range(len(TWINS))) for flags in range(1 << len(TWINS))
]


class Filed:
    """The records of a reference, for looking at a few.

    Vocabularies are held in memory; records, people and buildings are read where they lie.
    """

    def __init__(self, opened: ReferenceReader) -> None:
        self._records = opened.records.view("u1").data
        self._first = opened.first_record.data
        self._ids = opened.ids
        self._building_of = opened.building_of.data
        self._buildings = opened.buildings.reshape(-1).data
        self._twins = opened.twins.data
        self._words = [opened.words[name].to_pylist() for name in TEXTS]
        named = opened.name_streets.to_pylist()
        self._streets = frozenset((*self._word("a_street"), *named)) - {""}
        self._common_names = opened.common_names
        self._units = self._word("a_unit")
        self._surname_known, self._given_known = (
            opened.known[kind].tolist() for kind in ("surname", "given")
        )
        self._given_common = opened.common.tolist()
        self._middle_common = opened.middle_common.tolist()
        self._surname_given_too, self._given_given_too = (
            opened.given_too[kind].tolist() for kind in ("surname", "given")
        )
        self._marked, self._shares, self._little = (opened.told[flag].tolist() for flag in TOLD)
        self._surname_bits, self._given_bits, self._middle_bits = (
            opened.name_bits[kind].tolist() for kind in ("surname", "given", "middle")
        )
        days = opened.births[0].tolist() if opened.births.size else []
        self._birth_bits = dict(zip(days, opened.birth_bits.tolist(), strict=True))
        self._place_bits = opened.place_bits.tolist()
        self._namesake_ppm = opened.namesake_ppm.tolist()

    def _word(self, column: str) -> list[str]:
        words: list[str] = self._words[TEXTS.index(column)]
        return words

    def person_of(self, record: int) -> int:
        """Give the person of a record."""
        person: int = PACKED.unpack_from(self._records, record * PACKED.size)[-1]
        return person

    def known_street(self, street: str) -> str | None:
        """Give a street when it is known, by the file, as a name or by its words."""
        return street if self._is_street(street) else None

    def known_head(self, street: str) -> str | None:
        """Give what stands before the last word of what is no street, where that is one."""
        head = street.rpartition(" ")[0]
        return head if self._is_street(head) and not self._is_street(street) else None

    def _is_street(self, street: str) -> bool:
        return street != "" and (
            street in self._streets or is_named_by_words(street, self._common_names)
        )

    def id_in(self, filed: Row) -> str:
        """Give the person's id in a record."""
        person_id: str = filed[_ID]
        return person_id

    def records_of(self, person: int) -> list[Row]:
        """Give the records of a person, with the columns :data:`FILED`."""
        person_id = self._ids[person].as_py()
        numbers = range(self._first[person], self._first[person + 1])
        return [self._record(number, person_id) for number in numbers]

    def _record(self, number: int, person_id: str) -> Row:
        row = PACKED.unpack_from(self._records, number * PACKED.size)
        place = 3 * self._building_of[number]
        born, tin, surname, given = row[_BORN], row[_TIN], row[_SURNAME], row[_GIVEN]
        return (
            *[words[text] for words, text in zip(self._words, row, strict=False)],
            row[_STATED],
            row[_HOLD],
            number,
            person_id,
            date.fromordinal(born + _EPOCH).isoformat() if born != UNBORN else "",
            f"{tin - 1:09d}" if tin else "",
            self._surname_known[surname],
            self._given_known[given],
            self._given_common[given],
            self._middle_common[row[_MIDDLE]],
            self._surname_given_too[surname],
            self._given_given_too[given],
            self._marked[given],
            self._shares[given],
            self._little[row[_MIDDLE]],
            self._buildings[place + 1],
            self._units[self._buildings[place + 2]],
            self._place_bits[self._buildings[place]],
            self._surname_bits[surname],
            self._given_bits[given],
            self._middle_bits[row[_MIDDLE]],
            self._birth_bits[born] if born != UNBORN else 0.0,
            self._namesake_ppm[given],
            *_FLAGS[self._twins[number]],
        )
