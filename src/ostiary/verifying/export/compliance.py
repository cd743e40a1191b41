"""A record of compliance with an order, checked with the log's public key alone.

An office gives a court one folder: what it says of the order and its scope, and its whole log since
the order. Who holds the log's public key checks, with neither office nor network:

1. The checkpoint is signed by a key that is believed, and cosigned as a policy says.
2. The entries are all that the log has from the first one on: with the border of the tree before
   them they lead to the checkpoint's root. Nothing was left out and nothing put in. The first one
   is older than the order, so nothing since the order stands before it.
3. Entries from before the order that later ones are about have a proof of inclusion each.
4. What the office says in words (scope, what it holds covered, leave and notice) is the statement
   whose digest the log took in: it was said then, and not written afterwards.
5. The order is the text whose digest the statement names. Whether it is the court's, a court knows.
6. Requests, stops, answers and recalls under the order are counted again from the entries, and the
   page for people is what these figures make, byte for byte. A page that another version laid out
   is not compared, and that is said; the figures are counted all the same.

What the log does not show is the office's own word, and is marked so: which requests by other
agencies an order covers, and whether leave and notice were what the register says.
"""

import base64
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from ostiary import __version__
from ostiary.domain.errors import InputError
from ostiary.verifying.export.compliance_report import report_page
from ostiary.verifying.export.concerned import Concerned, concerned
from ostiary.verifying.log.checkpoints import MAX_CHECKPOINT, Checkpoint
from ostiary.verifying.log.entries import read_entry
from ostiary.verifying.log.faults import CanonicalFormError, EntryError, NoteError, ProofError
from ostiary.verifying.log.hasher import TreeHasher
from ostiary.verifying.log.key_changes import RetiredKeys, open_with_retired
from ostiary.verifying.log.policies import NO_WITNESSES, Policy
from ostiary.verifying.log.sources import FolderSource
from ostiary.verifying.log.tiles import CHECKPOINT_PATH
from ostiary.verifying.log.tree import HASH_SIZE, leaf_hash, verify_inclusion
from ostiary.verifying.log.vkeys import read_vkey

FORMAT = "ostiary-compliance/1"
STATEMENT, PROOF, ENTRIES, ORDER, REPORT = (
    "statement.json",
    "proof.json",
    "entries.jsonl",
    "order.md",
    "report.html",
)
_MOST = 1 << 26  # bytes of a file but the entries
_AT_ONCE = 4096


@dataclass(frozen=True, slots=True)
class ComplianceReport:
    """What a check of a record of compliance found.

    Attributes:
        origin: the log's name; empty when the checkpoint cannot be believed.
        size: how many entries the checkpoint signs.
        order: id of the order.
        figures: counted again from the entries.
        faults: what does not hold.
        remarks: what was not compared.
        page: the page for people, made again; empty when there is a fault.
    """

    origin: str
    size: int
    order: str
    figures: Mapping[str, int]
    faults: tuple[str, ...]
    remarks: tuple[str, ...] = ()
    page: bytes = b""


def check_compliance(
    folder: Path,
    verifying_keys: Sequence[str],
    *,
    every: bool = False,
    retired: Sequence[RetiredKeys] = (),
    policy: Policy = NO_WITNESSES,
) -> ComplianceReport:
    """Check a record of compliance.

    Args:
        folder: the record.
        verifying_keys: verifier keys of the log to believe.
        every: whether each of the keys must have signed.
        retired: earlier keys of the log, believed within their time.
        policy: witnesses that must have cosigned.

    Raises:
        InputError: no key, or no record there.
    """
    if not verifying_keys:
        raise InputError("no public key was given", cure="name the log's key with --public-key")
    statement, proof = (_json_of(folder, name) for name in (STATEMENT, PROOF))
    if statement.get("format") != FORMAT:
        raise InputError("there is no record of compliance here", where=str(folder))
    note = FolderSource(folder).read(CHECKPOINT_PATH, MAX_CHECKPOINT) or b""
    try:
        name, origin = str(statement["order"]["id"]), str(statement["origin"])
    except (LookupError, TypeError):
        raise InputError("there is no record of compliance here", where=str(folder)) from None
    try:
        keys = [read_vkey(key) for key in verifying_keys]
        checkpoint = open_with_retired(note, keys, retired, origin=origin, every=every)
        policy.check(note)
    except NoteError as error:
        return ComplianceReport("", 0, name, {}, (f"checkpoint: {error}",))
    report = ComplianceReport(checkpoint.origin, checkpoint.size, name, {}, ())
    try:
        return _checked(folder, statement, proof, checkpoint, report)
    except (CanonicalFormError, EntryError, ProofError) as error:
        fault = str(error)
    except (LookupError, TypeError, ValueError, OSError):
        fault = "a file of the record is missing, or is not what it should be"
    return replace(report, faults=(fault,))


def _checked(
    folder: Path,
    statement: Mapping[str, Any],
    proof: Mapping[str, Any],
    checkpoint: Checkpoint,
    report: ComplianceReport,
) -> ComplianceReport:
    """Check what lies behind a checkpoint that is believed.

    Raises:
        FaultError: the entries do not lead to the checkpoint, or one is none.
        LookupError, TypeError, ValueError, OSError: a file is not what it should be.
    """
    first, bodies, earlier = _checked_entries(folder, proof, checkpoint)
    faults, remarks = list[str](), list[str]()
    if first and read_entry(bodies[0]).at[:10] >= statement["order"]["from"]:
        faults.append("the first entry is not older than the order: entries may be missing")
    found = concerned(statement, first, bodies, earlier)
    faults += _wrong_words(folder, statement, found)
    page, made_by = report_page(statement, checkpoint, found), statement["made_by"]
    differs = (folder / REPORT).read_bytes() != page
    if differs and made_by == __version__:
        faults.append(f"{REPORT} does not say what the entries and the statement say")
    elif differs:
        remarks.append(f"{REPORT} was laid out by Ostiary {made_by}, and is not compared")
    return replace(
        report,
        figures=found.figures(),
        faults=tuple(faults),
        remarks=tuple(remarks),
        page=b"" if faults else page,
    )


def _wrong_words(folder: Path, statement: Mapping[str, Any], found: Concerned) -> Iterator[str]:
    digest = _digest(folder / STATEMENT)
    if found.recorded != digest:
        yield f"{STATEMENT} is not the statement that the log took in"
    if _digest(folder / ORDER) != statement["order"]["text"]:
        yield f"{ORDER} is not the text that the statement is about"


def _checked_entries(
    folder: Path, proof: Mapping[str, Any], checkpoint: Checkpoint
) -> tuple[int, list[bytes], dict[int, bytes]]:
    """Read the entries, and see that they are all that the checkpoint signs from the first on.

    Raises:
        ProofError: they are not.
    """
    first = int(proof["first"])
    bodies = (folder / ENTRIES).read_bytes().split(b"\n")[:-1]
    border = [[bytes.fromhex(one) for one in tile] for tile in proof["border"]]
    if any(len(one) != HASH_SIZE for tile in border for one in tile):
        raise ProofError("a hash does not have 32 bytes")
    tree = TreeHasher.resume(first, border)
    for start in range(0, len(bodies), _AT_ONCE):
        tree.add([leaf_hash(body) for body in bodies[start : start + _AT_ONCE]])
    if (tree.size, tree.root()) != (checkpoint.size, checkpoint.root):
        raise ProofError("these are not all entries of the log since the order")
    earlier = {}
    for one in proof["earlier"]:
        body, index = one["body"].encode(), int(one["entry"])
        path = [base64.b64decode(each, validate=True) for each in one["path"]]
        verify_inclusion(leaf_hash(body), index, checkpoint.size, path, checkpoint.root)
        earlier[index] = body
    return first, bodies, earlier


def _json_of(folder: Path, name: str) -> dict[str, Any]:
    try:
        with (folder / name).open("rb") as file:
            found = json.loads(file.read(_MOST).decode())
    except (OSError, ValueError):
        raise InputError("there is no record of compliance here", where=str(folder)) from None
    if not isinstance(found, dict):
        raise InputError("there is no record of compliance here", where=str(folder))
    return found


def _digest(path: Path) -> str:
    return f"sha256:{sha256(path.read_bytes()).hexdigest()}"
