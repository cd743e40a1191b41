"""Uploads that are small and become large, or are no request file at all; and cells that run."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings

from officers import NEXT_DAY
from ostiary.domain.columns import REQUEST
from ostiary.web.csv_text import safe_row
from ostiary.web.roles import Role
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
