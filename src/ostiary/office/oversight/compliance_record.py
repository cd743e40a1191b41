"""The record of compliance with an order, for a court: what the office says, and its log since.

1. The office's statement (scope, what it holds covered, leave, notice, the order's text by digest)
   goes into the log by its digest first; then the log is published, and the record made of it.
2. In the record stand the public log's own entries and nothing that opens one: nobody is named.
3. What is written is checked before it is there, as its reader will check it.

What is checked, and how, is :mod:`ostiary.verifying.export.compliance`.
"""

import base64
import json
import secrets
import shutil
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from ostiary import __version__
from ostiary.deciding.law.instruments import Instrument
from ostiary.deciding.law.orders import may_cover, named_by
from ostiary.disk.durable import put_durably
from ostiary.domain.errors import FaultError, InputError
from ostiary.domain.words import Layer
from ostiary.office.folder.law_in_force import CurrentLaw
from ostiary.office.folder.session import OfficeSession
from ostiary.office.rulings.stored_facts import stored_facts
from ostiary.office.store.journal import journal_entry
from ostiary.verifying.export.compliance import (
    ENTRIES,
    FORMAT,
    ORDER,
    PROOF,
    REPORT,
    STATEMENT,
    check_compliance,
)
from ostiary.verifying.export.compliance_report import report_page
from ostiary.verifying.export.concerned import Concerned, concerned
from ostiary.verifying.log.checkpoints import Checkpoint
from ostiary.verifying.log.entries import read_entry
from ostiary.verifying.log.hasher import TreeHasher
from ostiary.verifying.log.proofs import read_proof
from ostiary.verifying.log.published import prove
from ostiary.verifying.log.tiles import CHECKPOINT_PATH
from ostiary.verifying.log.tree import leaf_hash

_STEPS = (b'"release.stopped"', b'"answer.released"', b'"answer.recalled"')


def write_compliance(place: OfficeSession, name: str, folder: Path) -> Concerned:
    """Write the record of compliance with one order.

    Args:
        place: the office.
        name: id of the order: the name of its file.
        folder: made; it must not be there yet.

    Returns:
        What the log shows.

    Raises:
        InputError: no order of this id is in the book, or the folder is there already.
        FaultError: the published log does not agree with the case store.
    """
    if folder.exists():
        raise InputError("this is there already", where=str(folder), cure="name a new folder")
    with place.law_at_hand() as (_, law):
        order = _order(law, name)
        statement = _statement(place, law, order)
    text = json.dumps(statement, indent=1, sort_keys=True, ensure_ascii=False).encode() + b"\n"
    _record(place, order, text)
    checkpoint = place.publish()
    made = folder.with_name(f".{folder.name}-{secrets.token_hex(4)}")
    made.mkdir(parents=True)
    try:
        found = _write(place, made, statement, checkpoint)
        put_durably(made / STATEMENT, text)
        put_durably(made / ORDER, order.source.encode())
        put_durably(made / CHECKPOINT_PATH, checkpoint.note)
        _check(place, made)
        made.rename(folder)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise
    return found


def _order(law: CurrentLaw, name: str) -> Instrument:
    for one in law.book.instruments:
        if one.id == name and one.layer is Layer.ORDER:
            return one
    known = ", ".join(one.id for one in law.book.instruments if one.layer is Layer.ORDER)
    raise InputError("no order of this id is in the book", where=name, cure=f"one of {known}")


def _statement(place: OfficeSession, law: CurrentLaw, order: Instrument) -> dict[str, Any]:
    docket, scope = named_by(order)
    agencies = law.registers.tables["agencies"].to_pylist()
    last = order.period.last
    return {
        "format": FORMAT,
        "origin": place.origin,
        "made_by": __version__,
        "made_on": str(place.moment.today),
        "order": {
            "id": order.id,
            "title": order.title,
            "citation": next((one.citation for rule in order.rules for one in rule.versions), ""),
            "docket": docket,
            "kinds": list(order.kinds),
            "from": str(order.period.first),
            "until": str(last) if last else "",
            "text": f"sha256:{sha256(order.source.encode()).hexdigest()}",
        },
        "scope": {
            "agencies": sorted(_within(scope["agencies"], agencies)),
            "provisions": scope["provisions"],
        },
        "covered": list(_covered(place, order)),
        "leaves": _rows(law, "court_leaves", order.id),
        "notices": _rows(law, "court_notices", order.id),
    }


def _within(named: Iterable[str], agencies: Iterable[Mapping[str, Any]]) -> set[str]:
    """Give the agencies that an order names, with all that ever stood below them."""
    found, above = set(named), [(one["agency"], one["parent"]) for one in agencies]
    while more := {agency for agency, parent in above if parent in found} - found:
        found |= more
    return found


def _covered(place: OfficeSession, order: Instrument) -> Iterator[int]:
    """Give the entries of the requests received since the order that it may cover, by the facts."""
    for batch in place.store.batches():
        if batch.received < order.period.first:
            continue
        for request in place.store.requests_of(batch.id):
            facts = stored_facts(request)
            if facts and may_cover(order, facts):
                yield request.entry_index


def _rows(law: CurrentLaw, register: str, order: str) -> list[dict[str, str]]:
    rows = law.registers.tables[register].to_pylist()
    return [
        {name: text or "" for name, text in row.items()} for row in rows if row["order"] == order
    ]


def _record(place: OfficeSession, order: Instrument, text: bytes) -> None:
    entry = journal_entry(
        "compliance.recorded",
        at=place.moment.at,
        order=order.id,
        on=str(place.moment.today),
        statement=f"sha256:{sha256(text).hexdigest()}",
    )
    with place.store.write() as txn:
        txn.log(entry)


def _write(
    place: OfficeSession, folder: Path, statement: Mapping[str, Any], checkpoint: Checkpoint
) -> Concerned:
    """Write entries, proof and page."""
    first = _first_since(place, statement["order"]["from"])
    tree = TreeHasher()
    bodies: list[bytes] = []
    border: list[list[bytes]] = []
    for index, body in enumerate(place.store.entries_from(0)):
        if index == first:
            border = _border_of(tree)
        if index >= first:
            bodies.append(body)
        tree.add([leaf_hash(body)])
    earlier = dict(_earlier(place, first, bodies))
    proof = {
        "first": first,
        "border": [[one.hex() for one in tile] for tile in border],
        "earlier": [_proven(place, index, body) for index, body in earlier.items()],
    }
    found = concerned(statement, first, bodies, earlier)
    put_durably(folder / ENTRIES, b"".join(body + b"\n" for body in bodies))
    put_durably(folder / PROOF, json.dumps(proof, indent=1, sort_keys=True).encode() + b"\n")
    put_durably(folder / REPORT, report_page(statement, checkpoint, found))
    return found


def _first_since(place: OfficeSession, day: str) -> int:
    """Give the last entry that is older than a day; the first of all where there is none."""
    first = 0
    for index, body in enumerate(place.store.entries_from(0)):
        if read_entry(body).at[:10] >= day:
            break
        first = index
    return first


def _border_of(tree: TreeHasher) -> list[list[bytes]]:
    """Give the partial tile of each level from 0 up, as :meth:`TreeHasher.resume` wants them."""
    tiles = {level: tile for level, _, tile in tree.border()}
    levels = 0
    while tree.size >> (8 * levels):
        levels += 1
    return [tiles.get(level, []) for level in range(levels)]


def _earlier(
    place: OfficeSession, first: int, bodies: Iterable[bytes]
) -> Iterator[tuple[int, bytes]]:
    """Give the entries from before the first that steps since are about."""
    about = {int(read_entry(body)["of"]) for body in bodies if any(name in body for name in _STEPS)}
    for index in sorted(one for one in about if one < first):
        yield index, place.store.entry(index).body


def _proven(place: OfficeSession, index: int, body: bytes) -> dict[str, Any]:
    proof = read_proof(prove(place.office.accounting, index))
    path = [base64.b64encode(one).decode() for one in proof.hashes]
    return {"entry": index, "body": body.decode(), "path": path}


def _check(place: OfficeSession, folder: Path) -> None:
    keys = [key.verifier.vkey for key in (place.signer, *place.beside)]
    for fault in check_compliance(folder, keys, every=True).faults:
        raise FaultError(f"the record of compliance does not verify: {fault}")
