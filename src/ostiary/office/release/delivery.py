"""Lays out answer files: what was stored sealed gets its log entry and its proof.

An answer is stored before its file exists, so a stop in between loses nothing: the next step of the
office lays out what is missing, the same sealed content under the same answer id. An answer is
marked as delivered when its file would outlive a power cut, and not before.
"""

import json
from collections.abc import Iterator

from ostiary.disk.durable import put_durably, replace_file, sync_directory
from ostiary.disk.locks import alone
from ostiary.office.folder.session import OfficeSession
from ostiary.office.store import AnswerRecord
from ostiary.verifying.answers.answers import assemble
from ostiary.verifying.answers.parts import read_stored
from ostiary.verifying.log.key_changes import keys_digest
from ostiary.verifying.log.published import prove

PROVEN_BY = ".proven-by"
"""In the folder of answers: digest of the log's keys that their proofs rest on, after a change."""


def deliver(place: OfficeSession) -> tuple[tuple[str, str], ...]:
    """Lay out every answer that has no file yet, once the log that proves it is published.

    Nothing is laid out while the checkpoint lacks the witnesses that answers wait for.

    Returns:
        Request id and path of each answer.
    """
    answers = place.office.answers
    with alone(place.office.root / ".delivering"):
        size = place.publish().size
        waiting = [one for one in place.store.undelivered() if one.entry_index < size]
        if not waiting or not place.answers_may_leave():
            return ()
        laid_out = tuple(_lay_out(place, answer) for answer in waiting if answer.sealed)
        write_index(place)
        sync_directory(answers)
        with place.store.write() as txn:
            for answer in waiting:
                txn.mark_delivered(answer.answer_id)
    return laid_out


def prove_again(place: OfficeSession) -> int:
    """After a change of the log's keys, give each answer a proof that the present keys signed.

    What was sealed stays as it is. Answers fetched before hold for those who believe the earlier
    keys in their time; these hold also where those keys were stolen.

    Returns:
        How many answers were laid out anew.
    """
    mark, keys = place.office.answers / PROVEN_BY, keys_digest(place.log_keys)
    known = mark.read_text("ascii").strip() if mark.exists() else ""
    if not place.retired or known == keys:
        return 0
    with alone(place.office.root / ".delivering"):
        size = place.publish().size
        if not place.answers_may_leave():
            return 0
        again = [
            one
            for one in place.store.answers()
            if one.delivered and one.sealed and one.entry_index < size
        ]
        for answer in again:
            _lay_out(place, answer)
        sync_directory(place.office.answers)
        put_durably(mark, f"{keys}\n".encode())
    return len(again)


def _lay_out(place: OfficeSession, answer: AnswerRecord) -> tuple[str, str]:
    request = place.store.request(answer.request)
    entry = place.store.entry(answer.entry_index)
    proof = prove(place.office.accounting, answer.entry_index)
    path = place.office.answers / f"{answer.answer_id}.answer"
    replace_file(path, assemble(read_stored(answer.sealed), entry.body, proof))
    return request.request_id, str(path)


def write_index(place: OfficeSession) -> None:
    """Say in a file which answer is to which request; its name is for the caller to sync."""
    replace_file(place.office.answers / "index.jsonl", "".join(_index(place)).encode())


def _index(place: OfficeSession) -> Iterator[str]:
    """Say which file answers which request; what the answer is, the file alone says."""
    for agency, request_id, answer_id, released_on in place.store.answer_index():
        line = {
            "agency": agency,
            "request_id": request_id,
            "answer": f"{answer_id}.answer",
            "released_on": str(released_on),
        }
        yield json.dumps(line, ensure_ascii=False) + "\n"
