"""Fixtures that many rooms share: the shipped law, lawful facts, a world, an office."""

import gc
import os
import sys

gc.disable()  # until all is read: a quarter of the reading was looking for garbage in it
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ostiary.faces.settings")  # Django starts but once
# Spark's small work is over before Java's second compiler and its collector's threads pay.
os.environ.setdefault("SPARK_SUBMIT_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # or each command would compile all it reads anew
# DuckDB 2.0.0 takes a program whose main module has no file, as a worker of xdist, for a person at
# a prompt, and writes to standard output how far a long statement is.
vars(sys.modules["__main__"]).setdefault("__file__", __file__)

from collections.abc import Callable, Generator, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, settings
from xdist.scheduler.loadfile import LoadFileScheduling

from case_stores import BOTH, PostgresStores, SqliteStores, Stores
from made_once import made_once
from officers import equip
from ostiary.deciding.law.book import Book
from ostiary.deciding.law.reading import read_book
from ostiary.deciding.law.shipped import shipped_book
from ostiary.domain.facts import VOCABULARY, Value
from ostiary.office.batches.decoy_supply import supply_decoys
from ostiary.office.batches.reference_loading import load_people
from ostiary.office.batches.running import run_batch
from ostiary.office.recovery.entering import at_work
from ostiary.worlds.world import make_world
from postgres_server import Server, running_server, server_programs
from small_file import SmallFile

# On a busy machine a test takes longer, and is not wrong. A landing is not refused for how its dice
# fell: where nothing may be skipped, they fall alike each time.
settings.register_profile(
    "unhurried",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize="OSTIARY_NO_SKIPS" in os.environ,
)
settings.load_profile("unhurried")

RECEIVED = date(2025, 8, 6)
_MEMORY = Path("/dev/shm")  # noqa: S108 - pytest makes a private folder in it
_ROOM = 8 << 30
_ON_SPARK = (
    "law/test_readers_agree.py",
    "matching/test_on_spark.py",
    "batches/test_engines_agree.py",
)

LAWFUL: dict[str, Value] = {
    "received": RECEIVED,
    "disclosed": None,
    "agency": "dhs-ice",
    "agency_parent": "dhs",
    "department": "dhs",
    "reached_agency": "none",
    "second_reached_agency": "none",
    "third_reached_agency": "none",
    "fourth_reached_agency": "none",
    "fifth_reached_agency": "none",
    "sixth_reached_agency": "none",
    "seventh_reached_agency": "none",
    "eighth_reached_agency": "none",
    "agency_registered": True,
    "agency_federal": True,
    "agency_law_enforcement": False,
    "agency_intelligence": False,
    "agency_state_tax": False,
    "agency_local": False,
    "agency_state_copies": False,
    "agency_benefits": False,
    "agency_student_aid": False,
    "agency_marketplace": False,
    "provision": "/us/usc/t26/s6103/i/2",
    "leave_of_court": "none",
    "second_leave_of_court": "none",
    "notice_to_court": "none",
    "second_notice_to_court": "none",
    "person_in_order": "none",
    "agreement": "treasury-dhs-2025",
    "agreement_standing": False,
    "signed_on": date(2025, 8, 4),
    "signer_in_office": True,
    "signer_office": "agency-head",
    "signer_heads_enforcement": False,
    "signer_gathers_intelligence": False,
    "name_stated": True,
    "given_name_stated": True,
    "surname_stated": True,
    "address_shape": "complete",
    "periods_reach": 3,
    "periods_related": None,
    "periods_count": 2,
    "period_latest": 2023,
    "received_year": 2025,
    "offense_class": "criminal",
    "offense_criminal": None,
    "offense_state_tax": None,
    "offense": "/us/usc/t8/s1253/a/1",
    "offense_limb": "A",
    "removal_basis_class": "deportable",
    "removal_order_date": date(2024, 11, 1),
    "days_since_final_order": 278,
    "review_before_order": False,
    "matter_kind": None,
    "matter_people": 1,
    "matter_stated": True,
    "order_stated": False,
    "order_date": None,
    "order_judge": None,
    "order_finds_crime": False,
    "order_finds_relevance": False,
    "order_finds_exclusive_use": False,
    "items_beyond_order": 1,
    "periods_beyond_order": 2,
    "circumstance": None,
    "purpose": None,
    "programme_listed": None,
    "programme_kind": "unlisted",
    "approval_certified": False,
    "posture": "investigation",
    "reason_words": 31,
    "reason_shared": 0,
    "reason_matters": 0,
    "reason_specific": None,
    "party_doubts": 0,
    "party": None,
    "recipients_count": 1,
    "recipients_unknown": 0,
    "recipients_not_employed": 0,
    "recipient_open_matters": 7,
    "engaged": None,
    "recipients_uncertified": 0,
    "sole_use": True,
    "items_count": 1,
    "items_beyond_identity": 0,
    "items_beyond_third_party": 0,
    "items_beyond_aid": 0,
    "items_beyond_confirmation": 0,
    "items_beyond_file": 0,
    "items_unknown": 0,
    "items_beyond_eligibility": 0,
    "items_beyond_income": 1,
    "ai_analysis": False,
    "ai_notice_acknowledged": False,
    "safeguard_report_overdue": False,
    "first_receipt_too_early": False,
    "mitigation_plan_overdue": False,
    "notices_missing": 0,
    "state_death_contract": False,
    "state_law_protects": False,
    "corrective_plan_overdue": False,
    "safeguards_suspended": False,
    "suspension_in_force": False,
    "file_rows": 100,
}


@pytest.fixture(scope="session")
def book() -> Book:
    return read_book(shipped_book())


@pytest.fixture
def lawful() -> dict[str, Value]:
    """The facts of a request that the shipped book lets through on 6 August 2025."""
    missing = set(VOCABULARY) - set(LAWFUL)
    if missing:
        pytest.fail(f"tests/conftest.py does not know the facts {missing}")
    return dict(LAWFUL)


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        yield connection


@pytest.fixture(scope="session")
def world(tmp_path_factory) -> Path:
    """A small synthetic world: 3,000 people, 600 requests of every kind."""
    return made_once(
        tmp_path_factory,
        "world",
        lambda folder: make_world(folder, people=3000, requests=600, received=RECEIVED),
    )


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """A PostgreSQL server of the tests' own."""
    if server_programs() is None:
        pytest.skip("no PostgreSQL server is installed: on Debian, package `postgresql`")
    with running_server() as server:
        yield server


@pytest.fixture(scope="session")
def stores(request: pytest.FixtureRequest) -> Stores:
    """The kind of case store that offices are made with; a room may ask for both kinds."""
    if getattr(request, "param", "sqlite") == "sqlite":
        return SqliteStores()
    return PostgresStores(request.getfixturevalue("postgres_server"))


@pytest.fixture(scope="session")
def office_of(stores, tmp_path_factory) -> Callable[[str, Callable[[Path], object]], Path]:
    """Make an office once for each kind of store, however often pytest changes between them."""

    def make_once(name: str, make: Callable[[Path], object]) -> Path:
        mine = stores.kind == "postgresql"
        return made_once(tmp_path_factory, f"{name}-{stores.kind}", make, mine=mine)

    return make_once


@pytest.fixture(scope="session")
def loaded_office(world, stores, office_of) -> Path:
    """An office that has loaded the world's people, and run nothing; tests work on copies of it.

    Its decoys stand ready, as beside a server: or each copy would draw them anew.
    """

    def make(root: Path) -> None:
        equip(stores.new_office(root, training=True).root, world)
        with at_work(root, on=RECEIVED) as place:
            load_people(place, world / "people.parquet")
            supply_decoys(place, more=stores.kind == "sqlite")

    return office_of("loaded", make)


@pytest.fixture(scope="session")
def served_office(world, loaded_office, stores, office_of) -> Path:
    """An office that has run the world's file; tests work on copies of it."""

    def make(root: Path) -> None:
        with at_work(stores.copy(loaded_office, root).root, on=RECEIVED) as place:
            run_batch(place, world / "requests.csv", RECEIVED)

    return office_of("served", make)


@pytest.fixture(scope="session")
def determined_office(world, loaded_office, stores, office_of) -> Path:
    """An office that took as found what persons determine, and so has looked at every record."""

    def make(root: Path) -> None:
        with at_work(stores.copy(loaded_office, root).root, on=RECEIVED) as place:
            run_batch(place, world / "requests.csv", RECEIVED, determined=True)

    return office_of("determined", make)


@pytest.fixture
def office(served_office, stores, tmp_path) -> Path:
    """A copy of the office that has run its file, to do with as a test likes."""
    return stores.copy(served_office, tmp_path / "office").root


def pytest_collection_finish() -> None:
    """Take tests and modules, which stay, out of what is looked through for garbage."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)
    gc.enable()


def pytest_configure() -> None:
    """Make folders of tests in memory where there is room.

    A small office forces so much to the disk that it waits for it; in memory that costs nothing.
    """
    if _MEMORY.is_dir():
        space = os.statvfs(_MEMORY)
        if space.f_bavail * space.f_frsize > _ROOM and not space.f_flag & os.ST_NOEXEC:
            os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_MEMORY))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what is marked `both_stores` on both databases, and `postgres` on PostgreSQL."""
    if "stores" not in metafunc.fixturenames:
        return
    marked = metafunc.definition.get_closest_marker
    if marked("both_stores"):
        metafunc.parametrize("stores", BOTH, indirect=True, scope="session")
    elif marked("postgres"):
        metafunc.parametrize("stores", ["postgresql"], indirect=True, scope="session")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take longest, so that no worker is left with one at the end."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


class _SparkTogether(LoadFileScheduling):
    """A file of tests is one worker's, and all files that need Spark are: Java starts but once."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.split("::", 1)[0]
        return "on Spark" if file.removeprefix("tests/") in _ON_SPARK else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> LoadFileScheduling:
    """Hand tests out to workers as ``--dist loadfile`` does, but for Spark."""
    return _SparkTogether(config, log)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where nothing may be skipped (``OSTIARY_NO_SKIPS``), a skip is a failure."""
    del item, call
    report = yield
    if report.skipped and os.environ.get("OSTIARY_NO_SKIPS"):
        report.outcome, report.longrepr = "failed", f"may not be skipped here: {report.longrepr}"
    return report


@pytest.fixture
def town(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> SmallFile:
    """A reference folder that nothing has been loaded into yet."""
    return SmallFile(con, tmp_path / "reference")
