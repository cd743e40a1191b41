"""What the administrator's file pages read off a form, and show of a file and of a change."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from ostiary.deciding.law.shipped import shipped_book
from ostiary.domain.errors import InputError
from ostiary.faces.server.access import PersonRequest
from ostiary.faces.server.site import site
from ostiary.faces.web.register_form import row_form
from ostiary.office.administration.change_files import Change, ChangeState, contents_of
from ostiary.office.administration.changing import needs_another, read_why
from ostiary.office.administration.differences import row_changes, text_changes
from ostiary.office.administration.governed_files import GovernedFile, Kind
from ostiary.office.administration.new_rows import cell_faults
from ostiary.office.administration.register_rows import RegisterRows, columns_of, read_rows
from ostiary.office.administration.trial import LARGEST, known_here, tried

_MOST_ROWS = 200
_OF_A_ROW = frozenset({"add", "edit", "remove"})
_HIDDEN = "********"
_CELL = re.compile(r"(\S+) row ([0-9]+) column ([a-z_]+)")
_DATABASE = re.compile(r"\s*database\s*=")


def row_faults(request: PersonRequest, file: GovernedFile) -> dict[str, InputError]:
    """Say all at once why the form of a row cannot be used, by column and ``why``."""
    if file.kind is not Kind.REGISTER or request.POST.get("do") not in _OF_A_ROW:
        return {}
    found = {}
    if request.POST.get("do") != "remove":
        cells, known = _cells(request, file), known_here(site().office)
        told = cell_faults(file.register, cells, known, _edited(request, file))
        found = {fault.where: fault for fault in told}
    try:
        read_why(request.POST.get("why", ""))
    except InputError as fault:
        found["why"] = fault
    return found


def _edited(request: PersonRequest, file: GovernedFile) -> dict[str, str]:
    """Give the row that a form changes, as it stands; empty where there is none."""
    if request.POST.get("do") != "edit":
        return {}
    try:
        rows = read_rows(file.register, file.content())
    except InputError:  # edited by hand: told where the change is tried
        return {}
    number = _row_number(request, len(rows.rows))
    return {} if number is None else rows.row(number)


def of_the_form(
    request: PersonRequest, file: GovernedFile, fault: InputError
) -> dict[str, InputError]:
    """Give what the readers say of the very row that the form is about, by column; else nothing."""
    rows = len(read_rows(file.register, file.content()).rows)
    number = _row_number(request, rows) if request.POST.get("do") == "edit" else rows
    said = _CELL.fullmatch(fault.where)
    if said is None or number is None or said[1] != file.name or int(said[2]) != number + 1:
        return {}
    return {said[3]: fault}


def register_shown(
    request: PersonRequest, file: GovernedFile, faults: Mapping[str, InputError]
) -> dict[str, Any]:
    """Give a register's rows that are asked for, and the form of one of them."""
    snapshot = site().snapshot()
    try:
        _check_size(file)
        rows = read_rows(file.register, file.content())
    except InputError as error:  # edited by hand: nothing can be edited row by row
        return {"fault": error, "rows": [], "columns": [], "form": [], "many": 0}
    # what is searched may be a person's, so it is posted and stands in no address
    find = request.POST.get("find", "").strip() if request.POST.get("do") == "find" else ""
    chosen = _row_number(request, len(rows.rows))
    wanted = [
        (number, rows.rows[number])
        for number in range(len(rows.rows))
        if find.lower() in ",".join(rows.rows[number]).lower()
    ]
    values = rows.row(chosen) if chosen is not None else {}
    if request.method == "POST" and not find:
        values = _cells(request, file)
    today = site().place().moment.today
    form = list(row_form(file.register, values, snapshot, today, faults))
    shipped = shipped_rows(file.register)
    of_the_book = [cells for cells in shipped.rows if find.lower() in ",".join(cells).lower()]
    return {
        "columns": rows.header,
        "rows": [
            (number, list(zip(rows.header, cells, strict=True)))
            for number, cells in wanted[:_MOST_ROWS]
        ],
        "many": len(wanted),
        "all": len(rows.rows),
        "find": find,
        "row": chosen,
        "form": form,
        "why_fault": faults.get("why"),
        "shipped": [
            list(zip(shipped.header, cells, strict=True)) for cells in of_the_book[:_MOST_ROWS]
        ],
        "many_shipped": len(of_the_book),
        "shipped_columns": shipped.header,
    }


def _check_size(file: GovernedFile) -> None:
    """Refuse to draw a register that is larger than these pages take."""
    if file.path.is_file() and file.path.stat().st_size > LARGEST:
        raise InputError(
            "this register is too large for these pages", cure="edit the file where it lies"
        )


def _row_number(request: PersonRequest, many: int) -> int | None:
    said = request.POST.get("row", request.GET.get("row", ""))
    is_one = said.isascii() and said.isdigit() and len(said) < len(str(many)) + 1
    return int(said) if is_one and int(said) < many else None


def _cells(request: PersonRequest, file: GovernedFile) -> dict[str, str]:
    return {
        column.name: ";".join(request.POST.getlist(f"cell-{column.name}")).strip()
        for column in columns_of(file.register)
    }


def wanted_content(request: PersonRequest, file: GovernedFile) -> bytes | None:
    """Give the file as the form wants it; None where it is to go.

    Raises:
        InputError: the form says nothing that can be done with this file.
    """
    do = request.POST.get("do", "")
    if do == "upload":
        return uploaded(request)
    if do == "away" and file.kind is Kind.ORDER:
        return None
    if do == "text" and file.kind is not Kind.REGISTER:
        return _unmasked(file, request.POST.get("text", ""))
    if file.kind is Kind.REGISTER and do in _OF_A_ROW:
        rows = read_rows(file.register, file.content())
        number = _row_number(request, len(rows.rows))
        if do == "add":
            return rows.with_row(_cells(request, file)).content()
        if number is None:
            raise InputError("choose a row", cure="load the page again")
        if do == "remove":
            return rows.without(number).content()
        return rows.with_row(_cells(request, file), number).content()
    raise InputError("the form says nothing that can be done here")


def uploaded(request: PersonRequest) -> bytes:
    """Read the file that came with a form.

    Raises:
        InputError: none came.
    """
    sent = request.FILES.get("file")
    if sent is None:
        raise InputError("no file was chosen", cure="choose one")
    return bytes(sent.read(LARGEST + 1))


def masked(file: GovernedFile, content: bytes | None) -> str:
    """Give a text without the password of the database: no administrator needs it here."""
    text = (content or b"").decode("utf-8", "replace")
    password = _password(file)
    return text.replace(f":{password}@", f":{_HIDDEN}@") if password else text


def _unmasked(file: GovernedFile, text: str) -> bytes:
    """Put the password back where it stood, and nowhere else: other lines are shown to people."""
    password, text = _password(file), text.replace("\r\n", "\n")
    if not password:
        return text.encode()
    lines = text.split("\n")
    put_back = [
        one.replace(f":{_HIDDEN}@", f":{password}@") if _DATABASE.match(one) else one
        for one in lines
    ]
    return "\n".join(put_back).encode()


def _password(file: GovernedFile) -> str:
    if file.kind is not Kind.SETTINGS:
        return ""
    return urlsplit(site().office.config.database).password or ""


@cache
def shipped_rows(register: str) -> RegisterRows:
    """Give the rows of a register that come with the book."""
    path = shipped_book() / "registers" / f"{register}.csv"
    return read_rows(register, path.read_bytes() if path.is_file() else None)


def change_shown(file: GovernedFile, found: Change, by: str) -> dict[str, Any]:
    """Give what a change's page shows."""
    shown: dict[str, Any] = {"change": found, "file": file, "lines": [], "rows": [], "pending": ()}
    try:
        before, after = contents_of(site().office, found)
        if file.kind is Kind.REGISTER:
            shown["rows"] = [
                (one, _compared(one.was, one.now))
                for one in row_changes(file.register, before, after)
            ]
        else:
            texts = (masked(file, before).encode(), masked(file, after).encode())
            shown["lines"] = list(text_changes(*texts))
        if found.state is ChangeState.WAITING:
            shown["pending"] = tried(site().place(), file, after).pending
            shown["needs_another"] = needs_another(site().place(), found, by)
            shown["alone"] = found.prepared_by == by and not shown["needs_another"]
        shown["goes"] = after is None
    except InputError as error:
        shown["why_not"] = error
    return shown


def _compared(
    was: Mapping[str, str] | None, now: Mapping[str, str] | None
) -> list[tuple[str, str, str, bool]]:
    """Give each column that says anything: its cell before and after, and whether they differ."""
    before, after = was or {}, now or {}
    return [
        (
            name,
            before.get(name, ""),
            after.get(name, ""),
            before.get(name, "") != after.get(name, ""),
        )
        for name in {**before, **after}
        if before.get(name) or after.get(name)
    ]
