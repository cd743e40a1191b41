"""What another law would have made of the past, as a file to take away."""

import csv
import io
from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse

from ostiary.faces.server.roles import Signed
from ostiary.faces.web.csv_text import safe_row
from ostiary.faces.web.exports import log_export

_COLUMNS = ("what", "file", "was", "would_be", "rules", "requests", "answer", "agency", "released")


def replay_file(person: Signed, name: str, found: Mapping[str, Any]) -> HttpResponse:
    """Give the decisions and answers that come out otherwise as CSV; that it goes is logged.

    Args:
        person: who takes it.
        name: of the list, in the log and of the file.
        found: what :func:`ostiary.office.counsel.replay.replay` gave.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_COLUMNS)
    for one in found["changes"]:
        rules = " ".join(one["rules"])
        status = (one["batch"], one["before"], one["after"])
        writer.writerow(safe_row(("decisions", *status, rules, one["requests"], "", "", "")))
    for one in found["affected_answers"]:
        rules = " ".join(one["rules"])
        about = (one["answer_id"], one["agency"], one["released_on"])
        writer.writerow(safe_row(("answer", "", "", "", rules, 1, *about)))
    log_export(person.name, name, len(found["changes"]) + len(found["affected_answers"]))
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)
