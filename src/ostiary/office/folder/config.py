"""``office.toml``: what an office is, in a file that people can read; written once, read often."""

import json
import os
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, Literal, get_args
from urllib.parse import urlsplit

from ostiary.domain.errors import OfficeError
from ostiary.office.folder.config_rows import config_rows
from ostiary.office.folder.config_text import TEXT
from ostiary.office.folder.mail_config import Mail, mail_checks, mail_text, read_mail
from ostiary.office.folder.oidc_config import SignInProvider, provider_checks
from ostiary.office.folder.spark_config import SparkMaster, spark_checks
from ostiary.office.store.databases import CURE, DEFAULT_DATABASE, Database, read_database
from ostiary.verifying.keys.files import Profile

DEFAULT_NAME = "Disclosure Office"
WithoutQuorum = Literal["hold", "publish"]
_TABLES = ("limits", "accounting", "matching", "letterhead", "web", "mail", "oidc", "spark")


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
class WitnessAddress:
    """One witness of the office's log.

    Attributes:
        url: where it takes checkpoints (C2SP ``tlog-witness``, submission prefix).
        key: its verifier key, ``name+id+key``.
    """

    url: str
    key: str


@dataclass(frozen=True, slots=True)
class Countersigning:
    """Who countersigns the log, and what follows when they do not.

    Attributes:
        witnesses: who is asked.
        quorum: how many of them must have countersigned before an answer leaves.
        without_quorum: ``hold`` keeps answers back until then, ``publish`` only warns.
    """

    witnesses: tuple[WitnessAddress, ...] = ()
    quorum: int = 0
    without_quorum: WithoutQuorum = "hold"


@dataclass(frozen=True, slots=True)
class MatchingLimits:
    """What an office bears before it stops confirming.

    Attributes:
        wrong_confirmations_limit: share of a batch's confirmations that may be wrong.
        confidence: of the bound on that share.
        addresses_per_person: different addresses at which one agency may ask about one person.
        addresses_of_all_agencies: the same for all agencies together.
    """

    wrong_confirmations_limit: float = 0.001
    confidence: float = 0.95
    addresses_per_person: int = 3
    addresses_of_all_agencies: int = 12


@dataclass(frozen=True, slots=True)
class LetterheadLines:
    """What letters begin with.

    Attributes:
        name: name of the office.
        lines: what stands under it, such as its address.
    """

    name: str = DEFAULT_NAME
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WebFace:
    """How people reach the office with a browser.

    Attributes:
        address: scheme and host, and port if need be; empty for this machine only.
        days_to_decide: the custodian's own standard for deciding an accepted request.
        connections_of_one_address: how many one address may have open at a time where no proxy
            stands before the server; 0 for as many as it likes.
    """

    address: str = ""
    days_to_decide: int = 10
    connections_of_one_address: int = 200


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


# Tables of the file beside `[office]` that hold plain values; each line of them may be left out.
_PLAIN: dict[str, type[Limits | MatchingLimits | WebFace | SignInProvider | SparkMaster]] = {
    "limits": Limits,
    "matching": MatchingLimits,
    "web": WebFace,
    "oidc": SignInProvider,
    "spark": SparkMaster,
}


def write_config(path: Path, config: OfficeConfig) -> None:
    """Write ``office.toml`` with a comment on every line that needs one."""
    values = {f.name: getattr(config, f.name) for f in fields(config) if f.name not in _TABLES}
    tables = (config.limits, config.matching, config.web, config.mail, config.oidc, config.spark)
    for table in tables:
        values |= {f.name: getattr(table, f.name) for f in fields(table)}
    del values["hours"], values["to"]  # lists, which are written otherwise
    # A JSON string, number or truth value is one of TOML as well.
    quoted = {name: json.dumps(value, ensure_ascii=False) for name, value in values.items()}
    quoted |= mail_text(config.mail)
    quoted["witnesses"] = _witnesses_text(config.accounting.witnesses)
    quoted["quorum"] = json.dumps(config.accounting.quorum)
    quoted["without_quorum"] = json.dumps(config.accounting.without_quorum)
    quoted["letterhead_name"] = json.dumps(config.letterhead.name, ensure_ascii=False)
    quoted["letterhead_lines"] = json.dumps(list(config.letterhead.lines), ensure_ascii=False)
    # A URL may hold a password: then the file is not for everybody.
    mode = 0o600 if urlsplit(config.database).password else 0o644
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(TEXT.format(**quoted))


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
    for name, kind in _PLAIN.items():
        _check_names(_table(tables, name, path), {f.name for f in fields(kind)}, path)
    limits = Limits(**_table(tables, "limits", path))
    matching = MatchingLimits(**_table(tables, "matching", path))
    accounting = _read_accounting(_table(tables, "accounting", path), path)
    letterhead = _read_letterhead(_table(tables, "letterhead", path), path)
    web = WebFace(**_table(tables, "web", path))
    _check_names(_table(tables, "mail", path), {f.name for f in fields(Mail)}, path)
    mail = read_mail(_table(tables, "mail", path), path)
    oidc = SignInProvider(**_table(tables, "oidc", path))
    spark = SparkMaster(**_table(tables, "spark", path))
    try:
        config = OfficeConfig(
            **office,
            limits=limits,
            accounting=accounting,
            matching=matching,
            letterhead=letterhead,
            web=web,
            mail=mail,
            oidc=oidc,
            spark=spark,
        )
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
    accounting = config.accounting
    for name, good, cure in (
        ("origin", _is_origin(config.origin), "write a name without spaces and `+`"),
        ("profile", config.profile in get_args(Profile), 'write "modern" or "fips"'),
        ("training", isinstance(config.training, bool), "write true or false"),
        ("database", _is_database(config.database), CURE),
        ("limits", all(type(n) is int and n > 0 for n in limits), "write whole numbers above 0"),
        ("quorum", _is_quorum(accounting), "write a number, at most that of the witnesses"),
        (
            "without_quorum",
            accounting.without_quorum in get_args(WithoutQuorum),
            'write "hold" or "publish"',
        ),
        *_matching_checks(config.matching),
        (
            "address",
            _is_address(config.web.address),
            'write "https://" and a host, or nothing for this machine only',
        ),
        (
            "days_to_decide",
            type(config.web.days_to_decide) is int and config.web.days_to_decide > 0,
            "write a whole number above 0",
        ),
        (
            "connections_of_one_address",
            type(config.web.connections_of_one_address) is int
            and config.web.connections_of_one_address >= 0,
            "write a whole number, or 0 for no bound",
        ),
        *mail_checks(config.mail),
        *provider_checks(config.oidc),
        *spark_checks(config.spark),
    ):
        if not good:
            raise OfficeError(f"`{name}` will not do", where=where, cure=cure)


def _witnesses_text(witnesses: Sequence[WitnessAddress]) -> str:
    lines = [
        f"  {{ url = {json.dumps(one.url)}, key = {json.dumps(one.key, ensure_ascii=False)} }},\n"
        for one in witnesses
    ]
    return f"[\n{''.join(lines)}]" if lines else "[]"


def _read_accounting(table: dict[str, Any], path: Path) -> Countersigning:
    """Read `[accounting]`, which may be left out."""
    _check_names(table, {f.name for f in fields(Countersigning)}, path)
    cure = 'write [ { url = "https://...", key = "name+id+key" }, ... ]'
    witnesses = config_rows(WitnessAddress, table, "witnesses", path, cure)
    return Countersigning(**table | {"witnesses": witnesses})


def _read_letterhead(table: dict[str, Any], path: Path) -> LetterheadLines:
    """Read `[letterhead]`, which may be left out."""
    _check_names(table, {f.name for f in fields(LetterheadLines)}, path)
    name, lines = table.get("name", DEFAULT_NAME), table.get("lines", [])
    if not isinstance(lines, list) or not all(
        isinstance(line, str) and line.strip() for line in (name, *lines)
    ):
        raise OfficeError(
            "`letterhead` will not do",
            where=str(path),
            cure='write name = "..." and lines = ["...", ...]',
        )
    return LetterheadLines(name, tuple(lines))


def _is_quorum(accounting: Countersigning) -> bool:
    """Whether so many can be had; witnesses of whom none is needed are still asked."""
    return type(accounting.quorum) is int and 0 <= accounting.quorum <= len(accounting.witnesses)


def _matching_checks(matching: MatchingLimits) -> Iterator[tuple[str, bool, str]]:
    """Say of each line of `[matching]` whether it will do, and what it may be."""
    for name in ("wrong_confirmations_limit", "confidence"):
        value = getattr(matching, name)
        good = type(value) is float and 0 < value < 1
        yield name, good, "write a number between 0 and 1, such as 0.001"
    addresses = matching.addresses_per_person
    good = type(addresses) is int and addresses > 0
    yield "addresses_per_person", good, "write a whole number above 0"
    of_all = matching.addresses_of_all_agencies
    good = type(of_all) is int and of_all > 0
    yield "addresses_of_all_agencies", good, "write a whole number above 0"


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


def _is_address(address: Any) -> bool:
    """Whether browsers would let passkeys be used here: TLS, or this very machine."""
    return isinstance(address, str) and (
        re.fullmatch(r"|https://[a-z0-9.-]+(:[0-9]{1,5})?|http://localhost(:[0-9]{1,5})?", address)
        is not None
    )


def _is_database(database: Any) -> bool:
    """Whether this is the URL of a case store."""
    try:
        read_database(database, Path())
    except OfficeError:
        return False
    return True
