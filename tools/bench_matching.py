"""Verification measured against known truth, with Splink beside it on the same requests.

``tools/bench_matching.py pseudopeople --seed 0 1 --noise 1 5`` and
``tools/bench_matching.py synth --people 50000 --requests 50000``. Needs the packages of the
dependency group ``bench``. Each world is printed as a table: wrong confirmations and recall of each
verifier at its default, and at the best thresholds that keep 0.1 % and 0.01 % wrong.
"""

import argparse
import json
import sys
import time
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import asdict
from io import StringIO

import duckdb

from matching_bench import verifiers, worlds
from matching_bench.missed import CAUSES, missed
from matching_bench.noise_kinds import by_noise
from matching_bench.scores import by_kind, scores
from ostiary.deciding.standardisation import standardise_table

_VERIFIERS = {"ostiary": ("ostiary",), "splink": ("splink", "veto")}


def main() -> None:
    """Measure every world that the arguments name."""
    given = _arguments()
    for seed in given.seed:
        for noise in given.noise if given.world == "pseudopeople" else [0.0]:
            with duckdb.connect() as con:
                title = _make_world(con, given, seed, noise)
                _measure(con, title, given)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("world", choices=("pseudopeople", "synth"))
    parser.add_argument("--seed", type=int, nargs="+", default=[0])
    parser.add_argument("--noise", type=float, nargs="+", default=[1.0])
    parser.add_argument("--filed-noise", type=float, default=0.0)
    parser.add_argument("--asked-by", choices=("w2", "census"), default="w2")
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--requests", type=int, default=20_000)
    parser.add_argument("--scenario", default="clean")
    parser.add_argument("--verifiers", nargs="+", default=list(_VERIFIERS), choices=_VERIFIERS)
    parser.add_argument(
        "--all", action="store_true", help="ask even what the law returns for want of name, address"
    )
    parser.add_argument("--truth", nargs="+", default=["address", "number", "person"])
    parser.add_argument("--by-kind", action="store_true", help="a line for each kind of request")
    parser.add_argument(
        "--missed", action="store_true", help="what Ostiary missed, by cause and noise"
    )
    parser.add_argument("--json", action="store_true", help="one line of JSON a score")
    parser.add_argument("--save", help="DuckDB file to copy the tables to, for a closer look")
    return parser.parse_args()


def _make_world(
    con: duckdb.DuckDBPyConnection, given: argparse.Namespace, seed: int, noise: float
) -> str:
    if given.world == "synth":
        size = {"people": given.people, "requests": given.requests}
        worlds.synth_world(con, **size, seed=seed, scenario=given.scenario)
        title = f"synth, {given.people:,} people, {given.scenario}, seed {seed}"
    else:
        source = {"asked_by": given.asked_by, "filed_noise": given.filed_noise}
        with redirect_stderr(StringIO()), redirect_stdout(StringIO()):  # progress bars
            worlds.pseudopeople_world(con, seed=seed, noise=noise, **source)
        title = f"pseudopeople, {given.asked_by}, noise x{noise:g}, seed {seed}"
    standardise_table(con, "told", "asked")
    if not given.all:
        con.execute("DELETE FROM asked WHERE a_shape <> 'complete' OR NOT n_name_stated")
        con.execute("DELETE FROM told WHERE row NOT IN (SELECT row FROM asked)")
    standardise_table(con, "people", "filed")
    return title


def _measure(con: duckdb.DuckDBPyConnection, title: str, given: argparse.Namespace) -> None:
    (counts,) = con.execute(
        "SELECT (SELECT count(DISTINCT person_id) FROM people), count(*),"
        " count(*) FILTER (meant <> ''), count(*) FILTER (should) FROM told"
    ).fetchall()
    print("{}: {:,} people; {:,} requests, {:,} about people in the file, {:,} of them to be"
          " confirmed".format(title, *counts), flush=True)  # fmt: skip
    for verifier in given.verifiers:
        start = time.perf_counter()
        getattr(verifiers, verifier)(con)
        seconds = time.perf_counter() - start
        for name in _VERIFIERS[verifier]:
            for truth in given.truth:
                _show(con, name, truth, seconds, title if given.json else "")
            if given.by_kind:
                _show_kinds(con, name)
        if given.missed and verifier == "ostiary":
            for cause, many in missed(con, verifier):
                print(f"  {many:5,} missed: {CAUSES[cause]}", flush=True)
            if given.world == "pseudopeople":
                for kind, many in by_noise(con):
                    print(f"  {many:5,} by noise: {kind}", flush=True)
    if given.save:
        con.execute(f"ATTACH '{given.save}' AS saved")
        con.execute("COPY FROM DATABASE memory TO saved")


def _show(
    con: duckdb.DuckDBPyConnection, name: str, truth: str, seconds: float, title: str
) -> None:
    for score in scores(con, name, truth=truth):
        if title:
            row = {"world": title, "verifier": name, "truth": truth, "seconds": seconds}
            sys.stdout.write(json.dumps(row | asdict(score)) + "\n")
            continue
        print(
            f"  {name:8} {truth:8} {score.point:12} wrong {score.wrong:5,} of"
            f" {score.confirmed:7,} (other person {score.other_person:4,})"
            f" recall {score.recall:.4f}  weight {score.weight:.2f}",
            flush=True,
        )


def _show_kinds(con: duckdb.DuckDBPyConnection, name: str) -> None:
    """Print wrong confirmations and recall of each kind, at the verifier's default."""
    for kind, asked, should, right, wrong in by_kind(con, name):
        recall = f"{right / should:.4f}" if should else "     -"
        print(
            f"  {name:8} {kind:26} {asked:7,} asked  wrong {wrong:6,}  recall {recall}", flush=True
        )


if __name__ == "__main__":
    main()
