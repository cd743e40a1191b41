"""An office that somebody works in: its store, the moment, the current law, its published log."""

import logging
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache, cached_property, partial
from pathlib import Path
from typing import TypeVar

import duckdb

from ostiary.deciding.intake.registered_keys import strike_out
from ostiary.deciding.intake.registers import put_registers
from ostiary.deciding.matching.single import SingleVerifier
from ostiary.disk.locks import alone
from ostiary.domain.errors import OfficeError
from ostiary.domain.words import Moment
from ostiary.office.folder.key_rotation import RetiredKeyFiles
from ostiary.office.folder.known_keys import Memory, seen_keys
from ostiary.office.folder.law_in_force import CurrentLaw, written_law
from ostiary.office.folder.layout import Office
from ostiary.office.folder.log_marks import last_law, marks_in
from ostiary.office.folder.rule_names import keep_rule_names
from ostiary.office.folder.small_database import Tables, small_database
from ostiary.office.store import LawRecord, NewLaw
from ostiary.office.store.cases import CaseStore
from ostiary.office.store.journal import journal_entry
from ostiary.office.store.writing import Transaction
from ostiary.verifying.keys.files import read_note_text
from ostiary.verifying.log.checkpoints import Checkpoint, unverified_checkpoint
from ostiary.verifying.log.entries import instant
from ostiary.verifying.log.exchanges import check_address
from ostiary.verifying.log.key_changes import RetiredKeys
from ostiary.verifying.log.policies import Policy, Witness, quorum_of
from ostiary.verifying.log.published import publish
from ostiary.verifying.log.tiles import CHECKPOINT_PATH
from ostiary.verifying.log.tree import NodeReader
from ostiary.verifying.log.vkeys import Signer, Verifier, read_vkey
from ostiary.verifying.witness.collecting import Witnessing

SCRATCH = ".scratch-"
MEMORY = "4GiB"
"""What a step's tables may take in memory; beyond, they overflow into the step's own folder."""
_NOT_ACCEPTED = (
    "is not one that this office has seen, and counts for nothing until officers accept it:"
    " `ostiary keys list`"
)
_LOG = logging.getLogger(__name__)
Done = TypeVar("Done")


MOST_CHANGES = 5
"""How often a step begins anew because the law was changed while it was under way."""


class LawChangedError(OfficeError):
    """The law has been changed since a step read it; nothing was entered under the former one."""

    def __init__(self) -> None:
        super().__init__(
            "the law was changed while this was under way: an order, a register or the rule book."
            " Nothing was entered under the former one",
            cure="do it again; a record that waits is looked at by `ostiary review examine`",
        )


def under_standing_law(step: Callable[[], Done]) -> Done:
    """Take a step that reads the law itself; again when that changed before the step was entered.

    Raises:
        LawChangedError: it changed each time.
    """
    for _ in range(MOST_CHANGES - 1):
        try:
            return step()
        except LawChangedError:
            continue
    return step()


@dataclass(frozen=True)
class OfficeSession:
    """An office that somebody works in at one moment.

    Attributes:
        office: the folder.
        store: its open case store.
        moment: clock and legal day.
        reference_at_hand: gives the reference file where this process has it open for single
            requests, or opens it soon; None where a batch's walk is the shorter way.
        custody_soon: has custody files written by a thread of this process, and says whether there
            is one; see :class:`ostiary.office.cases.looks_in_custody.CustodyWriter`.
    """

    office: Office
    store: CaseStore
    moment: Moment
    reference_at_hand: Callable[[], SingleVerifier | None] = lambda: None
    custody_soon: Callable[[], bool] = lambda: False

    @property
    def origin(self) -> str:
        """Name of the office's log."""
        return self.office.config.origin

    @property
    def signer(self) -> Signer:
        """The log's key, named after the log."""
        return Signer(self.origin, self.office.log_key())

    @property
    def beside(self) -> tuple[Signer, ...]:
        """The log's further keys, which sign every checkpoint as well."""
        key = self.office.post_quantum_key()
        return (Signer(self.origin, key),) if key else ()

    @property
    def log_keys(self) -> tuple[Verifier, ...]:
        """The public keys that sign the log now."""
        return tuple(signer.verifier for signer in (self.signer, *self.beside))

    @property
    def retired(self) -> tuple[RetiredKeys, ...]:
        """The public keys that signed the log before, oldest first."""
        return tuple(self._retired(files) for files in self.office.retired_keys())

    def _retired(self, files: RetiredKeyFiles) -> RetiredKeys:
        last = unverified_checkpoint(files.checkpoint)
        keys = (read_note_text(text, where="keys/earlier") for text in files.texts)
        verifiers = tuple(Verifier(self.origin, key) for key in keys)
        return RetiredKeys(verifiers, last.size, last.root, files.stolen)

    @property
    def witnessing(self) -> Witnessing:
        """Who countersigns the log, as ``office.toml`` says, and under which keys.

        Raises:
            InputError: a witness's address or key is none, or one stands there twice.
        """
        return Witnessing(self._witnesses, self.log_keys, self.retired)

    @cached_property
    def _witnesses(self) -> Policy:
        listed = self.office.config.accounting
        for one in listed.witnesses:
            check_address(one.url)
        witnesses = [Witness("", read_vkey(one.key), one.url) for one in listed.witnesses]
        return quorum_of(witnesses, listed.quorum)

    def secret_text(self) -> str:
        """Give the office's secret as hex text, for digests that are keyed in SQL."""
        return self.office.secret().hex()

    def publish(self, *, ask_again: bool = False) -> Checkpoint:
        """Bring the published log up to the case store; doing it twice changes nothing.

        One program publishes at a time; another waits and then has nothing left to do. Witnesses
        are asked about every new checkpoint, and about the present one while it lacks its quorum.

        Args:
            ask_again: ask them about the present one in any case. A witness that has seen more
                than the case store holds is then found out before anything is done here.

        Raises:
            FaultError: the published log, or a witness, is ahead of the case store, or has seen
                another log.
        """
        with self.publishing_alone():
            checkpoint = self.publish_held(ask_again=ask_again)
            marks_in(self.store).keep(self.store)
        if not self.witnessing.is_met(checkpoint.note):
            _LOG.warning("%s", self._lacking(checkpoint.size))
        return checkpoint

    def publish_held(self, *, ask_again: bool = False) -> Checkpoint:
        """Publish as :meth:`publish` does, for a caller who keeps the others away already."""
        return publish(
            self.office.accounting,
            self.store.entries_from,
            self.store.log_size(),
            self.signer,
            self.origin,
            beside=self.beside,
            earlier_keys=[key for one in self.retired for key in one.keys],
            endorse=partial(self._endorse, ask_again=ask_again),
        )

    @contextmanager
    def publishing_alone(self) -> Iterator[None]:
        """Keep other programs from changing the published log."""
        with alone(self.office.root / ".publishing"):
            yield

    def answers_may_leave(self) -> bool:
        """Whether the published checkpoint has the quorum that answers wait for."""
        if self.office.config.accounting.without_quorum == "publish":
            return True
        return self.witnessing.is_met((self.office.accounting / CHECKPOINT_PATH).read_bytes())

    def _endorse(
        self,
        checkpoint: Checkpoint,
        node: NodeReader,
        published: Checkpoint | None,
        *,
        ask_again: bool,
    ) -> bytes:
        is_new = published is None or checkpoint.note != published.note
        if is_new or ask_again or not self.witnessing.is_met(checkpoint.note):
            return self.witnessing.endorse(checkpoint, node, published)
        return checkpoint.note

    def _lacking(self, size: int) -> str:
        listed = self.office.config.accounting
        follows = "answers are held back" if listed.without_quorum == "hold" else "it is used so"
        return (
            f"the checkpoint of {size} entries is not countersigned by {listed.quorum} of the"
            f" {len(listed.witnesses)} witnesses; {follows}"
        )

    def adopt_now(self, law: CurrentLaw) -> None:
        """Put the current law into the accounting before a step under it, if it is another one."""
        last = last_law(self.store)
        if last is not None and not _is_adopted(last, law):
            with self.store.write() as txn:
                self.adopt(txn, law)

    def adopt(self, txn: Transaction, law: CurrentLaw) -> None:
        """Put the current law into the accounting when it is another one than before.

        The first keys that stand under their ids count from then on; those that were taken out
        of the registers have ended.

        Raises:
            LawChangedError: the files say something else since the law was read. Whatever was
                found under it, by a file that took minutes or the release of a thousand answers, is
                not entered: an order that came meanwhile works at once.
        """
        if not law.stands():
            raise LawChangedError
        last, seen = last_law(self.store), self._seen_since(law)
        law = law.beside(seen, self.moment.today)
        keep_rule_names(self.office.root, law.book)
        if last is None or not _is_adopted(last, law):
            entry = journal_entry("law.adopted", at=self.moment.at, **law.digests)
            row = NewLaw(**law.digests, at=self.moment.at, files=law.files)
            txn.adopt_law(row, entry, law.remembered - seen)

    def _seen_since(self, law: CurrentLaw) -> Memory:
        """Give the keys that the office has seen; another program may have, since the law was read.

        Rows that tell of keys are only added, by one writer after the other. Where none was, what
        was read with the law is what is there, and the log has borne that out.
        """
        is_last = self.store.last_key_seen() == law.last_key
        return law.seen if is_last else self.store.keys_seen()

    def read_law(self, con: duckdb.DuckDBPyConnection, *more: Path) -> CurrentLaw:
        """Read the law as it is at this step: shipped book, the office's registers and orders.

        Keys in the registers that nobody has accepted are left out of what is loaded.

        Args:
            con: where the registers are loaded.
            more: further folders of registers, laid over the office's.

        Raises:
            FaultError: the log does not bear out which keys the office has seen.
        """
        law = self._law(*more)
        put_registers(con, law.registers)
        strike_out(con, law.pending)
        return law

    def law_alone(self) -> CurrentLaw:
        """Give the law as it is at this step, for a step that asks no table of registers.

        Raises:
            FaultError: as :meth:`read_law`.
        """
        return self._law()

    @contextmanager
    def law_at_hand(
        self, *more: Path, seen_within: bool = False
    ) -> Iterator[tuple[duckdb.DuckDBPyConnection, CurrentLaw]]:
        """Give the law as it is at this step, with a small database that holds its registers.

        For one case or a few: it is there at once, stays in memory, and is gone at the end. Its
        cursors do not see its tables.

        Args:
            more: further folders of registers, laid over the office's.
            seen_within: a transaction has let keys count that its log entry will tell of.

        Raises:
            FaultError: as :meth:`read_law`.
        """
        with self.law_and_tables(*more, seen_within=seen_within) as (tables, law):
            yield tables(), law

    @contextmanager
    def law_and_tables(
        self, *more: Path, seen_within: bool = False
    ) -> Iterator[tuple[Tables, CurrentLaw]]:
        """Give the law as :meth:`law_at_hand` does, with what opens the small database.

        For a step that seldom asks a table: to open it takes longer than to read a case.

        Args:
            more: as there.
            seen_within: as there.

        Raises:
            FaultError: as :meth:`read_law`.
        """
        law = self._law(*more, seen_within=seen_within)
        with ExitStack() as stack:
            yield cache(partial(_laid_out, stack, law)), law

    def _law(self, *more: Path, seen_within: bool = False) -> CurrentLaw:
        last = self.store.last_key_seen()  # before they are read: what is added meanwhile shows
        seen = self.store.keys_seen() if seen_within else seen_keys(self.store)
        folders = [self.office.registers, *more]
        law = written_law(registers=folders, orders=self.office.orders)
        law = law.under(self.office.config.deciding())
        law = replace(law.beside(seen, self.moment.today), seen=seen, last_key=last)
        for register, holder, _ in sorted(law.pending):
            _LOG.warning("%s.csv: the key of %s %s", register, holder, _NOT_ACCEPTED)
        return law

    @contextmanager
    def scratch(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Give a DuckDB connection whose overflow stays inside the office, and is removed."""
        with scratch_database(self.office.root) as con:
            yield con


def _laid_out(stack: ExitStack, law: CurrentLaw) -> duckdb.DuckDBPyConnection:
    con = stack.enter_context(small_database(law.registers, changing=bool(law.pending)))
    strike_out(con, law.pending)
    return con


def _is_adopted(last: LawRecord, law: CurrentLaw) -> bool:
    """Whether a law is the one adopted last, by an Ostiary that remembered its keys."""
    same = all(getattr(last, name) == digest for name, digest in law.digests.items())
    return same and last.files is not None


def now(on: date | None = None) -> Moment:
    """Read the clock; ``on`` sets the legal day (in a training office only)."""
    clock = datetime.now(UTC)
    return Moment(at=instant(clock), today=on or clock.date())


def drop_dead_scratch(root: Path) -> None:
    """Remove what programs that are gone (killed, say) have left of their scratch folders."""
    for folder in root.glob(f"{SCRATCH}*"):
        pid = folder.name.removeprefix(SCRATCH).partition("-")[0]
        if pid.isdigit() and not _is_alive(int(pid)):
            shutil.rmtree(folder, ignore_errors=True)


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


@contextmanager
def scratch_folder(near: Path | None = None) -> Iterator[Path]:
    """Make a private folder, named after this program, and remove it at the end.

    Args:
        near: folder to make it in; the system's own place unless given.
    """
    folder = Path(tempfile.mkdtemp(prefix=f"{SCRATCH}{os.getpid()}-", dir=near))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def scratch_database(
    near: Path | None = None, *, memory: str = MEMORY
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open an in-memory DuckDB that overflows into a private folder, removed at the end."""
    with (
        scratch_folder(near) as folder,
        duckdb.connect(config={"temp_directory": str(folder), "memory_limit": memory}) as con,
    ):
        yield con
