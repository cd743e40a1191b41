"""Loading the custodian's reference file into an office."""

from pathlib import Path
from typing import Any

import duckdb

from ostiary.accounting.journal import journal_entry
from ostiary.intake.reference import read_reference
from ostiary.intake.reference_stretches import AmissError, can_stretch, stretches
from ostiary.matching.learned import Learned, read_model_file
from ostiary.matching.reference import ReferenceSummary, load_reference
from ostiary.pipeline.stages import OnStage, Stages, peak_memory_mib, silent
from ostiary.pipeline.workplace import Workplace


def load_people(
    place: Workplace,
    path: Path,
    *,
    extend: bool = False,
    model: Path | None = None,
    on_stage: OnStage = silent,
) -> dict[str, Any]:
    """Load a reference file; the model's digest enters the accounting.

    Args:
        place: the office.
        path: CSV or Parquet, one row a person and address.
        extend: add to what is loaded instead of replacing it.
        model: a model file with shares learned elsewhere, see :mod:`ostiary.matching.learned`.
        on_stage: told when a stage begins.

    Returns:
        A summary: people, addresses, model, seconds by stage, peak memory.

    Raises:
        InputError: a file cannot be taken; the earlier reference stays as it was.
    """
    taught = read_model_file(model) if model else None
    stages = Stages(on_stage)
    with place.scratch() as con:
        loaded = _load(con, path, place.office.reference, stages, extend=extend, taught=taught)
    entry = journal_entry(
        "reference.loaded",
        at=place.moment.at,
        model=loaded.model,
        people=loaded.people,
        addresses=loaded.addresses,
    )
    with place.store.write() as txn:
        txn.log(entry)
    return {
        "people": loaded.people,
        "addresses": loaded.addresses,
        "model": loaded.model,
        "seconds": dict(stages.seconds),
        "seconds_total": stages.total(),
        "peak_memory_mib": peak_memory_mib(),
    }


def _load(
    con: duckdb.DuckDBPyConnection,
    path: Path,
    reference: Path,
    stages: Stages,
    *,
    extend: bool,
    taught: Learned | None,
) -> ReferenceSummary:
    """Load a file stretch by stretch where that is possible, else as a whole table."""
    if can_stretch(path):
        try:
            with stages.stage("loading"):
                people = stretches(con, path)
                return load_reference(con, people, reference, extend=extend, taught=taught)
        except AmissError:
            pass
    with stages.stage("reading"):
        read_reference(con, path, "people")
    with stages.stage("loading"):
        return load_reference(con, "people", reference, extend=extend, taught=taught)
