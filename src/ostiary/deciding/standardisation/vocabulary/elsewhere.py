"""Words that say of an address that it is not the one: beside it, formerly, or perhaps.

``NEAR 40 ELM ST`` names a spot without its number, ``FORMERLY 40 ELM ST`` and ``MAYBE 40 ELM ST``
one that the writer does not stand for. They count where they stand directly before the number, in
what is set aside, or in the column of the unit: in a name they are names (``12 NEAR NORTH AVE``,
``NEAR NORTH APARTMENTS, 40 ELM ST``), and ``MOVED TO 40 ELM ST`` is where somebody lives. Words
that people and buildings are called by (``JOHN PRIOR 40 ELM ST``, ``THE IRON WORKS 40 ELM ST``)
count where nothing but words of places stands before them.
"""

_BEFORE = "^(?:[A-Z]+ ){0,6}?"
_AT_FIRST = (
    "^(?:(?:JUST|RIGHT|ROAD|RD|DIRT|HOUSE|TRAILER|CABIN|LOT|LANE|DRIVE|DRIVEWAY|ALLEY|PATH|FIELD"
    "|HOMELESS|NOW|WAS|ADDRESS|HOME|RESIDENCE) )*"
)
"""What may stand before a word that is also a name: no name of anybody, and of no building."""
_NUMBER = "(?: THE)? [0-9]"

_PREPOSITIONS = (
    "NEAR|NEARBY|BEHIND|OPPOSITE|ACROSS|BESIDE|FACING|OUTSIDE|ALONGSIDE|FROM"
    "|BETWEEN|ABUTTING|ADJACENT|NEXT DOOR|CERCA|DETRAS|ATRAS|JUNTO|ENFRENTE|ENTRE|PASANDO"
)
_WITH_A_SECOND_WORD = (
    "(?:NEXT|CLOSE|ADJACENT|OPPOSITE|NEXT DOOR) TO|(?:NORTH|SOUTH|EAST|WEST|[NSEW]|FRONT|BACK|SIDE"
    "|OUT|VICINITY|AREA|CORNER|NEIGHBOU?R|LATE|LADO|ENFRENTE|CERCA|DETRAS|ATRAS) (?:OF|DE|DEL)"
    "|(?:FRENTE|JUNTO|PROXIMO|CONTIGUO) (?:A|AL|DE|DEL)|(?:ACROSS|ADJACENT|NEAR) (?:FROM|TO)"
)
_BESIDE_AT_FIRST = "OPP|PAST|BY|OFF|ADJ"
BESIDE = (
    f"(?:{_BEFORE}(?:{_WITH_A_SECOND_WORD}|{_PREPOSITIONS})|{_AT_FIRST}(?:{_BESIDE_AT_FIRST}))"
    f"{_NUMBER}"
)
"""A line that says what the address is beside."""

_PAST = (
    "FORMERLY|PREVIOUSLY|PREVIOUS|LATELY|VACATED|ABANDONED|EVICTED|MOVED"
    "|RELOCATED|RETURNED|INVALID|INCORRECT|WRONG|OUTDATED|OBSOLETE|ANTES|ANTERIORMENTE"
    "|USED TO (?:LIVE|RESIDE|STAY|BE)|LIVED|RESIDED|STAYED|WORKED|WORKING|EMPLOYED"
)
_WHERE = "(?: AT| IN| OF| FROM| OUT OF| FOR| EN)?"
_PERHAPS = (
    "APPROX|APPROXIMATELY|POSSIBLY|MAYBE|PERHAPS|PROBABLY|PRESUMABLY"
    "|ALLEGEDLY|SUPPOSEDLY|QUIZAS?|TAL VEZ|POSIBLEMENTE|PROBABLEMENTE"
)
_LEFT = rf"(?:{_PAST}){_WHERE}|WORKS (?:AT|IN|FOR)|(?:{_PERHAPS})(?: AT| AROUND| EN)?"
_LEFT_AT_FIRST = rf"(?:FORMER|PRIOR|PREV|ONCE|ABOUT|CIRCA|EITHER|POSS){_WHERE}"
_ASIDE = (
    "FORMERLY|FORMER|PREVIOUSLY|PREVIOUS|VACATED|EVICTED|MOVED|RETURNED|NEXT DOOR|NEAR|NEARBY"
    "|BEHIND|ACROSS THE STREET|POSSIBLY|MAYBE|PERHAPS|PROBABLY"
)
NOT_STOOD_FOR = (
    rf"(?:{_BEFORE}(?:{_LEFT})|{_AT_FIRST}(?:{_LEFT_AT_FIRST})){_NUMBER}|\| *(?:{_ASIDE}) *(?:\||$)"
)
"""A line that says that nobody is there any more, or that the writer does not know it."""

_OF_WHAT = "(?:FROM|TO|THE (?:STREET|ROAD|ST|RD|WAY))"
IN_THE_UNIT = (
    rf"^(?:(?:ACROSS|NEAR|NEARBY|OPPOSITE)(?: *$| {_OF_WHAT}\b)"
    r"|FORMER(?: *$| (?:ADDRESS|RESIDENCE|HOME|TENANT|RESIDENT)\b)"
    r"|(?:NEXT DOOR|FORMERLY|PREVIOUS|PREVIOUSLY|MOVED|VACATED|EVICTED|NO LONGER)\b)"
)
"""The same in the column of the unit; ``NEAR POOL`` and ``FORMER GARAGE`` say which one it is."""
