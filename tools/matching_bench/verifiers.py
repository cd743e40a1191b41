"""The verifiers that are compared: Ostiary's own decision, and Splink's probability."""

import logging
import tempfile
import warnings
from pathlib import Path

import duckdb
import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from ostiary.deciding.matching.reference_loading import load_reference
from ostiary.deciding.matching.verify import verify_batch

_MARGIN = 6  # bits that the second person must lie behind
_ALIKE = 0.88  # Jaro-Winkler from which on two given names do not contradict
_PAIRS = 1e7
_SEED = 1


def ostiary(con: duckdb.DuckDBPyConnection) -> None:
    """Verify table ``asked`` against ``people``; ``verified_ostiary`` has the rule as well."""
    with tempfile.TemporaryDirectory(prefix="ostiary-bench-") as folder:
        load_reference(con, "people", Path(folder))
        verify_batch(con, "asked", Path(folder), "decided")
    con.execute(
        """
        CREATE OR REPLACE TABLE verified_ostiary AS
        SELECT row, person_id, weight, outcome = 'confirmed' AS confirmed, rule FROM decided
        """
    )


def splink(con: duckdb.DuckDBPyConnection) -> None:
    """Let Splink learn from ``asked`` and ``filed`` and score every pair.

    Both tables are in standard form. Makes ``verified_splink`` and ``verified_veto``: the same
    scores, but a given name, middle name, suffix, birth date or TIN that disagrees rules out.
    """
    warnings.filterwarnings("ignore")
    logging.disable(logging.WARNING)
    con.execute(_inputs("asked", "CAST(row AS VARCHAR)"))
    con.execute(_inputs("filed", "CAST(row_number() OVER () AS VARCHAR) || '/' || person_id"))
    api = DuckDBAPI(connection=con)
    asked = api.register("splink_asked", dataset_display_name="a_asked")
    filed = api.register("splink_filed", dataset_display_name="b_filed")
    linker = Linker([asked, filed], _settings())
    train = linker.training
    train.estimate_probability_two_random_records_match(
        [block_on("n_given", "n_surname_key", "a_number", "a_street")], recall=0.5
    )
    train.estimate_u_using_random_sampling(max_pairs=_PAIRS, seed=_SEED)
    for rule in (block_on("n_given", "n_surname_key"), block_on("a_number", "a_street")):
        train.estimate_parameters_using_expectation_maximisation(rule)
    pairs = linker.inference.predict(threshold_match_weight=-5).physical_name
    _best(con, "verified_splink", pairs, "TRUE")
    _best(con, "verified_veto", pairs, _NOT_RULED_OUT)


def _inputs(source: str, identity: str) -> str:
    names = ("n_given", "n_given_group", "n_middle", "n_surname_key", "n_suffix")
    kept = (*names, "a_number", "a_street", "a_unit", "a_city", "a_zip5")
    texts = ", ".join(f"nullif({name}, '') AS {name}" for name in kept)
    return f"""
        CREATE OR REPLACE TABLE splink_{source} AS
        SELECT DISTINCT ON (unique_id) {identity} AS unique_id, {texts}, nullif(tin, '') AS tin,
               strftime(birth_date, '%Y-%m-%d') AS born
        FROM {source}
    """


def _settings() -> SettingsCreator:
    """Give the settings a Splink user would choose; every level is Splink's own."""
    middle = cl.CustomComparison(
        output_column_name="n_middle",
        comparison_levels=[
            cll.NullLevel("n_middle"),
            cll.ExactMatchLevel("n_middle"),
            cll.CustomLevel(
                "substr(n_middle_l, 1, 1) = substr(n_middle_r, 1, 1)", label_for_charts="initial"
            ),
            cll.ElseLevel(),
        ],
    )
    place = cl.CustomComparison(
        output_column_name="place",
        comparison_levels=[
            cll.And(cll.NullLevel("a_zip5"), cll.NullLevel("a_city")),
            cll.ExactMatchLevel("a_zip5"),
            cll.ExactMatchLevel("a_city"),
            cll.ElseLevel(),
        ],
    )
    return SettingsCreator(
        link_type="link_only",
        comparisons=[
            cl.NameComparison("n_given").configure(term_frequency_adjustments=True),
            cl.NameComparison("n_surname_key").configure(term_frequency_adjustments=True),
            middle,
            cl.ExactMatch("n_suffix"),
            cl.LevenshteinAtThresholds("a_number", 1),
            cl.JaroWinklerAtThresholds("a_street", [0.9]).configure(
                term_frequency_adjustments=True
            ),
            cl.ExactMatch("a_unit"),
            place,
            cl.LevenshteinAtThresholds("born", [1, 2]),
            cl.LevenshteinAtThresholds("tin", 1),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("n_given", "n_surname_key"),
            block_on("a_number", "a_street"),
            block_on("n_surname_key", "a_street"),
            block_on("n_surname_key", "a_number"),
            block_on("n_given_group", "a_street"),
            block_on("born"),
            block_on("tin"),
        ],
        retain_matching_columns=True,
        additional_columns_to_retain=["n_given_group"],
    )


_NOT_RULED_OUT = f"""(
    (n_given_l IS NOT NULL AND n_given_r IS NOT NULL
     AND (n_given_l = n_given_r OR n_given_group_l = n_given_group_r
          OR jaro_winkler_similarity(n_given_l, n_given_r) >= {_ALIKE}
          OR length(n_given_l) = 1 AND starts_with(n_given_r, n_given_l)))
    AND coalesce(substr(n_middle_l, 1, 1) = substr(n_middle_r, 1, 1), TRUE)
    AND coalesce(n_suffix_l = n_suffix_r, TRUE)
    AND coalesce(born_l = born_r, TRUE)
    AND coalesce(tin_l = tin_r, TRUE))"""


def _best(con: duckdb.DuckDBPyConnection, into: str, pairs: str, condition: str) -> None:
    """Take each person's best pair, then the best person, confirmed from p = 0.999 on."""
    con.execute(
        f"""
        CREATE OR REPLACE TABLE {into} AS
        WITH people AS (
            SELECT CAST(unique_id_l AS BIGINT) AS row,
                   split_part(unique_id_r, '/', 2) AS person_id, max(match_weight) AS weight
            FROM {pairs} WHERE {condition} GROUP BY ALL
        )
        SELECT row, person_id, weight,
               weight >= log2(0.999 / 0.001)
               AND coalesce(weight - lead(weight) OVER best >= {_MARGIN}, TRUE) AS confirmed,
               coalesce(weight - lead(weight) OVER best >= {_MARGIN}, TRUE) AS clear
        FROM people
        WINDOW best AS (PARTITION BY row ORDER BY weight DESC, person_id)
        QUALIFY row_number() OVER best = 1
        """
    )
