"""Two names that the deciding levels would ever let agree have a token in common."""

from itertools import product

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ostiary.deciding.matching.coarse_tokens import coarse_tokens
from ostiary.deciding.matching.given_levels import GIVEN
from ostiary.deciding.matching.middle_levels import MIDDLE
from ostiary.deciding.matching.name_levels import BIRTH_DATE, NAME_AGREES
from ostiary.deciding.matching.name_tokens import NAMES, know_forms, make_coarse, make_tokens
from ostiary.deciding.matching.repeat_limit import number_of, number_sql
from ostiary.deciding.matching.surname_levels import SURNAME
from ostiary.deciding.reference.name_marks import MARKED, SAYS_LITTLE, SHARES
from ostiary.deciding.reference.name_spellings import spellings
from ostiary.deciding.standardisation import standard_name
from ostiary.deciding.standardisation.vocabulary.nicknames import NICKNAMES, SHARED_FORMS
from ostiary.deciding.standardisation.vocabulary.surnames import MARKERS
from ostiary.deciding.standardisation.vocabulary.transliterations import GIVEN_PAIRS, SURNAME_PAIRS

ALPHABET = "ABEINORSTU"
FLAGS = ("surname_borne", "given_borne", "stem_borne", "surname_known", "given_known")
PARTS = ["DE", "LA", "VAN", "DER", "O", "CRUZ", "GARCIA", "LOPEZ", "MUELLER", "MULLER", "MCMILLEN"]
GIVENS = [
    *("GARY", "WILLIAM", "BILL", "BILLY", "MARY", "MARYANN", "ANN", "CHRIS", "CHRISTINA", "JAMES"),
    *("J", "M", "MD", "THI", "HOA", "ROBERTO", "ROBERTA", "MUHAMMAD", "DIANE", "DIANNE"),
    *sorted(SHARED_FORMS)[:20],
    *sorted(NICKNAMES.entries)[::40],
    *[word for pair in sorted(GIVEN_PAIRS)[::60] for word in pair.split("/")],
    *sorted(MARKERS.split("|"))[:6],
]
SURNAMES = [*PARTS, "ORTEGA", "RUIZ", "DELACRUZ", "DUPONT", "SAMPSON", "SIMPSON"] + [
    word for pair in sorted(SURNAME_PAIRS)[::60] for word in pair.split("/")
]


def bent(words):
    """Words as they are, and with a slip of the pen or two in them."""

    def bend(word, places):
        for place, letter, how in places:
            at = place % (len(word) + 1)
            match how:
                case "put":
                    word = word[:at] + letter + word[at:]
                case "drop":
                    word = word[:at] + word[at + 1 :]
                case "change":
                    word = word[:at] + letter + word[at + 1 :]
                case "turn":
                    word = word[:at] + word[at : at + 2][::-1] + word[at + 2 :]
        return word or "A"

    slip = st.tuples(
        st.integers(0, 12),
        st.sampled_from(ALPHABET),
        st.sampled_from(["put", "drop", "change", "turn"]),
    )
    return st.builds(bend, st.sampled_from(words), st.lists(slip, max_size=2))


surnames = st.lists(bent(SURNAMES), min_size=1, max_size=3).map(" ".join)
written = st.tuples(bent(GIVENS), st.sampled_from(["", "A", "ANN", "LEE", "HOA", "BILL"]), surnames)


@st.composite
def alike(draw):
    """Two names, the second one often the first in another dress."""
    one, other = draw(written), draw(written)
    keep = draw(st.sampled_from(["given", "surname", "turned", "halved", "in part", "neither"]))
    match keep:
        case "given":
            other = (one[0], *other[1:])
        case "surname":
            other = (*other[:2], one[2])
        case "turned":
            other = (one[2], one[1], one[0])
        case "halved":
            other = (one[0], "", f"{one[1]} {one[2]}".strip())
        case "in part":
            other = (one[2].split(" ")[0], "", f"{one[0]} {one[2]}")
    if draw(st.booleans()):
        other = (other[0], one[1], other[2])
    if draw(st.integers(0, 4)) == 0:
        other = (one[1] or "A", one[0], one[2])
    return (one, other) if draw(st.booleans()) else (other, one)


@pytest.fixture(scope="module")
def con():
    with duckdb.connect() as con:
        know_forms(con)
        yield con


def standard(told):
    name = standard_name(given_name=told[0], middle_name=told[1], surname=told[2], name_suffix="")
    return {column: getattr(name, column) for column in (*NAMES, "n_suffix")}


OTHERS = {(row["kind"], row["name"]): row["others"] for row in spellings().to_pylist()}


def spelled(name):
    return {
        "given_others": OTHERS.get(("given", name["n_given"]), ""),
        "surname_others": OTHERS.get(("surname", name["n_surname_key"]), ""),
    }


def listed(name):
    return {
        "given_marked": name["n_given"] in MARKED,
        "given_shares": name["n_given"] in SHARES,
        "surname_given_too": False,
        "given_given_too": False,
        "middle_says_little": name["n_middle"] in SAYS_LITTLE,
        "middle_borne": False,
        "middle_common": True,
    }


def agreeing(con, pairs):
    """Of each pair, how it agrees whatever anybody bears: a row for each way that it does."""
    rows = []
    for number, (one, other) in enumerate(pairs):
        q, f = standard(one), standard(other)
        q, f = q | spelled(q) | listed(q), f | listed(f)
        for flags, day in product(product((False, True), repeat=len(FLAGS)), ("", "2000-01-01")):
            said = {"born": day, "tin": ""}
            both = {"pair": number, "q": q | said, "f": f | said}
            rows.append(both | dict(zip(FLAGS, flags, strict=True)))
    con.register("given_pairs", pa.Table.from_pylist(rows))
    levels = f"""
        SELECT pair, {", ".join(FLAGS)}, {SURNAME} AS surname_level, {GIVEN} AS given_level,
               {MIDDLE} AS middle_level, {BIRTH_DATE} AS birth_level, TRUE AS names_stated
        FROM (
            SELECT pair, {", ".join(FLAGS)},
                   struct_insert(q, surname_borne := surname_borne, given_borne := given_borne,
                                 stem_borne := stem_borne) AS q,
                   struct_insert(f, surname_known := surname_known, given_known := given_known,
                                 given_common := given_known) AS f
            FROM given_pairs
        )
    """
    return con.sql(f"SELECT * FROM ({levels}) WHERE {NAME_AGREES}").fetchall()


@settings(max_examples=5)
@given(pairs=st.lists(alike(), min_size=30, max_size=60))
def test_names_that_can_agree_share_a_token(con, pairs):
    ways = {
        (number, surname_borne, given_borne, surname_known, given_known)
        for number, surname_borne, given_borne, _, surname_known, given_known, *_ in agreeing(
            con, pairs
        )
    }
    if not ways:
        return
    asked, filed = [], []
    for way in sorted(ways):
        number, surname_borne, given_borne, surname_known, given_known = way
        known = {"given_known": given_borne, "surname_known": surname_borne}
        asked.append(standard(pairs[number][0]) | known)
        known = {"given_known": given_known, "surname_known": surname_known}
        filed.append(standard(pairs[number][1]) | known)
    for side, names in (("asked", asked), ("filed", filed)):
        rows = [{"id": number, **each} for number, each in enumerate(names)]
        con.register("names", pa.Table.from_pylist(rows))
        make_tokens(con, "names", filed=side == "filed")
        make_coarse(con, "names", filed=side == "filed")
    for kind in ("tokens", "coarse"):
        met = con.sql(
            f"SELECT DISTINCT id FROM asked_{kind} JOIN filed_{kind} USING (id, token)"
        ).fetchall()
        missed = set(range(len(ways))) - {number for (number,) in met}
        assert not missed, [(*pairs[sorted(ways)[one][0]], sorted(ways)[one]) for one in missed]


def both_ways(con, names, *, filed):
    """Coarse tokens by name: as the statement makes them, and one by one."""
    rows = [{"id": number, **dict(zip(NAMES, name, strict=True))} for number, name in names.items()]
    con.register("names", pa.Table.from_pylist(rows))
    side = "filed" if filed else "asked"
    make_coarse(con, "names", filed=filed)
    made = con.execute(f"SELECT id, list(token) FROM {side}_coarse GROUP BY id").fetchall()
    together = dict.fromkeys(names, frozenset()) | {
        number: frozenset(tokens) for number, tokens in made
    }
    return together, {number: coarse_tokens(name, filed=filed) for number, name in names.items()}


PIECES = [*PARTS, *SURNAMES, *GIVENS, "MOHAMMED", "AHMED", "UE", "AEOE", "A", "B C", ""]
pieces = st.lists(bent(PIECES), max_size=3).map(" ".join)


@settings(max_examples=20)
@given(
    told=st.lists(written, max_size=40),
    odd=st.lists(st.tuples(pieces, pieces, pieces, pieces, pieces), min_size=1, max_size=60),
)
@pytest.mark.parametrize("filed", [False, True])
def test_one_name_has_the_tokens_that_it_has_among_many(con, told, odd, filed):
    """Also names that no standard form gives: the two readings are the same text by text."""
    standing = [tuple(standard(one)[column] for column in NAMES) for one in told]
    together, apart = both_ways(con, dict(enumerate([*standing, *odd])), filed=filed)
    assert apart == together


@pytest.mark.parametrize("filed", [False, True])
def test_every_listed_name_has_the_same_tokens_alone(con, filed):
    given = sorted({*MARKED, *SHARES, *SHARED_FORMS, *NICKNAMES.entries, *GIVENS})
    given += sorted({word for pair in GIVEN_PAIRS for word in pair.split("/")})
    keys = sorted({word for pair in SURNAME_PAIRS for word in pair.split("/")})
    names = [(one, "", "LEE ANN", "DE LA CRUZ", "DELACRUZ") for one in given]
    names += [("MARY", "MARIA", "A", one, one) for one in keys]
    together, apart = both_ways(con, dict(enumerate(names)), filed=filed)
    assert apart == together


@given(text=st.text(max_size=30), key=st.binary(min_size=1, max_size=64))
@settings(max_examples=30)
def test_a_number_is_the_same_in_python(con, text, key):
    text = text.replace("\0", "")
    found = con.execute(f"SELECT {number_sql('$1::VARCHAR', key)}", [text]).fetchall()
    assert found == [(number_of(text, key),)]
