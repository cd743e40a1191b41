"""Is everything counted that is to be counted over requests? What the log does not name itself.

How often a person was asked about, and how many requests share a reason, is counted by keyed
digests beside the requests (:mod:`ostiary.office.batches.asking_limit`,
:func:`ostiary.deciding.intake.facts.mark_reasons`). No entry commits to them; but they follow from
what a request says, to which the log does. Whoever takes one away lets somebody ask on.

Names and places are counted in standard form, in that of the day of the look. The log says which
that was: the law adopted before it names how facts come about, the standard form included. What was
counted in another form is not counted again, for it would come out otherwise with nobody's doing.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import duckdb
import pyarrow as pa

from ostiary.deciding.intake.derivations import derivations_digest
from ostiary.deciding.intake.facts import mark_reasons
from ostiary.deciding.matching.name_tokens import NAMES, know_forms, make_coarse
from ostiary.deciding.matching.repeat_limit import asking_key, mark_people, number_sql
from ostiary.deciding.matching.rules import REPEATED
from ostiary.deciding.matching.tables import ASKED_PEOPLE
from ostiary.office.folder.session import OfficeSession
from ostiary.office.rulings.disclosure import restore_payloads
from ostiary.office.store import Case, LawRecord, VerificationRecord
from ostiary.office.store.cases import CaseStore

_REASONS = "SELECT row, coalesce(reason_digest, '') FROM counted"
Rows = dict[int, set[tuple[int, int | None]]]
"""By request: keyed digests of names, and of a person with an address."""


def counted_in_another_form(cases: Iterable[Case], laws: Sequence[LawRecord]) -> frozenset[int]:
    """Give the requests of which whom they asked about was counted in another standard form.

    It is counted at the first look. An office of before schema 7 counted nothing by name; it had
    another form as well.

    Args:
        cases: requests.
        laws: all that were adopted, in the order of the log, which bears them out.
    """
    adopted, now = [law.entry_index for law in laws], derivations_digest()

    def is_of_now(entry: int) -> bool:
        last = bisect_left(adopted, entry) - 1
        return last >= 0 and laws[last].derivations == now

    return frozenset(
        case.request.id
        for case in cases
        if (looks := _looks(case)) and not is_of_now(min(one.entry_index for one in looks))
    )


def counting_faults(
    con: duckdb.DuckDBPyConnection,
    place: OfficeSession,
    cases: Sequence[Case],
    otherwise: Collection[int],
) -> Iterator[str]:
    """Give a sentence for each request of which less, more or something else is counted.

    Args:
        con: a connection of its own.
        place: the office.
        cases: requests that can still be opened, as the log bears them out.
        otherwise: those whose people are not recounted, see :func:`counted_in_another_form`.
    """
    numbers = [case.request.id for case in cases]
    _restore(con, cases)
    mark_reasons(con, "counted", place.secret_text())
    reasons = dict(con.execute(_REASONS).fetchall())
    looked = {case.request.id: _was_compared(case) for case in cases if case.verification}
    looked = {number: own for number, own in looked.items() if number not in otherwise}
    tokens, places = _wanted(con, place.office.secret(), looked)
    stored: Rows = defaultdict(set)
    for number, token, address in place.store.asking_of(numbers):
        stored[number].add((token, address))
    agencies = {case.request.id: case.request.agency for case in cases}
    beside = {number: places[number] - stored[number] for number in looked}
    gone = _not_counted(place.store, beside, agencies)
    for case in cases:
        number, at = case.request.id, f"entry {case.request.entry_index}"
        if number in reasons and reasons[number] != case.request.reason_digest:
            yield f"{at}: another digest of the reason is counted"
        if number in otherwise:
            continue
        of_names = {(token, address) for token, address in stored[number] if address is None}
        other = stored[number] - of_names - places[number]
        if of_names != tokens[number] or other or number in gone:
            yield f"{at}: what is counted of whom it asked about is not what it says"


def _not_counted(store: CaseStore, beside: Rows, agencies: Mapping[int, str]) -> set[int]:
    """Give the requests of which a place is counted under no request at all.

    A place that was asked about before is counted where it was first. Was that destroyed since,
    then a disposal emptied a row of an earlier request of the same agency, and one for each place.

    Args:
        store: the case store.
        beside: what is not counted under the request itself.
        agencies: whose each request is.
    """
    people = {person for pairs in beside.values() for person, _ in pairs}
    known = {(person, address) for person, address, _ in store.places_asked(people)}
    missing = {number: pairs - known for number, pairs in beside.items() if pairs - known}
    destroyed = store.asking_destroyed() if missing else {}
    lost: dict[str, set[tuple[int, int | None]]] = defaultdict(set)
    for number, pairs in missing.items():
        lost[agencies[number]] |= pairs
    return {
        number
        for number in missing
        if not _may_be_destroyed(number, destroyed.get(agencies[number]), lost[agencies[number]])
    }


def _may_be_destroyed(
    number: int, destroyed: tuple[int, int] | None, lost: Collection[object]
) -> bool:
    first, rows = destroyed or (number, 0)
    return first < number and len(lost) <= rows


def _was_compared(case: Case) -> bool:
    return any(look.rule != REPEATED for look in _looks(case))


def _looks(case: Case) -> tuple[VerificationRecord, ...]:
    return (*case.superseded, *filter(None, [case.verification]))


def _restore(con: duckdb.DuckDBPyConnection, cases: Collection[Case]) -> None:
    """Make ``counted``: what the requests say, in standard form."""
    kept = [case for case in cases if case.request.payload is not None]
    table = {
        "row": pa.array([case.request.id for case in kept], pa.int64()),
        "payload": pa.array([case.request.payload for case in kept], pa.string()),
    }
    con.register("counted_payloads", pa.table(table))
    restore_payloads(con, "SELECT row, payload FROM counted_payloads", "counted")
    con.unregister("counted_payloads")


def _wanted(
    con: duckdb.DuckDBPyConnection, secret: bytes, looked: Mapping[int, bool]
) -> tuple[Rows, Rows]:
    """Give what is counted of the names of requests, and of their addresses.

    Args:
        con: holds ``counted``.
        secret: the office's.
        looked: requests that came to a look, and whether the records were compared: of one that was
            stopped before, its place alone is counted.
    """
    chosen = {"row": pa.array(looked, pa.int64()), "own": pa.array(looked.values(), pa.bool_())}
    con.register("looked_rows", pa.table(chosen))
    con.execute(
        "CREATE OR REPLACE TEMP TABLE counted_looks AS FROM counted JOIN looked_rows USING (row)"
    )
    con.unregister("looked_rows")
    names = f"SELECT row AS id, {', '.join(NAMES)} FROM counted_looks WHERE own"
    con.execute(f"CREATE OR REPLACE TEMP VIEW asked_names AS {names}")
    know_forms(con)
    make_coarse(con, "asked_names", filed=False)
    number = number_sql("token", asking_key(secret))
    tokens: Rows = defaultdict(set)
    for row, token in con.execute(f"SELECT id, {number} FROM asked_coarse").fetchall():
        tokens[row].add((token, None))
    mark_people(con, "counted_looks", secret)
    places: Rows = defaultdict(set)
    for row, person, address in con.execute(
        f"SELECT row, person, address FROM {ASKED_PEOPLE}"
    ).fetchall():
        places[row].add((person, address))
    return tokens, places
