"""Webhooks on the receiver's side: is this call of the office, and what does it say."""

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, fields

from ostiary.verifying.client.message_signatures import (
    PublicKey,
    UnsoundWebhookError,
    check_signature,
)

OLDEST = 300
"""Seconds that a signature is good for; each attempt at delivery is signed anew."""


@dataclass(frozen=True, slots=True)
class WebhookEvent:
    """That the status of a request has changed. What it is about, the API tells.

    Attributes:
        id: the same each time the event is delivered; keep it to take each event once.
        type: ``request.`` and the new status: ``returned``, ``suspended``, ``to-counsel``,
            ``accepted`` or ``answered``.
        request: number of the request's log entry, by which calls name it.
        time: when the event was made, ``YYYY-MM-DDTHH:MM:SSZ``.
        link: address of the request's status.
    """

    id: str
    type: str
    request: int
    time: str
    link: str


def verify_webhook(
    key: PublicKey,
    address: str,
    headers: Mapping[str, str],
    body: bytes,
    *,
    now: float | None = None,
) -> WebhookEvent:
    """See that a call is the office's, and read it.

    Args:
        key: the office's public key for webhooks (``ostiary webhooks key``).
        address: your own, as it stands in the office's register; not what the call says it is.
        headers: of the call.
        body: of the call, as it came.
        now: seconds since 1970; the clock's when None.

    Raises:
        UnsoundWebhookError: somebody else sent it, it was changed, it was for another address, or
            it is more than five minutes old.
    """
    created = check_signature(key, address, headers, body)
    if abs((time.time() if now is None else now) - created) > OLDEST:
        raise UnsoundWebhookError("the call was signed at another time")
    try:
        said = json.loads(body)
        return WebhookEvent(**{one.name: said[one.name] for one in fields(WebhookEvent)})
    except (ValueError, KeyError, TypeError):
        raise UnsoundWebhookError("the content is no event") from None
