"""Fixtures that many rooms share: the shipped law, a lawful request's facts, a DuckDB connection."""

from collections.abc import Iterator
from datetime import date

import duckdb
import pytest

from ostiary.domain.facts import VOCABULARY, Value
from ostiary.law.book import Book
from ostiary.law.reading import read_book
from ostiary.law.shipped import shipped_book

RECEIVED = date(2025, 8, 6)

LAWFUL: dict[str, Value] = {
    "received": RECEIVED,
    "disclosed": None,
    "agency": "dhs-ice",
    "agency_registered": True,
    "agency_federal": True,
    "provision": "/us/usc/t26/s6103/i/2",
    "agreement": "treasury-dhs-2025",
    "signed_on": date(2025, 8, 4),
    "signer_in_office": True,
    "signer_office": "agency-head",
    "given_name_stated": True,
    "surname_stated": True,
    "address_shape": "complete",
    "periods_count": 2,
    "period_latest": 2023,
    "received_year": 2025,
    "offense_class": "criminal",
    "offense": "/us/usc/t8/s1253/a/1",
    "offense_limb": "A",
    "removal_basis_class": "deportable",
    "removal_order_date": date(2024, 11, 1),
    "days_since_final_order": 278,
    "matter_stated": True,
    "posture": "investigation",
    "reason_words": 31,
    "reason_shared": 0,
    "reason_specific": None,
    "recipients_count": 1,
    "recipients_unknown": 0,
    "recipients_not_employed": 0,
    "recipient_open_matters": 7,
    "sole_use": True,
    "items_count": 1,
    "items_beyond_identity": 0,
    "items_beyond_confirmation": 0,
    "ai_analysis": False,
    "ai_notice_acknowledged": False,
    "safeguard_report_days": 187,
    "corrective_plan_overdue": False,
    "safeguards_suspended": False,
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
