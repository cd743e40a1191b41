"""A Spark session for the work of one step: opened when it is asked for, closed when it is done."""

import importlib.util
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ostiary.domain.errors import InputError, OfficeError
from ostiary.office.folder.session import scratch_folder

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

LOCAL = "local[*]"
# A cluster's network, and into how many parts its work is cut, are its keeper's to set.
_HERE = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.sql.shuffle.partitions": "8",
}


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
        OfficeError: the master is not there, or Spark gave the work up.
    """
    _check_installed()
    from py4j.protocol import Py4JError  # noqa: PLC0415 - an extra that need not be there
    from pyspark.errors import PySparkException  # noqa: PLC0415 - an extra that need not be there

    with scratch_folder(near) as folder:
        try:
            session = _open(folder, master, memory)
            try:
                yield session
            finally:
                session.stop()
        except (PySparkException, Py4JError) as error:  # its text may hold what is in the tables
            raise OfficeError(
                f"Spark gave the work up ({type(error).__name__}); nothing was changed",
                where=master,
                cure="see that the master runs and its machines have the office's folder",
            ) from error


def _open(folder: Path, master: str, memory: str) -> "SparkSession":
    from pyspark.sql import SparkSession  # noqa: PLC0415 - an extra that need not be there

    builder = SparkSession.builder.master(master).appName("ostiary")
    for name, value in _settings(folder, master, memory).items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    if _is_here(master):
        session.sparkContext.pythonExec = sys.executable  # workers run what the driver runs
    return session


def _is_here(master: str) -> bool:
    return master.startswith("local")


def _settings(folder: Path, master: str, memory: str) -> dict[str, str]:
    settings = {
        "spark.sql.ansi.enabled": "true",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.local.dir": str(folder / "local"),
        "spark.driver.memory": memory,
        # Java compiles no method above 8,000 bytes: statements as long as ours must be cut up.
        "spark.sql.codegen.hugeMethodLimit": "8000",
        "spark.log.level": "ERROR",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }
    return settings | (_HERE if _is_here(master) else {})


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
