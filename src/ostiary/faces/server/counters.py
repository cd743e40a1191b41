"""How far the counters of passkeys have gone: kept beside the tables, never lower than they were.

An authenticator with a counter counts on with each answer, and one that stands still is that of a
copy (WebAuthn Level 3, section 7.2, step 22). The counter is a number in a row, and whoever may
edit the web office's database could put it back, so that the copy counts once more. So the highest
that was seen is kept in ``OFFICE/web/counters`` too, under a MAC of the office's secret. Most
passkeys have no counter (0), and nothing is kept of them. A file that is gone or altered tells
nothing; then the rows are all there is.
"""

import hmac
import json
from hashlib import sha256
from pathlib import Path

from ostiary.disk.durable import put_private
from ostiary.disk.locks import alone
from ostiary.faces.server.databases import web_folder
from ostiary.faces.server.site import Site

FILE = "counters"
_KEYED = b"ostiary passkey counters v1\n"
_PRIVATE = 0o600


def counter_of(served: Site, credential: str) -> int:
    """Give the highest counter that was seen of a credential; 0 when none was."""
    return _kept(served, _path(served)).get(_name(credential), 0)


def keep_counter(served: Site, credential: str, count: int) -> bool:
    """Keep how far a counter has gone; false when it has been there, or beyond, already."""
    if not count:
        return counter_of(served, credential) == 0
    path, name = _path(served), _name(credential)
    with alone(path.with_name(f".{FILE}.lock")):
        kept = _kept(served, path)
        if kept.get(name, 0) >= count:
            return False
        text = json.dumps(kept | {name: count}, sort_keys=True).encode()
        put_private(path, _mac(served, text) + b"\n" + text, _PRIVATE)
    return True


def _kept(served: Site, path: Path) -> dict[str, int]:
    try:
        mac, _, text = path.read_bytes().partition(b"\n")
    except OSError:
        return {}
    return json.loads(text) if hmac.compare_digest(mac, _mac(served, text)) else {}


def _mac(served: Site, text: bytes) -> bytes:
    key = hmac.digest(served.office.secret(), _KEYED, "sha256")
    return hmac.digest(key, text, "sha256").hex().encode()


def _name(credential: str) -> str:
    return sha256(credential.encode()).hexdigest()


def _path(served: Site) -> Path:
    return Path(web_folder(served.office)) / FILE
