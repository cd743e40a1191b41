"""How fast is a log proved, verified, recounted and opened again?"""

from pathlib import Path

from log_figures.appending import size_of
from log_figures.entries import ORIGIN
from log_figures.timing import drawn, middle, timed
from ostiary.office.folder.layout import Office, open_office
from ostiary.office.store.schema import check_case_store
from ostiary.verifying.log.faults import FaultList
from ostiary.verifying.log.hasher import TILE_WIDTH
from ostiary.verifying.log.proofs import read_proof
from ostiary.verifying.log.published import prove, publish
from ostiary.verifying.log.reader import TileReader
from ostiary.verifying.log.recount import Recount
from ostiary.verifying.log.sources import FolderSource, open_source
from ostiary.verifying.log.tree import (
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    root_at,
    verify_consistency,
    verify_inclusion,
)
from ostiary.verifying.log.verify import verify_log
from ostiary.verifying.log.vkeys import Signer


def proofs(folder: Path, signer: Signer, size: int, many: int = 2_000) -> None:
    """Time proofs of single entries, made from the files and checked, each with a cold reader."""
    source, keys = FolderSource(folder), [signer.verifier]
    made, checked, paths, verified = [], [], [], []
    for index in drawn(many, size):
        made.append(timed(prove, folder, index))
        proof, body = read_proof(prove(folder, index)), TileReader(source, size).entry(index)
        checked.append(timed(proof.verify, body, keys))
        paths.append(timed(inclusion_proof, index, size, TileReader(source, size).node))
        leaf, root = leaf_hash(body), proof.verify(body, keys).root
        verified.append(timed(verify_inclusion, leaf, index, size, proof.hashes, root))
    _say("inclusion path from the tiles", paths)
    _say("`tlog-proof` from the files, entry found, path checked", made)
    _say("inclusion path verified", verified)
    _say("`tlog-proof` verified, signature included", checked)


def consistency(folder: Path, size: int, many: int = 500) -> None:
    """Time consistency proofs from smaller sizes."""
    source = FolderSource(folder)
    root = root_at(size, TileReader(source, size).node)
    made, verified = [], []
    for old in drawn(many, size - 1):
        node = TileReader(source, size).node
        made.append(timed(consistency_proof, old, size, TileReader(source, size).node))
        proof, old_root = consistency_proof(old, size, node), root_at(old, node)
        verified.append(timed(verify_consistency, old, old_root, size, root, proof))
    _say("consistency proof from the tiles", made)
    _say("consistency proof verified", verified)


def recount(folder: Path, signer: Signer, size: int) -> None:
    """Time a verifier's whole work, and the recount of the entries alone."""
    reader = TileReader(FolderSource(folder), size)

    def count() -> None:
        faults = FaultList()
        recounted = Recount(ORIGIN, faults)
        for number in range(-(-size // TILE_WIDTH)):
            for body in reader.bundle(number):
                recounted.add(body)
        recounted.finish()
        if faults.count:
            raise SystemExit(f"the log does not add up: {faults.kept}")

    def verify() -> None:
        with open_source(folder) as source:
            report = verify_log(source, [signer.verifier.vkey])
        if not report.is_sound:
            raise SystemExit(f"the log does not verify: {report.faults}")

    print(f"| {size:,} entries read and recounted | {timed(count):.2f} s |", flush=True)
    print(f"| the same verified whole: every tile, hash and figure | {timed(verify):.2f} s |")


def reopening(kind: str, office: Office, times: int = 20) -> None:
    """Time what an office does before it can work: its store is checked, its log compared."""
    signer = Signer(ORIGIN, office.log_key())
    database = office.database

    def check() -> None:
        config = office.config
        check_case_store(database, origin=config.origin, training=config.training)

    def again() -> None:
        with open_office(office.root).store as store:
            publish(office.accounting, store.entries_from, store.log_size(), signer, ORIGIN)

    for what, call in (("case store checked", check), ("opened, published log compared", again)):
        took = middle([timed(call) for _ in range(times)])
        print(f"| {kind}: {what} | {1e3 * took:.1f} ms |", flush=True)


def sizes(folder: Path, size: int, stored: int) -> None:
    """Say how many bytes an entry takes, published and stored."""
    body = sum(path.stat().st_size for path in (folder / "tile" / "entries").rglob("*"))
    print(f"| bytes an entry: its own | {body / size:.0f} |")
    print(f"| bytes an entry: published, hashes included | {size_of(folder) / size:.0f} |")
    print(f"| bytes an entry: case store, file | {stored / size:.0f} |")


def _say(what: str, took: list[float]) -> None:
    p99 = sorted(took)[int(len(took) * 0.99)]
    print(f"| {what} | {1e3 * middle(took):.3f} ms (p99 {1e3 * p99:.3f}) |", flush=True)
