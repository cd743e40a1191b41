"""What is changed of a filed person to make a decoy of each kind, in SQL.

``f`` is the filed record, ``o`` another one, ``number`` the number of the decoy.
"""

from ostiary.deciding.matching.comparison import ASKED
from ostiary.deciding.reference.twins import BOXED
from ostiary.deciding.standardisation.vocabulary.nicknames import OWN_NAMES_TOO, SHARED_FORMS
from ostiary.deciding.standardisation.vocabulary.surnames import MARKERS

_ADDRESS = tuple(column for column in ASKED if column.startswith("a_"))

_INITIAL = "chr(CAST(65 + (ascii(f.n_middle) - 65 + 1 + number % 25) % 26 AS INTEGER))"

_NEXT_NUMBER = "CAST(TRY_CAST(f.a_number AS BIGINT) + 2 AS VARCHAR)"

# The next number as a hurried hand writes it: 20O for 200, where 198 is on file.
_NEXT_DRAWN = (
    f"left({_NEXT_NUMBER}, length({_NEXT_NUMBER}) - 1) || CASE right({_NEXT_NUMBER}, 1)"
    " WHEN '0' THEN 'O' WHEN '1' THEN 'I' ELSE 'Z' END"
)

_NO_DAY = "CAST(NULL AS DATE)"

# LORI, daughter of LORRAINE.
_SHORT_FORMS = {name: short for short in OWN_NAMES_TOO for name in SHARED_FORMS[short]}

_SHORT_FORM = (
    "CASE f.n_given "
    + " ".join(f"WHEN '{name}' THEN '{short}'" for name, short in sorted(_SHORT_FORMS.items()))
    + " ELSE '' END"
)


def _next(letter: str) -> str:
    """Give SQL for the letter behind another one, or the digit behind another one."""
    return (
        f"CASE WHEN {letter} BETWEEN '0' AND '9' THEN chr(48 + (ascii({letter}) - 48 + 1) % 10)"
        f" ELSE chr(65 + (ascii({letter}) - 65 + 1) % 26) END"
    )


def _put(text: str, place: str, letter: str) -> str:
    return f"left({text}, {place} - 1) || {letter} || substr({text}, {place} + 1)"


def _with_last(text: str, last: str) -> str:
    return f"left({text}, length({text}) - 1) || {last}"


_INNER = "CAST(2 + number % greatest(length(f.n_given) - 2, 1) AS INTEGER)"

_UNLISTED = f"({_put('f.n_given', _INNER, _next(f'substr(f.n_given, {_INNER}, 1)'))})"

LAST_WORD = "regexp_extract(f.n_surname, '[^ ]+$')"
"""The word of a surname that its particles stand before."""


def _other_surname(column: str) -> str:
    return f"left(f.{column}, length(f.{column}) - length({LAST_WORD})) || s.twin"


# APT 4 becomes APT 5, FL 4 or APT 41; BLDG 1 APT 23 also becomes BLDG 12 APT 3, and
# a hall another hall.
_OTHER_UNIT = f"""CASE
    WHEN regexp_matches(f.a_unit, '^BLDG [A-Z]{{3,}}( |$)') AND number % 2 = 0
        THEN regexp_replace(f.a_unit, '^BLDG ', 'BLDG NEW')
    WHEN regexp_matches(f.a_unit, '^BLDG [0-9]+ APT [0-9]{{2,}}$') AND number % 2 = 0
        THEN regexp_replace(f.a_unit, '^(BLDG [0-9]+) APT ([0-9])', '\\1\\2 APT ')
    WHEN number % 3 = 0 AND starts_with(f.a_unit, 'APT ') THEN 'FL ' || substr(f.a_unit, 5)
    WHEN number % 3 = 1 THEN f.a_unit || '1'
    ELSE {_with_last("f.a_unit", _next("right(f.a_unit, 1)"))} END"""

# A road that is a number, a letter, or a compass word inside; else two names, both of them streets.
_COMPASS = (("NORTH", "SOUTH"), ("SOUTH", "NORTH"), ("EAST", "WEST"), ("WEST", "EAST"))

_TURNED = " ".join(
    f"WHEN contains(f.a_street, '{one}') THEN replace(f.a_street, '{one}', '{other}')"
    for one, other in _COMPASS
)

_HUNDRED_ON = (
    "regexp_replace(f.a_street, '[0-9]+',"
    " CAST(TRY_CAST(regexp_extract(f.a_street, '[0-9]+') AS BIGINT) + 100 AS VARCHAR))"
)

_OTHER_ROAD = f"""CASE
    WHEN regexp_matches(f.a_street, '[0-9]') THEN {_HUNDRED_ON}
    WHEN regexp_matches(f.a_street, '(^| )[A-Z]$')
        THEN {_with_last("f.a_street", _next("right(f.a_street, 1)"))}
    {_TURNED}
    ELSE w.twin END"""

_OTHER_ZIP = _with_last("f.a_zip5", _next("right(f.a_zip5, 1)"))

_PARTICLES = (
    *(("VAN DER", "VAN DEN"), ("VAN DEN", "VAN DER"), ("VAN", "VON"), ("VON", "VAN"), ("DI", "DE")),
    *(("DE LA", "DE LOS"), ("DEL", "DI"), ("DE", "DI"), ("DA", "DE"), ("DU", "DE"), ("LA", "LE")),
    *(("LE", "LA"), ("DOS", "DAS"), ("DAS", "DOS"), ("EL", "AL"), ("AL", "EL"), ("TER", "TEN")),
)

_OTHER_PARTICLE = (
    "CASE "
    + " ".join(
        f"WHEN starts_with(f.n_surname, '{one} ')"
        f" THEN '{other}' || substr(f.n_surname, {len(one) + 1})"
        for one, other in _PARTICLES
    )
    + " ELSE '' END"
)

_LEGAL = (
    "CASE number % 8 WHEN 0 THEN 'TRUST' WHEN 1 THEN 'LLC' WHEN 2 THEN 'ESTATE' WHEN 3 THEN 'PC'"
    # surnames as well
    " WHEN 4 THEN 'LAW' WHEN 5 THEN 'CHURCH' WHEN 6 THEN 'DAUGHTER' ELSE 'MARKET' END"
)

_SOMEBODY = {"n_middle": "o.n_middle", "n_suffix": "''", "birth_date": "o.birth_date", "tin": "''"}

CHANGES: dict[str, dict[str, str]] = {
    "relative": {"n_given": "o.n_given", "n_given_group": "o.n_given_group", **_SOMEBODY},
    "twin": {
        "n_given": "g.twin",
        "n_given_group": "g.twin_group",
        "n_middle": "o.n_middle",
        "n_suffix": "''",
        "tin": "''",
    },
    "junior": {
        "n_middle": (f"CASE number % 3 WHEN 0 THEN {_INITIAL} WHEN 1 THEN f.n_middle ELSE '' END"),
        "n_suffix": "CASE WHEN number % 3 = 1 THEN 'JR' ELSE f.n_suffix END",
        "birth_date": f"CASE WHEN number % 3 = 2 THEN f.birth_date + 9000 ELSE {_NO_DAY} END",
        "tin": "''",
    },
    "namesake": {
        **{column: f"o.{column}" for column in _ADDRESS},
        "birth_date": "o.birth_date",
        "tin": "''",
    },
    "neighbour": {"a_number": _NEXT_NUMBER},
    "misspelt-neighbour": {"a_number": _NEXT_NUMBER},
    "listed-sibling": {"n_given": "l.twin", "n_given_group": "l.twin_group", **_SOMEBODY},
    "unlisted-sibling": {"n_given": _UNLISTED, "n_given_group": _UNLISTED, **_SOMEBODY},
    "title-mate": {**_SOMEBODY, "n_middle": "f.n_middle"},
    "short-form-child": {
        "n_given": _SHORT_FORM,
        "n_given_group": _SHORT_FORM,
        "n_middle": f"CASE number % 2 WHEN 0 THEN {_INITIAL} ELSE '' END",
        "n_suffix": "''",
        "birth_date": _NO_DAY,
        "tin": "''",
    },
    "other-surname": {
        "n_surname": _other_surname("n_surname"),
        "n_surname_key": _other_surname("n_surname_key"),
        **_SOMEBODY,
    },
    "other-particle": {"n_surname": _OTHER_PARTICLE, **_SOMEBODY},
    "middle-sibling": {"n_middle": "m.twin", "birth_date": "o.birth_date", "tin": "''"},
    "father-or-son": {
        "n_given": "f.n_surname_key",
        "n_given_group": "f.n_surname_key",
        "n_surname": "f.n_given",
        "n_surname_key": "f.n_given",
        **_SOMEBODY,
    },
    "legal-person": {
        "n_surname": f"f.n_surname || ' ' || {_LEGAL}",
        "n_surname_key": f"f.n_surname_key || {_LEGAL}",
        "birth_date": _NO_DAY,
        "tin": "''",
    },
    "drawn-neighbour": {"a_number": _NEXT_DRAWN},
    "other-unit": {"a_unit": _OTHER_UNIT},
    "unsaid-unit": {"a_unit": "CASE WHEN f.a_unit = '' THEN f.place_first_unit ELSE '' END"},
    "other-road": {"a_street": _OTHER_ROAD},
    "unsaid-direction": {
        "a_pre": "''",
        "a_type": "CASE WHEN f.a_pre <> '' THEN f.a_type ELSE '' END",
    },
    "unsaid-zip": {"a_zip5": f"CASE WHEN number % 2 = 0 THEN '' ELSE {_OTHER_ZIP} END"},
    "other-office": {"a_zip5": _OTHER_ZIP},
}
"""What a kind asks for where it is not what the file has of the person it starts from. A junior
differs in one thing, by turns."""

_TITLES = ", ".join(f"'{word}'" for word in sorted(MARKERS.split("|")))

_IN_BOXED = ", ".join(f"'{kind}'" for kind in BOXED)

POSSIBLE = f"""CASE kind
    WHEN 'relative' THEN o.n_given <> f.n_given AND length(o.n_given) > 1
    WHEN 'twin' THEN g.twin IS NOT NULL AND g.twin_group <> f.n_given_group
    WHEN 'junior' THEN length(f.n_given) > 1 AND CASE number % 3
        WHEN 0 THEN f.n_middle BETWEEN 'A' AND 'ZZZZ' WHEN 1 THEN f.n_suffix = ''
        ELSE f.birth_date IS NOT NULL END
    WHEN 'namesake' THEN o.person <> f.person
    WHEN 'neighbour' THEN TRY_CAST(f.a_number AS BIGINT) IS NOT NULL
    WHEN 'misspelt-neighbour' THEN TRY_CAST(f.a_number AS BIGINT) IS NOT NULL
        AND length(f.n_surname) >= 6 AND f.n_surname = f.n_surname_key
    WHEN 'listed-sibling' THEN l.twin IS NOT NULL AND l.twin_group <> f.n_given_group
    WHEN 'unlisted-sibling' THEN NOT f.given_common AND length(f.n_given) >= 4
        AND f.n_given NOT IN ({_TITLES}) AND NOT contains(f.n_given, ' ')
    WHEN 'title-mate' THEN f.n_given IN ({_TITLES})
    WHEN 'short-form-child' THEN {_SHORT_FORM} <> '' AND f.n_middle BETWEEN 'A' AND 'ZZZZ'
    WHEN 'drawn-neighbour' THEN f.a_kind = 'street' AND TRY_CAST(f.a_number AS BIGINT) IS NOT NULL
        AND right({_NEXT_NUMBER}, 1) IN ('0', '1', '2')
    WHEN 'other-surname' THEN s.twin IS NOT NULL AND ends_with(f.n_surname_key, {LAST_WORD})
    WHEN 'other-particle' THEN {_OTHER_PARTICLE} <> ''
        AND length(f.n_surname) - length(f.n_surname_key)
            = length(regexp_extract(f.n_surname, '^(?:VAN DER|VAN DEN|DE LA|[A-Z]+) '))
    WHEN 'middle-sibling' THEN m.twin IS NOT NULL AND length(f.n_middle) >= 4
    WHEN 'father-or-son' THEN f.surname_given_too AND f.given_given_too
        AND f.n_given <> f.n_surname_key
    WHEN 'unsaid-unit' THEN f.unsaid_unit_twin
    WHEN 'unsaid-zip' THEN f.door_twin AND length(f.a_zip5) = 5
    WHEN 'other-unit' THEN f.a_kind = 'street' AND regexp_matches(f.a_unit, '[A-Z0-9]$')
        AND regexp_matches(f.a_unit, '[0-9]| [A-Z]$')
    WHEN 'other-road' THEN f.a_kind = 'street' AND {_OTHER_ROAD} <> f.a_street
    WHEN 'unsaid-direction' THEN f.street_twin_zip AND (f.a_pre <> '' OR f.a_type <> '')
    WHEN 'other-office' THEN f.a_kind IN ({_IN_BOXED}) AND length(f.a_zip5) = 5
    ELSE TRUE END"""
"""Without this the decoy would not be wrong, or not be one."""

SLIP = _put("{0}", "3", "CASE WHEN substr({0}, 3, 1) = 'X' THEN 'Z' ELSE 'X' END")
"""SQL for a text with its third letter damaged."""


def slipped(column: str) -> str:
    """Damage a surname only now: who of the true one lives there has been looked at."""
    if column not in {"n_surname", "n_surname_key"}:
        return column
    return f"CASE WHEN kind = 'misspelt-neighbour' THEN {SLIP.format(column)} ELSE {column} END"


def chance(what: str) -> str:
    """Give SQL for a random number that follows from the seed alone, whatever the engine does."""
    return f"md5_number_lower($seed || '|{what}|' || kind || '|' || number)"
