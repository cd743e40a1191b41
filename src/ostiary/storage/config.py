"""``office.toml``: what an office is, in a file that people can read; written once, read often."""

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, get_args

from ostiary.domain.errors import OfficeError
from ostiary.keys.files import Profile

DEFAULT_DATABASE = "sqlite:///cases.db"
_SCHEME = "sqlite:///"
_ONLY_SQLITE = (
    f'this version keeps cases in SQLite only: write "{DEFAULT_DATABASE}", or sqlite:/// and a path'
)
_TEXT = """\
# An office of Ostiary. The folders beside this file belong to it.

[office]
# Name of the office's log in every checkpoint and receipt. Never change it: the log would be
# another one.
origin = {origin}
# Cryptography: "modern" (Ed25519, X25519) or "fips" (ECDSA and ECDH on P-256).
profile = {profile}
# true: for training and demonstrations only; nothing that it answers is an answer.
training = {training}
# Where cases are kept: sqlite:///FILE beside this file, or sqlite:////FOLDER/FILE elsewhere.
database = {database}

[limits]
# Rows that a request file may have. A larger one is refused whole.
file_rows = {file_rows}
# Size of a request file in bytes, likewise.
file_bytes = {file_bytes}

[matching]
# Share of a batch's confirmations that may be wrong, by the bound that its decoys set. A batch
# above it confirms nothing.
wrong_confirmations_limit = {wrong_confirmations_limit}
# How sure that bound is to hold.
confidence = {confidence}
# At how many different addresses one person may be asked about. Beyond it nothing is confirmed.
addresses_per_person = {addresses_per_person}
"""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much an office takes at once.

    Attributes:
        file_rows: rows of a request file.
        file_bytes: size of a request file in bytes.
    """

    file_rows: int = 5_000_000
    file_bytes: int = 8_000_000_000


@dataclass(frozen=True, slots=True)
class MatchingLimits:
    """What an office bears before it stops confirming.

    Attributes:
        wrong_confirmations_limit: share of a batch's confirmations that may be wrong.
        confidence: of the bound on that share.
        addresses_per_person: different addresses at which one person may be asked about.
    """

    wrong_confirmations_limit: float = 0.001
    confidence: float = 0.95
    addresses_per_person: int = 3


@dataclass(frozen=True, slots=True)
class OfficeConfig:
    """What ``office.toml`` says.

    Attributes:
        origin: name of the office's log (C2SP ``tlog-checkpoint``).
        profile: which cryptography.
        training: whether the office is for training only.
        database: URL of the case store.
        limits: how much it takes at once.
        matching: what it bears before it stops confirming.
    """

    origin: str
    profile: Profile = "modern"
    training: bool = False
    database: str = DEFAULT_DATABASE
    limits: Limits = field(default_factory=Limits)
    matching: MatchingLimits = field(default_factory=MatchingLimits)

    def case_store(self, root: Path) -> Path:
        """Give the path of the case store of the office at ``root``."""
        return root / self.database.removeprefix(_SCHEME)


# Tables of the file beside `[office]`; each may be left out, and so may each of its lines.
_TABLES: dict[str, type[Limits | MatchingLimits]] = {"limits": Limits, "matching": MatchingLimits}


def write_config(path: Path, config: OfficeConfig) -> None:
    """Write ``office.toml`` with a comment on every line that needs one."""
    values = {f.name: getattr(config, f.name) for f in fields(config) if f.name not in _TABLES}
    for table in (config.limits, config.matching):
        values |= {f.name: getattr(table, f.name) for f in fields(table)}
    # A JSON string, number or truth value is one of TOML as well.
    quoted = {name: json.dumps(value, ensure_ascii=False) for name, value in values.items()}
    path.write_text(_TEXT.format(**quoted), encoding="utf-8")


def read_config(path: Path) -> OfficeConfig:
    """Read ``office.toml``.

    Raises:
        OfficeError: it is not TOML, lacks a line, has an unknown one, or a value will not do.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise OfficeError(
            "this is not in TOML form", where=str(path), cure=f"mend it: {error}"
        ) from None
    except OSError as error:
        raise OfficeError(
            "the file cannot be read", where=str(path), cure=(error.strerror or "").lower()
        ) from None
    office = _table(tables, "office", path)
    _check_names(tables, {"office", *_TABLES}, path)
    _check_names(office, {f.name for f in fields(OfficeConfig)} - set(_TABLES), path)
    for name, kind in _TABLES.items():
        _check_names(_table(tables, name, path), {f.name for f in fields(kind)}, path)
    limits = Limits(**_table(tables, "limits", path))
    matching = MatchingLimits(**_table(tables, "matching", path))
    try:
        config = OfficeConfig(**office, limits=limits, matching=matching)
    except TypeError:
        raise OfficeError(
            "`origin` is missing", where=str(path), cure="restore it from the office's backup"
        ) from None
    check_config(config, where=str(path))
    return config


def check_config(config: OfficeConfig, *, where: str) -> None:
    """See that every value can be what it stands for.

    Raises:
        OfficeError: one cannot; the message names it and says what it may be.
    """
    limits = [getattr(config.limits, f.name) for f in fields(config.limits)]
    for name, good, cure in (
        ("origin", _is_origin(config.origin), "write a name without spaces and `+`"),
        ("profile", config.profile in get_args(Profile), 'write "modern" or "fips"'),
        ("training", isinstance(config.training, bool), "write true or false"),
        ("database", _is_sqlite(config.database), _ONLY_SQLITE),
        ("limits", all(type(n) is int and n > 0 for n in limits), "write whole numbers above 0"),
        *_matching_checks(config.matching),
    ):
        if not good:
            raise OfficeError(f"`{name}` will not do", where=where, cure=cure)


def _matching_checks(matching: MatchingLimits) -> Iterator[tuple[str, bool, str]]:
    """Say of each line of `[matching]` whether it will do, and what it may be."""
    for name in ("wrong_confirmations_limit", "confidence"):
        value = getattr(matching, name)
        good = type(value) is float and 0 < value < 1
        yield name, good, "write a number between 0 and 1, such as 0.001"
    addresses = matching.addresses_per_person
    good = type(addresses) is int and addresses > 0
    yield "addresses_per_person", good, "write a whole number above 0"


def _table(tables: dict[str, Any], name: str, path: Path) -> dict[str, Any]:
    """Give one table of the file; all but `[office]` may be left out."""
    table = tables.get(name, {})
    if isinstance(table, dict):
        return table
    raise OfficeError(f"`{name}` is no table", where=str(path), cure=f"write it as `[{name}]`")


def _check_names(table: dict[str, Any], known: set[str], path: Path) -> None:
    """Refuse a name that means nothing here: a setting misspelt is a setting not in force."""
    if unknown := sorted(set(table) - known):
        raise OfficeError(
            f"unknown setting: {', '.join(unknown)}",
            where=str(path),
            cure=f"known are {', '.join(sorted(known))}",
        )


def _is_origin(origin: Any) -> bool:
    """Whether this may name a log: not empty, no space, no plus (C2SP ``signed-note``)."""
    return isinstance(origin, str) and re.fullmatch(r"[^\s+\x00-\x1f\x7f]+", origin) is not None


def _is_sqlite(database: Any) -> bool:
    """Whether this is the URL of an SQLite file."""
    return (
        isinstance(database, str) and re.fullmatch(r"sqlite:///[^?#]*[^/?#]", database) is not None
    )
