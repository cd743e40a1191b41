"""``[oidc]`` of ``office.toml``: the OpenID Connect provider where people may sign in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from ostiary.office.folder.config_rows import Check

OURSELVES = ("localhost", "127.0.0.1", "::1")
"""Hosts that a provider may have with ``http``: this very machine, for trials."""
_CLIENT_ID = re.compile(r"[!-~]{1,255}")


@dataclass(frozen=True, slots=True)
class SignInProvider:
    """An OpenID Connect provider, and who this office is to it.

    Attributes:
        issuer: its issuer identifier (OpenID Connect Discovery, section 2); empty for none.
        client_id: the id under which it knows this office.
        client_secret_file: file with the secret it gave us, from the office's folder; may be empty.
    """

    issuer: str = ""
    client_id: str = ""
    client_secret_file: str = ""


def provider_checks(found: SignInProvider) -> Iterator[Check]:
    """Say of each line of `[oidc]` whether it will do, and what it may be."""
    issuer, client = found.issuer, found.client_id
    yield (
        "issuer",
        isinstance(issuer, str) and (not issuer or _is_issuer(issuer)),
        "write it as the provider names itself, to the letter, or nothing for passkeys only",
    )
    yield (
        "client_id",
        isinstance(client, str)
        and (_CLIENT_ID.fullmatch(client) is not None if issuer else not client),
        "write the id that the provider gave this office, and nothing without an issuer",
    )
    yield (
        "client_secret_file",
        isinstance(found.client_secret_file, str)
        and (bool(issuer) or not found.client_secret_file),
        "write the name of a file, and nothing without an issuer",
    )


def _is_issuer(text: str) -> bool:
    """Whether a text is an issuer identifier (OpenID Connect Core 1.0, section 2).

    An ``https`` address with a host, perhaps a port and a path, a slash at its end included; no
    query, no fragment. ``http`` is for a provider on this very machine.
    """
    if not re.fullmatch(r"[!-~]{1,2000}", text) or {"?", "#", "@"} & set(text):
        return False
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    return all((host or "").removesuffix(".").split(".")) and (  # no label of a name is empty
        parts.scheme == "https" or (parts.scheme == "http" and host in OURSELVES)
    )
