"""A client of the public API, for agencies' programs: typed, and with nothing of an office in it.

In: an office's address, the program's id and private key. Out: plain frozen values, files and
proofs as bytes. Never here: a key that leaves; an answer opened (``ostiary open`` does that).

    client = Client("https://office.example", "ice-case-system", read_signing_key(path))
    outcome = client.submit([{"request_id": "R-1", ...}], key="2026-03-01-0001")
    client.status(outcome.replies[0].entry).status
"""

from ostiary.verifying.client.calls import Client
from ostiary.verifying.client.message_signatures import UnsoundWebhookError
from ostiary.verifying.client.values import Finding, Outcome, RefusedError, Reply, RowError
from ostiary.verifying.client.webhooks import WebhookEvent, verify_webhook

__all__ = [
    "Client",
    "Finding",
    "Outcome",
    "RefusedError",
    "Reply",
    "RowError",
    "UnsoundWebhookError",
    "WebhookEvent",
    "verify_webhook",
]
