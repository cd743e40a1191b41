"""Submissions: many that wait for the office go through the corridor as one batch.

A run has a fixed price, however many requests it has. So while one submission is under way, those
of the same agency that come meanwhile wait and then go together (as a database gathers commits).
Never do two agencies share a batch: its replies belong to one. Their responses are kept in one
commit.

An idempotency key stands for one submission: the same again brings the same response, something
else under the same key is refused. Should the process die between the run and the keeping of the
response, the same submission brings the same replies all the same, for a request that came before
is never decided twice.

What the work on a request takes depends on the reference file: somebody who is in it is compared,
somebody who is not is not. So a response leaves at a whole quarter of a second after its run began,
and the clock tells as little as the response does.
"""

import csv
import hashlib
import hmac
import json
import logging
import math
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from django.db import IntegrityError, transaction

from ostiary.deciding.intake.request_rows import RequestRows
from ostiary.faces.api.following import layers_of
from ostiary.faces.api.gathering import Gathering, Result, Row, Submission
from ostiary.faces.api.orm import KeptResponse
from ostiary.faces.api.own_rows import add, forget, kept_response
from ostiary.faces.api.problems import KEY_IN_USE, KEY_REUSED, ProblemError
from ostiary.faces.server.databases import OWN
from ostiary.faces.server.site import Site, site
from ostiary.office.batches.batch_folder import Afterwards
from ostiary.office.batches.running import run_batch
from ostiary.office.folder.session import OfficeSession

_LOG = logging.getLogger("django.ostiary.submissions")
_KEYED = b"ostiary kept response v1\n"
KEPT_SECONDS = 7 * 24 * 60 * 60
QUANTUM = 0.25
"""Seconds: a response is held back to the next whole one since its run began."""


@dataclass
class SubmissionQueue:
    """Takes submissions, each once for its key; those that wait go together."""

    _guard: threading.Lock = field(default_factory=threading.Lock)
    _gathering: Gathering = field(default_factory=Gathering)
    _keys: set[tuple[str, str]] = field(default_factory=set)

    def submit(self, site: Site, agency: str, key: str, rows: Sequence[Row]) -> Result:
        """Take a submission through the corridor, once for each key.

        Args:
            site: the office.
            agency: whose submission it is.
            key: the client's idempotency key.
            rows: the requests, one object each, by column.

        Returns:
            ``batch``, ``replies`` and ``errors``, see :mod:`ostiary.faces.api.schemas`.

        Raises:
            ProblemError: the key stands for something else (422), or is being served (409).
        """
        mine = (agency, _digest(key))
        body = _digest(json.dumps(list(rows), sort_keys=True))
        with self._guard:
            if mine in self._keys:
                raise ProblemError(KEY_IN_USE)
            self._keys.add(mine)
        try:
            kept = _kept(*mine, body)
            return kept if kept is not None else self._serve(site, mine, body, rows)
        finally:
            with self._guard:
                self._keys.discard(mine)

    def _serve(self, site: Site, mine: tuple[str, str], body: str, rows: Sequence[Row]) -> Result:
        ticket = Submission(mine[0], mine[1], body, rows)
        self._gathering.ask(ticket, partial(_serve_group, site))
        now = time.monotonic()
        time.sleep(leaves_at(ticket.ready, now) - now)
        if ticket.error is not None:
            raise ticket.error
        if ticket.result is None:
            raise RuntimeError("a submission was passed over")
        return ticket.result


def _serve_group(site: Site, group: Sequence[Submission]) -> Callable[[], None]:
    """Run a group and keep its responses; give what is left to do of its batch's folder."""
    began = time.monotonic()
    left: list[Callable[[], None]] = []
    try:
        results = _run(site, group, left.append)
        _keep(group, results)
        for ticket, result in zip(group, results, strict=True):
            ticket.result = result
    except BaseException as error:  # noqa: BLE001 - each waiting thread raises it
        for ticket in group:
            ticket.error = error
    finally:
        ready = held_until(began, time.monotonic())
        for ticket in group:
            ticket.ready = ready
    return partial(_finish, left)


def _finish(left: Sequence[Callable[[], None]]) -> None:
    """Do what is left, while the responses are held back; what fails is done at the next entry."""
    for rest in left:
        try:
            rest()
        except Exception:  # noqa: BLE001 - the batch stands, is published and was answered
            _LOG.warning("the folder of a batch could not be finished", exc_info=True)


def held_until(began: float, ended: float) -> float:
    """Say when the responses of a run leave: at the next whole quantum since it began."""
    return began + QUANTUM * max(1, math.ceil((ended - began) / QUANTUM))


def leaves_at(ready: float, now: float) -> float:
    """Say when a response leaves: when it is due, or at the next whole quantum since.

    The thread that led its run may have had the report of the batch to write meanwhile.
    """
    return held_until(ready - QUANTUM, now)


def _run(site: Site, group: Sequence[Submission], afterwards: Afterwards) -> list[Result]:
    """Run the submissions of a group as one, and take the outcome apart again."""
    rows = [{**row, "agency": ticket.agency} for ticket in group for row in ticket.rows]
    with site.working() as place:
        asked = RequestRows.of("submission.jsonl", rows)
        batch = run_batch(place, asked, place.moment.today, afterwards=afterwards)["batch"]
        return _apart(place, batch, group)


def _apart(place: OfficeSession, batch: str, group: Sequence[Submission]) -> list[Result]:
    folder = place.office.batches / batch
    with (folder / "replies.jsonl").open(encoding="utf-8") as lines:
        replies = {reply["receipt"]["entry"]: reply for reply in map(json.loads, lines)}
    asked = {(ticket.agency, row["request_id"]) for ticket in group for row in ticket.rows}
    entries = {
        (one.agency, one.request_id): one.entry_index for one in place.store.known_requests(asked)
    }
    errors: dict[int, list[dict[str, str]]] = {}
    with (folder / "row_errors.csv").open(encoding="utf-8", newline="") as lines:
        for error in csv.DictReader(lines):
            errors.setdefault(int(error.pop("row")), []).append(error)
    results, before = [], 0
    for ticket in group:
        own = [row["request_id"] for row in ticket.rows]
        results.append(
            {
                "batch": batch,
                "replies": [
                    replies[entry] | {"layers": layers_of(replies[entry]["findings"])}
                    for name in dict.fromkeys(own)
                    if (entry := entries.get((ticket.agency, name))) in replies
                ],
                "errors": [
                    {"row": number, **error}
                    for number in range(1, len(own) + 1)
                    for error in errors.get(before + number, ())
                ],
            }
        )
        before += len(own)
    return results


def _kept(agency: str, key: str, body: str) -> Result | None:
    """Give the response that was kept under a key.

    Raises:
        ProblemError: it was to another submission.
    """
    kept = kept_response(agency, key, _oldest())
    if kept is None:
        return None
    if kept[0] != body:
        raise ProblemError(KEY_REUSED)
    mac, _, text = kept[1].partition("\n")
    if not hmac.compare_digest(mac, _mac(_own_key(), agency, key, body, text)):
        return None  # not as we kept it, or of an earlier version: the rows are told anew
    result: Result = json.loads(text)
    return result


def _own_key() -> bytes:
    return hmac.digest(site().office.secret(), _KEYED, "sha256")


def _mac(own: bytes, agency: str, key: str, body: str, text: str) -> str:
    """Key a response to the office, so that nobody who edits the table answers in its name."""
    return hmac.digest(own, json.dumps([agency, key, body, text]).encode(), "sha256").hex()


def _keep(group: Sequence[Submission], results: Sequence[Result]) -> None:
    """Keep the responses of a group, before any of them leaves; those kept long enough go."""
    own = _own_key()
    rows = [_response(own, one, result) for one, result in zip(group, results, strict=True)]
    with transaction.atomic(using=OWN):
        forget(KeptResponse, "kept_at", _oldest())
        if _are_kept(rows):
            return
        for ticket, row in zip(group, rows, strict=True):
            try:
                _keep_one(ticket, row)
            except ProblemError as error:  # its own alone: the key stands for something else
                ticket.error = error


_COLUMNS = ("agency", "key", "body", "response", "kept_at")
KeptRow = tuple[str, str, str, str, int]


def _response(own: bytes, ticket: Submission, result: Result) -> KeptRow:
    text = json.dumps(result)
    named = (ticket.agency, ticket.key, ticket.body)
    return (*named, f"{_mac(own, *named, text)}\n{text}", int(time.time()))


def _are_kept(rows: Sequence[KeptRow]) -> bool:
    """Keep all at once; none of them where another program has kept one of their keys."""
    try:
        with transaction.atomic(using=OWN):  # within that of the group: undone alone
            add(KeptResponse, _COLUMNS, rows)
    except IntegrityError:
        return False
    return True


def _keep_one(ticket: Submission, row: KeptRow) -> None:
    if not _are_kept([row]):  # another program kept it first: the same, by the digest of its body
        _kept(ticket.agency, ticket.key, ticket.body)


def _oldest() -> int:
    """Give the second since which responses are kept."""
    return int(time.time()) - KEPT_SECONDS


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
