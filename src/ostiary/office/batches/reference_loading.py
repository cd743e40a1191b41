"""Loading the custodian's reference file into an office.

The file is put in place first and logged afterwards. What a stop in between left out is logged when
the office is next entered; ``reference/.logged`` says which model was logged last.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import duckdb

from ostiary.deciding.intake.reference import read_reference
from ostiary.deciding.intake.reference_chunks import AmissError, can_stretch, stretches
from ostiary.deciding.matching.learned import Learned, read_model_file
from ostiary.deciding.matching.model import MODEL_FILE, digest_of, open_model
from ostiary.deciding.matching.reference_integrity import check_reference
from ostiary.deciding.matching.reference_loading import ReferenceSummary, load_reference
from ostiary.deciding.reference.changes import Approve, Changes
from ostiary.deciding.reference.chunks import People
from ostiary.deciding.reference.reader import ReferenceReader
from ostiary.disk.durable import put_durably
from ostiary.disk.locks import alone
from ostiary.domain.errors import OfficeError
from ostiary.office.batches.reference_load_checks import (
    approving,
    refuse_lost_holds,
    without_bare_holds,
)
from ostiary.office.batches.stages import OnStage, Stages, peak_memory_mib, silent
from ostiary.office.batches.unpacked_file import handed_in
from ostiary.office.folder.session import OfficeSession
from ostiary.office.store.journal import journal_entry
from ostiary.verifying.log.entries import read_entry

_LOGGED = ".logged"


def load_people(
    place: OfficeSession,
    path: Path,
    *,
    extend: bool = False,
    replace: bool = False,
    expected: Mapping[str, int] | None = None,
    model: Path | None = None,
    on_stage: OnStage = silent,
) -> dict[str, Any]:
    """Load a reference file; the model's digest enters the accounting.

    Args:
        place: the office.
        path: CSV or Parquet, one row a person and address.
        extend: add to what is loaded instead of replacing it.
        replace: replace it even where many people end by that.
        expected: what the load is to do, see :func:`.batches.reference_load_checks.approving`.
        model: a model file with shares learned elsewhere, see :mod:`.matching.learned`.
        on_stage: told when a stage begins.

    Returns:
        A summary: people, addresses, ``changes`` (``new``, ``changed``, ``ended``, ``held``,
        ``unmatched``: people, see :class:`.reference.changes.Changes`), model, seconds by
        stage, peak memory.

    Raises:
        InputError: a file cannot be taken, or would do what is not meant (see
            :mod:`.batches.reference_load_checks`); the earlier reference stays as it was.
    """
    approve = approving(expected or {}, extend=extend, replace=replace)
    taught = read_model_file(model) if model else None
    stages = Stages(on_stage)
    loaded = _loaded(place, path, extend=extend, taught=taught, approve=approve, stages=stages)
    return {
        "people": loaded.people,
        "addresses": loaded.addresses,
        "changes": loaded.changes.counts(),
        "model": loaded.model,
        "seconds": dict(stages.seconds),
        "seconds_total": stages.total(),
        "peak_memory_mib": peak_memory_mib(),
    }


def _loaded(
    place: OfficeSession,
    path: Path,
    *,
    extend: bool,
    taught: Learned | None,
    approve: Approve,
    stages: Stages,
) -> ReferenceSummary:
    """Load a file while no other program does, and log it."""
    with (
        place.scratch() as con,
        handed_in(path, near=place.office.root) as plain,
        alone(place.office.root / ".loading"),
    ):
        folder = place.office.reference
        if extend:
            check_reference(folder)
        known = open_model(folder).opened if extend else None

        def load(people: str | People) -> ReferenceSummary:
            return load_reference(
                con, people, folder, extend=extend, taught=taught, approve=approve
            )

        loaded = _load(con, plain, known, stages, load)
        log_reference(place, loaded.model, loaded.people, loaded.addresses)
        return loaded


class _LookedError(Exception):
    """Stops a load once what it would do is known."""

    def __init__(self, changes: Changes) -> None:
        super().__init__()
        self.changes = changes


def try_loading(
    place: OfficeSession, path: Path, *, extend: bool = False, on_stage: OnStage = silent
) -> Changes:
    """Say what :func:`load_people` would do; the reference stays as it is.

    Args:
        place: the office.
        path: CSV or Parquet, one row a person and address.
        extend: add to what is loaded instead of replacing it.
        on_stage: told when a stage begins.

    Raises:
        InputError: the file cannot be taken.
    """

    def stop(changes: Changes) -> None:
        raise _LookedError(changes)

    try:
        _loaded(place, path, extend=extend, taught=None, approve=stop, stages=Stages(on_stage))
    except _LookedError as looked:
        return looked.changes
    raise AssertionError("a load that is stopped does not end")  # pragma: no cover


def log_missing_load(place: OfficeSession) -> None:
    """Log a reference file that was put in place and, because of a stop, not logged."""
    if _is_logged(place):
        return
    with alone(place.office.root / ".loading"):
        if _is_logged(place):
            return
        try:
            model = open_model(place.office.reference)
        except OfficeError:
            return  # nothing can be verified with it, so it is not in use
        if _last_logged(place) == model.digest:
            _mark(place, model.digest)
        else:
            log_reference(place, model.digest, model.counts.people, model.counts.addresses)


def _is_logged(place: OfficeSession) -> bool:
    """Whether the reference file in place is the one that was logged last, by its mark."""
    model, mark = place.office.reference / MODEL_FILE, place.office.reference / _LOGGED
    if not model.exists():
        return True
    return mark.exists() and mark.read_text("ascii").strip() == digest_of(model.read_bytes())


def _last_logged(place: OfficeSession) -> str:
    """Look through the log for the model that was logged last; only after a stop."""
    last = ""
    for body in place.store.entries_from(0):
        if b'"type":"reference.loaded"' in body:
            last = str(read_entry(body)["model"])
    return last


def log_reference(place: OfficeSession, model: str, people: int, addresses: int) -> None:
    """Log that a reference is in use; the caller holds the lock on loading."""
    entry = journal_entry(
        "reference.loaded", at=place.moment.at, model=model, people=people, addresses=addresses
    )
    with place.store.write() as txn:
        txn.log(entry)
    _mark(place, model)


def _mark(place: OfficeSession, model: str) -> None:
    put_durably(place.office.reference / _LOGGED, f"{model}\n".encode())


def _load(
    con: duckdb.DuckDBPyConnection,
    path: Path,
    known: ReferenceReader | None,
    stages: Stages,
    load: Callable[[str | People], ReferenceSummary],
) -> ReferenceSummary:
    """Load a file stretch by stretch where that is possible, else as a whole table."""
    if can_stretch(path):
        try:
            with stages.stage("loading"):
                return load(without_bare_holds(stretches(con, path)))
        except AmissError:
            pass
    with stages.stage("reading"):
        read_reference(con, path, "people")
        refuse_lost_holds(con, "people", path, known)
    with stages.stage("loading"):
        return load("people")
