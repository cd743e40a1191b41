"""The letter as the agency itself fetches it: once it has been told, and not before.

An officer may write a letter on what is not told yet, such as a stop at release. An agency gets a
letter only on an end that its reply or its answer has told it. The findings in it are the reply's,
word for word; beside them stand what the request states and the days that count, never the file.
"""

from ostiary.domain.words import Status
from ostiary.office.cases.replies import told_later
from ostiary.office.folder.session import OfficeSession
from ostiary.office.letters.composition import NothingToTellError, writing_desk
from ostiary.office.letters.pdf import letter_pdf
from ostiary.office.store import CaseRecord


def letter_for_agency(place: OfficeSession, request: CaseRecord) -> bytes:
    """Set the letter on a request as tagged PDF.

    Raises:
        NothingToTellError: the agency has not been told anything that a letter could repeat.
        InputError: what the letter would rest on is no longer kept.
    """
    if not is_told(place, request):
        raise NothingToTellError("there is nothing to tell yet", where=request.request_id)
    with writing_desk(place) as desk:
        return letter_pdf(desk.letter(request))


def is_told(place: OfficeSession, request: CaseRecord) -> bool:
    """Whether the agency has been told how its request ended."""
    if request.status is not Status.ACCEPTED:
        return True
    store = place.store
    return bool(
        store.answer_name(request.id)
        or told_later(place, request)
        or store.answered_by_counsel(request.id)
    )
