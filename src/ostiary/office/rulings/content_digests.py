"""The digest by which a repeat is told from another request under the same id.

The office's secret lasts as long as the office. A request that gives no reason is one of few for
each person on file, so under that key alone somebody with the whole office could guess, long after
disposal, whom it was about. So the request's salt, which is destroyed with it, is a key as well.
"""

from hashlib import sha256


def stored_content_sql(salt: str, keyed: str) -> str:
    """Give SQL for the digest: of a request's salt, and of what it says under the secret."""
    return f"sha256({salt} || {keyed})"


def stored_content(salt: str, keyed: str) -> str:
    """Give what :func:`stored_content_sql` gives."""
    return sha256(f"{salt}{keyed}".encode()).hexdigest()


def content_digests_of(secret: str, salt: str, payload: str) -> tuple[str, str]:
    """Give the digest that is stored, and the one that was until 30 November 2026.

    Args:
        secret: the office's, as hexadecimal text.
        salt: the request's, as it is stored.
        payload: the request, as it is stored.
    """
    keyed = sha256(f"{secret}{payload}".encode()).hexdigest()
    return stored_content(salt, keyed), keyed
