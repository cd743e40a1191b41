"""Splink on the same people and requests, in the same standard form: what it takes."""

import logging
import time
import warnings
from pathlib import Path
from typing import Any

import duckdb
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from ostiary.deciding.intake.reference import read_reference
from ostiary.deciding.standardisation import standardise_table

_PAIRS = 1e6
_MEMORY = "13 GB"  # of 24: beyond this DuckDB takes the disk; without a limit the system killed it
_SEED = 1
_TEXTS = (
    *("n_given", "n_middle", "n_surname_key", "n_suffix"),
    *("a_number", "a_street", "a_unit", "a_zip5", "tin"),
)


def splink(folder: Path, many: int) -> dict[str, Any]:
    """Learn from the requests and score every pair that a blocking rule makes.

    Args:
        folder: a synthetic world.
        many: requests.

    Returns:
        Seconds for training and for scoring, and the pairs scored.
    """
    warnings.filterwarnings("ignore")
    logging.getLogger("splink").setLevel(logging.ERROR)
    database = folder / "splink.duckdb"  # on disk, so that what it does not need can leave memory
    with duckdb.connect(database, config={"memory_limit": _MEMORY}) as con:
        _tables(con, folder, many)
    with duckdb.connect(database, config={"memory_limit": _MEMORY}) as con:
        api = DuckDBAPI(connection=con)
        asked = api.register("splink_asked", dataset_display_name="a_asked")
        filed = api.register("splink_filed", dataset_display_name="b_filed")
        linker = Linker([asked, filed], _settings())
        started = time.perf_counter()
        _train(linker)
        trained, work = time.perf_counter(), time.process_time()
        pairs = linker.inference.predict(threshold_match_weight=-5).physical_name
        scored, work = time.perf_counter(), time.process_time() - work
        ((count,),) = con.execute(f"SELECT count(*) FROM {pairs}").fetchall()
        ((requests,),) = con.execute("SELECT count(*) FROM splink_asked").fetchall()
    return {
        "requests": requests,
        "training_seconds": trained - started,
        "seconds": scored - trained,
        "cpu_seconds": work,
        "pairs_kept": count,
    }


def _tables(con: duckdb.DuckDBPyConnection, folder: Path, many: int) -> None:
    read_reference(con, folder / "people.parquet", "people")
    standardise_table(con, "people", "filed")
    con.execute(
        f"""
        CREATE TABLE told AS
        SELECT r.* REPLACE (TRY_CAST(birth_date AS DATE) AS birth_date)
        FROM read_csv('{folder}/requests.csv', all_varchar = TRUE) r
        JOIN '{folder}/truth.parquet' t USING (request_id) WHERE t.lawful LIMIT {many}
        """
    )
    standardise_table(con, "told", "asked")
    texts = ", ".join(f"nullif({name}, '') AS {name}" for name in _TEXTS)
    for side in ("asked", "filed"):
        con.execute(
            f"""
            CREATE TABLE splink_{side} AS
            SELECT CAST(row_number() OVER () AS VARCHAR) AS unique_id, {texts},
                   strftime(birth_date, '%Y-%m-%d') AS born
            FROM {side}
            """
        )
        con.execute(f"DROP TABLE {side}")
    con.execute("DROP TABLE people")
    con.execute("DROP TABLE told")


def _train(linker: Linker) -> None:
    training = linker.training
    training.estimate_probability_two_random_records_match(
        [block_on("n_given", "n_surname_key", "a_number", "a_street")], recall=0.5
    )
    training.estimate_u_using_random_sampling(max_pairs=_PAIRS, seed=_SEED)
    training.estimate_parameters_using_expectation_maximisation(
        block_on("a_number", "a_street", "a_zip5")
    )


def _settings() -> SettingsCreator:
    """Give the settings a Splink user would choose: its own comparisons, selective blocking."""
    frequent = {"term_frequency_adjustments": True}
    return SettingsCreator(
        link_type="link_only",
        comparisons=[
            cl.NameComparison("n_given").configure(**frequent),
            cl.NameComparison("n_surname_key").configure(**frequent),
            cl.ExactMatch("n_middle"),
            cl.ExactMatch("n_suffix"),
            cl.LevenshteinAtThresholds("a_number", 1),
            cl.JaroWinklerAtThresholds("a_street", [0.9]).configure(**frequent),
            cl.ExactMatch("a_unit"),
            cl.ExactMatch("a_zip5"),
            cl.LevenshteinAtThresholds("born", [1, 2]),
            cl.LevenshteinAtThresholds("tin", 1),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("n_given", "n_surname_key", "a_zip5"),
            block_on("a_number", "a_street", "a_zip5"),
            block_on("n_surname_key", "a_number", "a_street"),
            block_on("n_given", "a_number", "a_street"),
            block_on("n_surname_key", "born"),
            block_on("tin"),
        ],
    )
