"""The files that an office is run by, and what each is called: registers, orders, settings.

A file is named by its own name, ``officers.csv``, ``stay.md`` or ``office.toml``; in the log it is
named with its folder, underscores written as hyphens.
"""

import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ostiary.deciding.law.shipped import shipped_book
from ostiary.domain.errors import InputError
from ostiary.domain.register_columns import REGISTERS
from ostiary.office.folder.layout import Office

SETTINGS = "office.toml"
MEANINGS = {
    "agencies": "agencies that may ask, and what they are to the law",
    "agreements": "standing agreements with agencies, under a provision",
    "arrangements": "clouds and contractors that agencies keep what they receive with",
    "clients": "programs that may call the API, each with its key",
    "conditions": "conditions of use that stand in every answer",
    "court_leaves": "leaves that a court gave to answer in spite of its order",
    "court_notices": "notices that an order wants before an answer",
    "notices": "notices that agencies gave, and whether they were acknowledged",
    "offenses": "provisions of the United States Code and what kind each is of",
    "offense_parts": "parts that a section of the register of offences has",
    "officers": "recipients: officers of agencies, with the keys that answers are sealed to",
    "parameters": "numbers of days with the provision or standard that they rest on",
    "people_in_orders": "persons whom an order of a court is about",
    "provision_classes": "provisions that requests name, and what the rules call each",
    "receipt_keys": "keys that recipients sign receipts with",
    "retention": "how long what was asked is kept before it is destroyed",
    "reviewers": "the custodian's own officers, with the keys that they sign with",
    "safeguards": "reports and plans of agencies on their safeguards, and suspensions",
    "signers": "office-holders who may sign a request",
    "suspensions": "suspensions of disclosures to agencies, with the review that each is owed",
    "webhooks": "where agencies are told that a request has a new status",
}
"""What each register is about, in a line."""
_ORDER = re.compile(r"[a-z0-9][a-z0-9.-]{0,59}\.md")


class Kind(StrEnum):
    """What sort of file it is."""

    REGISTER = "register"
    ORDER = "order"
    SETTINGS = "settings"


@dataclass(frozen=True, slots=True)
class GovernedFile:
    """One file of an office that is changed by two persons.

    Attributes:
        name: of the file, without its folder.
        kind: what sort of file it is.
        path: where it lies, whether it is there or not.
    """

    name: str
    kind: Kind
    path: Path

    @property
    def register(self) -> str:
        """Name of the register, such as ``officers``; empty for other kinds."""
        return self.name.removesuffix(".csv") if self.kind is Kind.REGISTER else ""

    @property
    def logged_name(self) -> str:
        """Name in the log, such as ``registers/people-in-orders.csv``."""
        folder = "" if self.kind is Kind.SETTINGS else f"{self.kind}s/"
        return folder + self.name.replace("_", "-")

    def content(self) -> bytes | None:
        """Read what stands there now; None where there is no file."""
        return self.path.read_bytes() if self.path.is_file() else None


def governed_file(office: Office, name: str) -> GovernedFile:
    """Find a file of an office by its name; it need not be there yet.

    Raises:
        InputError: no register is called so, and no order or settings can be.
    """
    if name == SETTINGS:
        return GovernedFile(name, Kind.SETTINGS, office.root / name)
    if name.endswith(".csv") and name.removesuffix(".csv") in REGISTERS:
        return GovernedFile(name, Kind.REGISTER, office.registers / name)
    if _ORDER.fullmatch(name):
        return GovernedFile(name, Kind.ORDER, office.orders / name)
    raise InputError(
        "no file of an office is called so",
        where=name[:80],
        cure="an order is named by small letters, digits, dots and hyphens, and ends in .md",
    )


def governed_files(office: Office) -> tuple[GovernedFile, ...]:
    """Give all registers, the orders that lie in the office's folder, and the settings."""
    orders = sorted(path.name for path in office.orders.glob("*.md") if _ORDER.fullmatch(path.name))
    names = [f"{name}.csv" for name in sorted(REGISTERS)] + orders + [SETTINGS]
    return tuple(governed_file(office, name) for name in names)


def digest_of(content: bytes | None) -> str:
    """Give ``sha256:`` and 64 hex digits of a file's bytes; empty where there is no file."""
    return "" if content is None else f"sha256:{hashlib.sha256(content).hexdigest()}"


def orders_of(office: Office) -> tuple[str, ...]:
    """Give the ids of the orders of the book and of the office."""
    folders = (shipped_book() / "orders", office.orders)
    return tuple(sorted({path.stem for folder in folders for path in folder.glob("*.md")}))
