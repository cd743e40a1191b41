#!/bin/sh
# zstandard 0.25.0: a skippable frame (RFC 8878, 3.1.2) holds what is no content, such as an index, and readers pass
# over it. Where a file begins with one, read_to_iter and decompressobj give nothing, and no error; of two frames one
# after the other, as when two packed files are put together, they give the first. stream_reader and zstandard.open give
# all.
# Seen: b'' and b'' where it begins the file, b'one\n' and b'one\n' else; stream_reader b'one\ntwo\n' each time
# Known: the documentation of decompressobj says that it ends with a frame.
# Ostiary: unpacks with PyArrow, which reads all frames and passes over skippable ones.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" zstandard==0.25.0
PYTHONPATH=$folder python3 - <<'END'
import io
import zstandard

one, two = zstandard.compress(b"one\n"), zstandard.compress(b"two\n")
skipped = b"\x50\x2a\x4d\x18" + (4).to_bytes(4, "little") + b"info"

def ways(packed):
    reader = zstandard.ZstdDecompressor
    return (
        b"".join(reader().read_to_iter(io.BytesIO(packed))),
        reader().decompressobj().decompress(packed),
        reader().stream_reader(io.BytesIO(packed)).read(),
    )

found = [ways(packed) for packed in (skipped + one + two, one + skipped + two, one + two)]
print(found)
assert found == [(b"", b"", b"one\ntwo\n"), *[(b"one\n", b"one\n", b"one\ntwo\n")] * 2]
END
