"""One batch through the whole corridor, from request file to published log.

The order is the promise: the law decides before the reference is opened, and where a person has a
part in it, the reference stays closed until that person has spoken; state and entries commit
in one transaction; the batch folder is whole before that commit and gets its name after it. So a
run that is cut short anywhere never happened, or is finished when the office is next opened. What
is counted over all files holds at the commit, or the run begins anew, see
:mod:`ostiary.office.batches.overtaking`.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import NamedTuple

import duckdb
import pyarrow as pa

from ostiary.deciding.intake.request_rows import Asked, RequestRows
from ostiary.deciding.intake.tables import HISTORY_OFFICERS, HISTORY_REASONS, REQUESTS
from ostiary.deciding.matching.reference_integrity import begin_check
from ostiary.domain.choices import EngineName
from ostiary.domain.errors import InputError
from ostiary.office.batches.admission import Admission, apply_law, counted, take_in
from ostiary.office.batches.asking_limit import AskingLimit
from ostiary.office.batches.asking_of_one import InDoubtError
from ostiary.office.batches.batch_entries import BatchFacts, batch_entries
from ostiary.office.batches.batch_folder import Afterwards, at_once, finish_folder, lay_folder
from ostiary.office.batches.committing import BatchRows, commit_batch
from ostiary.office.batches.engines import Engine, opened_engine
from ostiary.office.batches.interruptions import told_when_stopped
from ostiary.office.batches.overtaking import CountedBy, History, Turn, entered_as_found
from ostiary.office.batches.recorded_requests import (
    add_commitments,
    add_contents,
    commit_outcomes_again,
)
from ostiary.office.batches.request_sources import digest_of, readable, size_of
from ostiary.office.batches.resubmissions import split_off_resubmissions
from ostiary.office.batches.rows_to_mend import ready_to_mend
from ostiary.office.batches.run_by_values import finish_values, run_by_values
from ostiary.office.batches.stages import OnStage, Stages, silent
from ostiary.office.batches.stored_rows import (
    asked_rows,
    determination_rows,
    request_rows,
    verification_rows,
)
from ostiary.office.batches.summaries import BatchSummary
from ostiary.office.batches.verification import Verified, compare, ready_decoys
from ostiary.office.folder.law_in_force import CurrentLaw
from ostiary.office.folder.session import OfficeSession
from ostiary.office.folder.small_database import cursor_beside
from ostiary.office.rulings.permitted_looks import Looks, choose_looks, day_of_look
from ostiary.verifying.log.clock_order import LATE_DAYS
from ostiary.verifying.log.commitments import new_salts
from ostiary.verifying.log.vocabulary import LATE_CAUSES

Explain = Callable[[], int]
"""Enters an officer's word on why a file comes late, once, and gives the entry's number."""

_STANDS = (
    "interrupted; batch {} was committed before and stands. What is missing of its folder and of"
    " the published log is added when the office is next entered"
)
_SMALL = 256 * 1024  # bytes of a file that needs no engine of its own, which begins in 40 ms
_FEW = 10_000  # reasons that are looked up one by one; of more, all are counted


def run_batch(
    place: OfficeSession,
    asked: Asked,
    received: date,
    *,
    registers: Sequence[Path] = (),
    engine: EngineName = "duckdb",
    on_stage: OnStage = silent,
    determined: bool = False,
    explained: Explain | None = None,
    afterwards: Afterwards = at_once,
) -> BatchSummary:
    """Run a request file, or requests as values, through the corridor.

    A record is looked at once every element of admission is met. Requests of which a person must
    determine something wait for that; see :mod:`ostiary.office.cases.examination`.

    Args:
        place: the office.
        asked: the request file, or requests as values.
        received: day of receipt; not after today.
        registers: folders of registers to lay over the office's own.
        engine: what runs the law and the comparison; the result is the same.
        on_stage: told when a stage begins.
        determined: in a training office alone: take every element that a person determines as
            found, each with its log entry, and look at once.
        explained: enters an officer's word on why the file comes so late; a real office takes no
            file without it that came more than 14 days back, and `accounting verify` remarks it.
        afterwards: given what is left once the batch is committed and published: summary and
            report in its folder, for which nobody who waits for replies has to wait.

    Returns:
        What stands, or will, in the batch's ``summary.json``.

    Raises:
        InputError: the file cannot be taken, or the office has no reference file; nothing changed.
        StoppedError: somebody stopped the run after its commit; the batch stands.
        LawChangedError: the law was changed while it ran, again and again; nothing changed.
    """
    _check_may_run(place, received, determined=determined)
    explain = _explaining(place, received, explained)
    given = (place, asked, received, registers, engine, on_stage)
    run = partial(_run, *given, determined=determined, explain=explain, afterwards=afterwards)
    return entered_as_found(place, run)


def _run(
    place: OfficeSession,
    asked: Asked,
    received: date,
    registers: Sequence[Path],
    engine: EngineName,
    on_stage: OnStage,
    turn: Turn,
    *,
    determined: bool,
    explain: Explain,
    afterwards: Afterwards,
) -> BatchSummary:
    """Run a file as :func:`run_batch` does; ``turn`` lets one run commit at a time.

    Raises:
        OvertakenError: files were stored, or records looked at, that this one is counted with;
            nothing changed.
    """
    limits = place.office.config.limits
    _check_limit("bytes", size_of(asked), limits.file_bytes)
    stages = Stages(on_stage)
    begin_check(place.office.reference)
    if isinstance(asked, RequestRows) and not (registers or determined or engine != "duckdb"):
        by_values = None
        with suppress(InDoubtError):
            by_values = run_by_values(place, asked, received, stages, turn)
        if by_values:  # it is committed, and nothing of what follows may begin it anew
            law, batch = by_values
            with told_when_stopped(_STANDS.format(batch.batch)):
                return finish_values(place, law, batch, stages, afterwards)
    with (
        readable(asked, near=place.office.root, most=limits.file_bytes) as plain,
        _law_for(place, plain, registers, stages) as (con, law),
    ):
        read = take_in(con, plain, stages)
        _check_limit("rows", read.rows, limits.file_rows)
        secret = place.secret_text()
        earlier = _set_beside_earlier(con, place, asked, secret, stages)
        with opened_engine(engine, place) as using:
            found = _decided(
                con, place, law, received, secret, stages, using, earlier, determined=determined
            )
        facts = _facts(place, law, received, counted(con, law, read.rows), earlier, found)
        with stages.stage("mending"):
            ready_to_mend(con, plain, careful=read.careful, known=place.store.known_requests)
        with stages.stage("accounting"):
            add_commitments(con, law.book)
            with turn():
                explain()
                batch = _commit(con, law, earlier.history, facts, asked.name, found.verified)
        with told_when_stopped(_STANDS.format(batch.batch)):
            with stages.stage("publishing"):
                checkpoint = place.publish()
            return finish_folder(con, place, law, batch, stages, checkpoint, afterwards)


class _Earlier(NamedTuple):
    """A file beside all that came before it."""

    history: History
    repeats: int
    digest: str


def _set_beside_earlier(
    con: duckdb.DuckDBPyConnection, place: OfficeSession, asked: Asked, secret: str, stages: Stages
) -> _Earlier:
    with stages.stage("repeats"):
        add_contents(con, secret)
        history = History.of(place)
        return _Earlier(history, split_off_resubmissions(con, place), digest_of(asked))


class _Decided(NamedTuple):
    """What the law and the comparison found of a file."""

    looks: Looks
    verified: Verified
    manner: tuple[int, ...]


def _decided(
    con: duckdb.DuckDBPyConnection,
    place: OfficeSession,
    law: CurrentLaw,
    received: date,
    secret: str,
    stages: Stages,
    using: Engine,
    earlier: _Earlier,
    *,
    determined: bool,
) -> _Decided:
    """Have the law decide, and compare those of whom no person has to speak first."""
    few = apply_law(con, law, received, secret, stages, partial(_load_history, place), using.decide)
    with stages.stage("elements"):
        looked_on = day_of_look(place, received)
        looks = choose_looks(con, law, received, looked_on, determined=determined, few=few)
    with stages.stage("matching"):
        seed = secret + earlier.digest
        verified = compare(con, place, seed, using.verify, law.book, looked_on)
        return _Decided(looks, verified, ready_decoys(con, place, using.verify))


def _facts(
    place: OfficeSession,
    law: CurrentLaw,
    received: date,
    admission: Admission,
    earlier: _Earlier,
    found: _Decided,
) -> BatchFacts:
    """Say what all entries of the batch have in common; its name comes with the commit."""
    return BatchFacts(
        batch="",
        at=place.moment.at,
        received=received,
        file_digest=earlier.digest,
        file_salt=new_salts(1)[0],
        admission=admission,
        repeats=earlier.repeats,
        book=law.name,
        model=found.verified.model,
        control=found.verified.control,
        repeated_asking=found.verified.stopped,
        looks=found.looks,
        manner=found.manner,
    )


@contextmanager
def _law_for(
    place: OfficeSession, asked: Asked, registers: Sequence[Path], stages: Stages
) -> Iterator[tuple[duckdb.DuckDBPyConnection, CurrentLaw]]:
    """Give the law with a database that holds its registers: for a small file, one at hand."""
    with ExitStack() as stack:
        with stages.stage("registers"):
            if size_of(asked) <= _SMALL:
                con, law = stack.enter_context(place.law_at_hand(*registers))
            else:
                con = stack.enter_context(place.scratch())
                law = place.read_law(con, *registers)
        yield con, law


def _check_may_run(place: OfficeSession, received: date, *, determined: bool) -> None:
    if determined and not place.office.config.training:
        raise InputError(
            "only a training office can take as found what persons determine",
            where="--determined",
            cure="leave it out; officers determine, one request at a time",
        )
    if received > place.moment.today:
        raise InputError("nothing can have been received after today", where="--received")


def _explaining(place: OfficeSession, received: date, explained: Explain | None) -> Explain:
    """Give what enters the officer's word, once the file has been read.

    Raises:
        InputError: there is one and the day wants none, or none and the day wants one.
    """
    wanted = _wants_a_reason(place, received)
    if explained is not None and not wanted:
        raise InputError(
            f"only a day of receipt more than {LATE_DAYS} days back, in a real office, wants a"
            " reason",
            where="--why",
            cure="leave out --why, --officer and --key",
        )
    if explained is None and wanted:
        raise InputError(
            f"{received} lies more than {LATE_DAYS} days back; whoever names the day chooses the"
            " law, so an officer signs why the file is entered so late",
            where="--received",
            cure=f"add --why ({', '.join(LATE_CAUSES)}), --officer and --key; or leave out"
            " --received, if the file came today. To walk through the past, `ostiary init"
            " --training`",
        )
    return explained or _say_nothing


def _wants_a_reason(place: OfficeSession, received: date) -> bool:
    """Whether a day of receipt lies so far back that an officer has to sign why."""
    days = (place.moment.today - received).days
    return not place.office.config.training and days > LATE_DAYS


def _say_nothing() -> int:
    return -1


def _check_limit(what: str, found: int, limit: int) -> None:
    if found > limit:
        raise InputError(
            f"the file has {found:,} {what}, the office takes {limit:,}",
            cure="send it in parts, or raise the limit in office.toml",
        )


def _load_history(place: OfficeSession, con: duckdb.DuckDBPyConnection) -> None:
    """Make the tables of the office's history that facts are counted from."""
    officers, reasons = _open_matters(place, con), _shared_reasons(place, con)
    for table, found in (
        (HISTORY_OFFICERS, officers),
        (HISTORY_REASONS, reasons),
    ):
        key, value = table.columns
        columns = {
            key: pa.array(list(found), pa.string()),
            value: pa.array(list(found.values()), pa.int64()),
        }
        con.register("history", pa.table(columns))
        con.execute(f"CREATE TABLE {table} AS SELECT * FROM history")
        con.unregister("history")


def _open_matters(place: OfficeSession, con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Count the open matters of the file's recipients beside those that the file names.

    Of a large file the matters of those alone are read who carry any.
    """
    carrying = place.store.carrying()
    if not carrying:
        return {}
    con.register("carrying", pa.table({"officer": pa.array(sorted(carrying), pa.string())}))
    named = con.execute(
        f"""
        SELECT officer, coalesce(list(DISTINCT matter_number)
                                 FILTER (matter_number IS NOT NULL), [])
        FROM (SELECT unnest(recipients) AS officer, matter_number FROM {REQUESTS})
        JOIN carrying USING (officer) GROUP BY officer
        """
    ).fetchall()
    con.unregister("carrying")
    return place.store.open_matters(dict(named))


def _shared_reasons(place: OfficeSession, con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Count earlier requests by reason: of a small file's reasons alone, of a large one's all."""
    digests = con.execute(
        f"SELECT DISTINCT reason_digest FROM {REQUESTS} WHERE reason_digest IS NOT NULL"
        f" LIMIT {_FEW + 1}"
    ).fetchall()
    if len(digests) > _FEW:
        return place.store.shared_reasons()
    return place.store.shared_among(digest for (digest,) in digests)


def _commit(
    con: duckdb.DuckDBPyConnection,
    law: CurrentLaw,
    history: History,
    facts: BatchFacts,
    file_name: str,
    verified: Verified,
) -> BatchFacts:
    """Commit the batch and its entries; lay its folder out before, name it after."""

    def settled() -> BatchFacts:
        history.check(partial(CountedBy.of_table, con))
        return replace(facts, control=verified.bounded_again().control)

    def counted(facts: BatchFacts) -> BatchFacts:
        again = _counted_again(con, facts, verified.limit)
        verified.limit.rows()
        return again

    def stored(named: BatchFacts, first: int, request: int) -> BatchRows:
        return BatchRows(
            request_rows(con, named.received, first, request),
            verification_rows(con, named.looks, first, request),
            batch_entries(con, named, first),
            asked_rows(con, request),
            determination_rows(con, named, first, request),
        )

    def lay(named: BatchFacts, first: int) -> Callable[[], Path]:
        return partial(lay_folder, cursor_beside(con), history.place, named, first)

    return commit_batch(history.place, law, file_name, settled, lay, stored, counted)


def _counted_again(
    con: duckdb.DuckDBPyConnection, facts: BatchFacts, limit: AskingLimit
) -> BatchFacts:
    """Count askings again where another batch was committed since they were."""
    more = limit.count_again()
    if more:
        commit_outcomes_again(con)
    return replace(facts, repeated_asking=facts.repeated_asking + more)
