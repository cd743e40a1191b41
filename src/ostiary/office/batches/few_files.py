"""The files of a small batch of values in which nobody was looked for.

The same texts as :mod:`.batches.replies` and :mod:`.batches.rows_to_mend` write of tables, and
custody files of the same columns, kinds and rows.
"""

import json
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from ostiary.deciding.intake.tables import FACTS
from ostiary.deciding.intake.typed import agency_meant
from ostiary.deciding.matching.tables import VERIFICATIONS
from ostiary.domain.columns import REQUEST
from ostiary.domain.spreadsheets import is_formula
from ostiary.office.batches.few_as_values import RuledRequest
from ostiary.office.batches.rows_to_mend import SEND_NEXT, Known, free_ids
from ostiary.office.batches.rows_to_mend_files import write_mending_values

_KINDS: Final = {
    "BIGINT": pa.int64(),
    "VARCHAR": pa.string(),
    "BOOLEAN": pa.bool_(),
    "DATE": pa.date32(),
    "DOUBLE": pa.float64(),
}
_QUOTED: Final = frozenset('",#\r\n')
_ROW_ERRORS: Final = "row,column,code,message,cure,line,request_id\n"
_SENT: Final = [column.name for column in REQUEST]
Finding = dict[str, str]


def write_values(
    folder: Path,
    requests: Sequence[RuledRequest],
    *,
    origin: str,
    first: int,
    size: int,
    proposed: dict[int, str],
) -> None:
    """Write replies, what became of each row, and custody files.

    Args:
        folder: of the batch.
        requests: in the order of the file.
        origin: name of the office's log.
        first: index of the first request's entry.
        size: of the log after the batch.
        proposed: new ids by row, as :func:`proposed_ids` gives them.
    """
    findings = [json.loads(one.findings) for one in requests]
    _write_replies(folder, requests, findings, origin, range(first, first + len(requests)), size)
    (folder / "row_errors.csv").write_text(_ROW_ERRORS, encoding="utf-8")
    lines = [line for each in zip(requests, findings, strict=True) for line in _lines(*each)]
    mended = zip(requests, findings, strict=True)
    rows = [
        _mended(one, told, proposed.get(one.read.row)) for one, told in mended if one.is_returned
    ]
    write_mending_values(folder, lines, rows)
    _write_custody(folder, requests)


def proposed_ids(requests: Sequence[RuledRequest], known: Known) -> dict[int, str]:
    """Give new ids, by row, for the requests that are returned."""
    own = {one.request_id for one in requests}
    failed = [
        (one.read.row, agency_meant(one.filed.request["agency"] or ""), one.request_id)
        for one in requests
        if one.is_returned
    ]
    return dict(free_ids(failed, known, _among(own))) if failed else {}


def _among(own: set[str]) -> Callable[[list[str]], Collection[str]]:
    return own.intersection


def _write_replies(
    folder: Path,
    requests: Sequence[RuledRequest],
    findings: Sequence[Sequence[Finding]],
    origin: str,
    entries: Sequence[int],
    size: int,
) -> None:
    lines, table = [], ["request_id,status,findings,receipt\n"]
    for one, told, entry in zip(requests, findings, entries, strict=True):
        receipt = {"log": origin, "entry": entry, "tree_size": size}
        reply = {"request_id": one.request_id, "status": one.status}
        lines.append(_compact(reply | {"findings": told, "receipt": receipt}) + "\n")
        name = f"'{one.request_id}" if is_formula(one.request_id) else one.request_id
        cells = (name, one.status, one.findings, _compact(receipt))
        table.append(",".join(map(_cell, cells)) + "\n")
    (folder / "replies.jsonl").write_text("".join(lines), encoding="utf-8")
    (folder / "replies.csv").write_text("".join(table), encoding="utf-8")


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _cell(text: str) -> str:
    """Write a cell as the engine writes a CSV file."""
    return text if _QUOTED.isdisjoint(text) else '"' + text.replace('"', '""') + '"'


def _lines(one: RuledRequest, findings: Sequence[Finding]) -> Iterator[dict[str, object]]:
    """Say what became of a row: a line for each finding, or one without any."""
    row = one.read.row
    of_row: dict[str, object] = {"row": row, "line": row if one.is_returned else None}
    of_row |= {"request_id": one.request_id, "status": one.status}
    for told in findings or [{}]:
        yield of_row | told


def _mended(one: RuledRequest, findings: Sequence[Finding], new: str | None) -> dict[str, object]:
    """Lay a returned row, as it was sent, beside what is wrong with it."""
    sent = dict(zip(_SENT, one.read.sent, strict=True))
    cure = _numbered([told["cure"] for told in findings])
    return {
        **sent,
        "request_id": new or sent["request_id"],
        "row": one.read.row,
        "line": one.read.row,
        "status": one.status,
        "what": _numbered([told["finding"] for told in findings]),
        "cure": f"{cure}\n{SEND_NEXT}" if new else cure,
        "sent_as": sent["request_id"] if new else None,
    }


def _numbered(texts: Sequence[str]) -> str:
    """Write texts one under the other, numbered where there are several."""
    if len(texts) == 1:
        return texts[0]
    return "\n".join(f"{nth}. {text}" for nth, text in enumerate(texts, start=1))


def _write_custody(folder: Path, requests: Sequence[RuledRequest]) -> None:
    custody = folder / "custody"
    custody.mkdir(mode=0o700)
    kept = [(one.read.row, one.salt, one.payload) for one in requests]
    asked = {"row": "BIGINT", "salt": "VARCHAR", "payload": "VARCHAR"}
    _write_parquet(custody / "requests.parquet", asked, kept)
    facts = {name: kind for name, kind in FACTS.columns.items() if name != "row"}
    named = dict.fromkeys(("request_id", "status", "failure_mask"), "VARCHAR")
    decided = [
        (one.request_id, one.status, one.mask, *(one.ruled.facts[name] for name in facts))
        for one in requests
    ]
    _write_parquet(custody / "determinations.parquet", named | facts, decided)
    found = {name: kind for name, kind in VERIFICATIONS.columns.items() if name != "row"}
    _write_parquet(custody / "verifications.parquet", {"request_id": "VARCHAR"} | found, [])


def _write_parquet(path: Path, columns: dict[str, str], rows: Sequence[tuple[Any, ...]]) -> None:
    values = zip(*rows, strict=True) if rows else ((),) * len(columns)
    arrays = {
        name: pa.array(each, _KINDS[kind])
        for (name, kind), each in zip(columns.items(), values, strict=True)
    }
    pq.write_table(pa.table(arrays), path, compression="zstd")
