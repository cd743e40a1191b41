"""Loading the custodian's reference file into an office."""

from pathlib import Path
from typing import Any

import duckdb

from ostiary.accounting.journal import journal_entry
from ostiary.intake.reference import read_reference
from ostiary.intake.reference_stretches import AmissError, can_stretch, stretches
from ostiary.matching.reference import ReferenceSummary, load_reference
from ostiary.pipeline.stages import OnStage, Stages, peak_memory_mib, silent
from ostiary.pipeline.workplace import Workplace


def load_people(
    place: Workplace, path: Path, *, extend: bool = False, on_stage: OnStage = silent
) -> dict[str, Any]:
    """Load a reference file; the model's digest enters the accounting.

    Args:
        place: the office.
        path: CSV or Parquet, one row a person and address.
        extend: add to what is loaded instead of replacing it.
        on_stage: told when a stage begins.

    Returns:
        A summary: people, addresses, model, seconds by stage, peak memory.

    Raises:
        InputError: the file cannot be taken; the earlier reference stays as it was.
    """
    stages = Stages(on_stage)
    with place.scratch() as con:
        loaded = _load(con, path, place.office.reference, stages, extend=extend)
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
    con: duckdb.DuckDBPyConnection, path: Path, reference: Path, stages: Stages, *, extend: bool
) -> ReferenceSummary:
    """Load a file stretch by stretch where that is possible, else as a whole table."""
    if can_stretch(path):
        try:
            with stages.stage("loading"):
                return load_reference(con, stretches(con, path), reference, extend=extend)
        except AmissError:
            pass
    with stages.stage("reading"):
        read_reference(con, path, "people")
    with stages.stage("loading"):
        return load_reference(con, "people", reference, extend=extend)
