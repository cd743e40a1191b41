"""Lays out answer files: what was stored sealed gets its log entry and its proof.

An answer is stored before its file exists, so a stop in between loses nothing: the next step of the
office lays out what is missing, byte for byte the same sealed content under the same answer id.
"""

import json
from collections.abc import Iterator

from ostiary.accounting.published import prove
from ostiary.accounting.writer import replace_file
from ostiary.pipeline.workplace import Workplace
from ostiary.release.answers import assemble
from ostiary.release.parts import read_stored


def deliver(place: Workplace) -> Iterator[tuple[str, str]]:
    """Lay out every answer that has no file yet; the log must have been published before.

    Nothing is laid out while the checkpoint lacks the witnesses that answers wait for.

    Yields:
        Request id and path of each answer.
    """
    if not place.answers_may_leave():
        return
    for answer in place.store.undelivered():
        request = place.store.request(answer.request)
        entry = place.store.entry(answer.entry_index)
        proof = prove(place.office.accounting, answer.entry_index)
        path = place.office.answers / f"{answer.answer_id}.answer"
        replace_file(path, assemble(read_stored(answer.sealed), entry.body, proof))
        with place.store.write() as txn:
            txn.mark_delivered(answer.answer_id)
        yield request.request_id, str(path)
    replace_file(place.office.answers / "index.jsonl", "".join(_index(place)).encode())


def _index(place: Workplace) -> Iterator[str]:
    """Say which file answers which request; what the answer is, the file alone says."""
    for answer in place.store.answers():
        request = place.store.request(answer.request)
        line = {
            "agency": answer.agency,
            "request_id": request.request_id,
            "answer": f"{answer.answer_id}.answer",
            "released_on": str(answer.released_on),
        }
        yield json.dumps(line, ensure_ascii=False) + "\n"
