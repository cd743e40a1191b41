"""What administrators have the office do: release, report, backup, disposal, recall, reference.

Each task says what it asks for, what is looked at before (numbers, never a case) and what it does.
Where it destroys or calls back, one administrator looks and another has it done.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from ostiary.deciding.matching.reference_integrity import file_digest
from ostiary.domain.errors import InputError
from ostiary.office.administration import reference_tasks
from ostiary.office.administration.governed_files import orders_of
from ostiary.office.administration.key_tasks import STOLEN, rotate, would_rotate
from ostiary.office.batches.stages import OnStage
from ostiary.office.folder.layout import Office
from ostiary.office.folder.session import OfficeSession
from ostiary.office.oversight.annual_report import count_year, put_into_log, write_report
from ostiary.office.recovery.backup import make_backup
from ostiary.office.release.disposal import Due, dispose, due
from ostiary.office.release.recall import (
    RecallSet,
    answers_under_rule,
    answers_under_standing_order,
    recall,
)
from ostiary.office.release.release import release
from ostiary.verifying.log.entries import read_entry

Told = dict[str, Any]
Asked = Mapping[str, str]
Look = Callable[[OfficeSession, Asked, OnStage], Told]
Act = Callable[[OfficeSession, Asked, Told, OnStage], Told]

REPORTS = "reports"
EXACTLY = "mark of exactly this"
"""Under this name a look says what it looked at: numbers alone may be those of something else."""
_SHORT = 16


@dataclass(frozen=True, slots=True)
class Field:
    """Something that a task asks for.

    Attributes:
        name: of the field.
        label: its label.
        hint: what belongs into it.
        choices: given an office, what may be chosen; None for a text.
    """

    name: str
    label: str
    hint: str
    choices: Callable[[Office], tuple[str, ...]] | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that the office does when an administrator says so.

    Attributes:
        name: in addresses and in the log.
        title: what it is called.
        meaning: what it does, in a sentence or two.
        act: does it, given what was asked and what was looked at; gives numbers.
        look: says what it would do; None where there is nothing to look at.
        asks: what it asks for.
        needs_two: whether another administrator has it done.
        check: refuses at once, before a run is begun, what cannot be looked at anyhow.
    """

    name: str
    title: str
    meaning: str
    act: Act
    look: Look | None = None
    asks: tuple[Field, ...] = ()
    needs_two: bool = False
    check: Callable[[Office, Asked], object] | None = None

    @property
    def looks_first(self) -> bool:
        """Whether it says what it would do before it is done."""
        return self.look is not None


def years_of(office: Office, this_year: int | None = None) -> tuple[str, ...]:
    """Give the years that can be reported, the latest first.

    They are those from the log's first entry, or the first file, to last year: a year without a
    file is reported too. A training office may count this year, which stands at the end.

    Args:
        office: the office.
        this_year: of the office's clock where None, in UTC.
    """
    store, now = office.store, this_year or datetime.now(UTC).year
    received = store.first_received()
    begins = [received.year] if received else []
    if store.log_size():
        begins.append(int(read_entry(store.entry(0).body).at[:4]))
    over = [str(year) for year in range(now - 1, min(begins, default=now) - 1, -1)]
    return (*over, *([str(now)] if office.config.training else []))


def _release(place: OfficeSession, _asked: Asked, _told: Told, on_stage: OnStage) -> Told:
    on_stage("sealing answers")
    done = release(place)
    return {"answers": len(done.answers), "stopped by the law of the day": len(done.stopped)}


def _report(place: OfficeSession, asked: Asked, _told: Told, on_stage: OnStage) -> Told:
    year = asked.get("year", "")
    if not (year.isascii() and year.isdigit() and len(year) == len("2025")):
        raise InputError("this is no year such as 2025", where="year")
    on_stage("counting from the log")
    counted = count_year(place, int(year))
    folder = place.office.root / REPORTS / year
    folder.parent.mkdir(mode=0o700, exist_ok=True)
    written = write_report(counted, folder, training=place.office.config.training)
    new = put_into_log(place, counted)
    return {
        "agencies": len(counted.agencies),
        "sums that are new in the log": new,
        "files": [str(path.relative_to(place.office.root)) for path in written],
    }


def _backup(place: OfficeSession, _asked: Asked, _told: Told, on_stage: OnStage) -> Told:
    on_stage("copying the office")
    root = place.office.root.resolve()
    into = root.parent / f"{root.name}-backups" / f"{datetime.now(UTC):%Y-%m-%dT%H%M%SZ}"
    into.parent.mkdir(mode=0o700, exist_ok=True)
    made = make_backup(root, into)
    return {"folder": str(into), "files": len(made.files), "log entries": made.entries}


def _due(place: OfficeSession, _asked: Asked, _on_stage: OnStage) -> Told:
    return _to_destroy(place, due(place))


def _to_destroy(place: OfficeSession, chosen: Due) -> Told:
    return {
        "requests whose openings are due": len(chosen.requests),
        "answers among them": chosen.answers,
        "kept under recall": chosen.under_recall,
        "kept until their year is reported": chosen.not_reported,
        "kept under a litigation hold": chosen.under_hold,
        EXACTLY: _mark(place, ((one.id, one.answer) for one in chosen.requests)),
    }


def _dispose(place: OfficeSession, _asked: Asked, told: Told, on_stage: OnStage) -> Told:
    on_stage("asking what is due")
    chosen = due(place)
    if _to_destroy(place, chosen) != told:
        raise _changed()
    on_stage("destroying openings")
    left = dispose(place, chosen)
    return {"requests": len(chosen.requests), "answers": chosen.answers, "left to do": left}


def _rule_or_order(asked: Asked) -> tuple[str, str]:
    rule, order = asked.get("rule", "").strip(), asked.get("order", "")
    if bool(rule) == bool(order):
        raise InputError("name a rule or an order, and not both")
    return rule, order


def _affected(place: OfficeSession, asked: Asked) -> RecallSet:
    rule, order = _rule_or_order(asked)
    if rule:
        return answers_under_rule(place, rule)
    return answers_under_standing_order(place, order)


def _to_recall(place: OfficeSession, asked: Asked, on_stage: OnStage) -> Told:
    on_stage("deciding the past again")
    return _would_recall(place, _affected(place, asked))


def _would_recall(place: OfficeSession, found: RecallSet) -> Told:
    return {
        "answers affected": len(found.causes),
        "files of which nobody can tell": len(found.untold_batches),
        EXACTLY: _mark(place, found.causes),
    }


def _recall(place: OfficeSession, asked: Asked, told: Told, on_stage: OnStage) -> Told:
    on_stage("deciding the past again")
    found = _affected(place, asked)
    if _would_recall(place, found) != told:
        raise _changed()
    on_stage("laying out notices")
    done = recall(place, found)
    return {
        "answers called back now": sum(one.new for one in done),
        "recipients never heard of": sum(len(one.not_heard_of) for one in done),
    }


def _extends(asked: Asked) -> bool:
    return asked.get("how") == "extend"


def _would_load(place: OfficeSession, asked: Asked, on_stage: OnStage) -> Told:
    file = asked.get("file", "")
    digest = file_digest(reference_tasks.incoming_file(place.office, file))
    counts = reference_tasks.would_load(place, file, extend=_extends(asked), on_stage=on_stage)
    return {**counts, EXACTLY: _short(digest)}


def _load(place: OfficeSession, asked: Asked, told: Told, on_stage: OnStage) -> Told:
    file, expected = asked.get("file", ""), dict(told)
    digest = file_digest(reference_tasks.incoming_file(place.office, file))
    if expected.pop(EXACTLY, "") != _short(digest):
        raise _changed()
    return reference_tasks.load(place, file, expected, extend=_extends(asked), on_stage=on_stage)


def _earlier(place: OfficeSession, _asked: Asked, _on_stage: OnStage) -> Told:
    return reference_tasks.earlier(place.office)


def _take_back(place: OfficeSession, _asked: Asked, told: Told, on_stage: OnStage) -> Told:
    if reference_tasks.earlier(place.office) != told:
        raise _changed()
    on_stage("putting the earlier reference in place")
    return reference_tasks.take_back(place)


def _mark(place: OfficeSession, chosen: Iterable[tuple[object, ...]]) -> str:
    """Give a mark of exactly what was chosen; without the office's secret nobody can try sets."""
    text = json.dumps([place.secret_text(), sorted(map(list, chosen), key=str)])
    return _short(f"sha256:{sha256(text.encode()).hexdigest()}")


def _short(digest: str) -> str:
    return digest.removeprefix("sha256:")[:_SHORT]


def _changed() -> InputError:
    return InputError(
        "it would do something else now than was looked at", cure="begin it again and look"
    )


_FILE = Field(
    "file",
    "File",
    "Of those in the folder `incoming` of the office.",
    reference_tasks.incoming_files,
)
_HOW = Field(
    "how",
    "How",
    "`replace` puts it in the place of what is there, `extend` adds to it.",
    lambda _: ("replace", "extend"),
)

TASKS = (
    Task(
        "release",
        "Release answers",
        "Seals what two officers have approved. The law of the day is asked once more; what an"
        " order stops stays inside.",
        _release,
    ),
    Task(
        "reference-load",
        "Load a reference file",
        "First it is said how many people would be new, changed, ended and held; then it is loaded,"
        " if it does just that. The reference that was there is kept, for one way back.",
        _load,
        look=_would_load,
        asks=(_FILE, _HOW),
    ),
    Task(
        "reference-back",
        "Take the last load back",
        "Puts the reference in place that was there before the last load.",
        _take_back,
        look=_earlier,
        check=lambda office, _: reference_tasks.earlier(office),
    ),
    Task(
        "recall",
        "Call answers back",
        "Calls back exactly the answers that a rule or an order would not have let out, each with a"
        " sealed notice to its recipients.",
        _recall,
        look=_to_recall,
        asks=(
            Field("rule", "Rule", "Its id, as the rule book has it; or choose an order."),
            Field(
                "order", "Order", "Of the book or of this office.", lambda o: ("", *orders_of(o))
            ),
        ),
        needs_two=True,
        check=lambda _, asked: _rule_or_order(asked),
    ),
    Task(
        "dispose",
        "Destroy openings on schedule",
        "Destroys for good what the register of retention no longer has you keep; the log stays"
        " whole. It cannot be undone.",
        _dispose,
        look=_due,
        needs_two=True,
    ),
    Task(
        "report",
        "Make the annual report",
        "Counts a year from the log (26 USC 6103(p)(3)(C)); the sums enter the log.",
        _report,
        asks=(Field("year", "Year", "One that is over.", years_of),),
    ),
    Task(
        "key-change",
        "Give the log new keys",
        "The present keys sign the change and nothing after it; their private halves are destroyed."
        " Afterwards the office's key file is handed out anew, and the witnesses get the new keys."
        " It cannot be undone.",
        rotate,
        look=would_rotate,
        asks=(
            Field(
                "stolen",
                "Were the present keys stolen?",
                "`yes`: nothing more of them is believed, beyond what they have signed by now.",
                lambda _: ("no", STOLEN),
            ),
        ),
        needs_two=True,
    ),
    Task(
        "backup",
        "Make a backup",
        "Copies the office into a new folder beside it while it goes on working. It holds keys and"
        " people's data: take it to another machine, and keep it as the office is kept.",
        _backup,
    ),
)
"""Everything that administrators have the office do, in the order in which a page shows it."""


def task_of(name: str) -> Task:
    """Find a task by its name.

    Raises:
        InputError: there is none.
    """
    for one in TASKS:
        if one.name == name:
            return one
    raise InputError("there is no such task", where=name[:40])
