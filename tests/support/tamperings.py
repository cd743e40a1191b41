"""Ways to tamper with a published log, each at a place drawn at random.

A tampering changes a copy of the log and says what a verifier must then report: the kind of the
fault, and its place. Three hands do it: whoever can write the files (`FILES`); whoever can also
choose which of the log's true notes to show (`NOTES`); and the keeper of the log's keys (`KEEPER`).
"""

import base64
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from ostiary.verifying.keys.files import new_signing_key
from ostiary.verifying.log.checkpoints import sign_checkpoint, unverified_checkpoint
from ostiary.verifying.log.notes import add_signatures, sign_note
from ostiary.verifying.log.tiles import bundle_path, pack_entries
from ostiary.verifying.log.tree import leaf_hash
from ostiary.verifying.log.vkeys import Signer
from ostiary.verifying.log.writer import extend_tiles
from published_office import PublishedOffice

Found = tuple[str, str]
"""The kind of a fault, and its place: a path, or ``entry`` and its number."""

CHECKPOINT = "checkpoint"


@dataclass(frozen=True)
class Case:
    """A copy of a published log, to be tampered with.

    Attributes:
        log: the true one.
        folder: the copy.
        random: draws the places.
    """

    log: PublishedOffice
    folder: Path
    random: Random

    @property
    def size(self) -> int:
        return len(self.log.entries)

    def bytes_of(self, path: str) -> bytearray:
        return bytearray((self.folder / path).read_bytes())

    def put(self, path: str, content: bytes) -> None:
        (self.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / path).write_bytes(content)

    def one_of(self, pattern: str) -> str:
        """Draw one of the files of today's tree: a stale partial one of yesterday is left out."""
        files = (path for path in self.folder.glob(pattern) if path.is_file())
        found = [path.relative_to(self.folder).as_posix() for path in files]
        return self.random.choice(sorted(path for path in found if not self._is_stale(path)))

    def bundle(self, number: int) -> tuple[str, list[bytes]]:
        part = list(self.log.entries[number * 256 : (number + 1) * 256])
        return bundle_path(number, len(part)), part

    def any_bundle(self) -> tuple[int, str, list[bytes]]:
        number = self.random.randrange(-(-self.size // 256))
        return number, *self.bundle(number)

    def entry_of(self, entry_type: str, holds: bytes = b"") -> int:
        """Draw an entry of a type."""
        named = f'"type":"{entry_type}"'.encode()
        return self.random.choice(
            [n for n, body in enumerate(self.log.entries) if named in body and holds in body]
        )

    def put_entry(self, index: int, body: bytes) -> None:
        """Put another entry into the bundle, and leave everything else as it is."""
        path, part = self.bundle(index // 256)
        part[index % 256] = body
        self.put(path, pack_entries(part))

    def rebuild(self, entries: Sequence[bytes]) -> tuple[int, bytes]:
        """Compute every tile anew; give size and root."""
        shutil.rmtree(self.folder / "tile")
        tree = extend_tiles(self.folder, 0, entries)
        return tree.size, tree.root()

    def sign(self, entries: Sequence[bytes]) -> None:
        """As the keeper: every tile anew, and a checkpoint that fits."""
        size, root = self.rebuild(entries)
        origin = self.log.signers[0].name
        made = sign_checkpoint(origin, size, root, self.log.signers)
        self.put(CHECKPOINT, made.note)

    def sign_with(self, index: int, body: bytes) -> None:
        entries = list(self.log.entries)
        entries[index] = body
        self.sign(entries)

    def _is_stale(self, path: str) -> bool:
        if ".p/" not in path:
            return False
        level, width = path.split("/")[1], path.rpartition("/")[2]
        return int(width) != (self.size >> (8 * int(level.replace("entries", "0")))) % 256


Tampering = Callable[[Case], Found]


def entry(index: int) -> str:
    return f"entry {index}"


# Whoever can write the files.


def byte_of_a_tile(case: Case) -> Found:
    path = case.one_of("tile/[0-9]*/**/[0-9]*")
    tile = case.bytes_of(path)
    tile[case.random.randrange(len(tile))] ^= 1 << case.random.randrange(8)
    case.put(path, tile)
    return "tile", path


def byte_of_an_entry(case: Case) -> Found:
    index = case.random.randrange(case.size)
    body = bytearray(case.log.entries[index])
    body[case.random.randrange(len(body))] ^= 1 << case.random.randrange(8)
    case.put_entry(index, bytes(body))
    return "entry", entry(index)


def length_of_an_entry(case: Case) -> Found:
    _, path, part = case.any_bundle()
    bundle = bytearray(pack_entries(part))
    at = sum(2 + len(body) for body in part[: case.random.randrange(len(part))])
    bundle[at + 1] ^= 1
    case.put(path, bundle)
    return "bundle", path


def partial_tile_cut(case: Case) -> Found:
    path = case.one_of("tile/[0-9]*/**/*.p/*")
    case.put(path, case.bytes_of(path)[: -case.random.randrange(1, 32)])
    return "tile", path


def bundle_cut(case: Case) -> Found:
    _, path, part = case.any_bundle()
    bundle = pack_entries(part)
    case.put(path, bundle[: case.random.randrange(len(bundle))])
    return "bundle", path


def tile_gone(case: Case) -> Found:
    path = case.one_of("tile/[0-9]*/**/[0-9]*")
    (case.folder / path).unlink()
    return "tile", path


def bundle_gone(case: Case) -> Found:
    _, path, _ = case.any_bundle()
    (case.folder / path).unlink()
    return "bundle", path


def entry_dropped(case: Case) -> Found:
    _, path, part = case.any_bundle()
    del part[case.random.randrange(len(part))]
    case.put(path, pack_entries(part))
    return "bundle", path


def entry_inserted(case: Case) -> Found:
    _, path, part = case.any_bundle()
    part.insert(case.random.randrange(len(part) + 1), case.random.choice(case.log.entries))
    case.put(path, pack_entries(part))
    return "bundle", path


def entries_reordered(case: Case) -> Found:
    number, path, part = case.any_bundle()
    one, two = case.random.sample(range(len(part)), 2)
    part[one], part[two] = part[two], part[one]
    case.put(path, pack_entries(part))
    return "entry", entry(number * 256 + one)


def entry_of_elsewhere(case: Case) -> Found:
    one, two = case.random.sample(range(case.size), 2)
    case.put_entry(one, case.log.entries[two])
    return "entry", entry(one)


def entry_backdated(case: Case) -> Found:
    index = case.random.randrange(case.size)
    case.put_entry(index, backdated(case.log.entries[index]))
    return "entry", entry(index)


def commitment_of_another(case: Case) -> Found:
    """The content of one request is said to be that of another."""
    one, two = case.entry_of("request.decided"), case.entry_of("request.decided")
    while one == two:
        two = case.entry_of("request.decided")
    kept, other = (case.log.entries[n].partition(b'"content":"sha256:') for n in (one, two))
    case.put_entry(one, kept[0] + kept[1] + other[2][:64] + kept[2][64:])
    return "entry", entry(one)


def field_and_its_lowest_tile(case: Case) -> Found:
    """The entry and the hash of it are made to fit; the hash above them betrays both."""
    index = case.random.randrange(case.size // 256 * 256)
    body = backdated(case.log.entries[index])
    case.put_entry(index, body)
    path = f"tile/0/{index // 256:03d}"
    tile = case.bytes_of(path)
    tile[index % 256 * 32 : index % 256 * 32 + 32] = leaf_hash(body)
    case.put(path, tile)
    return "tile", f"tile/1/000.p/{case.size // 256}"


def field_and_every_tile(case: Case) -> Found:
    index = case.random.randrange(case.size)
    entries = list(case.log.entries)
    entries[index] = backdated(entries[index])
    case.rebuild(entries)
    return "root", CHECKPOINT


def entry_dropped_and_every_tile(case: Case) -> Found:
    entries = list(case.log.entries)
    del entries[case.random.randrange(case.size)]
    case.rebuild(entries)
    return "bundle", case.bundle(case.size // 256)[0]


def extra_file(case: Case) -> Found:
    names = ["000.bak", "x001/00", "000.p/0", "000.p/256", "000.p/007", "readme", "00"]
    path = f"tile/{case.random.choice(['0', '1', 'entries'])}/{case.random.choice(names)}"
    case.put(path, case.random.randbytes(32))
    return "stray", path


def earlier_partial_tile_replaced(case: Case) -> Found:
    """Who still holds yesterday's checkpoint reads the partial tile of then."""
    number, width = case.size // 256, case.random.randrange(1, case.size % 256)
    path = f"tile/0/{number:03d}.p/{width}"
    case.put(path, case.random.randbytes(32 * width))
    return "stray", path


def byte_of_the_checkpoint(case: Case) -> Found:
    note = case.bytes_of(CHECKPOINT)
    end = note.index(b"\n\n")
    note[case.random.randrange(end)] ^= 1 << case.random.randrange(7)
    case.put(CHECKPOINT, note)
    return "checkpoint", CHECKPOINT


def stamped_checkpoint_altered(case: Case) -> Found:
    path = case.one_of("timestamps/*.checkpoint")
    note = case.bytes_of(path)
    note[case.random.randrange(len(note))] ^= 1 << case.random.randrange(7)
    case.put(path, note)
    return "timestamp", path.replace(".checkpoint", ".tsr")


def stamps_swapped(case: Case) -> Found:
    one, two = sorted((case.folder / "timestamps").glob("*.tsr"))
    first, second = one.read_bytes(), two.read_bytes()
    one.write_bytes(second)
    two.write_bytes(first)
    return "timestamp", f"timestamps/{case.random.choice([one, two]).name}"


def stamp_cut(case: Case) -> Found:
    path = case.one_of("timestamps/*.tsr")
    token = case.bytes_of(path)
    case.put(path, token[: case.random.randrange(len(token))])
    return "timestamp", path


def stamp_gone(case: Case) -> Found:
    path = case.one_of("timestamps/*.*")
    (case.folder / path).unlink()
    return "timestamp", path


# Whoever chooses which notes to show.


def cosignature_missing(case: Case) -> Found:
    lines = case.log.note.decode().splitlines(keepends=True)
    witnesses = [line for line in lines if line.startswith("— witness.example/")]
    lines.remove(case.random.choice(witnesses))
    case.put(CHECKPOINT, "".join(lines).encode())
    return "witness", CHECKPOINT


def cosignature_forged(case: Case) -> Found:
    """Random bits under the witness's name and key id."""
    known = case.random.choice(case.log.policy.witnesses).verifier
    text = case.log.note.partition(b"\n\n")[0].decode() + "\n"
    own = Signer(known.name, new_signing_key())
    forged = sign_note(text, [own]).decode().splitlines(keepends=True)[-1]
    swapped = replaced_key_id(forged, known.key_id)
    case.put(CHECKPOINT, add_signatures(case.log.note, swapped))
    return "witness", CHECKPOINT


def cosignature_of_yesterday(case: Case) -> Found:
    yesterday = (case.log.yesterday / CHECKPOINT).read_text().splitlines(keepends=True)
    old = [line for line in yesterday if line.startswith("— witness.example/")]
    case.put(CHECKPOINT, add_signatures(case.log.note, case.random.choice(old)))
    return "witness", CHECKPOINT


def checkpoint_of_another_log(case: Case) -> Found:
    """A checkpoint that the log's very key signed, for a log of another name."""
    present = unverified_checkpoint(case.log.note)
    origin = f"{present.origin}{case.random.randrange(10)}"
    signers = [Signer(origin, signer.key) for signer in case.log.signers]
    made = sign_checkpoint(origin, present.size, present.root, signers)
    case.put(CHECKPOINT, made.note)
    return "checkpoint", CHECKPOINT


def checkpoint_of_yesterday(case: Case) -> Found:
    case.put(CHECKPOINT, (case.log.yesterday / CHECKPOINT).read_bytes())
    return "rollback", CHECKPOINT


def whole_log_of_yesterday(case: Case) -> Found:
    shutil.rmtree(case.folder)
    shutil.copytree(case.log.yesterday, case.folder)
    return "rollback", CHECKPOINT


# The keeper of the log's keys: everything is signed anew, and only the sense of it is false,
# or the memory of others.


def fork_of_the_same_size(case: Case) -> Found:
    index = case.random.randrange(case.size)
    case.sign_with(index, backdated(case.log.entries[index]))
    return "fork", CHECKPOINT


def fork_that_grew(case: Case) -> Found:
    index = case.random.randrange(case.size)
    entries = [*case.log.entries[:index], *case.log.entries[index + 1 :]]
    case.sign([*entries, case.log.entries[0], case.log.entries[0]])
    return "fork", CHECKPOINT


def fork_without_witnesses(case: Case) -> Found:
    fork_of_the_same_size(case)
    return "witness", CHECKPOINT


def fork_before_a_stamp(case: Case) -> Found:
    """One stamp that the rewritten log does not extend is enough."""
    sizes = sorted(int(path.stem) for path in (case.folder / "timestamps").glob("*.tsr"))
    size = case.random.choice(sizes)
    index = case.random.randrange(size)
    case.sign_with(index, backdated(case.log.entries[index]))
    return "fork", f"timestamps/{size}.checkpoint"


def entry_backdated_and_signed(case: Case) -> Found:
    index = case.random.randrange(1, case.size)
    case.sign_with(index, backdated(case.log.entries[index]))
    return "clock", entry(index)


def published_figure_changed(case: Case) -> Found:
    index = case.entry_of("batch.received")
    figure = case.random.choice([b'"accepted":', b'"returned":', b'"suspended":', b'"rows":'])
    case.sign_with(index, case.log.entries[index].replace(figure, figure + b"1", 1))
    return "batch", entry(index)


def request_taken_back(case: Case) -> Found:
    """The batch's figures and root no longer hold."""
    index = case.entry_of("request.decided", b'"status":"returned"')
    body = case.log.entries[case.entry_of("law.adopted")]
    case.sign_with(index, body)
    return "batch", entry(case.entry_of("batch.received"))


def status_against_the_mask(case: Case) -> Found:
    index = case.entry_of("request.decided", b'"status":"accepted"')
    body = case.log.entries[index]
    case.sign_with(index, body.replace(b'"mask":"0"', b'"mask":"%x"' % (1 << index % 99)))
    return "status", entry(index)


def status_without_a_rule(case: Case) -> Found:
    index = case.entry_of("request.decided", b'"status":"returned"')
    head, mask, rest = case.log.entries[index].partition(b'"mask":"')
    case.sign_with(index, head + mask + b"0" + rest[rest.index(b'"') :])
    return "status", entry(index)


def vote_taken_away(case: Case) -> Found:
    """One of the two votes on an answer becomes a mere look at the case."""
    released = case.entry_of("answer.released")
    of = number_in(case.log.entries[released], b'"of":')
    decision = case.log.entries[released].partition(b'"decision":')[2][:73]
    vote = case.entry_of("answer.voted", decision)
    at = case.log.entries[vote].partition(b'"at":"')[2][:20]
    look = b'{"at":"%b","of":%d,"officer":"bert","type":"case.viewed","v":1}' % (at, of)
    case.sign_with(vote, look)
    return "approvals", entry(released)


def answer_replayed(case: Case) -> Found:
    """An answer that was released goes out once more, under another number or the same."""
    again = case.log.entries[case.entry_of("answer.released")]
    case.sign([*case.log.entries, again])
    return "release", entry(case.size)


def step_for_no_request(case: Case) -> Found:
    index = case.entry_of("record.examined")
    head, of, rest = case.log.entries[index].partition(b'"of":')
    refused = case.entry_of("request.decided", b'"status":"returned"')
    case.sign_with(index, head + of + b"%d" % refused + rest[rest.index(b",") :])
    return "reference", entry(index)


def backdated(body: bytes) -> bytes:
    return redated(body, b"2024")


def redated(body: bytes, year: bytes) -> bytes:
    head, at, rest = body.partition(b'"at":"')
    return head + at + year + rest[4:]


def number_in(body: bytes, name: bytes) -> int:
    return int(body.partition(name)[2].partition(b",")[0])


def replaced_key_id(line: str, key_id: bytes) -> str:
    """Give a signature line with another key id before the signature."""
    dash, name, encoded = line.split(" ")
    raw = key_id + base64.b64decode(encoded)[len(key_id) :]
    return f"{dash} {name} {base64.b64encode(raw).decode()}\n"


FILES: tuple[Tampering, ...] = (
    byte_of_a_tile,
    byte_of_an_entry,
    length_of_an_entry,
    partial_tile_cut,
    bundle_cut,
    tile_gone,
    bundle_gone,
    entry_dropped,
    entry_inserted,
    entries_reordered,
    entry_of_elsewhere,
    entry_backdated,
    commitment_of_another,
    field_and_its_lowest_tile,
    field_and_every_tile,
    entry_dropped_and_every_tile,
    extra_file,
    earlier_partial_tile_replaced,
    byte_of_the_checkpoint,
    stamped_checkpoint_altered,
    stamps_swapped,
    stamp_cut,
    stamp_gone,
)
NOTES: tuple[Tampering, ...] = (
    cosignature_missing,
    cosignature_forged,
    cosignature_of_yesterday,
    checkpoint_of_another_log,
    checkpoint_of_yesterday,
    whole_log_of_yesterday,
)
KEEPER: tuple[Tampering, ...] = (
    fork_of_the_same_size,
    fork_that_grew,
    fork_without_witnesses,
    fork_before_a_stamp,
    entry_backdated_and_signed,
    published_figure_changed,
    request_taken_back,
    status_against_the_mask,
    status_without_a_rule,
    vote_taken_away,
    answer_replayed,
    step_for_no_request,
)
