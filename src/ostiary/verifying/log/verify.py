"""Verify a published log with nothing but its files and public keys.

Order of belief: the checkpoint's signature, and its witnesses'; then that the files are what it
signs (:mod:`.log.audit`); then that the log extends an earlier checkpoint, and every
time-stamped one (:mod:`ostiary.verifying.log.stamped_log`); and along the way that the entries make
sense together (:mod:`.log.recount`). Last, whether other files hide among the tiles
(:mod:`ostiary.verifying.log.unlisted_files`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509

from ostiary.domain.errors import InputError
from ostiary.verifying.log.audit import TileAudit
from ostiary.verifying.log.checkpoints import MAX_CHECKPOINT, Checkpoint
from ostiary.verifying.log.faults import (
    FAULT_LIMIT,
    Fault,
    FaultKind,
    FaultList,
    NoteError,
    TileError,
)
from ostiary.verifying.log.hasher import TILE_WIDTH
from ostiary.verifying.log.key_changes import (
    RetiredKeys,
    check_extends,
    check_key_changes,
    check_last_checkpoints,
    open_published,
    open_with_retired,
)
from ostiary.verifying.log.policies import NO_WITNESSES, Policy
from ostiary.verifying.log.reader import TileReader
from ostiary.verifying.log.recount import AgencyYear, Recount
from ostiary.verifying.log.sources import Source
from ostiary.verifying.log.stamped_log import Stamp, check_stamps
from ostiary.verifying.log.tiles import CHECKPOINT_PATH, width_at
from ostiary.verifying.log.unlisted_files import check_strays
from ostiary.verifying.log.vkeys import Verifier, read_vkey

Progress = Callable[[int, int], None]
"""Told how many of how many entries have been read."""


@dataclass(frozen=True, slots=True)
class LogReport:
    """What a verification found. Figures count only when there is no fault.

    Attributes:
        origin: the log's name; empty when the checkpoint cannot be believed.
        size: how many entries the checkpoint signs.
        root: the signed root, in hex.
        signers: names of the known keys that signed.
        cosigners: key names of the witnesses named that cosigned.
        stamps: the time-stamped checkpoints.
        by_type: entries counted by type.
        figures: requests and answers by agency and year; what the answers said cannot be counted
            from public entries (see :mod:`ostiary.verifying.log.recount`).
        faults: the first ``FAULT_LIMIT`` faults: those of the files, then those of the meaning.
        fault_count: how many were found; a log without its files is not searched to the end.
        remarks: what is no fault and wants explaining, see
            :class:`ostiary.verifying.log.recount.Recount`.
    """

    origin: str
    size: int
    root: str
    signers: tuple[str, ...]
    cosigners: tuple[str, ...]
    stamps: tuple[Stamp, ...]
    by_type: dict[str, int]
    figures: tuple[AgencyYear, ...]
    faults: tuple[Fault, ...]
    fault_count: int
    remarks: tuple[str, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Whether nothing was found wrong."""
        return self.fault_count == 0


def verify_log(
    source: Source,
    verifying_keys: Sequence[str],
    previous: bytes | None = None,
    *,
    every: bool = False,
    policy: Policy = NO_WITNESSES,
    authorities: Sequence[x509.Certificate] = (),
    retired: Sequence[RetiredKeys] = (),
    progress: Progress | None = None,
) -> LogReport:
    """Check a whole log.

    Args:
        source: where its files are.
        verifying_keys: verifier keys (``name+keyid+base64``) to believe; at least one.
        previous: an earlier checkpoint of the same log, kept somewhere safe.
        every: whether each of the keys must have signed, not just one.
        policy: the witnesses of whom a quorum must have cosigned.
        authorities: certificates of time-stamp authorities to believe.
        retired: keys that the log was signed with before, in the order in which it gave them up.
        progress: told how far it is.

    Returns:
        What was found; it does not raise for a fault.

    Raises:
        InputError: no keys, a key that is none, or no log there at all.
    """
    if not verifying_keys:
        raise InputError("no public key was given", cure="name the log's key with --public-key")
    verifiers = [read_vkey(text) for text in verifying_keys]
    in_files, in_meaning = FaultList(), FaultList()
    checkpoint = _signed_checkpoint(source, verifiers, retired, in_files, every=every)
    if checkpoint is None:
        return _report(None, None, in_files, in_meaning)
    cosigners = _check_witnesses(policy, checkpoint, in_files)
    reader = TileReader(source, checkpoint.size)
    in_stamps = FaultList()
    ever = _ever_signed_with(verifiers, retired)
    stamps = check_stamps(source, reader, ever, authorities, in_stamps)
    recount = Recount(checkpoint.origin, in_meaning, _believed(stamps))
    _walk(TileAudit(reader, checkpoint, in_files), recount, checkpoint.size, progress)
    check_last_checkpoints(retired, reader, in_files)
    if recount.is_complete:
        check_key_changes(recount.key_changes, verifiers, retired, in_meaning, every=every)
    if previous is not None:
        _check_previous(previous, verifiers, retired, checkpoint, reader, in_files)
    in_files.extend(in_stamps)
    check_strays(source, reader, in_files)
    return _report(checkpoint, recount, in_files, in_meaning, cosigners, stamps)


def _ever_signed_with(
    verifiers: Sequence[Verifier], retired: Sequence[RetiredKeys]
) -> list[Verifier]:
    return [*verifiers, *(key for one in retired for key in one.keys)]


def _believed(stamps: Sequence[Stamp]) -> list[tuple[int, datetime]]:
    """Give the size of the log at each time that a believed authority stamped it."""
    return [(stamp.size, stamp.at) for stamp in stamps if stamp.is_believed]


def _signed_checkpoint(
    source: Source,
    verifiers: Sequence[Verifier],
    retired: Sequence[RetiredKeys],
    faults: FaultList,
    *,
    every: bool,
) -> Checkpoint | None:
    try:
        note = source.read(CHECKPOINT_PATH, MAX_CHECKPOINT)
        if note is None:
            raise InputError(
                "there is no checkpoint here",
                where=source.name,
                cure="name the folder or address that holds the file `checkpoint`",
            )
        return open_published(note, verifiers, retired, every=every)
    except (NoteError, TileError) as error:
        faults.add(FaultKind.CHECKPOINT, str(error), path=CHECKPOINT_PATH)
        return None


def _check_witnesses(policy: Policy, checkpoint: Checkpoint, faults: FaultList) -> tuple[str, ...]:
    try:
        cosigners = policy.check(checkpoint.note)
    except NoteError as error:
        faults.add(FaultKind.WITNESS, str(error), path=CHECKPOINT_PATH)
        return ()
    return tuple(dict.fromkeys(one.verifier.name for one in cosigners))


def _walk(audit: TileAudit, recount: Recount, size: int, progress: Progress | None) -> None:
    for number, entries in enumerate(audit.bundles()):
        if entries is None:
            recount.skip(width_at(size, 0, number))
        else:
            for entry in entries:
                recount.add(entry)
        if progress is not None:
            progress(min((number + 1) * TILE_WIDTH, size), size)
    if audit.is_complete:
        audit.finish()
        recount.finish()


def _check_previous(
    previous: bytes,
    verifiers: Sequence[Verifier],
    retired: Sequence[RetiredKeys],
    checkpoint: Checkpoint,
    reader: TileReader,
    faults: FaultList,
) -> None:
    """Report a log that shrank or was rewritten since an earlier checkpoint."""
    try:
        earlier = open_with_retired(
            previous, verifiers, retired, origin=checkpoint.origin, kept_safe=True
        )
    except NoteError as error:
        faults.add(FaultKind.PREVIOUS, f"the earlier checkpoint is no evidence: {error}")
        return
    check_extends(
        earlier.size,
        earlier.root,
        reader,
        faults,
        shrank=f"{earlier.size} entries were signed before, now there are {checkpoint.size}",
        forked=f"the first {earlier.size} entries are not those that were signed before",
    )


def _report(
    checkpoint: Checkpoint | None,
    recount: Recount | None,
    in_files: FaultList,
    in_meaning: FaultList,
    cosigners: tuple[str, ...] = (),
    stamps: tuple[Stamp, ...] = (),
) -> LogReport:
    """Put together what was found; what is wrong with the files comes first and explains more."""
    return LogReport(
        origin=checkpoint.origin if checkpoint else "",
        size=checkpoint.size if checkpoint else 0,
        root=checkpoint.root.hex() if checkpoint else "",
        signers=checkpoint.signers if checkpoint else (),
        cosigners=cosigners,
        stamps=stamps,
        by_type=dict(sorted(recount.by_type.items())) if recount else {},
        figures=recount.figures() if recount else (),
        faults=tuple((in_files.kept + in_meaning.kept)[:FAULT_LIMIT]),
        fault_count=in_files.count + in_meaning.count,
        remarks=tuple(recount.remarks) if recount else (),
    )
