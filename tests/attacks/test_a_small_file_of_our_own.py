"""A Parquet file of some kilobytes, run by the custodian, that becomes gigabytes when read."""

import time

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from commands import ostiary
from ostiary.deciding.intake.decoded import check_own
from ostiary.deciding.intake.reference import read_reference
from ostiary.deciding.intake.requests import read_requests
from ostiary.domain.columns import REFERENCE, REQUEST
from ostiary.domain.errors import InputError
from ostiary.office.batches.stages import peak_memory_mib

_TOO_LARGE = "too large unpacked"


def written(path, rows, said, columns=REQUEST):
    """Write a Parquet file of many rows that are empty but for what is said."""
    texts = {one.name: pa.array([""] * rows) for one in columns}
    texts |= {columns[0].name: pa.array([f"ICE-{n}" for n in range(rows)])}
    pq.write_table(pa.table(texts | said), path, compression="zstd")
    return path


_BOMBS = {
    "ids in lists": (20_000, {"recipients": [["officer-000001"] * 3_000] * 20_000}),
    "years in lists": (3_000, {"taxable_periods": [[2022] * 5_000] * 3_000}),
    "one list": (1, {"recipients": [["officer-000001"] * 6_000_000]}),
    "few bytes in lists": (1_000, {"recipients": [["o"] * 5_000] * 1_000}),
    "a text in every row": (40_000, {"reason": ["x" * 3_000] * 40_000}),
    "a long text": (100, {"reason": ["x" * 1_000_000] * 100}),
    "texts in two columns": (20_000, {n: ["12 " * 1_000] * 20_000 for n in ("reason", "city")}),
}


@pytest.fixture(scope="module", params=_BOMBS)
def bomb(request, tmp_path_factory):
    rows, said = _BOMBS[request.param]
    columns = {name: pa.array(values) for name, values in said.items()}
    path = written(tmp_path_factory.mktemp("bomb") / "requests.parquet", rows, columns)
    assert path.stat().st_size < 160_000
    return path


def test_it_is_refused_before_anything_is_made_of_it(con, bomb):
    before, began = peak_memory_mib(), time.process_time()
    with pytest.raises(InputError, match=_TOO_LARGE) as refused:
        read_requests(con, bomb)
    assert time.process_time() - began < 2
    assert peak_memory_mib() - before < 150
    assert refused.value.cure == "send it in parts, or as CSV"
    assert not con.execute("SHOW TABLES").fetchall()


def test_the_command_ends_with_status_2_and_the_cure(bomb, tmp_path):
    done = ostiary("check", bomb, "--out", tmp_path / "out")
    assert done.status == 2
    assert _TOO_LARGE in done.err
    assert "send it in parts, or as CSV" in done.err
    assert not (tmp_path / "out").exists()


def test_its_parts_count_together(con, tmp_path):
    folder = tmp_path / "parts"
    folder.mkdir()
    for n in range(3):
        written(folder / f"{n}.parquet", 10_000, {"reason": pa.array(["x" * 3_000] * 10_000)})
    with pytest.raises(InputError, match=_TOO_LARGE):
        read_requests(con, folder)


def test_a_reference_that_is_read_whole_has_the_same_bound(con, tmp_path):
    said = {"surname": pa.array(["x" * 3_000] * 40_000)}
    path = written(tmp_path / "people.parquet", 40_000, said, REFERENCE)
    with pytest.raises(InputError, match=_TOO_LARGE):
        read_reference(con, path, "people")


@pytest.mark.parametrize("packing", ["zstd", "snappy", "none"])
def test_honest_rows_that_repeat_in_all_but_their_ids_are_taken(con, tmp_path, packing):
    """5,000 people, each fifteen times: packed far better than people who are all different."""
    people, times = 5_000, 15
    texts = {"request_id": [f"ICE-2025-{n:07}" for n in range(people * times)]}
    for column in REQUEST[1:]:
        named = [f"{column.name} {n * 7_919 % 4_999} of {n % 613}" for n in range(people)]
        alike = [f"what many say for {column.name}"] * people
        is_own = column.name in ("given_name", "surname", "address_line", "reason")
        texts[column.name] = (named if is_own else alike) * times
    path = tmp_path / "requests.parquet"
    pq.write_table(pa.table(texts), path, compression=packing)
    check_own(con, path)


@pytest.mark.parametrize("encoding", ["DELTA_BYTE_ARRAY", "DELTA_LENGTH_BYTE_ARRAY", "PLAIN"])
def test_texts_written_in_any_encoding_are_counted(con, tmp_path, encoding):
    """A text that begins as the one before it does is stored as its end alone."""
    texts = {one.name: pa.array([""] * 40_000) for one in REQUEST}
    texts |= {"reason": pa.array(["x" * 3_000] * 40_000)}
    path = tmp_path / "requests.parquet"
    encodings = dict.fromkeys(texts, encoding)
    table = pa.table(texts)
    pq.write_table(table, path, compression="zstd", use_dictionary=False, column_encoding=encodings)
    assert path.stat().st_size < 300_000
    before = peak_memory_mib()
    with pytest.raises(InputError, match=_TOO_LARGE):
        read_requests(con, path)
    assert peak_memory_mib() - before < 150
