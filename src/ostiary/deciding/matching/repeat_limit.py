"""Repeated asking: one person, one address after another, until an answer is *confirmed*.

Whoever may try addresses without end finds people. So an office counts at how many different
addresses an agency asked about one person, over all batches, and beyond its limit looks nothing up
and confirms nothing. The agency cannot tell this from any other *no answer*. This is the count of
who was asked about as it was asked, before any look; whom the levels would take for the same person
under another spelling, :mod:`ostiary.deciding.matching.person_limit` counts.

1. Nobody's name, birth date, TIN or address is kept for it, only their HMAC-SHA-256 under a key of
   the office, cut to 60 bits, in standard form: another spelling of an address is the same one.
2. A person is known again by TIN; by name and birth date; and by name alone, given name and surname
   in either order and short forms like the full ones. Somebody who is asked about without a birth
   date or with a new one each time is known by name.
3. Names are shared. By name alone the limit is for each person of that name on file: a rare name
   has it once, and ten people of one name ten times.
4. The first addresses asked about stay the ones that are compared; one beyond the limit stays
   beyond it, however often it comes again.
"""

import hmac

import duckdb
import pyarrow as pa

from ostiary.deciding.matching.model import Model
from ostiary.deciding.matching.name_counts import count_bearers
from ostiary.deciding.matching.tables import ASKED_PEOPLE, NEWLY_ASKED, STOPPED

_BLOCK = 64  # bytes, FIPS 180-4 for SHA-256; the pads are those of RFC 2104
_GIVEN = "CASE WHEN n_given_group <> '' THEN n_given_group ELSE n_given END"
_NAME = f"least({_GIVEN}, n_surname_key) || '|' || greatest({_GIVEN}, n_surname_key)"
_PERSONS = {
    "tin": ("coalesce(tin, '') <> ''", "tin"),
    "name-and-birth": (
        "birth_date IS NOT NULL",
        f"{_NAME} || '|' || CAST(birth_date AS VARCHAR)",
    ),
    "name": ("TRUE", _NAME),
}
ADDRESS = (
    "concat_ws('|', a_kind, a_number, a_pre, a_street, a_type, a_post, a_unit,"
    " CASE WHEN a_zip5 <> '' THEN a_zip5 ELSE a_city || ' ' || a_state END)"
)
"""SQL for an address, the same in each of its spellings."""


def mark_people(con: duckdb.DuckDBPyConnection, requests: str, secret: bytes) -> None:
    """Make ``asked_people``: whom each request asks about, and where, as nobody can read it.

    Columns: ``row``, ``known_by`` (``tin``, ``name-and-birth`` or ``name``), ``person`` and
    ``address`` (numbers of 60 bits; the person is keyed by the agency, and the address by the
    person, so that two people at one address have nothing in common).

    Args:
        con: holds the requests.
        requests: table as for ``verify_batch``, with ``agency``.
        secret: the office's.
    """
    key = asking_key(secret)
    kinds = " UNION ALL ".join(
        f"SELECT row, '{kind}' AS known_by, {ADDRESS} AS place,"
        f" '{kind}|' || coalesce(agency, '') || '|' || {text} AS named"
        f" FROM {requests} WHERE {given}"
        for kind, (given, text) in _PERSONS.items()
    )
    con.execute(
        f"""
        CREATE OR REPLACE TABLE {ASKED_PEOPLE} AS
        SELECT row, known_by, {number_sql("named", key)} AS person,
               {number_sql("named || chr(10) || place", key)} AS address
        FROM ({kinds})
        """
    )


def asking_key(secret: bytes) -> bytes:
    """Give the key under which an office counts who was asked about."""
    return hmac.digest(secret, b"ostiary asked people", "sha256")


def number_sql(text: str, key: bytes) -> str:
    """Give SQL for HMAC-SHA-256 (RFC 2104) of a text: its first 60 bits as a number."""
    block = key.ljust(_BLOCK, b"\0")
    inner, outer = (bytes(byte ^ pad for byte in block).hex() for pad in (0x36, 0x5C))
    inside = f"sha256(unhex('{inner}') || encode({text}))"
    digits = f"left(sha256(unhex('{outer}') || unhex({inside})), 15)"
    return f"CAST('0x' || {digits} AS BIGINT)"


def number_of(text: str, key: bytes) -> int:
    """Give the number that :func:`number_sql` gives."""
    return int(hmac.digest(key, text.encode(), "sha256").hex()[:15], 16)


def stop_repeated(
    con: duckdb.DuckDBPyConnection, requests: str, model: Model, limit: int, history: str
) -> int:
    """Make ``stopped`` (``row``): requests beyond the limit; and ``newly_asked`` to be stored.

    ``newly_asked`` has ``person``, ``address`` and the ``row`` that asked first.

    Args:
        con: holds ``asked_people`` and the history.
        requests: table as for ``verify_batch``.
        model: the reference, for how many people share a name.
        limit: how many different addresses one person may be asked about at.
        history: table of ``person``, ``address`` and ``place``: the how-manieth address of that
            person it was, from 1.

    Returns:
        How many requests are stopped.
    """
    _count_places(con, history)
    _stop(con, requests, model, limit)
    con.execute(
        f"""
        CREATE OR REPLACE TABLE {NEWLY_ASKED} AS
        SELECT person, address, row FROM asked_places WHERE row IS NOT NULL;
        DROP TABLE asked_places
        """
    )
    ((count,),) = con.execute(f"SELECT count(*) FROM {STOPPED}").fetchall()
    return int(count)


def _stop(con: duckdb.DuckDBPyConnection, requests: str, model: Model, limit: int) -> None:
    """Make ``stopped``; who shares a name is asked only where an address is beyond the limit."""
    beyond = f"SELECT 1 FROM asked_places WHERE place > {int(limit)} LIMIT 1"
    if not con.execute(beyond).fetchall():
        con.execute(STOPPED.made_empty())
        return
    _find_beyond(con, requests, limit)
    _count_namesakes(con, model)
    con.execute(
        f"""
        CREATE OR REPLACE TABLE {STOPPED} AS
        SELECT DISTINCT row FROM asked_beyond LEFT JOIN asked_namesakes USING (given, surname)
        WHERE known_by <> 'name' OR place > {int(limit)} * greatest(coalesce(people, 1), 1);
        DROP TABLE asked_beyond;
        DROP TABLE asked_namesakes
        """
    )


def _count_places(con: duckdb.DuckDBPyConnection, history: str) -> None:
    """Make ``asked_places``: history, and behind it each address that is asked about anew."""
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE asked_places AS
        WITH first AS (
            SELECT person, address, min(row) AS row FROM {ASKED_PEOPLE}
            WHERE (person, address) NOT IN (SELECT person, address FROM {history})
            GROUP BY person, address
        ),
        reached AS (SELECT person, max(place) AS places FROM {history} GROUP BY person)
        SELECT person, address, place, NULL AS row FROM {history}
        UNION ALL
        SELECT person, address, coalesce(places, 0)
               + row_number() OVER (PARTITION BY person ORDER BY row, address), row
        FROM first LEFT JOIN reached USING (person)
        """
    )


def _find_beyond(con: duckdb.DuckDBPyConnection, requests: str, limit: int) -> None:
    """Make ``asked_beyond``: requests beyond the limit of one person, with the name they give."""
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE asked_beyond AS
        SELECT a.row, a.known_by, p.place, {_GIVEN} AS given, n_surname_key AS surname
        FROM {ASKED_PEOPLE} a JOIN asked_places p USING (person, address)
        JOIN {requests} r ON r.row = a.row WHERE p.place > {int(limit)}
        """
    )


def _count_namesakes(con: duckdb.DuckDBPyConnection, model: Model) -> None:
    """Make ``asked_namesakes``: how many people on file share a name that was asked often."""
    often = con.sql(
        "SELECT DISTINCT given, surname FROM asked_beyond WHERE known_by = 'name' ORDER BY ALL"
    ).to_arrow_table()
    given, surname = (often[name].combine_chunks() for name in ("given", "surname"))
    people = count_bearers(model.opened, given, surname)
    con.register("asked_counted", often.append_column("people", pa.array(people)))
    con.execute("CREATE OR REPLACE TEMP TABLE asked_namesakes AS FROM asked_counted")
    con.unregister("asked_counted")
