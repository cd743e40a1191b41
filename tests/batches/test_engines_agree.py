"""A whole batch on either engine: the same office, the same file, the same folder at the end."""

import json
import shutil
from contextlib import contextmanager

import pyarrow.parquet as pq
import pytest
from pyspark import SparkContext

from filled_office import RECEIVED
from ostiary.deciding.decoys import controlled
from ostiary.deciding.decoys.kept import MORE
from ostiary.domain.errors import InputError, OfficeError
from ostiary.office.batches.running import run_batch
from ostiary.office.recovery.entering import at_work

pytestmark = pytest.mark.slow
# So few rows are not worth compiling; tests/matching/test_on_spark.py tries the compiled decision.
_UNCOMPILED = {
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
}
_OF_THE_RUN = ("seconds", "seconds_total", "peak_memory_mib", "file", "log")


@pytest.fixture(scope="module")
def loaded(loaded_office, tmp_path_factory):
    """An office that has its people, and has run nothing."""
    return shutil.copytree(loaded_office, tmp_path_factory.mktemp("loaded") / "office")


def _run(loaded, world, root, engine):
    shutil.copytree(loaded, root)
    with at_work(root, on=RECEIVED) as place:
        summary = run_batch(place, world / "requests.csv", RECEIVED, engine=engine, determined=True)
    return summary, root / "batches" / summary["batch"]


def _set_master(root, master):
    settings = root / "office.toml"
    settings.write_text(settings.read_text().replace('"local[*]"', f'"{master}"'))


@contextmanager
def _java_set(settings):
    """Set what every session of this process begins with; Java itself runs on between sessions."""
    SparkContext._ensure_initialized()
    java = SparkContext._jvm.java.lang.System
    for name, value in settings.items():
        java.setProperty(name, value)
    yield
    for name in settings:
        java.clearProperty(name)


@pytest.mark.spark
def test_a_batch_on_spark_leaves_the_same_folder(loaded, world, tmp_path, monkeypatch):
    # Of decoys an eighth: twelve thousand requests and theirs are compared in test_on_spark.py.
    monkeypatch.setattr(controlled, "MORE", MORE / 8)
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java, and there is none on the path")
    _set_master(loaded, "local[2]")
    ours, folder = _run(loaded, world, tmp_path / "on-duckdb", "duckdb")
    with _java_set(_UNCOMPILED):
        theirs, other = _run(loaded, world, tmp_path / "on-spark", "spark")
    assert set(ours) == set(theirs)
    assert {k: v for k, v in theirs.items() if k not in _OF_THE_RUN} == {
        k: v for k, v in ours.items() if k not in _OF_THE_RUN
    }
    assert ours["decoys"]["made"] > 1_500
    assert sum(ours["outcomes"].values()) > 200
    names = sorted(str(path.relative_to(folder)) for path in folder.rglob("*.*"))
    assert names == sorted(str(path.relative_to(other)) for path in other.rglob("*.*"))
    alone = {"summary.json", "report.html", "custody/requests.parquet"}  # seconds, and random salts
    for name in set(names) - alone:
        assert (other / name).read_bytes() == (folder / name).read_bytes(), name
    assert _payloads(other) == _payloads(folder)
    kept = [json.loads(path.read_text()) for path in tmp_path.glob("*/reference/*/decoys.json")]
    assert len(kept) == 2
    assert kept[0] == kept[1]
    assert not [*(tmp_path / "on-spark").glob(".s*")]


def _payloads(folder):
    return pq.read_table(folder / "custody" / "requests.parquet", columns=["row", "payload"])


def test_without_java_nothing_is_begun(loaded, world, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(InputError, match="Java"):
        _run(loaded, world, tmp_path / "office", "spark")
    assert not [*(tmp_path / "office" / "batches").iterdir()]


@pytest.mark.parametrize(
    ("line", "wrong"),
    [('master = "local[*]"', 'master = ""'), ('memory = "4g"', "memory = 4")],
)
def test_a_master_that_can_be_none_is_refused(loaded, tmp_path, line, wrong):
    shutil.copytree(loaded, tmp_path / "office")
    settings = tmp_path / "office" / "office.toml"
    text = settings.read_text().replace('"local[2]"', '"local[*]"')
    settings.write_text(text.replace(line, wrong))
    with (
        pytest.raises(OfficeError, match=line.partition(" ")[0]),
        at_work(tmp_path / "office", on=RECEIVED),
    ):
        pass
