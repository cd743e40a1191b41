"""The seat of a court's monitor: what is done under the order that names them, and nothing else.

1. The order is the court's word on who looks, at what, until when; without one nobody signs in.
2. Requests are shown by number, provision and day; by whom and about whom they are only where the
   order says ``reads: requests``. What a record showed is never shown.
3. Each look is in the log before the page: at a request, at the list, at the record that is taken.
4. The one thing to take away is the record of compliance: what the published log says anyway, with
   what the office states about the order.
"""

import io
import zipfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render

from ostiary.deciding.law.instruments import Instrument, Monitor
from ostiary.deciding.law.monitors import seat_in
from ostiary.deciding.law.orders import named_by
from ostiary.faces.server.access import PersonRequest, page
from ostiary.faces.server.objects import UNDER_ORDER, WATCHED
from ostiary.faces.server.roles import Role
from ostiary.faces.server.site import site
from ostiary.faces.web.exports import log_export
from ostiary.faces.web.led_back import back_to
from ostiary.faces.web.overview import health
from ostiary.faces.web.paging import day_in, page_number, page_of, pages_of
from ostiary.faces.web.replies import latest_reply
from ostiary.faces.web.said import heard
from ostiary.office.batches.asked_again import asked_as_texts
from ostiary.office.folder.session import scratch_folder
from ostiary.office.oversight.access_audit import log_case_read
from ostiary.office.oversight.compliance_record import write_compliance
from ostiary.office.oversight.court_notices import CourtNotice, court_notices
from ostiary.office.oversight.under_orders import numbers_under
from ostiary.office.store.chunks import chunks
from ostiary.office.store.records.lists import STANDINGS, RequestLine
from ostiary.verifying.log.entries import read_entry

PAGE = 50
_AT_ONCE = 5_000
_OF_THE_LOG = frozenset({"clock", "log", "witnesses"})  # not how many people are on file


@dataclass(frozen=True, slots=True)
class Watched:
    """Which of the requests under an order are asked for.

    Attributes:
        stands: where they stand now; empty for anywhere.
        first: received on this day or later.
        last: received on this day or before.
    """

    stands: str = ""
    first: date | None = None
    last: date | None = None

    def has(self, line: RequestLine) -> bool:
        """Whether a request is among them."""
        return self.stands in {"", line.stands} and self.in_days(line)

    def in_days(self, line: RequestLine) -> bool:
        """Whether a request was received within the days."""
        after = self.first is None or line.received >= self.first
        return after and (self.last is None or line.received <= self.last)

    @property
    def address(self) -> str:
        """The query that asks for them."""
        said = {"stands": self.stands, "first": self.first, "last": self.last}
        return urlencode({name: value for name, value in said.items() if value})


def read_watched(query: Mapping[str, str]) -> Watched:
    """Read the filter of an address.

    Raises:
        Http404: it has a value that it does not know; another list would be taken for it.
    """
    stands = query.get("stands", "")
    if stands not in {"", *STANDINGS}:
        raise Http404
    return Watched(stands, day_in(query.get("first", "")), day_in(query.get("last", "")))


@page(Role.MONITOR)
def orders(request: PersonRequest) -> HttpResponse:
    """The orders in force that let the person look."""
    today = site().place().moment.today
    found = site().snapshot().watched(request.person.name, today)
    return render(request, "web/monitor.html", {"orders": [_seen(request, one) for one in found]})


@page(Role.MONITOR, rule=WATCHED)
def order(request: PersonRequest, name: str) -> HttpResponse:
    """What is done under one order: requests, leave and notices, and whether the log is well."""
    found, seat = _seat(request, name)
    wanted = read_watched(request.GET)
    under = numbers_under(site().place(), found)
    numbers, counts = _chosen(under, wanted)
    number, pages = page_number(request.GET.get("page", "")), pages_of(len(numbers), PAGE)
    first = (min(number, pages) - 1) * PAGE
    lines = site().office.store.lines_numbered(numbers[first : first + PAGE])
    _log_list(request, found, len(lines))
    leaves = site().snapshot().law.registers.tables["court_leaves"].to_pylist()
    shown = {
        **_seen(request, found),
        "said": heard(request),
        "seat": seat,
        "lines": [(line, _provision(line.entry_index)) for line in lines],
        "many": len(numbers),
        "every": len(under),
        "standings": [(one, replace(wanted, stands=one).address, counts[one]) for one in STANDINGS],
        "anywhere": (replace(wanted, stands="").address, counts.total()),
        "wanted": wanted,
        "leaves": [one for one in leaves if one["order"] == found.id],
        "notices": _notices(found, seat),
        "health": [one for one in health(site()) if one.name in _OF_THE_LOG],
        "size": site().office.store.log_size(),
        **page_of(min(number, pages), pages),
    }
    return render(request, "web/monitor_order.html", shown)


def _notices(found: Instrument, seat: Monitor) -> list[CourtNotice]:
    """Give the notices under an order; a matter's number is a thing that requests say."""
    notices = [one for one in court_notices(site().place()) if one.order == found.id]
    if seat.reads_requests:
        return notices
    return [replace(one, matter="withheld" if one.matter else "") for one in notices]


@page(Role.MONITOR, rule=UNDER_ORDER)
def case(request: PersonRequest, name: str, number: int) -> HttpResponse:
    """What happened to one request under the order; what it says only where the order opens it."""
    found, seat = _seat(request, name)
    line = site().office.store.line(number)
    if line is None:
        raise Http404
    with site().working() as place:
        place.adopt_now(site().snapshot().law)
        log_case_read(place, line.entry_index, request.person.name)
        asked = asked_as_texts(place, number) if seat.reads_requests else {}
    own = read_entry(site().office.store.entry(line.entry_index).body)
    shown = {
        "order": found,
        "seat": seat,
        "line": line,
        "provision": own.fields.get("provision", ""),
        "decided_at": own.at,
        "findings": latest_reply(line).get("findings", ()),
        "asked": [(field, text) for field, text in asked.items() if text],
        "happened": [one for one in site().events() if one.of == line.entry_index],
    }
    return render(request, "web/monitor_case.html", shown)


@page(Role.MONITOR, verbs=("POST",), rule=WATCHED, left_on=back_to("monitor-order"))
def record(request: PersonRequest, name: str) -> HttpResponse:
    """Make the record of compliance with the order, and give it as one file."""
    found, _ = _seat(request, name)
    with site().working() as place, scratch_folder(place.office.root) as folder:
        place.adopt_now(site().snapshot().law)
        write_compliance(place, found.id, folder / found.id)
        content = _zipped(folder / found.id)
    headers = {"Content-Disposition": f'attachment; filename="compliance-{found.id}.zip"'}
    return HttpResponse(content, content_type="application/zip", headers=headers)


def _chosen(numbers: list[int], wanted: Watched) -> tuple[list[int], Counter[str]]:
    """Give those that a filter leaves, and count those of its days by where they stand now."""
    store, chosen, counts = site().office.store, [], Counter[str]()
    for some in chunks(numbers, _AT_ONCE):
        for line in store.lines_numbered(some):
            counts[line.stands] += wanted.in_days(line)
            if wanted.has(line):
                chosen.append(line.id)
    return chosen, counts


def _zipped(folder: Path) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.iterdir()):
            archive.write(path, f"{folder.name}/{path.name}")
    return packed.getvalue()


def _seat(request: PersonRequest, name: str) -> tuple[Instrument, Monitor]:
    """Give an order and the person's seat in it.

    Raises:
        Http404: it ended while the page was asked for.
    """
    today = site().place().moment.today
    for one in site().snapshot().watched(request.person.name, today):
        seat = seat_in(one, request.person.name, today)
        if one.id == name and seat is not None:
            return one, seat
    raise Http404


def _seen(request: PersonRequest, order: Instrument) -> dict[str, object]:
    docket, scope = named_by(order)
    seat = seat_in(order, request.person.name, site().place().moment.today)
    return {"order": order, "docket": docket, "scope": scope, "seat": seat}


def _provision(entry: int) -> str:
    return str(read_entry(site().office.store.entry(entry).body).fields.get("provision", ""))


def _log_list(request: PersonRequest, order: Instrument, rows: int) -> None:
    """Log that the list of an order was looked at, and how many lines it had."""
    with site().working() as place:
        place.adopt_now(site().snapshot().law)
    log_export(request.person.name, f"order/{order.id}", rows)
