"""Who of the surname lives where a decoy asks: so that no decoy is right by chance."""

import duckdb
import numpy as np
import pyarrow as pa

from ostiary.deciding.matching.candidates import ask_keys, meet, records_of_people
from ostiary.deciding.matching.model import Model
from ostiary.deciding.reference.blocking_keys import KEY_KINDS
from ostiary.deciding.reference.layout import unique

_DOOR = ("a_kind", "a_number", "a_street", "a_zip5", "a_city")
_SURNAME_AT_DOOR = [kind for kind in KEY_KINDS if kind.name.startswith("surname-door")]


def look_at_doors(con: duckdb.DuckDBPyConnection, model: Model) -> None:
    """Make ``decoy_doors``: who of the surname lives where a decoy asks, by ``kind``, ``number``.

    Where so many of one surname live that the index does not list them, nobody can be asked for.
    """
    asked = con.sql(
        """
        SELECT kind, number, n_given, n_given_group, n_surname, n_surname_key,
               a_kind, a_number, a_street, a_zip5, a_city, a_state, '' AS born, '' AS tin
        FROM decoy_composed ORDER BY kind, number
        """
    ).to_arrow_table()
    met = meet(model.opened, ask_keys(asked), _SURNAME_AT_DOOR)
    decoys = asked.select(["kind", "number"])
    crowded = np.concatenate([*met.crowded.values()])
    con.register(
        "decoy_met", decoys.take(pa.array(met.request)).append_column("person", [met.person])
    )
    con.register("decoy_crowded", decoys.take(pa.array(crowded)))
    people = unique(met.person.astype(np.uint64)).astype(np.int64)
    con.register("decoy_living", model.opened.filed(records_of_people(model.opened, people)))
    door = " AND ".join(f"h.{column} = c.{column}" for column in (*_DOOR, "n_surname_key"))
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE decoy_doors AS
        SELECT DISTINCT c.kind, c.number, h.n_given, h.n_given_group, h.n_middle,
               h.given_shares, h.person, h.record
        FROM decoy_met m JOIN decoy_composed c USING (kind, number)
        JOIN decoy_living h ON h.person = m.person AND {door}
        """
    )
    con.execute(
        "DELETE FROM decoy_composed"
        " WHERE (kind, number) IN (SELECT kind, number FROM decoy_crowded)"
    )
    for each in ("met", "crowded", "living"):
        con.unregister(f"decoy_{each}")
