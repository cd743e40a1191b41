"""Uploads that are small and become large, or are no request file at all; and cells that run."""

import gzip
import io
import json
import time
import zipfile

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings

from officers import NEXT_DAY
from ostiary.deciding.intake.requests import read_requests
from ostiary.domain.columns import REQUEST
from ostiary.domain.errors import InputError
from ostiary.faces.server.roles import Role
from ostiary.faces.web.csv_text import safe_row
from ostiary.faces.web.filing import check_own, one_at_a_time
from ostiary.office.batches.stages import peak_memory_mib
from web_office import AGENCY, opened, person, requester_of


@pytest.fixture
def requester(office):
    with opened(office, NEXT_DAY) as site:
        yield person(site, Role.REQUESTER, requester_of(site), AGENCY)


def send(browser, name, content):
    return browser.post("/requests/file/", {"file": SimpleUploadedFile(name, content)})


def test_a_parquet_file_of_a_few_kilobytes_with_a_million_rows(requester, tmp_path):
    many = 1_000_000
    column = pa.DictionaryArray.from_arrays(pa.array([0] * many, pa.int32()), pa.array(["x"]))
    table = pa.table({one.name: column.cast(pa.string()) for one in REQUEST[:31]})
    path = tmp_path / "bomb.parquet"
    pq.write_table(table.slice(0, many), path, compression="zstd")
    assert path.stat().st_size < 1_000_000
    done = send(requester, "bomb.parquet", path.read_bytes())
    assert done.status_code == 422
    assert "was not taken" in done.content.decode()


def test_a_file_beyond_the_limit(requester, settings_of):
    settings_of.UPLOAD_BYTES = 1000
    assert send(requester, "large.csv", b"x" * 1001).status_code == 422


@pytest.fixture
def settings_of():
    with override_settings(UPLOAD_BYTES=settings.UPLOAD_BYTES):
        yield settings


@pytest.mark.parametrize(
    "content", [b"", b"\x00" * 500, b"PAR1PAR1", b"a,b\n1,2\n", b'"' * 5000, b"\xff\xfe\x00"]
)
@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.parquet"])
def test_what_is_no_request_file(requester, name, content):
    done = send(requester, name, content)
    if done.status_code == 302:  # lines that are no JSON are row errors, and no request came in
        page = requester.get(done["Location"]).content.decode()
        assert "Rows that could not be read" in page
    else:
        assert done.status_code == 422
        assert "was not taken" in done.content.decode()
    assert "Nothing has been asked" not in requester.get("/requests/").content.decode()


def test_a_cell_that_a_spreadsheet_would_run():
    for cell in ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"):
        assert safe_row([cell]) == [f"'{cell}"]
    assert safe_row(["ICE-1", 5, "a=b"]) == ["ICE-1", "5", "a=b"]


def test_a_form_of_very_many_fields(requester):
    done = requester.post("/requests/new/", {f"field{n}": "x" for n in range(2000)})
    assert done.status_code == 400


def shared_text(tmp_path, text, rows=20_000):
    """A Parquet file of which all rows share one text, stored once."""
    column = pa.array([text] * rows).dictionary_encode().cast(pa.string())
    path = tmp_path / "shared.parquet"
    pq.write_table(pa.table({one.name: column for one in REQUEST[:31]}), path, compression="zstd")
    return path


@pytest.mark.parametrize(("length", "said"), [(30_000, "characters"), (3_000, "too large")])
def test_a_text_that_all_rows_share_is_counted_in_each_of_them(tmp_path, length, said):
    path = shared_text(tmp_path, "x" * length, 5_000)
    assert path.stat().st_size < 3_000_000
    before, began = peak_memory_mib(), time.monotonic()
    with pytest.raises(InputError, match=said):
        check_own(path, AGENCY)
    assert time.monotonic() - began < 5
    assert peak_memory_mib() - before < 300


def listed(tmp_path, column, rows):
    """A Parquet file in which one column holds lists."""
    said = {one.name: pa.array([""] * rows) for one in REQUEST}
    said |= {"request_id": pa.array([f"ICE-{n}" for n in range(rows)])}
    said |= {"agency": pa.array([AGENCY] * rows)} | column
    path = tmp_path / "listed.parquet"
    pq.write_table(pa.table(said), path, compression="zstd")
    return path


def test_lists_that_programs_write_are_taken(tmp_path):
    column = {"recipients": pa.array([["officer-000001", "officer-000002"]] * 20)}
    column |= {"taxable_periods": pa.array([[2022, 2023]] * 20)}
    check_own(listed(tmp_path, column, 20), AGENCY)


_INSIDE = {  # made when they are needed: each program that collects the tests reads this
    "names in a list": ("recipients", lambda: pa.array([["officer-000001"] * 3_000] * 2_000)),
    "years in a list": ("taxable_periods", lambda: pa.array([[2022] * 5_000] * 2_000)),
    "a list of a million": ("recipients", lambda: pa.array([["officer-000001"] * 1_000_000])),
    "texts in a record": ("matter", lambda: pa.array([[{"a": "x" * 3_000}] * 50] * 200)),
    "texts by key": (
        "matter",
        lambda: pa.array([[("k", "x" * 3_000)] * 50] * 200, pa.map_(pa.string(), pa.string())),
    ),
}


@pytest.mark.parametrize("name", _INSIDE)
def test_what_stands_inside_of_lists_and_records_is_counted(tmp_path, name):
    column, make = _INSIDE[name]
    values = make()
    path = listed(tmp_path, {column: values}, len(values))
    assert path.stat().st_size < 100_000
    before, began = peak_memory_mib(), time.process_time()
    with pytest.raises(InputError, match="too large"):
        check_own(path, AGENCY)
    assert time.process_time() - began < 1
    assert peak_memory_mib() - before < 100


@pytest.mark.parametrize("column", ["reason", "address_line", "recipients"])
def test_a_small_file_costs_what_a_small_file_costs(tmp_path, column):
    """Within the page's bounds, and 900 times its own size: it took a run of ten seconds."""
    values = pa.array(["12 " * 1_300] * 13_000)
    path = listed(tmp_path, {column: values}, len(values))
    assert path.stat().st_size < 150_000
    with pytest.raises(InputError, match="too large"):
        check_own(path, AGENCY)


@pytest.mark.parametrize("kind", ["csv.gz", "zip"])
def test_a_small_packed_file_as_well(requester, kind):
    rows = "".join(f'ICE-{n},"{"12 " * 1_300}"\n' for n in range(10_000))
    text = f"request_id,reason\n{rows}".encode()
    packed, archive = gzip.compress(text), io.BytesIO()
    if kind == "zip":
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as one:
            one.writestr("small.csv", text)
        packed = archive.getvalue()
    assert len(packed) < 300_000
    done = send(requester, f"small.{kind}", packed)
    assert done.status_code == 422
    assert "unpacked" in done.content.decode()


def test_a_workbook_that_says_one_text_in_every_row(tmp_path):
    path, book = tmp_path / "shared.xlsx", openpyxl.Workbook()
    book.active.append([one.name for one in REQUEST])
    for n in range(3_000):
        book.active.append(
            [f"ICE-{n}" if one.name == "request_id" else "12 " * 800 for one in REQUEST[:4]]
        )
    book.save(path)
    assert path.stat().st_size < 200_000
    with pytest.raises(InputError, match="characters"):
        check_own(path, AGENCY)


@pytest.mark.parametrize("kind", ["csv", "jsonl", "parquet"])
def test_a_value_longer_than_any_is_refused_in_every_kind_of_file(con, tmp_path, kind):
    said = {one.name: "" for one in REQUEST} | {"request_id": "ICE-1", "agency": AGENCY}
    said |= {"reason": "x" * 4_001}
    path = tmp_path / f"long.{kind}"
    if kind == "csv":
        path.write_text(f"{','.join(said)}\n{','.join(said.values())}\n")
    elif kind == "jsonl":
        path.write_text(json.dumps({name: text for name, text in said.items() if text}) + "\n")
    else:
        pq.write_table(pa.table({name: [text] for name, text in said.items()}), path)
    read_requests(con, path)
    assert con.execute("SELECT count(*) FROM requests").fetchall() == [(0,)]
    found = con.execute('SELECT "column", message FROM row_errors').fetchall()
    assert ("reason", "the value is longer than 4000 characters") in found


_HEAD = ",".join(one.name for one in REQUEST)
_TINY = {
    "objects without a value": ("a.json", "[" + "{}," * 300_000 + "{}]"),
    "lines without a value": ("a.jsonl", "{}\n" * 300_000),
    "a quote that never ends": ("a.csv", f'{_HEAD}\n"' + "a\n" * 400_000),
}


@pytest.mark.parametrize("name", _TINY)
def test_very_many_tiny_rows_are_read_no_further_than_a_page_takes(tmp_path, name):
    kind, text = _TINY[name]
    path = tmp_path / kind
    path.write_text(text)
    before, began = peak_memory_mib(), time.process_time()
    with pytest.raises(InputError, match="more than 20,000 rows"):
        check_own(path, AGENCY)
    assert time.process_time() - began < 5
    assert peak_memory_mib() - before < 300


def test_one_file_of_an_agency_is_read_at_a_time():
    with one_at_a_time("one"):
        with pytest.raises(InputError, match="is being read"), one_at_a_time("one"):
            pass
        with one_at_a_time("another"):
            pass
    with one_at_a_time("one"):
        pass
