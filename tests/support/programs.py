"""Agencies' programs before a test office: registered by key, calling Django or a real server."""

import secrets
from contextlib import contextmanager
from pathlib import Path

from django.test import Client as DjangoClient

from ostiary.faces.api.calling import buckets
from ostiary.verifying.client import Client
from ostiary.verifying.keys.files import key_text, new_signing_key
from web_office import opened

ICE, OTHER = "dhs-ice", "dhs"
PROGRAM, OTHER_PROGRAM = "ice-cases", "dhs-cases"


def register(office: Path, *rows: tuple[str, str, str]):
    """Enter programs in the register: id, agency, and public key text."""
    lines = ["client,agency,public_key,from,until"]
    lines += [f"{client},{agency},{key},2025-01-01," for client, agency, key in rows]
    (office / "registers" / "clients.csv").write_text("\n".join(lines) + "\n")


def registered_pair(office: Path, profile="modern"):
    """Register a program of each of two agencies; give their private keys."""
    keys = {name: new_signing_key(profile) for name in (PROGRAM, OTHER_PROGRAM)}
    register(
        office,
        (PROGRAM, ICE, key_text(keys[PROGRAM].public_key())),
        (OTHER_PROGRAM, OTHER, key_text(keys[OTHER_PROGRAM].public_key())),
    )
    return keys


def send_to_django(method, address, headers, body):
    """Send a call to Django in this process, as its test client does."""
    path = "/" + address.split("/", 3)[3]
    named = {
        f"HTTP_{name.upper().replace('-', '_')}": value
        for name, value in headers.items()
        if name != "Content-Type"
    }
    got = DjangoClient(SERVER_NAME="localhost").generic(
        method,
        path,
        body or b"",
        headers.get("Content-Type", "application/octet-stream"),
        **named,
    )
    return got.status_code, got.content, {k.lower(): v for k, v in got.headers.items()}


def fresh_key() -> str:
    return secrets.token_urlsafe(12)


def program(site, name, key, send=send_to_django) -> Client:
    return Client(site.address, name, key, send)


@contextmanager
def site_with_programs(office, day, profile="modern"):
    """Open an office before which two agencies have a program each, none of whom has asked yet."""
    buckets.cache_clear()
    keys = registered_pair(office, profile)
    with opened(office, day) as site:
        yield site, keys
