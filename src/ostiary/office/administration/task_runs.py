"""Tasks that run in the background: asked for, looked at, done; each run is a file.

1. One task at a time works in an office, whatever program runs it.
2. A run is begun by one administrator. Where there is something to look at, it stops after the
   look, and says what would be done; then it is done, by another where the task needs two.
3. What was looked at and is not wanted after all is withdrawn by any administrator, and waits for
   nobody any more. Nothing was done, so the log has the look alone; who withdrew it is kept here.
4. What was looked at, and by whom, is an entry of the log; what waits and does not open it is done
   by nobody (:mod:`.administration.prepared_steps`). That it is done is an entry of the log before
   anything is done (`task.begun`).
5. When the program that works on a run is gone, the run says so. What the task did stays whole: a
   load, a backup and a release are done or not done, and what a stop left over is finished when
   the office is next entered.
"""

import json
import logging
import os
import threading
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from ostiary.disk.durable import put_durably
from ostiary.disk.locks import alone
from ostiary.domain.errors import InputError, OstiaryError
from ostiary.office.administration.prepared_steps import check_prepared, log_prepared, log_settled
from ostiary.office.administration.reference_tasks import remove_incoming_file
from ostiary.office.administration.tasks import Task, task_of
from ostiary.office.batches.stages import OnStage
from ostiary.office.folder.layout import INCOMING, Office
from ostiary.office.folder.session import OfficeSession
from ostiary.office.store.journal import journal_entry
from ostiary.verifying.log.commitments import new_salts

_FOLDER = "tasks"
_STARTED = 19  # of /proc/PID/stat behind the name: when it was started, see proc(5)
_LOG = logging.getLogger(__name__)

Working = Callable[[], AbstractContextManager[OfficeSession]]


class RunState(StrEnum):
    """Where a run stands."""

    WORKING = "working"
    LOOKED_AT = "looked-at"
    DONE = "done"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a task.

    Attributes:
        number: counted from 1.
        task: name of the task.
        asked: what the form said.
        asked_by: the administrator who began it.
        asked_at: when.
        state: where it stands.
        stage: what it is at, while it works.
        program: process that works on it, told apart from others of the same number.
        looked: what it would do, by name.
        done_by: the administrator who had it done.
        told: what it did, by name.
        fault: why it failed.
        cure: what to do about that.
        withdrawn_by: the administrator who withdrew it; nothing was done.
        withdrawn_at: when.
        salt: of the commitment in the log to what was looked at.
        prepared: entry of the log, that it was looked at; None where an earlier version did.
    """

    number: int
    task: str
    asked: dict[str, str]
    asked_by: str
    asked_at: str
    state: RunState = RunState.WORKING
    stage: str = ""
    program: str = ""
    looked: dict[str, Any] = field(default_factory=dict)
    done_by: str = ""
    told: dict[str, Any] = field(default_factory=dict)
    fault: str = ""
    cure: str = ""
    withdrawn_by: str = ""
    withdrawn_at: str = ""
    salt: str = ""
    prepared: int | None = None

    @property
    def content(self) -> dict[str, object]:
        """All that counts of what was looked at, as the log commits to it."""
        return {"number": self.number, "asked": self.asked, "looked": self.looked}


_NOT_WITHDRAWN = {
    RunState.WORKING: ("it is at work already", "wait until it is done"),
    RunState.DONE: ("it is done already", "read on this page what it did"),
    RunState.FAILED: ("it failed, and waits for nobody", "leave it: there is nothing to withdraw"),
    RunState.WITHDRAWN: ("it was withdrawn already", "leave it: nobody has it done any more"),
}
"""Why a run is not withdrawn, and what to do; only one that was looked at waits for anybody."""


def runs_of(office: Office) -> tuple[Run, ...]:
    """Give all runs, the latest first."""
    return tuple(_read(path) for path in sorted(_folder(office).glob("*.json"), reverse=True))


def run_of(office: Office, number: int) -> Run:
    """Give one run.

    Raises:
        InputError: there is none of this number.
    """
    path = _path(office, number)
    if not path.is_file():
        raise InputError("there is no such run", where=str(number))
    return _read(path)


def check_choices(office: Office, name: str, asked: Mapping[str, str]) -> None:
    """Refuse what cannot be chosen, before anything is begun and logged.

    Raises:
        InputError: there is no such task, a field says what is not there to be chosen, or there is
            nothing that the task could be done to.
    """
    task = task_of(name)
    for one in task.asks:
        text = asked.get(one.name, "").strip()
        if one.choices and text not in one.choices(office):
            raise InputError("this cannot be chosen", where=one.label, cure="choose what is there")
    if task.check:
        task.check(office, asked)


def begin(place: OfficeSession, name: str, asked: dict[str, str], by: str) -> Run:
    """Begin a run; :func:`work_on` then works on it.

    Raises:
        InputError: there is no such task, or another one is at work.
    """
    task, office = task_of(name), place.office
    kept = {one.name: asked.get(one.name, "").strip() for one in task.asks}
    with alone(_lock(office)):
        _refuse_two_at_once(office)
        last = runs_of(office)
        run = Run(
            number=last[0].number + 1 if last else 1,
            task=name,
            asked=kept,
            asked_by=by,
            asked_at=place.moment.at,
            program=_program(os.getpid()),
            done_by="" if task.look else by,
        )
        return _write(office, run)


def have_done(place: OfficeSession, number: int, by: str, *, seen: int | None = None) -> Run:
    """Have a run done that was looked at; :func:`work_on` then works on it.

    Args:
        place: the office.
        number: of the run.
        by: the administrator.
        seen: the entry of the look that ``by`` saw; None where nobody saw it on a page.

    Raises:
        InputError: it was not looked at, is not what was seen, or not what the log has, another
            task is at work, or another administrator has to.
    """
    office = place.office
    with alone(_lock(office)):
        _refuse_two_at_once(office)
        run = _waiting(office, number)
        check_prepared(place, run.prepared, run.task, run.asked_by, run.salt, run.content)
        if seen not in (None, run.prepared):
            raise InputError("this is another look than was shown", cure="open it again")
        if task_of(run.task).needs_two and run.asked_by == by:
            raise InputError(
                "who looked at it does not have it done",
                where=by,
                cure="another administrator does",
            )
        working = replace(
            run, state=RunState.WORKING, program=_program(os.getpid()), done_by=by, stage=""
        )
        return _write(office, working)


def withdraw_run(place: OfficeSession, number: int, by: str) -> Run:
    """Withdraw a run that was looked at, so that nobody has it done; any administrator may.

    Raises:
        InputError: it does not wait: it was withdrawn, is at work, or was done.
    """
    office = place.office
    with alone(_lock(office)):
        found = run_of(office, number)
        if found.state in _NOT_WITHDRAWN:
            message, cure = _NOT_WITHDRAWN[found.state]
            raise InputError(message, cure=cure)
        with place.store.write() as txn:
            log_settled(place, txn, found.prepared)
        run = replace(
            found,
            state=RunState.WITHDRAWN,
            withdrawn_by=by,
            withdrawn_at=place.moment.at,
        )
        return _write(office, run)


def discard_incoming(office: Office, name: str) -> None:
    """Remove a file that is not to be loaded after all, while no task is at work or begins.

    Raises:
        InputError: a task is at work, which may read it, or there is no file of this name.
    """
    with alone(_lock(office)):
        _refuse_two_at_once(office)
        remove_incoming_file(office, name)


def start(
    working: Working, office: Office, run: Run, after: Callable[[], None]
) -> threading.Thread:
    """Work on a run in a thread of this program.

    Args:
        working: opens a step of the office and publishes its log at the end.
        office: the office.
        run: a run that was begun.
        after: called at the end, in the thread.
    """

    def body() -> None:
        try:
            work_on(working, office, run)
        finally:
            after()

    thread = threading.Thread(target=body, name=f"task-{run.number}", daemon=True)
    thread.start()
    return thread


def _said(office: Office, error: InputError) -> str:
    """Say what is wrong with input, and where: a file of the office by its name alone."""
    where = error.where.removeprefix(f"{office.root / INCOMING}/")
    return f"{where}: {error.message}" if where else error.message


def work_on(working: Working, office: Office, run: Run) -> Run:
    """Work on a run until it was looked at, is done, or failed; nothing is raised."""
    task = task_of(run.task)
    try:
        with working() as place:
            return _write(office, _worked(place, office, task, run))
    except OstiaryError as error:
        cure = error.cure if isinstance(error, InputError) else ""
        message = _said(office, error) if isinstance(error, InputError) else str(error)
        return _write(office, replace(run, state=RunState.FAILED, fault=message, cure=cure))
    except Exception as error:  # noqa: BLE001 - whatever it was, the page has to say so
        _LOG.warning("a task of the office failed: %s", type(error).__name__)
        fault = "this did not work; the server's log says where"
        return _write(office, replace(run, state=RunState.FAILED, fault=fault))


def _worked(place: OfficeSession, office: Office, task: Task, run: Run) -> Run:
    def on_stage(stage: str) -> None:
        _write(office, replace(run, stage=stage))

    if task.look and not run.done_by:
        return _looked_at(place, task, run, on_stage)
    entry = journal_entry(
        "task.begun",
        at=place.moment.at,
        task=task.name,
        asked_by=run.asked_by,
        administrator=run.done_by,
    )
    with place.store.write() as txn:
        txn.log(entry)
        log_settled(place, txn, run.prepared)
    told = task.act(place, run.asked, run.looked, on_stage)
    return replace(run, state=RunState.DONE, told=told, stage="")


def _looked_at(place: OfficeSession, task: Task, run: Run, on_stage: OnStage) -> Run:
    found = task.look(place, run.asked, on_stage) if task.look else {}
    [salt] = new_salts(1)
    looked = replace(run, state=RunState.LOOKED_AT, looked=found, salt=salt, stage="")
    entry = log_prepared(place, task.name, run.asked_by, salt, looked.content)
    return replace(looked, prepared=entry)


def _waiting(office: Office, number: int) -> Run:
    run = run_of(office, number)
    if run.state is not RunState.LOOKED_AT:
        raise InputError("this run does not wait for anybody", cure="begin it again")
    return run


def _refuse_two_at_once(office: Office) -> None:
    for one in runs_of(office):
        if one.state is RunState.WORKING:
            raise InputError(
                f"{task_of(one.task).title.lower()} is at work", cure="wait until it is done"
            )


def _read(path: Path) -> Run:
    said = json.loads(path.read_text(encoding="utf-8"))
    run = Run(**{**said, "state": RunState(said["state"])})
    if run.state is RunState.WORKING and not _lives(run.program):
        fault = "the program that worked on it is gone; it was done wholly or not at all"
        return replace(run, state=RunState.FAILED, fault=fault, cure="look, and begin it again")
    return run


def _lives(program: str) -> bool:
    number = program.partition(" ")[0]
    return number.isdigit() and _program(int(number)) == program


def _program(number: int) -> str:
    """Name a process by its number and, where the system tells, by when it was started."""
    try:
        os.kill(number, 0)
        started = Path(f"/proc/{number}/stat").read_text("ascii", "replace").rpartition(")")[2]
        boot = Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    except ProcessLookupError:
        return ""
    except OSError:  # another user's, or a system without these files
        return str(number)
    return f"{number} {started.split()[_STARTED]} {boot}"


def _write(office: Office, run: Run) -> Run:
    """Keep a run; its figures stay in the order in which the task tells them."""
    text = json.dumps(asdict(run), indent=1, ensure_ascii=False)
    put_durably(_path(office, run.number), f"{text}\n".encode())
    return run


def _path(office: Office, number: int) -> Path:
    return _folder(office) / f"{number:06}.json"


def _folder(office: Office) -> Path:
    folder = office.root / _FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _lock(office: Office) -> Path:
    return office.root / ".tasks.lock"
