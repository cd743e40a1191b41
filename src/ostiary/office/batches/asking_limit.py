"""How often one person is asked about, counted over everything the office holds.

A batch is counted before it is committed, and again inside its transaction when another one was
stored in between: programs that run side by side give what they would have given one after another.
What is counted are requests that were compared. Those of earlier batches are found by keyed digests
of their names, opened from the case store, and held to the levels as those of the batch are; what
was disposed of counts no more.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence

import duckdb
import pyarrow as pa

from ostiary.deciding.matching.asked_by_few import (
    COLUMNS,
    AskedPerson,
    AskedPlace,
    people_asked,
    places_asked,
)
from ostiary.deciding.matching.coarse_tokens import coarse_tokens
from ostiary.deciding.matching.comparison import ASKED
from ostiary.deciding.matching.model import Model, open_model
from ostiary.deciding.matching.name_tokens import NAMES, know_forms, make_coarse
from ostiary.deciding.matching.person_limit import (
    AS_STOPPED,
    Addresses,
    coarse_of_people,
    people_confirmed,
    stop_persons,
)
from ostiary.deciding.matching.repeat_limit import (
    asking_key,
    mark_people,
    number_of,
    number_sql,
    stop_repeated,
)
from ostiary.deciding.matching.rules import REPEATED
from ostiary.deciding.matching.tables import ASKED_PEOPLE, NEWLY_ASKED, STOPPED, VERIFICATIONS
from ostiary.domain.declared_table import DeclaredTable
from ostiary.office.batches.tables import ASKED_ROWS
from ostiary.office.folder.session import OfficeSession
from ostiary.office.rulings.disclosure import restore_payloads
from ostiary.office.rulings.few_requests import put
from ostiary.office.store import Asked

_VERY_FEW = 20  # people or requests: their names are taken apart in Python
_FEW = 2_000  # people; the names of more are not looked up one by one, but all requests read
_EARLIER = 1 << 60  # subtracted from the number of an earlier request: it comes before the batch
_COUNTED = ", ".join(("row", "agency", *ASKED))
_OWN = f"SELECT row FROM {VERIFICATIONS} WHERE rule <> '{REPEATED}'"
_NO_BASIS = f"UPDATE {VERIFICATIONS} SET basis = '' WHERE outcome <> 'confirmed'"


class AskingLimit:
    """The limit on one batch or look: what it was counted against, and what it stops."""

    def __init__(
        self,
        con: duckdb.DuckDBPyConnection,
        place: OfficeSession,
        requests: str,
        lifted: Collection[int] = (),
        *,
        unwatched: bool = False,
    ) -> None:
        """Count nothing yet.

        Args:
            con: holds the requests.
            place: the office.
            requests: table of the requests that may be compared: typed, in standard form.
            lifted: rows of which two officers have lifted the stop: compared and counted, never
                stopped.
            unwatched: nobody whom the limit is to stop can see how long the counting takes. Else
                it takes as long whether somebody would be confirmed or not.
        """
        self._con = con
        self._lifted = lifted
        self._place = place
        self._requests = requests
        self._counted_to = -1
        self._of_nobody = False
        self._unwatched = unwatched
        self._people: list[AskedPerson] | None = None
        limits = place.office.config.matching
        self._most = Addresses(limits.addresses_per_person, limits.addresses_of_all_agencies)

    def of_nobody(self) -> None:
        """Make ``newly_asked`` for a batch in which nobody is looked for: there is no more to do.

        Every submission of a program is such a batch until a person has determined its elements.
        """
        self._of_nobody = True
        self._con.execute(NEWLY_ASKED.made_empty())

    def stop_before(self, model: Model) -> int:
        """Take requests that ask too often, as they are written, out; see ``stop_repeated``.

        Returns:
            How many; makes ``stopped`` and ``newly_asked``.
        """
        con, secret = self._con, self._place.office.secret()
        self._counted_to = self._place.store.last_asking()
        rows = con.execute(
            f"SELECT {', '.join(COLUMNS)} FROM {self._requests} LIMIT {_VERY_FEW + 1}"
        ).fetchall()
        if len(rows) <= _VERY_FEW:
            read = [dict(zip(COLUMNS, row, strict=True)) for row in rows]
            self._people = people_asked(read, asking_key(secret))
        else:
            mark_people(con, self._requests, secret)
        return self._stop_as_written(model)

    def stop_after(self, model: Model) -> int:
        """Take confirmations of people who were asked about too often back, with their basis.

        Returns:
            How many requests of ``verifications`` end by the rule ``repeated-asking`` for it.
        """
        con = self._con
        people_confirmed(con, VERIFICATIONS, model)
        earlier = {one.id: one for one in self._earlier()} if self._counted_to else {}
        if self._unwatched and self._are_too_few(earlier):
            con.execute(_NO_BASIS)
            return 0
        self._restore(earlier.values())
        con.execute(
            f"""
            CREATE OR REPLACE TEMP TABLE counted_requests AS
            SELECT {_COUNTED} FROM {self._requests} WHERE row IN ({_OWN})
            UNION ALL SELECT {_COUNTED} FROM earlier_requests
            """
        )
        stopped = stop_persons(
            con, VERIFICATIONS, "counted_requests", model, self._most, self._lifted
        )
        con.execute("DROP TABLE counted_requests")
        con.execute(_NO_BASIS)
        return stopped

    def count_again(self) -> int:
        """Count anew what others stored meanwhile; call it inside the transaction.

        Returns:
            How many more requests of ``verifications`` are stopped.
        """
        last = self._place.store.last_asking()
        if self._of_nobody or last == self._counted_to:
            return 0
        self._counted_to = last
        model = open_model(self._place.office.reference)
        self._stop_as_written(model)
        more = self._con.execute(
            f"""
            UPDATE {VERIFICATIONS} SET {AS_STOPPED}
            WHERE row IN (SELECT row FROM {STOPPED}) AND rule <> '{REPEATED}'
            """
        ).fetchall()
        return int(more[0][0]) + self.stop_after(model)

    def rows(self) -> None:
        """Make ``asked_rows`` (``row``, ``token``, ``place``): what is stored of those compared."""
        con, key = self._con, asking_key(self._place.office.secret())
        if self._of_nobody:
            con.execute(ASKED_ROWS.made_empty())
            return
        if self._unwatched and self._own() <= _VERY_FEW:
            self._rows_of_few(key)
            return
        con.execute(
            f"""
            CREATE OR REPLACE TEMP VIEW asked_names AS
            SELECT row AS id, {", ".join(NAMES)} FROM {self._requests} WHERE row IN ({_OWN})
            """
        )
        know_forms(con)
        make_coarse(con, "asked_names", filed=False)
        con.execute(
            f"""
            CREATE OR REPLACE TABLE {ASKED_ROWS} AS
            WITH tokens AS (SELECT DISTINCT token FROM asked_coarse),
            keyed AS (SELECT token, {number_sql("token", key)} AS number FROM tokens)
            SELECT row, person AS token, address AS place FROM {NEWLY_ASKED}
            UNION ALL SELECT id, number, NULL FROM asked_coarse JOIN keyed USING (token)
            """
        )

    def _are_too_few(self, earlier: Collection[int]) -> bool:
        """Whether there are not enough requests: nobody was asked about at more addresses."""
        return self._own() + len(earlier) <= self._most.of_one

    def _own(self) -> int:
        """Count the requests of the batch that were compared."""
        ((many,),) = self._con.execute(f"SELECT count(*) FROM ({_OWN})").fetchall()
        return int(many)

    def _rows_of_few(self, key: bytes) -> None:
        """Do what :meth:`rows` does, name by name."""
        found = [
            (row, number_of(token, key))
            for row, *name in self._con.execute(
                f"SELECT row, {', '.join(NAMES)} FROM {self._requests} WHERE row IN ({_OWN})"
            ).fetchall()
            for token in coarse_tokens(name, filed=False)
        ]
        table = {
            "row": pa.array([row for row, _ in found], pa.int64()),
            "token": pa.array([token for _, token in found], pa.int64()),
        }
        self._con.register("asked_tokens_of_few", pa.table(table))
        self._con.execute(
            f"""
            CREATE OR REPLACE TABLE {ASKED_ROWS} AS
            SELECT row, person AS token, address AS place FROM {NEWLY_ASKED}
            UNION ALL SELECT row, token, NULL FROM asked_tokens_of_few
            """
        )
        self._con.unregister("asked_tokens_of_few")

    def _stop_as_written(self, model: Model) -> int:
        if self._people is not None:
            asked = self._people_before({one.person for one in self._people})
            places = places_asked(self._people, asked)
            if all(one.place <= self._most.of_one for one in places):
                self._stop_nobody(places)
                return 0
            put(self._con, str(ASKED_PEOPLE), _columns(ASKED_PEOPLE, self._people))
        return self._stop_by_tables(model)

    def _stop_nobody(self, places: Iterable[AskedPlace]) -> None:
        """Make ``stopped`` and ``newly_asked`` where no address is beyond the limit."""
        new = [(one.person, one.address, one.row) for one in places if one.row is not None]
        put(self._con, str(NEWLY_ASKED), _columns(NEWLY_ASKED, new))
        self._con.execute(STOPPED.made_empty())

    def _people_before(self, people: Iterable[int]) -> Iterator[tuple[int, int, int]]:
        """Give at which addresses people were asked about before, and which place each had."""
        return self._place.store.places_asked(people if self._counted_to else ())

    def _stop_by_tables(self, model: Model) -> int:
        con = self._con
        con.register("asked_before", self._places())
        limit = self._most.of_one
        stopped = stop_repeated(con, self._requests, model, limit, "asked_before")
        con.unregister("asked_before")
        for row in self._lifted:
            stopped -= len(
                con.execute(f"DELETE FROM {STOPPED} WHERE row = $1 RETURNING 1", [row]).fetchall()
            )
        return stopped

    def _places(self) -> pa.Table:
        people = self._con.execute(f"SELECT DISTINCT person FROM {ASKED_PEOPLE}").fetchall()
        found = list(self._people_before(person for (person,) in people))
        columns = list(zip(*found, strict=True)) or [(), (), ()]
        names = ("person", "address", "place")
        return pa.table(
            {
                name: pa.array(values, pa.int64())
                for name, values in zip(names, columns, strict=True)
            }
        )

    def _earlier(self) -> Iterator[Asked]:
        """Give the earlier requests that could be about somebody who would be confirmed."""
        con = self._con
        ((people,),) = con.execute("SELECT count(DISTINCT person_id) FROM held_names").fetchall()
        if people > _FEW:
            return self._place.store.askings(None)
        key = asking_key(self._place.office.secret())
        if self._unwatched and people <= _VERY_FEW:
            names = con.execute(f"SELECT DISTINCT {', '.join(NAMES)} FROM held_names").fetchall()
            tokens = {token for name in names for token in coarse_tokens(name, filed=True)}
            return self._place.store.askings(number_of(token, key) for token in sorted(tokens))
        coarse_of_people(con)
        numbers = con.execute(
            f"SELECT DISTINCT {number_sql('token', key)} FROM filed_coarse"
        ).fetchall()
        return self._place.store.askings(number for (number,) in numbers)

    def _restore(self, earlier: Iterable[Asked]) -> None:
        """Make ``earlier_requests``, under numbers that come before those of any batch."""
        found = list(earlier)
        table = pa.table(
            {
                "row": pa.array([one.id - _EARLIER for one in found], pa.int64()),
                "payload": pa.array([one.payload for one in found], pa.string()),
            }
        )
        self._con.register("earlier_payloads", table)
        stored = "SELECT row, payload FROM earlier_payloads"
        restore_payloads(self._con, stored, "earlier_requests")
        self._con.unregister("earlier_payloads")


def _columns(table: DeclaredTable, rows: Sequence[tuple[object, ...]]) -> dict[str, pa.Array]:
    """Give rows column by column, as a table declares them."""
    columns = list(zip(*rows, strict=True)) or [()] * len(table.columns)
    kinds = {"BIGINT": pa.int64(), "VARCHAR": pa.string()}
    return {
        name: pa.array(values, kinds[kind])
        for (name, kind), values in zip(table.columns.items(), columns, strict=True)
    }
