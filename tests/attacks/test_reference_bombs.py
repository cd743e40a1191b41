"""Attack: a reference file of some kilobytes that becomes gigabytes as it is read by stretches."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from commands import ostiary
from ostiary.deciding.intake.reference_chunks import AmissError, stretches
from ostiary.office.batches.stages import peak_memory_mib
from ostiary.office.folder.layout import create_office
from request_file import PERSON, REFERENCE_COLUMNS

ROWS = 200_000


def bomb(path, **long):
    """Write people who share every value, which is stored once."""
    row = PERSON | long
    same = pa.array([0] * ROWS, pa.int32())
    columns = {
        name: pa.DictionaryArray.from_arrays(same, pa.array([row.get(name) or ""], pa.string()))
        for name in REFERENCE_COLUMNS
    }
    columns["person_id"] = pa.array([f"p{n}" for n in range(ROWS)])
    pq.write_table(pa.table(columns), path, compression="zstd")
    return path


@pytest.mark.parametrize(
    "long",
    [
        {"address_line": "A" * 1_000_000},  # one text, 200 GB
        {"city": "A" * 20_000},  # 4 GB: more than an Arrow array holds
        dict.fromkeys(("given_name", "surname", "city", "unit", "address_line"), "A" * 900),
    ],
)
def test_a_small_file_that_becomes_large_is_refused_before_it_is_large(tmp_path, con, long):
    path = bomb(tmp_path / "people.parquet", **long)
    assert path.stat().st_size < 1_000_000
    before = peak_memory_mib()
    with pytest.raises(AmissError):
        list(stretches(con, path))
    office = create_office(tmp_path / "office", training=True).root
    done = ostiary("reference", "load", office, path)
    assert done.status == 2
    assert "Traceback" not in done.err
    assert "too large unpacked" in done.err
    assert peak_memory_mib() - before < 600


def test_the_same_people_with_short_texts_are_read(tmp_path, con):
    path = bomb(tmp_path / "people.parquet")
    assert sum(map(len, stretches(con, path))) == ROWS
