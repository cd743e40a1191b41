"""A hold that bars nothing: an officer hears of it before a danger is told all the same.

26 USC 6103(i)(6) does not reach (i)(3)(B): who is in danger is warned though it may show an
informant or hurt an investigation. Whoever decides how much has to be told should know that it may.
"""

from ostiary.deciding.matching.model import open_model
from ostiary.domain.words import Owed
from ostiary.office.cases.case_reader import CaseReader
from ostiary.office.folder.session import OfficeSession
from ostiary.office.store import Case

WARNING = (
    "a hold stands on this record (26 USC 6103(i)(6)); it does not bar what is told of a danger or"
    " a flight, so tell no more than that needs, and let whoever set the hold know"
)


def warning_of(place: OfficeSession, desk: CaseReader, case: Case) -> str:
    """Give the warning of a hold that bars nothing on a case; empty where none stands.

    Nothing is said before the record may be seen, nor of somebody who is no longer on file.

    Raises:
        OfficeError: there is no reference, or a file of it is not the one that its model names.
    """
    looked = case.verification
    if desk.owed_on(case) is not Owed.DANGER or looked is None or not looked.person_id:
        return ""
    if desk.standing(case) is None:
        return ""
    is_held = open_model(place.office.reference).opened.is_held(looked.person_id)
    return WARNING if is_held else ""
