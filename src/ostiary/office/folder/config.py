"""``office.toml``: what an office is, in a file that people can read; written once, read often."""

import json
import os
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, get_args
from urllib.parse import urlsplit

from ostiary.domain.errors import OfficeError
from ostiary.office.folder.accounting_config import (
    Countersigning,
    accounting_checks,
    accounting_text,
    read_accounting,
)
from ostiary.office.folder.config_rows import Check, check_known, plain
from ostiary.office.folder.config_text import TEXT
from ostiary.office.folder.letterhead_config import (
    LetterheadLines,
    letterhead_text,
    read_letterhead,
)
from ostiary.office.folder.mail_config import Mail, mail_checks, mail_text, read_mail
from ostiary.office.folder.matching_config import MatchingLimits, matching_checks
from ostiary.office.folder.oidc_config import SignInProvider, provider_checks
from ostiary.office.folder.spark_config import SparkMaster, spark_checks
from ostiary.office.folder.web_config import WebFace, web_checks
from ostiary.office.store.databases import CURE, DEFAULT_DATABASE, Database, read_database
from ostiary.verifying.keys.files import Profile


@dataclass(frozen=True, slots=True)
class Limits:
    """How much an office takes at once.

    Attributes:
        file_rows: rows of a request file.
        file_bytes: size of a request file in bytes.
        calls_per_minute: calls of the programs of one agency.
    """

    file_rows: int = 5_000_000
    file_bytes: int = 8_000_000_000
    calls_per_minute: int = 600


@dataclass(frozen=True, slots=True)
class OfficeConfig:
    """What ``office.toml`` says.

    Attributes:
        origin: name of the office's log (C2SP ``tlog-checkpoint``).
        profile: which cryptography.
        training: whether the office is for training only.
        database: URL of the case store.
        limits: how much it takes at once.
        accounting: who countersigns its log.
        matching: what it bears before it stops confirming.
        letterhead: what its letters begin with.
        web: how people reach it with a browser.
        mail: through which relay officers are told that something waits.
        oidc: where they may sign in beside their passkeys.
        spark: where Spark computes, for runs that ask for it.
    """

    origin: str
    profile: Profile = "modern"
    training: bool = False
    database: str = DEFAULT_DATABASE
    limits: Limits = field(default_factory=Limits)
    accounting: Countersigning = field(default_factory=Countersigning)
    matching: MatchingLimits = field(default_factory=MatchingLimits)
    letterhead: LetterheadLines = field(default_factory=LetterheadLines)
    web: WebFace = field(default_factory=WebFace)
    mail: Mail = field(default_factory=Mail)
    oidc: SignInProvider = field(default_factory=SignInProvider)
    spark: SparkMaster = field(default_factory=SparkMaster)

    def deciding(self) -> dict[str, Any]:
        """Give the settings on which an outcome, or whether it leaves, can depend.

        All others only say where and when.
        """
        return {"training": self.training, **asdict(self.matching), **self._of_leaving()}

    def _of_leaving(self) -> dict[str, Any]:
        """Give what answers wait for: nothing where the office asks for no witness."""
        said = self.accounting
        if not said.witnesses and not said.quorum:
            return {}
        witnesses = sorted(one.key for one in said.witnesses)
        return {
            "witnesses": witnesses,
            "quorum": said.quorum,
            "without_quorum": said.without_quorum,
        }

    def case_store(self, root: Path) -> Database:
        """Say where the case store of the office at ``root`` is."""
        return read_database(self.database, root)


# The tables of the file beside `[office]`, and what reads each; all may be left out.
_TABLES: Mapping[str, Callable[[dict[str, Any], Path], object]] = {
    "limits": plain(Limits),
    "accounting": read_accounting,
    "matching": plain(MatchingLimits),
    "letterhead": read_letterhead,
    "web": plain(WebFace),
    "mail": read_mail,
    "oidc": plain(SignInProvider),
    "spark": plain(SparkMaster),
}
_OF_OFFICE = {f.name for f in fields(OfficeConfig)} - set(_TABLES)


def write_config(path: Path, config: OfficeConfig) -> None:
    """Write ``office.toml`` with a comment on every line that needs one."""
    # A URL may hold a password: then the file is not for everybody.
    mode = 0o600 if urlsplit(config.database).password else 0o644
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(TEXT.format(**_lines(config)))


def _lines(config: OfficeConfig) -> dict[str, str]:
    """Write each setting as TOML has it, by its name in the text of the file."""
    values = {name: getattr(config, name) for name in _OF_OFFICE}
    tables = (config.limits, config.matching, config.web, config.mail, config.oidc, config.spark)
    for table in tables:
        values |= {f.name: getattr(table, f.name) for f in fields(table)}
    del values["hours"], values["to"]  # lists, which are written otherwise
    # A JSON string, number or truth value is one of TOML as well.
    quoted = {name: json.dumps(value, ensure_ascii=False) for name, value in values.items()}
    accounting, letterhead = config.accounting, config.letterhead
    return (
        quoted | mail_text(config.mail) | accounting_text(accounting) | letterhead_text(letterhead)
    )


def read_config(path: Path) -> OfficeConfig:
    """Read ``office.toml``.

    Raises:
        OfficeError: it is not TOML, lacks a line, has an unknown one, or a value will not do.
    """
    tables = _parsed(path)
    check_known(tables, {"office", *_TABLES}, path)
    office = _table(tables, "office", path)
    check_known(office, _OF_OFFICE, path)
    if "origin" not in office:
        raise OfficeError(
            "`origin` is missing", where=str(path), cure="restore it from the office's backup"
        )
    read: dict[str, Any] = {
        name: reader(_table(tables, name, path), path) for name, reader in _TABLES.items()
    }
    config = OfficeConfig(**office, **read)
    check_config(config, where=str(path))
    return config


def _parsed(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise OfficeError(
            "this is not in TOML form", where=str(path), cure=f"mend it: {error}"
        ) from None
    except OSError as error:
        raise OfficeError(
            "the file cannot be read", where=str(path), cure=(error.strerror or "").lower()
        ) from None


def check_config(config: OfficeConfig, *, where: str) -> None:
    """See that every value can be what it stands for.

    Raises:
        OfficeError: one cannot; the message names it and says what it may be.
    """
    for name, good, cure in _checks(config):
        if not good:
            raise OfficeError(f"`{name}` will not do", where=where, cure=cure)


def _checks(config: OfficeConfig) -> Iterator[Check]:
    """Say of each line whether it will do, and what it may be."""
    limits = [getattr(config.limits, f.name) for f in fields(config.limits)]
    yield "origin", _is_origin(config.origin), "write a name without spaces and `+`"
    yield "profile", config.profile in get_args(Profile), 'write "modern" or "fips"'
    yield "training", isinstance(config.training, bool), "write true or false"
    yield "database", _is_database(config.database), CURE
    yield "limits", all(type(n) is int and n > 0 for n in limits), "write whole numbers above 0"
    yield from accounting_checks(config.accounting)
    yield from matching_checks(config.matching)
    yield from web_checks(config.web)
    yield from mail_checks(config.mail)
    yield from provider_checks(config.oidc)
    yield from spark_checks(config.spark)


def _table(tables: dict[str, Any], name: str, path: Path) -> dict[str, Any]:
    """Give one table of the file; all but `[office]` may be left out."""
    table = tables.get(name, {})
    if isinstance(table, dict):
        return table
    raise OfficeError(f"`{name}` is no table", where=str(path), cure=f"write it as `[{name}]`")


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
