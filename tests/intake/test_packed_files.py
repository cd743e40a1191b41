"""Packed files are read as what is in them; what swells or is damaged is refused."""

import bz2
import csv
import gzip
import io
import lzma
import zipfile

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


def zipped(content, *besides, name="inside.csv"):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for one in (name, *besides):
            archive.writestr(one, b"" if one.endswith("/") else content)
    return packed.getvalue()


PACKED = {
    "ZIP": ("requests.zip", zipped),
    "ZIP, another name": ("requests.csv.zip", zipped),
    "ZIP, as a Macintosh makes it": (
        "requests.zip",
        lambda text: zipped(text, "a/", "__MACOSX/a/._inside.csv", name="a/in side.CSV"),
    ),
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


def broken(content):
    """Another byte in the middle, of a ZIP archive; of others the end is gone."""
    if content.startswith(b"PK"):
        at = len(content) // 3
        return content[:at] + bytes([content[at] ^ 255]) + content[at + 1 :]
    return content[:-20]


def test_an_archive_that_says_less_of_its_file_than_it_holds_is_damaged(tmp_path):
    """What is read is counted, whatever the archive says; and what it says has to be so."""
    content = bytearray(zipped(csv_bytes(*ROWS)))
    for mark, place in ((b"PK\3\4", 22), (b"PK\1\2", 24)):  # APPNOTE.TXT, 4.3.7 and 4.3.12
        at = content.index(mark) + place
        content[at : at + 4] = (40).to_bytes(4, "little")
    path = put(tmp_path / "a.zip", bytes(content))
    with unpacked(path, tmp_path) as found:
        assert found.read_bytes() == csv_bytes(*ROWS)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (zipped(b"a,b\n", "b.csv"), "something else in it than one file"),
        (zipped(b"a,b\n", ".DS_Store.csv"), "something else in it than one file"),
        (zipped(b"a,b\n", "__MACOSX/b.csv"), "something else in it than one file"),
        (
            zipped(b"a,b\n", "dir.csv_").replace(b"dir.csv_", b"dir.csv/"),
            "something else in it than one file",
        ),
        (zipped(b"a,b\n") + zipped(b"c,d\n"), "something else in it than one file"),
        (zipped(b"a,b\n", name="a.exe"), "something else in it than one file"),
        (zipped(b"a,b\n").replace(b"\0\0\x08\0", b"\1\0\x08\0"), "behind a password"),
    ],
)
def test_an_archive_that_is_not_one_file_of_rows_is_refused(con, tmp_path, content, said):
    path = put(tmp_path / "a.zip", content)
    with pytest.raises(InputError, match=said), unpacked(path, tmp_path) as found:
        read_requests(con, found)


@pytest.mark.parametrize("pack", [gzip.compress, zstd, zipped])
def test_a_packed_file_that_would_swell_or_is_damaged_is_refused(tmp_path, pack):
    for content, most, said in [
        (pack(bytes(5_000_000)), 1_000_000, "more than 1,000,000 bytes unpacked"),
        (broken(pack(csv_bytes(*ROWS))), packed.MOST_BYTES, "damaged"),
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
    assert "gzip or Zstandard, or as ZIP" in caught.value.cure


def test_a_template_of_csv_keeps_its_mark(tmp_path, con):
    text = "\ufeff" + csv_bytes(*ROWS).decode()
    read_requests(con, put(tmp_path / "a.csv", text.encode()))
    assert len(requests_of(con)) == len(list(csv.reader(io.StringIO(text)))) - 1
