"""``[oidc]`` of ``office.toml``: the OpenID Connect provider where people may sign in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_ISSUER = re.compile(
    r"(https://[a-z0-9.-]+|http://localhost)(:[0-9]{1,5})?(/[A-Za-z0-9._~/-]*[A-Za-z0-9._~-])?"
)
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


def provider_checks(found: SignInProvider) -> Iterator[tuple[str, bool, str]]:
    """Say of each line of `[oidc]` whether it will do, and what it may be."""
    issuer, client = found.issuer, found.client_id
    yield (
        "issuer",
        isinstance(issuer, str) and (not issuer or _ISSUER.fullmatch(issuer) is not None),
        'write "https://" and a host, without a slash at the end, or nothing for passkeys only',
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
