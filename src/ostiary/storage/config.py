"""``office.toml``: what an office is, in a file that people can read; written once, read often."""

import json
import os
import re
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, get_args
from urllib.parse import urlsplit

from ostiary.domain.errors import OfficeError
from ostiary.keys.files import Profile
from ostiary.storage.databases import CURE, DEFAULT_DATABASE, Database, read_database

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
# Where cases are kept: sqlite:///FILE beside this file, sqlite:////FOLDER/FILE elsewhere, or
# postgresql://USER@HOST/DATABASE.
database = {database}

[limits]
# Rows that a request file may have. A larger one is refused whole.
file_rows = {file_rows}
# Size of a request file in bytes, likewise.
file_bytes = {file_bytes}
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
class OfficeConfig:
    """What ``office.toml`` says.

    Attributes:
        origin: name of the office's log (C2SP ``tlog-checkpoint``).
        profile: which cryptography.
        training: whether the office is for training only.
        database: URL of the case store.
        limits: how much it takes at once.
    """

    origin: str
    profile: Profile = "modern"
    training: bool = False
    database: str = DEFAULT_DATABASE
    limits: Limits = field(default_factory=Limits)

    def case_store(self, root: Path) -> Database:
        """Say where the case store of the office at ``root`` is."""
        return read_database(self.database, root)


def write_config(path: Path, config: OfficeConfig) -> None:
    """Write ``office.toml`` with a comment on every line that needs one."""
    values = {f.name: getattr(config, f.name) for f in fields(config) if f.name != "limits"}
    values |= {f.name: getattr(config.limits, f.name) for f in fields(config.limits)}
    # A JSON string, number or truth value is one of TOML as well.
    quoted = {name: json.dumps(value, ensure_ascii=False) for name, value in values.items()}
    # A URL may hold a password: then the file is not for everybody.
    mode = 0o600 if urlsplit(config.database).password else 0o644
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(_TEXT.format(**quoted))


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
    office, limits = _table(tables, "office", path), _table(tables, "limits", path)
    _check_names(tables, {"office", "limits"}, path)
    _check_names(office, {f.name for f in fields(OfficeConfig)} - {"limits"}, path)
    _check_names(limits, {f.name for f in fields(Limits)}, path)
    try:
        config = OfficeConfig(**office, limits=Limits(**limits))
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
        ("database", _is_database(config.database), CURE),
        ("limits", all(type(n) is int and n > 0 for n in limits), "write whole numbers above 0"),
    ):
        if not good:
            raise OfficeError(f"`{name}` will not do", where=where, cure=cure)


def _table(tables: dict[str, Any], name: str, path: Path) -> dict[str, Any]:
    """Give one table of the file; `[limits]` may be left out."""
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


def _is_database(database: Any) -> bool:
    """Whether this is the URL of a case store."""
    try:
        read_database(database, Path())
    except OfficeError:
        return False
    return True
