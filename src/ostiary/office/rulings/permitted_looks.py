"""Which accepted requests may be looked at now, which wait for a person, which are stopped.

A look at a taxpayer's record is a step of its own day. It follows when the law of the day of
receipt and that of the day of the look have both spoken in full, elements that only a person can
determine included (26 USC 6103(i)(2)(A)). No record is in reach here.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb
import pyarrow as pa

from ostiary.deciding.intake.facts import Days, derive_facts
from ostiary.deciding.intake.tables import FACTS, REQUESTS
from ostiary.deciding.law.decide import decide_batch
from ostiary.deciding.law.elements import awaited, elements_by_rule, others
from ostiary.deciding.law.legal_time import Day
from ostiary.deciding.law.masks import mask_of
from ostiary.deciding.law.tables import DETERMINATIONS
from ostiary.domain.facts import HUMAN
from ostiary.domain.words import Stage, Status
from ostiary.office.folder.law_in_force import CurrentLaw
from ostiary.office.folder.session import OfficeSession
from ostiary.office.rulings.few_requests import AdmittedFew, Found, put, put_rulings, rule
from ostiary.office.rulings.tables import AWAITING, ELIGIBLE, LOOK_FACTS, LOOK_RULINGS, TAKEN

_AWAITS = f"SELECT row, awaits FROM {AWAITING}"


@dataclass(frozen=True, slots=True)
class Looks:
    """What happens next to the accepted requests of a batch.

    Attributes:
        day: the legal day of the look.
        accepted: how many there are.
        awaits: how many wait for a person, by element; one request may count under several.
        taken: how many elements a training office takes as found, by element.
        stopped: how many the law of that day stops, whatever a person says.
        looked_at: how many are looked at now.
        awaited: by provision, the elements that all accepted requests under it wait for.
    """

    day: date
    accepted: int
    awaits: Mapping[str, int]
    taken: Mapping[str, int]
    stopped: int
    looked_at: int
    awaited: Mapping[str, tuple[str, ...]]

    def stated(self) -> dict[str, Any]:
        """Give what ``summary.json`` says under ``steps``."""
        return {
            "accepted": self.accepted,
            "day_of_look": str(self.day),
            "awaiting_determination": dict(self.awaits),
            "taken_as_found": dict(self.taken),
            "stopped_on_day_of_look": self.stopped,
            "looked_at": self.looked_at,
        }


def day_of_look(place: OfficeSession, received: date) -> date:
    """Give the legal day of a look: today's.

    A training office looks on the day that ``--on`` sets, or else on the day of receipt: it goes
    through days of the past, which its clock has left behind.
    """
    has_no_day_set = place.moment.today == place.moment.clock_day
    if place.office.config.training and has_no_day_set:
        return received
    return place.moment.today


def choose_looks(
    con: duckdb.DuckDBPyConnection,
    law: CurrentLaw,
    received: date,
    looked_on: date,
    *,
    determined: bool = False,
    few: AdmittedFew | None = None,
) -> Looks:
    """Say of each accepted request what it waits for.

    Makes ``awaiting`` (``row``, ``awaits``: elements with spaces between, ``stopped``), ``taken``
    (``row``, ``fact``) and ``eligible``, the requests that are looked at now.

    Args:
        con: holds ``requests``, ``facts`` and ``determinations``, and the registers of ``law``.
        law: the law.
        received: day of receipt.
        looked_on: legal day of the look.
        determined: take every element as found, as a training office can.
        few: the requests, where they are so few that no engine need be asked.
    """
    day = Day(Stage.DISCLOSURE, received, looked_on)
    con.execute(TAKEN.made_empty())
    if few is None:
        _decide(con, law, day, received, looked_on, determined=determined)
    else:
        _decide_few(con, law, day, few, determined=determined)
    con.execute(
        f"""
        CREATE OR REPLACE TABLE {ELIGIBLE} AS
        SELECT r.* FROM {REQUESTS} r JOIN {LOOK_RULINGS} l USING (row) WHERE l.status = 'accepted'
        """
    )
    return _counted(con, looked_on)


def _decide(
    con: duckdb.DuckDBPyConnection,
    law: CurrentLaw,
    day: Day,
    received: date,
    looked_on: date,
    *,
    determined: bool,
) -> None:
    """Make ``look_rulings``, and ``awaiting`` as it was before anything was taken as found."""
    _facts_of_the_day(con, received, looked_on)
    decide_batch(con, law.book, day, facts=LOOK_FACTS, into=LOOK_RULINGS)
    _sort_out(con, law, day)
    if determined:
        take_as_found(con, LOOK_FACTS)
        decide_batch(con, law.book, day, facts=LOOK_FACTS, into=LOOK_RULINGS)


def _decide_few(
    con: duckdb.DuckDBPyConnection,
    law: CurrentLaw,
    day: Day,
    few: AdmittedFew,
    *,
    determined: bool,
) -> None:
    """Do what :func:`_decide` does, in Python."""
    ruled = few.on(law.book, day)
    put_rulings(con, ruled, LOOK_RULINGS)
    _sort_out(con, law, day)
    if determined:
        awaited = {row: text.split() for row, text in con.execute(_AWAITS).fetchall()}
        _put_taken(con, awaited)
        found = [(one, dict.fromkeys(awaited[one.row], True)) for one in ruled]
        again = [rule(law.book, one.row, {**one.facts, **facts}, day) for one, facts in found]
        put_rulings(con, again, LOOK_RULINGS)


def _put_taken(con: duckdb.DuckDBPyConnection, awaited: Mapping[int, Sequence[str]]) -> None:
    taken = [(row, fact) for row, facts in awaited.items() for fact in facts]
    rows = pa.array([row for row, _ in taken], pa.int64())
    put(con, TAKEN, {"row": rows, "fact": pa.array([fact for _, fact in taken], pa.string())})


def _facts_of_the_day(con: duckdb.DuckDBPyConnection, received: date, looked_on: date) -> None:
    """Make ``look_facts``; on one and the same day registers say what they said at admission."""
    accepted = f"SELECT row FROM {DETERMINATIONS} WHERE status = 'accepted'"
    if looked_on == received:
        con.execute(
            f"""
            CREATE OR REPLACE TABLE {LOOK_FACTS} AS
            SELECT f.* REPLACE (DATE '{looked_on}' AS disclosed) FROM {FACTS} f
            WHERE row IN ({accepted})
            """
        )
        return
    con.execute(
        f"CREATE OR REPLACE TEMP VIEW admitted AS FROM {REQUESTS} WHERE row IN ({accepted})"
    )
    derive_facts(con, Days(received, looked_on), requests="admitted", into=LOOK_FACTS)
    con.execute("DROP VIEW admitted")


def _sort_out(con: duckdb.DuckDBPyConnection, law: CurrentLaw, day: Day) -> None:
    """Make ``awaiting``: few masks stand for very many requests."""
    rules = elements_by_rule(law.book, day)
    masks = [
        mask for (mask,) in con.execute(f"SELECT DISTINCT mask FROM {LOOK_RULINGS}").fetchall()
    ]
    table = {
        "mask": pa.array(masks, pa.string()),
        "awaits": pa.array([" ".join(awaited(rules, mask_of(m))) for m in masks], pa.string()),
        "stopped": pa.array([others(rules, mask_of(m)) != 0 for m in masks], pa.bool_()),
    }
    con.register("look_masks", pa.table(table))
    con.execute(
        f"""
        CREATE OR REPLACE TABLE {AWAITING} AS
        SELECT row, awaits, stopped FROM {LOOK_RULINGS} JOIN look_masks USING (mask)
        """
    )
    con.unregister("look_masks")


def take_as_found(con: duckdb.DuckDBPyConnection, facts: str) -> None:
    """Make ``taken`` of all that is awaited, and say so in a table of facts."""
    con.execute(
        f"""
        CREATE OR REPLACE TABLE {TAKEN} AS
        SELECT row, unnest(string_split(awaits, ' ')) AS fact FROM {AWAITING} WHERE awaits <> ''
        """
    )
    tell_found(con, facts, TAKEN)


def tell_found(con: duckdb.DuckDBPyConnection, facts: str, found: str) -> None:
    """Set human facts to true in a table of facts, as a table of ``row`` and ``fact`` says."""
    for name in HUMAN:
        con.execute(
            f"UPDATE {facts} SET {name} = TRUE"
            f" WHERE row IN (SELECT row FROM {found} WHERE fact = '{name}')"
        )


def found_in(con: duckdb.DuckDBPyConnection, found: str) -> Found:
    """Give what a table of ``row`` and ``fact`` says was found, by row and element."""
    by_row: defaultdict[int, dict[str, bool]] = defaultdict(dict)
    for row, fact in con.execute(f"SELECT row, fact FROM {found}").fetchall():
        by_row[row][fact] = True
    return by_row


def _counted(con: duckdb.DuckDBPyConnection, looked_on: date) -> Looks:
    awaits: Counter[str] = Counter()
    rows = con.execute(f"SELECT awaits, count(*) FROM {AWAITING} GROUP BY awaits").fetchall()
    for text, many in rows:
        awaits.update(dict.fromkeys(text.split(), many))
    ((accepted, stopped),) = con.execute(
        f"SELECT count(*), count(*) FILTER (stopped) FROM {AWAITING}"
    ).fetchall()
    ((eligible,),) = con.execute(f"SELECT count(*) FROM {ELIGIBLE}").fetchall()
    taken = con.execute(
        f"SELECT fact, count(*) FROM {TAKEN} GROUP BY fact ORDER BY fact"
    ).fetchall()
    by_provision = con.execute(
        f"SELECT DISTINCT f.provision, awaits FROM {AWAITING} JOIN {FACTS} f USING (row)"
        " ORDER BY ALL"
    ).fetchall()
    return Looks(
        day=looked_on,
        accepted=accepted,
        awaits=dict(sorted(awaits.items())) if not taken else {},
        taken=dict(taken),
        stopped=stopped,
        looked_at=eligible,
        awaited=_common(by_provision),
    )


def _common(by_provision: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Say what all that wait under a provision wait for."""
    common: dict[str, set[str]] = {}
    for provision, text in by_provision:
        common[provision] = common.get(provision, set(text.split())) & set(text.split())
    return {name: tuple(sorted(found)) for name, found in common.items() if found}


@dataclass(frozen=True, slots=True)
class Waiting:
    """An accepted request that no person has spoken about.

    Attributes:
        row: its row.
        awaits: elements that a person must find, with blanks between.
        stopped: whether anything else keeps the reference closed.
    """

    row: int
    awaits: str
    stopped: bool


def looks_of_few(
    law: CurrentLaw, received: date, looked_on: date, few: AdmittedFew
) -> tuple[Looks, list[Waiting]]:
    """Say what :func:`choose_looks` says where nothing is taken as found, without a table.

    Returns:
        What happens next, and each request that is not looked at now.
    """
    day = Day(Stage.DISCLOSURE, received, looked_on)
    rules, ruled = elements_by_rule(law.book, day), few.on(law.book, day)
    waiting = [
        Waiting(one.row, " ".join(awaited(rules, one.mask)), stopped=others(rules, one.mask) != 0)
        for one in ruled
    ]
    provisions = {one.row: str(one.facts["provision"]) for one in few.ruled}
    awaits = Counter(element for one in waiting for element in one.awaits.split())
    looks = Looks(
        day=looked_on,
        accepted=len(ruled),
        awaits=dict(sorted(awaits.items())),
        taken={},
        stopped=sum(one.stopped for one in waiting),
        looked_at=sum(one.status is Status.ACCEPTED for one in ruled),
        awaited=_common(sorted((provisions[one.row], one.awaits) for one in waiting)),
    )
    return looks, waiting
