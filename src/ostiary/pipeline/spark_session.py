"""A Spark session for the work of one step: opened when it is asked for, closed when it is done."""

import importlib.util
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ostiary.domain.errors import InputError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

LOCAL = "local[*]"
_LOOPBACK = {"spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1"}


@contextmanager
def spark_session(
    master: str = LOCAL, *, memory: str = "4g", near: Path | None = None
) -> Iterator["SparkSession"]:
    """Open a session whose files lie in a private folder that is removed at the end.

    Args:
        master: ``local[*]``, or the URL of a cluster's master.
        memory: what the driver may take, as Spark writes it.
        near: folder to make the private folder in; the system's own place unless given.

    Raises:
        InputError: Spark or Java is not installed.
    """
    _check_installed()
    from pyspark.sql import SparkSession  # noqa: PLC0415 - an extra that need not be there

    folder = Path(tempfile.mkdtemp(prefix=".spark-", dir=near))
    builder = SparkSession.builder.master(master).appName("ostiary")
    for name, value in _settings(folder, master, memory).items():
        builder = builder.config(name, value)
    try:
        session = builder.getOrCreate()
        session.sparkContext.setLogLevel("ERROR")
        try:
            yield session
        finally:
            session.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _settings(folder: Path, master: str, memory: str) -> dict[str, str]:
    settings = {
        "spark.sql.ansi.enabled": "true",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.local.dir": str(folder / "local"),
        "spark.driver.memory": memory,
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.shuffle.partitions": "8",
    }
    return settings | (_LOOPBACK if master.startswith("local") else {})


def _check_installed() -> None:
    if importlib.util.find_spec("pyspark") is None:
        raise InputError(
            "Spark is not installed", where="--engine spark", cure="pip install 'ostiary[spark]'"
        )
    if shutil.which("java") is None:
        raise InputError(
            "Spark needs Java, and there is none on the path",
            where="--engine spark",
            cure="install a Java runtime, version 17 or later",
        )
