"""What is said of a file once it has been walked through: the shape of ``summary.json``.

The rooms below hand on these values; a face prints them, or writes them as the JSON that they are.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

from ostiary.office.rulings.explanation import Explained


class Unreadable(TypedDict):
    """What is wrong with rows of a file, in the same column and way.

    Attributes:
        column: where; empty for a whole row.
        code: of the row error.
        message: what is wrong with the first of them, without the value.
        cure: what to do.
        rows: how many rows.
    """

    column: str
    code: str
    message: str
    cure: str
    rows: int


class Ground(TypedDict):
    """What a rule rests on.

    Attributes:
        citation: the provision, as people cite it.
        layer: whose rule it is: ``statute``, ``safeguard``, ``agreement``, ``policy``, ``order``.
    """

    citation: str
    layer: str


class AdmissionSummary(TypedDict):
    """What the law alone made of a file.

    Attributes:
        received: legal day of receipt.
        rows: data rows of the file.
        row_errors: rows that could not be read.
        counts: requests by status.
        sums: what came of every row, each counted once.
        by_rule: requests by rule not met.
        rests: what each rule of ``by_rule`` rests on.
        unreadable: what was wrong with rows that could not be read, most rows first.
        law: digests of book, orders, registers and derivations.
        book: digest of book and orders together.
        seconds: wall-clock seconds by stage.
        seconds_total: of all together.
        peak_memory_mib: the most memory that the process has had, in MiB.
    """

    received: str
    rows: int
    row_errors: int
    counts: Mapping[str, int]
    sums: Mapping[str, int]
    by_rule: Mapping[str, int]
    rests: Mapping[str, Ground]
    unreadable: Sequence[Unreadable]
    law: Mapping[str, str]
    book: str
    seconds: Mapping[str, float]
    seconds_total: float
    peak_memory_mib: int


class CheckSummary(AdmissionSummary):
    """What ``check`` says of a file: the law alone.

    Attributes:
        file: name of the file.
        explained: of a single request, why it came out so; None of more.
    """

    file: str
    explained: Explained | None


class FileDigest(TypedDict):
    """SHA-256 of a request file, and the random bits that hide it in the log; both hex."""

    sha256: str
    salt: str


class LogState(TypedDict):
    """The log as it was published: its name, how many entries it has, its root in hex."""

    origin: str
    size: int
    root: str


class BatchSummary(AdmissionSummary):
    """What ``run`` says of a batch.

    Attributes:
        batch: its id.
        repeats: rows that repeat an earlier request, and got the same reply again.
        steps: what the accepted requests wait for.
        outcomes: what verification showed, by outcome; for the custodian alone.
        matching_rules: the same by the rule that settled it.
        repeated_asking: requests stopped since one person was asked about too often.
        decoys: what the decoys showed; None when nothing was compared.
        model: digest of the reference and the rules of matching.
        file: the request file.
        log: the log with the batch in it.
    """

    batch: str
    repeats: int
    steps: Mapping[str, Any]
    outcomes: Mapping[str, int]
    matching_rules: Mapping[str, int]
    repeated_asking: int
    decoys: Mapping[str, Any] | None
    model: str
    file: FileDigest
    log: LogState


class InterruptedSummary(TypedDict):
    """What is still known of a batch whose run was cut short after its commit."""

    batch: str
    received: str
    rows: int
    row_errors: int
    repeats: int
    counts: Mapping[str, int]
    sums: Mapping[str, int]
    book: str
    decoys: Mapping[str, Any] | None
    interrupted: bool
    log: LogState
