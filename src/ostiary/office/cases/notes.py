"""Notes of officers for officers about one case: what the log holds of them, and who may read them.

1. A note is stored with its entry; the entry says who and when, and commits to the words.
2. Nobody outside is told that there is one in any reply, letter or answer.
3. A note is no vote. What an officer wrote after voting on the decision as it stands is kept from
   those who are blind to that vote, lest it tell of it.
4. Its words are destroyed with the openings of the request.
"""

from ostiary.office.cases.signed_words import NOTE_LABEL, note_text
from ostiary.office.cases.visible_votes import is_blind
from ostiary.office.rulings.decision_document import Decision, salt_of
from ostiary.office.store import Case, NewEntry, NewNote, NoteRecord
from ostiary.office.store.journal import journal_entry
from ostiary.verifying.log.commitments import commit

NOTE, RETURN, HAND_OVER = "note", "return", "hand-over"
"""What a note was written with: by itself, with a return, or with a case that was handed over."""


def noted(case: Case, row: NewNote) -> NewEntry:
    """Make the entry of a note; its words are in the commitment alone.

    Raises:
        OfficeError: the request's random bits have been destroyed.
    """
    return journal_entry(
        "case.noted",
        at=row.at,
        about=case.request.entry_index,
        officer=row.officer,
        note=commit(salt_of(case), NOTE_LABEL, note_text(row)),
    )


def notes_shown(case: Case, decision: Decision | None, reader: str) -> tuple[NoteRecord, ...]:
    """Give the notes on a case that an officer may read."""
    if decision is None or not is_blind(case, decision, reader):
        return case.notes
    voted: dict[str, int] = {}
    for one in case.approvals:
        if one.digest == decision.digest:
            voted.setdefault(one.officer, one.entry_index)
    return tuple(
        note
        for note in case.notes
        if note.entry_index < voted.get(note.officer, 1 + note.entry_index)
    )
