"""What administrators have the office do: begun on a page, worked on in the background."""

import json
from pathlib import Path

from django.db import connections
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from ostiary.disk.durable import put_private
from ostiary.disk.outgoing import lies_in, read_outgoing
from ostiary.domain.columns import REFERENCE
from ostiary.domain.errors import InputError
from ostiary.faces.server.access import ObjectRule, PersonRequest, page
from ostiary.faces.server.objects import is_found
from ostiary.faces.server.roles import Role, Signed
from ostiary.faces.server.site import site
from ostiary.faces.web.entry_seen import entry_seen
from ostiary.faces.web.exports import log_export
from ostiary.faces.web.known_ids import Known, known_ids
from ostiary.faces.web.led_back import back_to
from ostiary.faces.web.said import heard, say
from ostiary.office.administration.reference_tasks import (
    incoming_files,
    new_incoming_file,
)
from ostiary.office.administration.task_runs import (
    Run,
    RunState,
    begin,
    check_choices,
    discard_incoming,
    have_done,
    run_of,
    runs_of,
    start,
    withdraw_run,
)
from ostiary.office.administration.tasks import REPORTS, TASKS, Field, task_of
from ostiary.office.batches.file_templates import explained_columns
from ostiary.office.cases.turns import awaiting_release
from ostiary.office.folder.report_files import REPORT_FILES

_REFUSED = 422
_LISTED = 50
_PRIVATE = 0o600
_TYPES = {".csv": "text/csv", ".json": "application/json", ".html": "text/html"}


def _is_run(_person: Signed, number: int) -> bool:
    return is_found(run_of, site().office, number)


def _is_report_file(person: Signed, number: int, name: str) -> bool:
    return _is_run(person, number) and any(
        one.name == name for one in _report_files(run_of(site().office, number))
    )


RUN = ObjectRule("the task was begun in this office", _is_run)
REPORT_FILE = ObjectRule("a file of the annual report that the task made", _is_report_file)


@page(Role.ADMINISTRATOR, verbs=("GET", "POST"))
def tasks(request: PersonRequest) -> HttpResponse:
    """Everything that the office can be told to do, and what it was told before."""
    fault = None
    if request.method == "POST":
        try:
            asked = {name: str(text) for name, text in request.POST.items()}
            task = request.POST.get("task", "")
            check_choices(site().office, task, asked)
            run = begin(site().place(), task, asked, request.person.name)
        except InputError as error:
            fault = error
        else:
            return _started(run)
    office = site().office
    shown = {
        "tasks": [(one, [_drawn(field) for field in one.asks]) for one in TASKS],
        "runs": [(one, task_of(one.task)) for one in runs_of(office)[:_LISTED]],
        "incoming": incoming_files(office),
        "columns": explained_columns(REFERENCE),
        "to_release": len(awaiting_release(site().desk())),
        "fault": fault,
        "said": heard(request),
    }
    return render(request, "web/tasks.html", shown, status=_REFUSED if fault else 200)


@page(Role.ADMINISTRATOR, verbs=("POST",), left_on=back_to("tasks"))
def incoming(request: PersonRequest) -> HttpResponse:
    """Take a reference file that is to be loaded, or remove one that is not to be after all."""
    if name := request.POST.get("remove"):
        return _removed(request, name)
    sent = request.FILES.get("file")
    try:
        if sent is None:
            raise InputError("no file was chosen", cure="choose one")  # noqa: TRY301
        name = (sent.name or "").rpartition("/")[2]
        put_private(new_incoming_file(site().office, name), sent.read(), _PRIVATE)
    except InputError as error:
        say(request, f"Nothing was taken: {error.message}.", f"{error.cure.capitalize()}.")
    else:
        say(request, f"{name} was taken.", "Choose it under Load a reference file.")
    return redirect("tasks")


def _removed(request: PersonRequest, name: str) -> HttpResponse:
    try:
        discard_incoming(site().office, name)
    except InputError as error:
        say(request, f"Nothing was removed: {error.message}.", f"{error.cure.capitalize()}.")
    else:
        say(request, f"{name} was removed.", "It was not loaded.")
    return redirect("tasks")


@page(Role.ADMINISTRATOR, verbs=("GET", "POST"), rule=RUN)
def task(request: PersonRequest, number: int) -> HttpResponse:
    """One run: what it would do or did, how far it is, having it done or withdrawing it."""
    fault = None
    if request.method == "POST":
        try:
            if request.POST.get("do") == "withdraw":
                return _withdrawn(request, number)
            by, seen = request.person.name, entry_seen(request)
            run = have_done(site().place(), number, by, seen=seen)
        except InputError as error:
            fault = error
        else:
            return _started(run)
    run = run_of(site().office, number)
    of = task_of(run.task)
    shown = {
        "run": run,
        "task": of,
        "asked": [(name, text) for name, text in run.asked.items() if text],
        "fault": fault,
        "works": run.state is RunState.WORKING,
        "needs_another": of.needs_two and run.asked_by == request.person.name,
        "report_files": [one.name for one in _report_files(run)],
    }
    return render(request, "web/task.html", shown, status=_REFUSED if fault else 200)


@page(Role.ADMINISTRATOR, rule=REPORT_FILE)
def report_file(request: PersonRequest, number: int, name: str) -> HttpResponse:
    """Let a file of the annual report be taken away, as it lies there now; it is logged.

    A later report of the same year takes its place, so the agencies are those of the report that
    lies there, not of this run's.
    """
    run = run_of(site().office, number)
    year = run.asked["year"]
    try:
        found = next(one for one in _report_files(run) if one.name == name)
        content = read_outgoing(found.parent, name)
        agencies = len(json.loads(read_outgoing(found.parent, REPORT_FILES[0]))["agencies"])
    except (StopIteration, FileNotFoundError):  # it went since it was looked for
        raise Http404 from None
    log_export(request.person.name, f"{REPORTS}/{year}/{name}", agencies)
    answer = HttpResponse(content, content_type=_TYPES[found.suffix])
    answer["Content-Disposition"] = f'attachment; filename="{year}-{name}"'
    return answer


def _report_files(run: Run) -> list[Path]:
    """Give the files of the report that a run made, as far as they lie where it put them."""
    if run.task != "report" or run.state is not RunState.DONE:
        return []
    folder = site().office.root / REPORTS / run.asked["year"]
    return [folder / name for name in REPORT_FILES if lies_in(folder, name)]


def _withdrawn(request: PersonRequest, number: int) -> HttpResponse:
    run = withdraw_run(site().place(), number, request.person.name)
    say(request, f"{task_of(run.task).title}, {run.number}, was withdrawn. Nothing was done.")
    return redirect("tasks")


def _started(run: Run) -> HttpResponse:
    start(site().working, site().office, run, connections.close_all)
    return redirect(reverse("task", args=[run.number]))


def _drawn(field: Field) -> tuple[Field, Known | None, Known]:
    """Give a field with what may be chosen now, and else with what is suggested."""
    snapshot = site().snapshot()
    if field.choices is None:
        today = site().place().moment.today
        return field, None, known_ids("rules", snapshot, today) if field.name == "rule" else ()
    titles = {one.id: f"{one.title} ({one.id})" for one in snapshot.law.book.instruments}
    return field, tuple((one, titles.get(one, one)) for one in field.choices(site().office)), ()
