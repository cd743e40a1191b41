"""Tamperings by whoever can write the files of a published log, and holds no key."""

from ostiary.verifying.log.tiles import pack_entries
from ostiary.verifying.log.tree import leaf_hash
from tampered_log import CHECKPOINT, Case, Found, Tampering, backdated, entry


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
