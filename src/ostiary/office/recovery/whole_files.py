"""Is what the office laid out still there, as it laid it out? The log's files, batches and answers.

Nothing else reads them all: a step looks at the right edge of the log alone, and a damaged entry
of last year is met by an outsider first.
"""

from itertools import islice

from ostiary.domain.errors import OstiaryError
from ostiary.office.folder.session import OfficeSession
from ostiary.verifying.log.audit import TileAudit
from ostiary.verifying.log.checkpoints import Checkpoint
from ostiary.verifying.log.faults import FaultList
from ostiary.verifying.log.hasher import TILE_WIDTH
from ostiary.verifying.log.key_changes import open_published
from ostiary.verifying.log.reader import TileReader
from ostiary.verifying.log.sources import FolderSource
from ostiary.verifying.log.tiles import CHECKPOINT_PATH, width_at

_NAMED = 3


class NotWholeError(OstiaryError):
    """Files of the office are missing or damaged."""


def check_log_files(place: OfficeSession) -> int:
    """See that each published entry and tile is what the checkpoint signs, and what the store has.

    Every entry is read twice, from the files and from the store; what it says is not recounted.

    Returns:
        How many entries were looked at.

    Raises:
        NotWholeError: a file is missing or damaged, or the case store has another entry.
        NoteError: the checkpoint is not one of this office.
    """
    folder, faults = FolderSource(place.office.accounting), FaultList()
    note = (place.office.accounting / CHECKPOINT_PATH).read_bytes()
    checkpoint = open_published(note, place.log_keys, place.retired)
    audit = TileAudit(TileReader(folder, checkpoint.size), checkpoint, faults)
    other = _first_other_entry(place, audit, checkpoint)
    if audit.is_complete:
        audit.finish()
    if faults.count:
        named = _listed([str(one) for one in faults.kept])
        raise NotWholeError(
            f"files of the published log are damaged ({named});"
            " copy them back from the public copy of the log or from a backup, where they have the"
            " same names"
        )
    if other is not None:
        raise NotWholeError(
            f"entry {other:,} of the case store is not the one that was published; restore the"
            " office from a backup, and see who could write its database"
        )
    return checkpoint.size


def _first_other_entry(
    place: OfficeSession, audit: TileAudit, checkpoint: Checkpoint
) -> int | None:
    """Walk the published log beside the store; give the first entry that differs, if one does."""
    found, stored = None, place.store.entries_from(0, checkpoint.size)
    for number, entries in enumerate(audit.bundles()):
        start = number * TILE_WIDTH
        ours = list(islice(stored, width_at(checkpoint.size, 0, number)))
        if found is None and entries is not None and ours != entries:
            pairs = zip(ours, entries, strict=False)
            found = start + next((at for at, (a, b) in enumerate(pairs) if a != b), len(ours))
    return found


def check_laid_out(place: OfficeSession) -> tuple[int, int]:
    """See that the folder of each batch and the file of each answer are there.

    An answer that was destroyed on schedule has no file, nor has one that has not left yet.

    Returns:
        How many batches and answers were looked for.

    Raises:
        NotWholeError: one is missing.
    """
    office, store = place.office, place.store
    batches = [one.id for one in store.batches() if one.folder_done]
    gone = [f"batches/{one}" for one in batches if not (office.batches / one).is_dir()]
    waiting = {one.answer_id for one in store.undelivered()}
    answers = [answer for _, _, answer, _ in store.answer_index() if answer not in waiting]
    names = [f"{one}.answer" for one in answers]
    gone += [f"answers/{one}" for one in names if not (office.answers / one).is_file()]
    if gone:
        raise NotWholeError(
            f"missing: {_listed(gone)}; copy them back from a backup, which has them under the same"
            " names"
        )
    return len(batches), len(answers)


def _listed(found: list[str]) -> str:
    more = len(found) - _NAMED
    return "; ".join(found[:_NAMED]) + (f"; and {more:,} more" if more > 0 else "")
