"""``[mail]`` of ``office.toml``: through which relay officers are told that something waits."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from ostiary.domain.errors import OfficeError
from ostiary.office.folder.config_rows import Check, check_names, config_rows
from ostiary.office.folder.oidc_config import OURSELVES

Security = Literal["tls", "starttls", "none"]
_RELAY = re.compile(r"([A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\]):([0-9]{1,5})")
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,253}")
_LAST_PORT, _HOURS = 65535, 24


@dataclass(frozen=True, slots=True)
class MailTo:
    """One officer who is told.

    Attributes:
        officer: id in ``reviewers.csv``; who is not in office is told nothing.
        address: e-mail address.
    """

    officer: str
    address: str


@dataclass(frozen=True, slots=True)
class Mail:
    """How officers are told.

    Attributes:
        relay: host and port of the SMTP relay; empty for no mail.
        security: ``tls`` from the first byte, ``starttls``, or ``none`` on this machine alone.
        relay_ca: file with the authority that vouches for the relay, from the office's folder;
            empty for those that the system trusts.
        user: name at the relay; empty where it asks for none.
        password_file: file with the password there, from the office's folder.
        sender: address of the office.
        hours: at which hours (UTC) somebody for whom something waits is told.
        to: who is told.
    """

    relay: str = ""
    security: Security = "starttls"
    relay_ca: str = ""
    user: str = ""
    password_file: str = ""
    sender: str = ""
    hours: tuple[int, ...] = (7,)
    to: tuple[MailTo, ...] = ()

    @property
    def host(self) -> str:
        """Host of the relay."""
        return self.relay.rpartition(":")[0].strip("[]")

    @property
    def port(self) -> int:
        """Port of the relay."""
        return int(self.relay.rpartition(":")[2])


def read_mail(table: dict[str, Any], path: Path) -> Mail:
    """Read ``[mail]``, of which every line may be left out.

    Raises:
        OfficeError: it has an unknown line, ``to`` is no list of officers and addresses, or
            ``hours`` is no list.
    """
    check_names(table, Mail, path)
    cure = 'write [ { officer = "anna", address = "anna@office.example" }, ... ]'
    to, hours = config_rows(MailTo, table, "to", path, cure), table.get("hours", [7])
    if not isinstance(hours, list):
        raise OfficeError("`hours` will not do", where=str(path), cure="write a list such as [7]")
    return Mail(**table | {"to": to, "hours": tuple(hours)})


def mail_checks(mail: Mail) -> Iterator[Check]:
    """Say of each line of ``[mail]`` whether it will do, and what it may be."""
    on = bool(mail.relay)
    yield (
        "relay",
        isinstance(mail.relay, str) and (not on or _is_relay(mail.relay)),
        'write a host and a port such as "smtp.office.example:587", or nothing for no mail',
    )
    yield "security", mail.security in get_args(Security), 'write "tls", "starttls" or "none"'
    yield (
        "security",
        mail.security != "none" or not on or mail.host in OURSELVES,
        '"none" is for a relay on this very machine; write "tls" or "starttls"',
    )
    texts = (mail.relay_ca, mail.user, mail.password_file)
    yield "relay_ca", isinstance(mail.relay_ca, str), "write the name of a file, or nothing"
    yield (
        "password_file",
        all(isinstance(one, str) for one in texts) and bool(mail.user) == bool(mail.password_file),
        "write both `user` and `password_file`, or neither",
    )
    yield "sender", not on or _is_address(mail.sender), "write an e-mail address of the office"
    yield (
        "hours",
        bool(mail.hours) and all(type(one) is int and 0 <= one < _HOURS for one in mail.hours),
        "write whole numbers from 0 to 23, at least one",
    )
    yield (
        "to",
        all(one.officer and _is_address(one.address) for one in mail.to),
        "write the id of an officer and an e-mail address",
    )


def mail_text(mail: Mail) -> dict[str, str]:
    """Write the lines that are lists as TOML has them, by name."""
    people = "".join(
        f'  {{ officer = "{one.officer}", address = "{one.address}" }},\n' for one in mail.to
    )
    return {"hours": str(list(mail.hours)), "to": f"[\n{people}]" if people else "[]"}


def _is_relay(text: str) -> bool:
    found = _RELAY.fullmatch(text)
    return found is not None and 0 < int(found[2]) <= _LAST_PORT


def _is_address(text: Any) -> bool:
    return isinstance(text, str) and _ADDRESS.fullmatch(text) is not None
