"""The custody files of batches, written anew with what looks showed."""

from io import BytesIO

import pyarrow as pa
import pyarrow.parquet as pq

from ostiary.disk.durable import put_durably
from ostiary.disk.locks import alone
from ostiary.office.batches.batch_folder import CUSTODY
from ostiary.office.folder.session import OfficeSession

_VERIFICATIONS = "verifications.parquet"


def tell_custody(place: OfficeSession) -> None:
    """Write what looks showed into the custody files of the batches, where that is not done yet.

    Looks of several officers at once share the writing: each file is written once for all of them.
    """
    with alone(place.office.root / ".examining"):
        untold = place.store.untold_examinations()
        for batch in sorted({batch for batches in untold.values() for batch in batches}):
            _write_verifications(place, batch)
        if untold:
            with place.store.write() as txn:
                for number in untold:
                    txn.mark_examination_done(number)


def _write_verifications(place: OfficeSession, batch: str) -> None:
    """Write the custody file of a batch anew from the case store; nothing where custody is gone."""
    custody = place.office.batches / batch / CUSTODY
    if not custody.is_dir():
        return
    kinds = {
        "request_id": pa.string(),
        "outcome": pa.string(),
        "rule": pa.string(),
        "person_id": pa.string(),
        "weight": pa.float64(),
        "margin": pa.float64(),
        "basis": pa.string(),
    }
    rows = list(place.store.verifications_of(batch))
    columns = list(zip(*rows, strict=True)) or [()] * len(kinds)
    table = pa.table(
        {
            name: pa.array(values, kind)
            for (name, kind), values in zip(kinds.items(), columns, strict=True)
        }
    )
    written = BytesIO()  # a file beside it could be left behind
    pq.write_table(table, written, compression="zstd")
    put_durably(custody / _VERIFICATIONS, written.getvalue())
