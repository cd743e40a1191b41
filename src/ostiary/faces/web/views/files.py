"""The administrator's files: registers, orders and settings, each on a page drawn from what it is.

One administrator prepares a change, another puts it into force; to end rows waits for nobody. The
same readers take the file as take it for the law. The files stay the truth.
"""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from ostiary.domain.choices import TEMPLATES
from ostiary.domain.errors import InputError
from ostiary.domain.register_columns import REGISTERS
from ostiary.faces.server.access import ObjectRule, PersonRequest, page
from ostiary.faces.server.objects import is_found
from ostiary.faces.server.roles import Role, Signed
from ostiary.faces.server.site import site
from ostiary.faces.web.entry_seen import entry_seen
from ostiary.faces.web.exports import log_export
from ostiary.faces.web.file_changes import (
    change_shown,
    masked,
    of_the_form,
    register_shown,
    row_faults,
    shipped_rows,
    uploaded,
    wanted_content,
)
from ostiary.faces.web.led_back import back_to
from ostiary.faces.web.said import heard, say
from ostiary.office.administration.change_files import (
    Change,
    change_of,
    changed_outside,
    changes_of,
    contents_of,
    waiting,
)
from ostiary.office.administration.changing import prepare, put_into_force, withdraw
from ostiary.office.administration.governed_files import (
    MEANINGS,
    GovernedFile,
    Kind,
    digest_of,
    governed_file,
    governed_files,
)
from ostiary.office.administration.register_rows import read_rows
from ostiary.office.administration.trial import LARGEST, effect_on_the_past
from ostiary.office.batches.file_templates import custodian_template, explained_columns

_REFUSED = 422
REFERENCE = "reference"


def _is_governed(_person: Signed, name: str) -> bool:
    try:
        file = governed_file(site().office, name)
    except InputError:
        return False
    is_known = file.path.is_file() or bool(changes_of(site().office, name))
    return file.kind is Kind.REGISTER or is_known


def _is_change(_person: Signed, number: int) -> bool:
    return is_found(change_of, site().office, number)


GOVERNED = ObjectRule("a register, an order or the settings of this office", _is_governed)


def _has_template(_person: Signed, name: str) -> bool:
    return name in TEMPLATES[1:]  # requests have one for their agency


TEMPLATE = ObjectRule("the reference file, or a register", _has_template)
PREPARED = ObjectRule("the change was prepared in this office", _is_change)


@page(Role.ADMINISTRATOR)
def files(request: PersonRequest) -> HttpResponse:
    """Every file that the office is run by, and the changes that wait."""
    return _index(request)


@page(Role.ADMINISTRATOR, verbs=("POST",), left_on=back_to("files"))
def new_order(request: PersonRequest) -> HttpResponse:
    """Prepare an order that the office has not had."""
    try:
        name = _order_name(request)
        file = governed_file(site().office, name)
        seen = digest_of(file.content())
        change = _prepared(request, name, uploaded(request), seen)
    except InputError as error:
        return _index(request, error)
    return redirect(reverse("change", args=[change.number]))


@page(Role.ADMINISTRATOR, verbs=("GET", "POST"), rule=GOVERNED)
def one_file(request: PersonRequest, name: str) -> HttpResponse:
    """One file: what stands there, a form to change it, who changed it before."""
    file = governed_file(site().office, name)
    if request.method == "GET" and request.GET.get("take") == "file":
        return _taken(request, file)
    fault, faults = None, row_faults(request, file) if request.method == "POST" else {}
    if request.method == "POST" and request.POST.get("do") != "find" and not faults:
        try:
            content = wanted_content(request, file)
            seen = request.POST.get("seen", "")
            change = _prepared(request, name, content, seen)
            return redirect(reverse("change", args=[change.number]))
        except InputError as error:
            fault = error
            if file.kind is Kind.REGISTER:
                faults = of_the_form(request, file, error)
    kept = request.POST if fault or faults else {}
    shown = _about(file) | {"kept": kept, "said": heard(request), "faults": list(faults.items())}
    shown["fault"] = None if faults else fault
    if file.kind is Kind.REGISTER:
        shown |= register_shown(request, file, faults)
        shown["explained"] = explained_columns(REGISTERS[file.register])
    else:
        text = request.POST.get("text") if fault else None
        shown["text"] = text if text is not None else masked(file, file.content())
    is_refused = fault or faults
    return render(request, "web/file.html", shown, status=_REFUSED if is_refused else 200)


@page(Role.ADMINISTRATOR, rule=TEMPLATE)
def template(request: PersonRequest, name: str) -> HttpResponse:
    """Download a reference file or a register to begin from, with rows that are read as they are.

    Args:
        request: of an administrator; ``form`` is ``xlsx`` for a workbook of the reference.
        name: ``reference``, or a register.
    """
    form = request.GET.get("form", "csv")
    if form != "csv" and (name, form) != (REFERENCE, "xlsx"):
        raise Http404
    answer = HttpResponse(custodian_template(name, form), content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return answer


@page(Role.ADMINISTRATOR, verbs=("GET", "POST"), rule=PREPARED)
def change(request: PersonRequest, number: int) -> HttpResponse:
    """One change: what it would change, and putting it into force or withdrawing it."""
    fault, effect, by = None, None, request.person.name
    found = change_of(site().office, number)
    file = governed_file(site().office, found.file)
    if request.method == "POST":
        try:
            match request.POST.get("do"):
                case "force":
                    with site().working() as place:
                        put_into_force(place, number, by, seen=entry_seen(request))
                    say(request, f"{found.file} is in force as it stands here.", _follows(file))
                    return redirect(reverse("file", args=[found.file]))
                case "withdraw":
                    withdraw(site().place(), number, by)
                    say(request, f"The change of {found.file} was withdrawn.")
                    return redirect(reverse("files"))
                case _:
                    after = contents_of(site().office, found)[1]
                    effect = effect_on_the_past(site().place(), file, after)
        except InputError as error:
            fault = error
    shown = change_shown(file, found, by) | {
        "fault": fault,
        "effect": effect,
        "said": heard(request),
    }
    return render(request, "web/change.html", shown, status=_REFUSED if fault else 200)


def _order_name(request: PersonRequest) -> str:
    """Give the name of an uploaded order.

    Raises:
        InputError: it is no file of Markdown.
    """
    sent = request.FILES.get("file")
    name = (sent.name if sent and sent.name else "").rpartition("/")[2].lower()
    if not name.endswith(".md"):
        raise InputError(
            "an order is a file of Markdown that ends in .md",
            cure="choose one that is laid out as those in the book's folder of orders",
        )
    return name


def _prepared(request: PersonRequest, name: str, content: bytes | None, seen: str) -> Change:
    """Prepare what a form says."""
    with site().working() as place:
        return prepare(
            place,
            name,
            content,
            seen=seen,
            why=request.POST.get("why", ""),
            by=request.person.name,
        )


def _index(request: PersonRequest, fault: InputError | None = None) -> HttpResponse:
    office, found = site().office, governed_files(site().office)
    shown = {
        "registers": [_counted(one) for one in found if one.kind is Kind.REGISTER],
        "orders": [(one, *_order(one)) for one in found if one.kind is Kind.ORDER],
        "waiting": list(waiting(office)),
        "settings": next(one for one in found if one.kind is Kind.SETTINGS),
        "kept": request.POST if fault else {},
        "fault": fault,
        "said": heard(request),
    }
    return render(request, "web/files.html", shown, status=_REFUSED if fault else 200)


def _order(file: GovernedFile) -> tuple[str, bool]:
    """Give an order's title, and whether it binds today."""
    today = site().place().moment.today
    for one in site().snapshot().law.book.instruments:
        if f"{one.id}.md" == file.name:
            return one.title, today in one.period
    return file.name, False


def _counted(file: GovernedFile) -> dict[str, Any]:
    found = file.content()
    content = found or b""
    try:
        many = len(read_rows(file.register, found).rows) if len(content) < LARGEST else 0
    except InputError:
        many = 0
    many = many or max(0, content.count(b"\n") - 1)  # one that is too large, or was torn by hand
    shipped = shipped_rows(file.register)
    return {
        "file": file,
        "meaning": MEANINGS[file.register],
        "rows": many,
        "of_the_book": len(shipped.rows),
    }


def _about(file: GovernedFile) -> dict[str, Any]:
    office = site().office
    return {
        "file": file,
        "seen": digest_of(file.content()),
        "stands": file.path.is_file(),
        "meaning": MEANINGS.get(file.register, ""),
        "history": changes_of(office, file.name),
        "outside": changed_outside(office, file),
    }


def _taken(request: PersonRequest, file: GovernedFile) -> HttpResponse:
    """Let the file be taken away, to be changed elsewhere; that it was is logged."""
    content = masked(file, file.content())
    log_export(request.person.name, file.logged_name, max(0, content.count("\n") - 1))
    answer = HttpResponse(content, content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return answer


def _follows(file: GovernedFile) -> str:
    if file.kind is Kind.SETTINGS:
        return "Settings count when the server is started again."
    return "It counts from the next step of every program."
