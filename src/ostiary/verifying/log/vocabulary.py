"""The vocabulary of the log: which entries there are, their fields, and what each may hold.

Everything else follows from the two tables here: how an entry is made, read, checked and built in
SQL. A kind is a regular expression over the *canonical JSON text* of a value (Python and RE2 read
it alike), so that one match proves form and content at once. No kind lets free text through: what
names a person can only stand in the log as a salted commitment.
"""

from dataclasses import dataclass

_YEAR = "[12][0-9]{3}"
_MONTH_DAY = (
    "(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    "|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8]))"
)
_LEAP_YEAR = "(?:[12][0-9](?:0[48]|[2468][048]|[13579][26])|(?:1[26]|2[048])00)"
_DATE = f"(?:{_YEAR}-{_MONTH_DAY}|{_LEAP_YEAR}-02-29)"
_TIME = "(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
_COUNT_FROM_1 = "[1-9][0-9]{0,14}"
_COUNT = f"(?:0|{_COUNT_FROM_1})"
_DIGEST = '"sha256:[0-9a-f]{64}"'

COUNTED_STATUSES = ("accepted", "returned", "suspended")
"""What every batch counts, in canonical order."""

DECIDED_STATUSES = (*COUNTED_STATUSES, "to-counsel")
"""What a request can be decided to be before a record is read, in canonical order."""

STAFF_ROLES = ("officer", "auditor", "counsel", "head", "administrator", "monitor")
"""What somebody of the custodian's own can be to the web office."""

ACCESS_ACTS = ("added", "bound", "confirmed", "ended")
"""What can happen to somebody's access: a link is given, an account at the provider or a passkey
counts, nothing counts any more."""

SUSPENSION_STEPS = (
    *("noticed", "suspended-at-once", "appealed", "heard"),
    *("upheld", "set-aside", "suspended", "lifted"),
)
"""What can happen in a suspension of disclosures to an agency, 6103(p)(4) and (p)(7)."""

CLOCK_CAUSES = ("battery", "time-server", "virtual-machine", "set-by-hand", "unknown")
"""Why a clock was wrong."""

LATE_CAUSES = ("paper", "moved", "outage", "mislaid")
"""Why a file is entered long after its day of receipt: it came on paper, or before the office
worked with Ostiary; the office's machine stood still; nobody saw that it had come."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What a field may hold.

    Attributes:
        pattern: regular expression over the value's canonical JSON text, without groups.
        meaning: one line for messages and for the reference.
    """

    pattern: str
    meaning: str

    @property
    def is_text(self) -> bool:
        """Whether the JSON value is a string."""
        return self.pattern.startswith('"')


KINDS = {
    "version": Kind("1", "the number 1"),
    "instant": Kind(f'"{_DATE}T{_TIME}Z"', "a moment in UTC such as 2025-08-06T09:30:00Z"),
    "date": Kind(f'"{_DATE}"', "a date such as 2025-08-06"),
    "name": Kind('"[a-z0-9/.-]{1,80}"', "1 to 80 of small letters, digits and / . -"),
    "provision": Kind(
        '"(?:other|/us/[A-Za-z0-9/.-]{1,76})"', "the USLM id of a provision of the book, or other"
    ),
    "profile": Kind('"(?:modern|fips)"', "modern or fips"),
    "status": Kind(
        f'"(?:{"|".join(DECIDED_STATUSES)})"', "accepted, returned, suspended or to-counsel"
    ),
    "role": Kind(
        f'"(?:{"|".join(STAFF_ROLES)})"',
        "officer, auditor, counsel, head, administrator or monitor",
    ),
    "act": Kind(f'"(?:{"|".join(ACCESS_ACTS)})"', "added, bound, confirmed or ended"),
    "step": Kind(f'"(?:{"|".join(SUSPENSION_STEPS)})"', f"one of {', '.join(SUSPENSION_STEPS)}"),
    "cause": Kind(f'"(?:{"|".join(CLOCK_CAUSES)})"', f"one of {', '.join(CLOCK_CAUSES)}"),
    "late": Kind(f'"(?:{"|".join(LATE_CAUSES)})"', f"one of {', '.join(LATE_CAUSES)}"),
    "digest": Kind(_DIGEST, "sha256: and 64 hex digits, of something that is not secret"),
    "commitment": Kind(_DIGEST, "sha256: and 64 hex digits, salted"),
    "root": Kind('"[0-9a-f]{64}"', "64 hex digits: the root of a hash tree"),
    "mask": Kind('"[0-9a-f]{1,64}"', "up to 64 hex digits: bit n is set when rule n is not met"),
    "signature": Kind(
        '"(?:[A-Za-z0-9+/]{4}){10,250}(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?"',
        "a signature in base64",
    ),
    "names": Kind(
        '"[a-z-]{1,40}(?: [a-z-]{1,40}){0,9}"', "1 to 10 elements of the law, spaces between"
    ),
    "flag": Kind("(?:true|false)", "true or false"),
    "count": Kind(_COUNT, "a whole number from 0"),
    "index": Kind(_COUNT, "the number of an earlier entry"),
    "year": Kind(_YEAR, "a year such as 2025"),
    "counts": Kind(
        r"\{"
        + ",".join(f'"{status}":{_COUNT}' for status in COUNTED_STATUSES)
        + f'(?:,"to-counsel":{_COUNT_FROM_1})?'
        + r"\}",
        "how many requests were accepted, returned and suspended, and to-counsel where any was",
    ),
}

COMMON_FIELDS = {"v": "version", "type": "name", "at": "instant"}
"""What every entry has: the version of this vocabulary, its type, and when it was written."""

ENTRY_TYPES: dict[str, dict[str, str]] = {
    "office.opened": {"origin": "name", "profile": "profile", "training": "flag"},
    "office.restored": {"made": "instant", "entries": "count"},
    "key.changed": {"old": "digest", "new": "digest", "stolen": "flag"},
    "clock.corrected": {
        "stood": "instant",
        "right": "instant",
        "why": "cause",
        "officer": "name",
        "signature": "signature",
        "second": "name",
        "second_signature": "signature",
    },
    "law.adopted": {
        "book": "digest",
        "orders": "digest",
        "registers": "digest",
        "derivations": "digest",
    },
    "key.accepted": {
        "register": "name",
        "change": "digest",
        "officer": "name",
        "signature": "signature",
    },
    "reference.loaded": {"model": "digest", "people": "count", "addresses": "count"},
    "receipt.explained": {
        "received": "date",
        "why": "late",
        "officer": "name",
        "signature": "signature",
    },
    "batch.received": {
        "batch": "name",
        "file": "commitment",
        "received": "date",
        "rows": "count",
        "row_errors": "count",
        "repeats": "count",
        "root": "root",
        "counts": "counts",
    },
    "request.decided": {
        "batch": "name",
        "agency": "name",
        "provision": "provision",
        "received": "date",
        "status": "status",
        "mask": "mask",
        "book": "digest",
        "request": "commitment",
        "content": "commitment",
        "facts": "commitment",
    },
    "elements.awaited": {"batch": "name", "provision": "provision", "elements": "names"},
    "element.taken": {"of": "index", "element": "names"},
    "record.examined": {"of": "index", "outcome": "commitment", "model": "digest"},
    "case.viewed": {"of": "index", "officer": "name"},
    "reason.determined": {
        "of": "index",
        "officer": "name",
        "specific": "flag",
        "signature": "signature",
    },
    "element.determined": {
        "of": "index",
        "officer": "name",
        "element": "names",
        "found": "flag",
        "signature": "signature",
    },
    "answer.voted": {
        "of": "index",
        "officer": "name",
        "decision": "digest",
        "vote": "commitment",
        "signature": "signature",
    },
    "counsel.answered": {
        "about": "index",
        "officer": "name",
        "on": "date",
        "how": "commitment",
        "signature": "signature",
    },
    "release.stopped": {"of": "index", "mask": "mask", "on": "date"},
    "answer.released": {
        "of": "index",
        "answer": "name",
        "agency": "name",
        "on": "date",
        "outcome": "commitment",
        "taxpayer": "commitment",
        "sealed": "digest",
        "statement": "commitment",
        "decision": "digest",
    },
    "answer.opened": {"of": "index", "answer": "name", "on": "date", "receipt": "commitment"},
    "answer.recalled": {"of": "index", "answer": "name", "cause": "name"},
    "answer.disposed": {
        "of": "index",
        "answer": "name",
        "on": "date",
        "how": "name",
        "receipt": "commitment",
    },
    "compliance.recorded": {"order": "name", "on": "date", "statement": "digest"},
    "use.reported": {"agency": "name", "on": "date", "report": "commitment"},
    "staff.changed": {"role": "role", "person": "name", "act": "act"},
    "access.managed": {"administrator": "name", "change": "index"},
    "door.opened": {"change": "index", "door": "commitment"},
    "door.used": {"door": "commitment", "made": "commitment"},
    "doors.found": {"doors": "count"},
    "file.changed": {
        "file": "name",
        "before": "commitment",
        "after": "commitment",
        "prepared_by": "name",
        "administrator": "name",
    },
    "suspension.acted": {
        "suspension": "name",
        "agency": "name",
        "step": "step",
        "on": "date",
        "ground": "name",
        "safeguard": "provision",
        "prepared_by": "name",
        "administrator": "name",
    },
    "step.prepared": {"step": "name", "prepared_by": "name", "content": "commitment"},
    "step.settled": {"change": "index"},
    "task.begun": {"task": "name", "asked_by": "name", "administrator": "name"},
    "requester.changed": {"agency": "name", "person": "commitment", "act": "act"},
    "case.noted": {"about": "index", "officer": "name", "note": "commitment"},
    "list.exported": {"reader": "name", "list": "name", "rows": "count"},
    "case.read": {"about": "index", "reader": "name"},
    "person.told": {"officer": "name", "identity": "name"},
    "log.read": {"reader": "name", "size": "count"},
    "record.kept": {
        "on": "date",
        "requests": "count",
        "answers": "count",
        "root": "root",
    },
    "document.committed": {"root": "root", "pieces": "count", "withheld": "count"},
    "openings.disposed": {
        "on": "date",
        "register": "digest",
        "requests": "count",
        "answers": "count",
        "root": "root",
    },
    "figures.reported": {
        "agency": "name",
        "year": "year",
        "requests": "count",
        "answers": "count",
        "disclosures": "count",
        "taxpayers": "count",
    },
}
"""Entry type -> field -> kind. ``rows`` of a batch are its requests, errors and repeats.

``repeats`` counts rows that say again, word for word, what an earlier batch said: the same request,
not decided twice. ``of`` is the number of the `request.decided` entry that the step belongs to, and
``about`` the same of a request of any status. `counsel.answered` is about one that went to counsel,
such as a judge's order that this corridor cannot answer, or of which an officer found an element
lacking, or that nobody had answered or looked at: counsel answered by another way, and how is a
commitment; no record is looked at for it, and no answer released, afterwards. ``receipt`` commits
to what a recipient signed, with the request's random bits. ``root`` of a disposal is the root of a
tree whose leaves are the numbers of the `request.decided` entries that can no longer be opened, in
order, as decimal text. `record.kept` stands before it: what 26 USC 6103(p)(3)(A) has kept for ever
of the same requests is sealed, and ``root`` is that of a tree whose leaves are the digests of the
sealed parts. `case.noted` says that an officer wrote a note for other officers, and nothing of what
is in it; `list.exported` that somebody took a list away, or that a court's monitor saw the one of
an order (`order/` and its id), and how many rows it had. ``root`` of a document is the root over
salted commitments to each of its pieces.

`key.accepted` is an officer's word on a key in a register; ``change`` is the SHA-256 of register,
id and key. `law.adopted` covers with ``registers`` the keys that count, beside rows and settings.

Before a record may be looked at, persons must have found what the law has persons determine.
`elements.awaited` says of a batch which elements all its accepted requests under a provision wait
for; then `record.examined` may only follow on a word of an officer for each of them, and none that
says the opposite: `reason.determined` for the element ``reason-specific``, `element.determined` for
every other one. `element.taken` stands in place of such a word in a training office, and nowhere
else.

`file.changed` says that administrators put a register, an order or the settings into force: who
prepared it, who put it into force, and commitments to the SHA-256 of the file as it was and as it
is, an empty text where there was, or is, none. Registers may name persons, so the digests are
salted; the salt is kept with the change in ``OFFICE/changes``.

`compliance.recorded` fixes what the office stated in a record of compliance with an order, before
the record was made of the log: ``statement`` is the digest of that file.

`use.reported` says that an agency reported what became of one of its answers, never of which, nor
what: that an answer was used would tell that it was a confirmation. ``report`` is salted with the
request's own random bits.

`suspension.acted` follows a `file.changed` of the register of suspensions, one for each step that
it adds: what stops disclosures to an agency, what lifts the stop, and the review in between, each
with its day. A day that had not come and was taken back is told by `file.changed` alone; one that
was put off, by the step with its new day.

`step.prepared` says that somebody prepared what another person is to have done: a ``change`` of a
register, an order or the settings, or a task by its name, after the look at what it would do. All
of it that counts is committed to in ``content``, with a salt that is kept with what waits; what
does not open this entry is neither put into force nor done. `step.settled` ends it, once and for
all: what was prepared by the entry ``change`` was put into force, is being done, or was withdrawn.

`task.begun` says that an administrator has the office do something on a page: who asked for it, who
had it done, after a look at what it would do. What was done has entries of its own.

`access.managed` says which administrator made the change to somebody's access that stands at
``change``; a change without it was made by a command on the office's own machine.

`door.opened` says by what somebody may come in since the change that stands at ``change``: a link,
a passkey or a binding, as a commitment over all that its row says. `door.used` says that a link was
used, and commits to the passkey ``made`` by it, which counts once another `door.opened` says so. A
row that no entry commits to opens nothing. `doors.found` stands once in the log of an office that
an earlier version had kept, after the doors that were entered as they were found.

`receipt.explained` says why the next file of this day of receipt is entered more than 14 days
after it, as an officer signed it, over the number of the entry too.

`clock.corrected` lets an office go on whose clock had leapt ahead: ``stood`` is the moment of the
entry before it, ``right`` the moment that two officers say it really was, each with a signature
over the number of the entry too.

Who may come into the web office is told apart: ``person`` of the custodian's own is the id under
which their steps stand in the log anyhow, but an agency's officer is named in no entry, so there
``person`` is a commitment. It is the same in all entries about one requester, who can be followed
from the first link to the end without being known.

Nothing in `answer.released` may tell what was answered, or that two answers are about one person:
anybody can read the log, and the agency's replies hold the number of each request's entry, while
26 USC 6103(i)(2)(A) lets the named recipients alone know. So the outcome and the taxpayer (an empty
text when nothing was disclosed) are commitments with the request's own random bits.

For the same reason an approval and a refusal are one type, `answer.voted`: a refusal turns the
answer into *no answer*, so whoever read it would know more than that word. ``vote`` commits to what
was said, and ``signature`` is over words that hold a secret, so trying both words opens neither.
"""


def fields_of(entry_type: str) -> dict[str, str]:
    """Give all fields of an entry type with their kinds, in canonical (sorted) order."""
    return dict(sorted({**COMMON_FIELDS, **ENTRY_TYPES[entry_type]}.items()))


def entry_pattern(entry_type: str) -> str:
    """Give the regular expression that a whole entry of the type matches, a group a field."""
    parts = [
        f'"{field}":(?P<{field}>{_field_pattern(entry_type, field, kind)})'
        for field, kind in fields_of(entry_type).items()
    ]
    return r"\{" + ",".join(parts) + r"\}"


def _field_pattern(entry_type: str, field: str, kind: str) -> str:
    if field == "type":
        return '"' + entry_type.replace(".", "[.]") + '"'
    return KINDS[kind].pattern
