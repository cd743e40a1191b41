"""Packed files are read as what is in them; what swells or is damaged is refused."""

import bz2
import csv
import gzip
import io
import lzma

import pyarrow as pa
import pytest

from ostiary.deciding.intake import packed
from ostiary.deciding.intake.packed import unpacked
from ostiary.deciding.intake.requests import read_requests
from ostiary.domain.errors import InputError
from request_file import (
    csv_bytes,
    csv_file,
    put,
    request,
    requests_of,
)

ROWS = [
    request(),
    request(request_id="R2", unit="APT 3", postal_code="02138", tin="", birth_date=""),
    request(request_id="R3", reason='he said "no",\nthen = left', middle_name="=B"),
]


@pytest.fixture
def plain(con, tmp_path):
    read_requests(con, csv_file(tmp_path, *ROWS))
    return requests_of(con)


def zstd(content):
    sink = pa.BufferOutputStream()
    with pa.CompressedOutputStream(sink, "zstd") as stream:
        stream.write(content)
    return sink.getvalue().to_pybytes()


PACKED = {
    "gzip": ("requests.csv.gz", gzip.compress),
    "Zstandard": ("requests.csv.zst", zstd),
    "gzip, another name": ("requests.csv", gzip.compress),
    "nothing, unpacked by whoever fetched it": ("requests.csv.gz", bytes),
    "gzip in two members": (
        "requests.csv.gz",
        lambda text: gzip.compress(text[:900]) + gzip.compress(text[900:]),
    ),
    "Zstandard in two frames": (
        "requests.csv.zst",
        lambda text: zstd(text[:900]) + zstd(text[900:]),
    ),
}


@pytest.mark.parametrize("name", PACKED)
def test_a_packed_file_is_read(con, tmp_path, plain, name):
    called, pack = PACKED[name]
    path = put(tmp_path / called, pack(csv_bytes(*ROWS)))
    folder = tmp_path / "private"
    folder.mkdir()
    with unpacked(path, folder) as found:
        read_requests(con, found)
    assert requests_of(con) == plain


def test_errors_in_a_packed_file_name_the_file_as_it_was_sent(con, tmp_path):
    path = put(tmp_path / "requests.csv.gz", gzip.compress(b"a,b\n1,2\n"))
    with pytest.raises(InputError) as caught, unpacked(path, tmp_path) as found:
        read_requests(con, found)
    assert caught.value.where == str(path)


@pytest.mark.parametrize("pack", [gzip.compress, zstd])
def test_a_packed_file_that_would_swell_or_is_damaged_is_refused(tmp_path, pack):
    for content, most, said in [
        (pack(bytes(5_000_000)), 1_000_000, "more than 1,000,000 bytes unpacked"),
        (pack(csv_bytes(*ROWS))[:-20], packed.MOST_BYTES, "damaged"),
        (pack(b""), packed.MOST_BYTES, "empty"),
    ]:
        folder = tmp_path / said[:4]
        folder.mkdir()
        path = put(tmp_path / "a.csv.gz", content)
        with pytest.raises(InputError, match=said), unpacked(path, folder, most=most):
            pass
        assert sum(one.stat().st_size for one in folder.iterdir()) <= most


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bzip2", bz2.compress(csv_bytes(*ROWS))),
        ("xz", lzma.compress(csv_bytes(*ROWS))),
        ("7-Zip", b"7z\xbc\xaf\x27\x1c\0\4"),
        ("RAR", b"Rar!\x1a\x07\x01\0"),
    ],
)
def test_another_packing_is_named(tmp_path, name, content):
    path = put(tmp_path / "a.csv.packed", content)
    with pytest.raises(InputError, match=name) as caught, unpacked(path, tmp_path):
        pass
    assert "gzip or Zstandard" in caught.value.cure


def test_a_template_of_csv_keeps_its_mark(tmp_path, con):
    text = "\ufeff" + csv_bytes(*ROWS).decode()
    read_requests(con, put(tmp_path / "a.csv", text.encode()))
    assert len(requests_of(con)) == len(list(csv.reader(io.StringIO(text)))) - 1
