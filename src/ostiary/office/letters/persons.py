"""Letters to a person: what was disclosed about them, that it was called back, 26 USC 7431(e).

1. A letter is written for who is entitled, once the custodian has checked who asks; how, and by
   whom, enters the log (``person.told``) before anything is read. What the letter tells does not.
2. Counsel says of each disclosure whether it is told, withheld with a ground until a day, or passed
   over in silence until a day. Of one that nobody has spoken on, or whose day has come, no letter
   is written: nothing is told, and nothing kept back, by default.
3. A letter that passes something over is, to the byte, the letter of somebody of whom there is
   nothing, and the log tells nothing else of it: the cases that were read for it are not named.
4. Everybody's letter takes the same two steps, a table for counsel and the letter by that table, so
   the log, which the person may read, has the same entries whether there is something or nothing.
   What is wrong in a table is found before anything is logged or read; that it has no line of a
   disclosure, only once they are read.
"""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from ostiary.deciding.law.citations import citation_text
from ostiary.domain.errors import InputError
from ostiary.domain.languages import Language, day_in
from ostiary.domain.register_tables import REGISTER
from ostiary.office.cases.officers import check_officer, claimed
from ostiary.office.cases.steps import at_desk
from ostiary.office.folder.session import OfficeSession
from ostiary.office.letters.composition import letterhead_of
from ostiary.office.letters.content import Letter, LetterKind, Section
from ostiary.office.letters.person_words import CHARGES, ITEMS, STATED, WORDS, PersonWords
from ostiary.office.release.person_accounting import disclosures_of
from ostiary.office.store.journal import journal_entry
from ostiary.verifying.keys.assertions import Signatory
from ostiary.verifying.keys.files import OpeningKey

_COLUMNS = ("entry", "decision", "ground", "until", "by")
_ABOUT = "about"
_MOST_GROUND = 120


class Told(StrEnum):
    """What counsel says of a disclosure."""

    TELL = "tell"
    WITHHOLD = "withhold"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Decision:
    """What counsel said of one disclosure.

    Attributes:
        told: whether it is told.
        ground: why not; empty where it is told.
        until: the day from which it has to be decided again; None where it is told.
        by: who said so.
    """

    told: Told
    ground: str
    until: date | None
    by: str


def read_decisions(path: Path) -> dict[int, Decision]:
    """Read what counsel said, by the log entry of the request.

    Raises:
        InputError: the file is not of the form; names the line.
    """
    (_, header), *rows = _rows(path) or [(1, [])]
    if tuple(header) not in {_COLUMNS, (*_COLUMNS, _ABOUT)}:
        cure = f"its first line is {','.join(_COLUMNS)}, in UTF-8"
        raise InputError("is no table of decisions", where=str(path), cure=cure)
    found: dict[int, Decision] = {}
    for number, row in rows:
        said = row[: len(_COLUMNS)] if _ABOUT in header else row
        entry, decision = _decision(said, f"{path}, line {number}")
        if entry in found:
            cure = "leave one line a disclosure"
            raise InputError("decides twice", where=f"{path}, line {number}", cure=cure)
        found[entry] = decision
    return found


def check_days(decisions: Mapping[int, Decision], today: date) -> None:
    """See that no decision has to be made again, before anything is read or logged.

    Raises:
        InputError: the day of one has come; names its entry.
    """
    for entry, said in decisions.items():
        if said.until is not None and said.until <= today:
            raise _undecided("the day has come to decide again on", entry)


def table_for_counsel(place: OfficeSession, person_id: str, key: Callable[[], OpeningKey]) -> str:
    """Give the table in which counsel says what is told: a line a disclosure, nothing decided yet.

    Of a person of whom there is nothing it has its first line alone.

    Args:
        place: the office.
        person_id: the custodian's own id.
        key: gives the key of the permanent record.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow((*_COLUMNS, _ABOUT))
    for row in disclosures_of(place, person_id, key):
        told = (row["released_on"], row["agency"], row["provision"], *row["items"])
        matter = (*(row["purpose"] or {}).values(), row["reasons"])
        about = "; ".join(str(one) for one in (*told, *matter) if one)
        writer.writerow((row["entry"], "", "", "", "", about))
    return text.getvalue()


def _rows(path: Path) -> list[tuple[int, list[str]]]:
    """Read the rows that are not empty, with their numbers, also as spreadsheets save them."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        sign = ";" if text.startswith(f"{_COLUMNS[0]};") else ","
        lines = list(csv.reader(text.splitlines(), delimiter=sign))
    except (OSError, UnicodeDecodeError, csv.Error):
        cure = "name a CSV file in UTF-8"
        raise InputError("cannot be read", where=str(path), cure=cure) from None
    return [(number, row) for number, row in enumerate(lines, start=1) if any(row)]


def _decision(row: Sequence[str], where: str) -> tuple[int, Decision]:
    cure = "entry, tell|withhold|silent, and of the last two ground and until; by whom"
    try:
        entry, told, ground, until, by = row
        decision = Decision(Told(told), ground, date.fromisoformat(until) if until else None, by)
        number = int(entry)
    except ValueError:
        raise InputError("is no decision", where=where, cure=cure) from None
    is_whole = bool(ground and until) if decision.told is not Told.TELL else not (ground or until)
    if not is_whole or not by or len(ground) > _MOST_GROUND:
        raise InputError("is no whole decision", where=where, cure=cure)
    return number, decision


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks, and what is known of it.

    Attributes:
        person_id: the custodian's own id.
        to: lines of the addressee.
        language: that the letter is written in.
        person: the person's own name, where somebody who acts on their behalf is written to (5 USC
            552a(h)); empty where they are written to themselves.
    """

    person_id: str
    to: tuple[str, ...]
    language: Language
    person: str = ""


def view_letter(
    place: OfficeSession,
    asked: Asked,
    decisions: Mapping[int, Decision],
    key: Callable[[], OpeningKey],
) -> Letter:
    """Write what was disclosed about a person, as far as it is told today.

    Args:
        place: the office.
        asked: who asks.
        decisions: of counsel, by log entry.
        key: gives the key of the permanent record.

    Raises:
        InputError: counsel has not spoken on a disclosure, or its day has come.
    """
    words = WORDS[asked.language]
    called_back = _called_back(place)
    found = list(_decided(disclosures_of(place, asked.person_id, key), decisions, place))
    names = _names(place)
    shown = [row for row, said in found if said.told is Told.TELL]
    sections = [
        Section(
            words.heading.format(number=number),
            tuple(_facts(row, words, asked, names, called_back)),
        )
        for number, row in enumerate(shown, start=1)
    ]
    opening = [words.asked, words.some.format(count=len(shown)) if shown else words.nothing]
    opening += [
        words.withheld.format(until=day_in(asked.language, said.until), ground=said.ground)
        for _, said in found
        if said.told is Told.WITHHOLD and said.until
    ]
    return _letter(place, asked, words.subject[0], opening, sections)


def recall_letter(
    place: OfficeSession,
    asked: Asked,
    decisions: Mapping[int, Decision],
    key: Callable[[], OpeningKey],
) -> Letter:
    """Write that answers about a person were called back, as far as it is told today.

    Raises:
        InputError: as of :func:`view_letter`; or nothing that may be told was called back.
    """
    words, names = WORDS[asked.language], _names(place)
    found = _decided(disclosures_of(place, asked.person_id, key), decisions, place)
    days = _called_back(place)
    opening = [
        words.recalled.format(
            day=day_in(asked.language, days[row["answer"]]),
            agency=names.get(row["agency"], row["agency"]),
        )
        for row, said in found
        if said.told is Told.TELL and row["answer"] in days
    ]
    if not opening:
        raise InputError(
            "no answer about this person was called back of which a letter may tell",
            where="recall",
            cure="see `ostiary recall`; counsel decides what is told",
        )
    return _letter(place, asked, words.subject[1], opening, [])


def charge_letter(place: OfficeSession, asked: Asked, what: str, act: date) -> Letter:
    """Write the notice of 26 USC 7431(e): somebody is charged, or discipline is proposed.

    Args:
        place: the office.
        asked: to whom; nobody has to have asked.
        what: ``charged`` or ``discipline``.
        act: the day of the inspection or disclosure.
    """
    words = WORDS[asked.language]
    said = words.charged.format(what=CHARGES[what][asked.language], day=day_in(asked.language, act))
    return _letter(place, asked, words.subject[2], [said], [], kept_back=False)


def told_entry(
    place: OfficeSession, officer: str, identity: str, key: Signatory | None = None
) -> None:
    """Log that a person is written to: by which officer, and how their identity was checked.

    It is logged before the accounting is read: also whether there is nothing to tell is told.

    Args:
        place: the office.
        officer: who checked.
        identity: how, as ``in-person``.
        key: the officer's signing key; without it the entry says that nobody proved who it was.

    Raises:
        InputError: a word of them has other signs than small letters, digits and ``/ . -``.
        NotAllowedError: with a key, that no such officer is in office.
        KeyFileError: the key is not the officer's.
    """
    if key is not None:
        with at_desk(place) as desk:
            check_officer(desk.reviewers, officer, key, place.moment.today, desk.profile)
    entry = journal_entry(
        "person.told",
        at=place.moment.at,
        officer=officer if key else claimed(officer),
        identity=identity,
    )
    with place.store.write() as txn:
        txn.log(entry)


def _decided(
    rows: Iterator[dict[str, Any]], decisions: Mapping[int, Decision], place: OfficeSession
) -> Iterator[tuple[dict[str, Any], Decision]]:
    today = place.moment.today
    for row in rows:
        said = decisions.get(int(row["entry"]))
        if said is None or (said.until is not None and said.until <= today):
            what = (
                "nobody has decided on" if said is None else "the day has come to decide again on"
            )
            raise _undecided(what, int(row["entry"]))
        yield row, said


def _undecided(what: str, entry: int) -> InputError:
    return InputError(
        f"{what} the disclosure of log entry {entry}",
        where="--decisions",
        cure="have counsel write whether it is told, withheld, or passed over, and until when",
    )


def _facts(
    row: Mapping[str, Any],
    words: PersonWords,
    asked: Asked,
    names: Mapping[str, str],
    called_back: Mapping[str, date],
) -> Iterator[str]:
    told, items, matter, reasons, recipients = words.facts
    provision = str(row["provision"])
    yield told.format(
        day=day_in(asked.language, date.fromisoformat(row["released_on"])),
        agency=names.get(row["agency"], row["agency"]),
        provision=citation_text(provision) or provision,
    )
    named = (ITEMS.get(str(one), {}).get(asked.language, str(one)) for one in row["items"])
    yield items.format(items=", ".join(named))
    # an answer that told something of a person has confirmed name and address, whatever beside it
    yield " ".join(words.answered if len(row["items"]) > 1 else words.answered[:1])
    if row["purpose"]:
        stated = (_stated(str(one), asked.language) for one in row["purpose"].values())
        yield matter.format(matter="; ".join(stated))
    if row["reasons"]:
        yield reasons.format(reasons=row["reasons"])
    yield recipients.format(recipients=", ".join(map(str, row["recipients"])))
    if since := called_back.get(row["answer"]):
        yield words.called_back.format(day=day_in(asked.language, since))


def _stated(value: str, language: Language) -> str:
    """Say what a request stated of its matter for people: a word of few, a citation, or itself."""
    return STATED[value][language] if value in STATED else citation_text(value) or value


def _called_back(place: OfficeSession) -> dict[str, date]:
    """Give the day on which each answer was called back first."""
    days: dict[str, date] = {}
    for one in place.store.recalls():
        day = date.fromisoformat(one.at[:10])
        days[one.answer] = min(day, days.get(one.answer, day))
    return days


def _names(place: OfficeSession) -> dict[str, str]:
    """Give what each agency is called in the register today."""
    with place.law_at_hand() as (con, _):
        rows = con.execute(
            f"SELECT agency, max(name) FROM {REGISTER['agencies']} GROUP BY agency"
        ).fetchall()
    return {str(agency): str(name) for agency, name in rows if name}


def _letter(
    place: OfficeSession,
    asked: Asked,
    subject: str,
    opening: Sequence[str],
    sections: Sequence[Section],
    *,
    kept_back: bool = True,
) -> Letter:
    words = WORDS[asked.language]
    last = [words.kept_back] if kept_back else []
    to_whom = [words.represents.format(person=asked.person)] if asked.person else []
    return Letter(
        kind=LetterKind.PERSON,
        letterhead=letterhead_of(place),
        day=place.moment.today,
        to=asked.to,
        subject=subject,
        reference=(),
        opening=(*to_whom, *opening),
        sections=(
            *sections,
            *(Section(heading, (text,)) for heading, text in (*last, words.rights)),
        ),
        language=str(asked.language),
    )
