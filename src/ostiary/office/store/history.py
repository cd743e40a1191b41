"""Asking the office's history in bulk, for the facts that span requests.

These answers are counted from what is stored, over a million requests in seconds; none of them
says more than the one fact needs.
"""

import json
import threading
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from django.db import connections

from ostiary.domain.words import Status
from ostiary.office.store.chunks import chunks
from ostiary.office.store.engine import Engine
from ostiary.office.store.engines import engine_of
from ostiary.office.store.open_matters import OpenMatters, officers_in
from ostiary.office.store.reading import Reader
from ostiary.office.store.records.admission import KnownRequest, StoredRequest
from ostiary.office.store.records.looks import Asked

_SHARED = """
SELECT reason_digest, count(*) FROM request WHERE reason_digest <> ''
GROUP BY reason_digest HAVING count(*) >= %s
"""
_SHARED_AMONG = """
SELECT r.reason_digest, count(*) FROM {listed} JOIN request AS r ON r.reason_digest = asked.value
GROUP BY r.reason_digest
"""
_STORED_SINCE = """
SELECT agency, reason_digest, CASE WHEN status = 'accepted' THEN {recipients} END
FROM request WHERE id > %s ORDER BY id
"""
_VERIFIED = """
SELECT rule, CASE WHEN min(outcome) = 'confirmed' THEN count(DISTINCT person_id) ELSE count(*) END
FROM (
    SELECT coalesce(g.rule, v.rule) AS rule, coalesce(g.outcome, v.outcome) AS outcome,
           coalesce(g.person_id, v.person_id) AS person_id
    FROM request r JOIN verification v ON v.request = r.id LEFT JOIN later_verification g
         ON g.id = (SELECT max(h.id) FROM later_verification h WHERE h.request = r.id)
    WHERE r.status = 'accepted' AND r.agency IN (SELECT value FROM {listed})
    ORDER BY r.id DESC LIMIT %s
) AS latest
GROUP BY rule
"""
_ASKED = """
SELECT p.token, p.place, row_number() OVER (PARTITION BY p.token ORDER BY min(p.id))
FROM {listed} JOIN asking AS p ON p.token = CAST(asked.value AS bigint)
WHERE p.place IS NOT NULL GROUP BY p.token, p.place
"""
_ASKINGS = """
SELECT r.id, r.agency, r.payload FROM (SELECT DISTINCT p.request {of}) AS found
JOIN request AS r ON r.id = found.request WHERE r.payload IS NOT NULL
"""
_OF_TOKENS = """
FROM {listed} JOIN asking AS p ON p.token = CAST(asked.value AS bigint) WHERE p.place IS NULL
"""
_OF_REQUESTS = """
SELECT p.request, p.token, p.place
FROM {listed} JOIN asking AS p ON p.request = CAST(asked.value AS bigint)
"""
_DESTROYED = """
SELECT r.agency, min(r.id), count(*) FROM asking AS p JOIN request AS r ON r.id = p.request
WHERE r.salt IS NULL AND p.token IS NULL GROUP BY r.agency
"""
_OF_ALL = "FROM asking AS p WHERE p.token IS NOT NULL AND p.place IS NULL"


class HistoryReader(Reader):
    """The questions that span requests."""

    def __init__(self, where: str, alias: str) -> None:
        super().__init__(where, alias)
        self._making = threading.Lock()
        self._matters: OpenMatters | None = None

    @property
    def _engine(self) -> Engine:
        return engine_of(connections[self._alias])

    def known_requests(self, keys: Iterable[tuple[str, str]]) -> Iterator[KnownRequest]:
        """Look up many ``(agency, request_id)`` pairs; those the office does not know are left out.

        Neither the pairs nor what is found is ever whole in memory.
        """
        for chunk in chunks(keys):
            by_agency: dict[str, list[str]] = defaultdict(list)
            for agency, request_id in chunk:
                by_agency[agency].append(request_id)
            for agency, ids in by_agency.items():
                for number, request_id, content, salt, status, *rest in self._rows(
                    self._engine.known_requests, json.dumps(ids), agency
                ):
                    yield KnownRequest(
                        number, agency, request_id, content, salt, Status(status), *rest
                    )

    def open_matters(self, named: Mapping[str, Collection[str]]) -> dict[str, int]:
        """Count, for recipients of a file, the matters with an open request beside those it names.

        A request without a number of its matter is a matter of its own. It is open when it was
        accepted, has no answer, and was not returned at review.

        Args:
            named: the numbers of matters in the file, by recipient; recipients are ids.
        """
        return self._open_matters().beside(named)

    def carrying(self) -> frozenset[str]:
        """Name the recipients with any open request."""
        return self._open_matters().carrying()

    def _open_matters(self) -> OpenMatters:
        connection = connections[self._alias]
        with self._making:
            found = self._matters
            if found is None or connection.in_atomic_block:  # what is undone must not be kept
                found = OpenMatters(self._rows, self._engine.recipients, self._engine.matter)
            if not connection.in_atomic_block:
                self._matters = found
        return found

    def shared_reasons(self, at_least: int = 1) -> dict[str, int]:
        """Count the requests ever stored with the same reason, by its keyed digest.

        Args:
            at_least: leave out reasons that fewer requests share.
        """
        return dict(self._rows(_SHARED, at_least))

    def shared_among(self, digests: Iterable[str]) -> dict[str, int]:
        """Count the requests ever stored with each of some reasons, by its keyed digest.

        Args:
            digests: each once, none empty.
        """
        found: dict[str, int] = {}
        for chunk in chunks(digests):
            statement = _SHARED_AMONG.format(listed=self._engine.listed)
            found |= dict(self._rows(statement, json.dumps(chunk)))
        return found

    def places_asked(self, people: Iterable[int]) -> Iterator[tuple[int, int, int]]:
        """Give person, address and its place among that person's, from 1, as keyed digests.

        Args:
            people: keyed digests of people, each once.
        """
        for chunk in chunks(people):
            statement = _ASKED.format(listed=self._engine.listed)
            for person, address, place in self._rows(statement, json.dumps(chunk)):
                yield person, address, int(place)

    def askings(self, tokens: Iterable[int] | None) -> Iterator[Asked]:
        """Give the compared requests that some tokens lead to, or all; some of them repeatedly.

        What has been destroyed is left out.

        Args:
            tokens: keyed digests of names; None for all requests.
        """
        if tokens is None:
            yield from map(Asked._make, self._rows(_ASKINGS.format(of=_OF_ALL)))
            return
        for chunk in chunks(tokens):
            of = _OF_TOKENS.format(listed=self._engine.listed)
            yield from map(Asked._make, self._rows(_ASKINGS.format(of=of), json.dumps(chunk)))

    def asking_of(self, requests: Iterable[int]) -> Iterator[tuple[int, int, int | None]]:
        """Give request, keyed digest of a name or a person, and of an address, as stored."""
        for chunk in chunks(requests):
            yield from self._rows(
                _OF_REQUESTS.format(listed=self._engine.listed), json.dumps(chunk)
            )

    def asking_destroyed(self) -> dict[str, tuple[int, int]]:
        """Give, by agency, the first request of which a disposal destroyed it, and how many rows.

        What a row told, a name or a place, nobody can say any more.
        """
        rows = self._rows(_DESTROYED)
        return {str(agency): (int(first), int(many)) for agency, first, many in rows}

    def last_request(self) -> int:
        """Give the number of the last request that was stored; 0 before any."""
        ((last,),) = self._rows("SELECT coalesce(max(id), 0) FROM request")
        return int(last)

    def stored_since(self, number: int) -> Iterator[StoredRequest]:
        """Give by what requests are counted that were stored after the one of a number."""
        statement = _STORED_SINCE.format(recipients=self._engine.recipients)
        for agency, reason, recipients in self._rows(statement, number):
            yield StoredRequest(agency, reason, frozenset(officers_in(recipients or "")))

    def last_asking(self) -> int:
        """Give the number of the last thing stored about who was asked about; 0 before any."""
        ((last,),) = self._rows("SELECT coalesce(max(id), 0) FROM asking")
        return int(last)

    def last_examination(self) -> int:
        """Give the number of the last look after admission; 0 before any."""
        ((last,),) = self._rows("SELECT coalesce(max(id), 0) FROM examination")
        return int(last)

    def rules_of_verifications(self, agencies: Iterable[str], latest: int) -> dict[str, int]:
        """Count by rule the latest verifications of what some agencies asked.

        Of a rule that confirms, the people: one who is confirmed repeatedly counts once.

        Args:
            agencies: their ids.
            latest: how many verifications are counted.
        """
        statement = _VERIFIED.format(listed=self._engine.listed)
        return dict(self._rows(statement, json.dumps(sorted(agencies)), latest))
