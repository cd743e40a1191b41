"""An officer's step at the desk: the current law and register read, the desk set up."""

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from ostiary.pipeline.current_law import CurrentLaw
from ostiary.pipeline.workplace import Workplace
from ostiary.review.desk import Desk
from ostiary.review.officers import Reviewer
from ostiary.review.states import CaseState, state_of
from ostiary.storage import Case


@contextmanager
def at_desk(place: Workplace) -> Iterator[Desk]:
    """Set up the desk of an office under the law that is current now."""
    with place.scratch() as con:
        law = place.read_law(con)
        yield desk_of(place, con, law)


def desk_of(place: Workplace, con: duckdb.DuckDBPyConnection, law: CurrentLaw) -> Desk:
    """Give the desk under a law whose registers are loaded in ``con``."""
    rows = con.execute(
        'SELECT officer, public_key, "from", "until" FROM reg_reviewers ORDER BY ALL'
    ).fetchall()
    return Desk(place.origin, place.store, law.name, [Reviewer(*row) for row in rows], place.moment)


def waiting(desk: Desk) -> Iterator[tuple[Case, CaseState]]:
    """Give the cases that await a step, with where each stands, in order of receipt."""
    for item in desk.store.queue():
        case = desk.store.case(item.id)
        state = state_of(case, desk.decision(case))
        if state is not CaseState.NOT_SPECIFIC:
            yield case, state
