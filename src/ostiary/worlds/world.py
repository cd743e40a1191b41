"""A whole synthetic world: people, requests about them, registers, keys, and the truth.

The people are invented. Names follow the frequencies of the 1990 census, places are real cities,
streets and numbers are composed; taxpayer numbers are of the areas 000 and 666, never issued.
"""

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from uuid import uuid4

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from ostiary.domain.choices import Scenario
from ostiary.domain.columns import WHO_AND_WHERE
from ostiary.domain.errors import InputError
from ostiary.verifying.keys.files import Profile
from ostiary.worlds.cast import Cast
from ostiary.worlds.desks import Staff
from ostiary.worlds.kinds import SCENARIOS
from ostiary.worlds.matters import CONDUCT, Docket
from ostiary.worlds.places import draw_map
from ostiary.worlds.population import make_stretch, person_text, reference_table
from ostiary.worlds.readme import readme
from ostiary.worlds.real_dress.dressing import Dressed, dress
from ostiary.worlds.registers import write_officers, write_registers
from ostiary.worlds.requests import Subjects, write_requests
from ostiary.worlds.vocabulary import load_names

Progress = Callable[[str, int, int], None]

FEWEST_PEOPLE = 100
EARLIEST = date(2025, 4, 14)  # a week after the agreement: requests are signed some days before
_STRETCH = 250_000  # people made at a time; memory does not grow with the file


@dataclass(frozen=True, slots=True)
class WorldSummary:
    """What was made.

    Attributes:
        folder: where it lies.
        scenario, seed, received: what it was made from.
        people, person_addresses: people of the reference file, and its rows.
        requests: rows of the request file.
        officers, keys: officers registered, and private keys written for the first of them.
        kinds: rows of each kind, in the order of the catalogue; kinds without a row are left out.
    """

    folder: Path
    scenario: Scenario
    seed: int
    received: date
    people: int
    person_addresses: int
    requests: int
    officers: int
    keys: int
    kinds: dict[str, int]


def make_world(
    folder: Path,
    *,
    people: int,
    requests: int,
    seed: int = 1,
    scenario: Scenario = "mixed",
    received: date = date(2025, 8, 6),
    profile: Profile = "modern",
    on_progress: Progress | None = None,
) -> WorldSummary:
    """Make a world in a new folder: all of it, or nothing.

    Writes ``people.parquet`` (``domain.columns.WHO_AND_WHERE``, all text), ``requests.csv``
    (columns of ``REQUEST``), ``registers/*.csv``, ``recipients/OFFICER.pem`` (private keys of the
    first thousand officers), ``truth.parquet`` (``request_id``, ``kind``, ``person_id``,
    ``lawful``, ``expected_status``, ``expected_outcome``), ``confirmed.txt`` (ids of some requests
    that end confirmed) and ``README.txt``. The same arguments give the same world; only the keys
    are new each time.

    Args:
        folder: a folder that is not there yet, or is empty.
        people: people of the reference file.
        requests: rows of the request file.
        seed: from which everything but the keys follows.
        scenario: a name of ``kinds.SCENARIOS``.
        received: the day the requests are dated for.
        profile: of the office that is to seal to the recipients: which kind of key they have.
        on_progress: called with what is being made, how much is done and how much there is to do.

    Raises:
        InputError: the folder is in use or cannot be written, or the numbers are out of range.
    """
    _check(people, requests, scenario, seed, received)
    report = on_progress or (lambda _what, _done, _total: None)
    subjects = Subjects(SCENARIOS[scenario], requests)
    docket = Docket(received, CONDUCT[scenario], tuple(kind.name for kind in subjects.kinds))
    dressed = dress(np.random.default_rng([seed, 6]), subjects.dressed())
    _check_room(people, dressed.people)
    with _all_or_nothing(folder) as part:
        rows = _write_people(part / "people.parquet", people, seed, subjects, dressed, report)
        staff = write_requests(
            part, subjects, docket, seed, lambda done: report("requests", done, requests)
        )
        officers, keys = _write_registers(part, staff, received, profile)
        kinds = zip(subjects.kinds, subjects.counts, strict=True)
        summary = WorldSummary(
            folder=folder,
            scenario=scenario,
            seed=seed,
            received=received,
            people=people,
            person_addresses=rows,
            requests=requests,
            officers=officers,
            keys=keys,
            kinds={kind.name: many for kind, many in kinds if many},
        )
        text = readme(scenario, seed, received, summary.kinds)
        (part / "README.txt").write_text(text, encoding="utf-8")
    return summary


def _write_registers(
    part: Path, staff: Sequence[Staff], received: date, profile: Profile
) -> tuple[int, int]:
    """Write registers and recipients' keys; say how many officers and keys there are."""
    (part / "registers").mkdir()
    (part / "recipients").mkdir(mode=0o700)
    write_registers(part / "registers", staff, received)
    return write_officers(part / "registers", part / "recipients", staff, profile)


def _write_people(
    path: Path,
    people: int,
    seed: int,
    subjects: Subjects,
    dressed: Dressed,
    report: Progress,
) -> int:
    """Write the reference file stretch by stretch; each stretch also plays its part in requests.

    Whoever was made with a request is of the file's people too, and stands behind the others.
    """
    people -= dressed.people
    names, where_to = load_names(), draw_map(seed, people)
    schema = pa.schema([(column.name, pa.string()) for column in WHO_AND_WHERE])
    stretches = -(-people // _STRETCH)
    bounds = [people * n // stretches for n in range(stretches + 1)]
    rows = building = 0
    with pq.ParquetWriter(path, schema, compression="zstd") as file:
        for number, (first, end) in enumerate(pairwise(bounds)):
            stretch, building = make_stretch(
                np.random.default_rng([seed, 2, number]),
                names,
                where_to,
                first=first,
                count=end - first,
                of=people,
                first_building=building,
            )
            table = reference_table(stretch)
            file.write_table(table)
            rows += len(table)
            cast = Cast(np.random.default_rng([seed, 5, number]), stretch, where_to)
            subjects.play(cast, end / people)
            report("people", end, people)
        if dressed.people:
            subjects.join(dressed, people)
            ids = person_text(people + np.arange(dressed.people))
            file.write_table(dressed.filed.append_column("person_id", ids).select(schema.names))
    return rows + dressed.people


def _check_room(people: int, dressed: int) -> None:
    if people - dressed < FEWEST_PEOPLE:
        raise InputError(
            "each request of this scenario brings people of its own: the file has no room for them",
            where="--people",
            cure=f"make at least {dressed + FEWEST_PEOPLE}",
        )


def _check(people: int, requests: int, scenario: str, seed: int, received: date) -> None:
    if scenario not in SCENARIOS:
        known = ", ".join(SCENARIOS)
        raise InputError("there is no such scenario", where="--scenario", cure=f"use {known}")
    if people < FEWEST_PEOPLE:
        raise InputError(
            "that is too few people to be fathers, sons, neighbours and namesakes",
            where="--people",
            cure=f"make at least {FEWEST_PEOPLE}",
        )
    if requests < 1:
        raise InputError("there is no request to make", where="--requests", cure="make at least 1")
    if seed < 0:
        raise InputError("a seed is not negative", where="--seed", cure="use 0 or more")
    if received < EARLIEST:
        raise InputError(
            "the agreement that requests rely on was not yet in force when they were signed",
            where="--received",
            cure=f"use {EARLIEST} or a later day",
        )


@contextmanager
def _all_or_nothing(folder: Path) -> Iterator[Path]:
    """Give a folder to fill beside the one that is wanted, and rename it when all went well."""
    folder = folder.absolute()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(
            "the folder is already in use", where=str(folder), cure="name a new or an empty folder"
        )
    part = folder.parent / f".{folder.name}.{uuid4().hex[:8]}.part"
    try:
        part.mkdir(parents=True)
        yield part
        part.rename(folder)
    except OSError as error:
        raise InputError(
            "the world cannot be written",
            where=str(folder),
            cure=(error.strerror or "see its permissions").lower(),
        ) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
