"""The register as data: DCAT 3 in JSON-LD, and one line an entry as CSV.

An agreement is a ``dcat:Resource`` of the catalogue; its fields are those of the Data Catalog
Vocabulary and Dublin Core where these have one, and of ``urn:ostiary:`` where they do not.
"""

import csv
import io
from collections.abc import Sequence
from datetime import date
from typing import Any

from ostiary.domain.spreadsheets import harmless_row
from ostiary.office.publication.register import RegisterEntry

COLUMNS = (
    "id", "kind", "title", "standing", "from", "until", "signed", "review", "parties", "powers",
    "purpose", "benefits", "items", "withheld", "choice", "read",
)  # fmt: skip
"""Columns of ``register.csv``; what is not stated is empty, several values are parted by ``; ``."""

CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "ostiary": "urn:ostiary:register:",
}


def as_json_ld(entries: Sequence[RegisterEntry], origin: str, day: date) -> dict[str, Any]:
    """Give the register as a DCAT catalogue.

    Args:
        entries: the register.
        origin: the name of the office's log, which names the catalogue too.
        day: on which it is made; standing and what is withheld are of this day.
    """
    return {
        "@context": CONTEXT,
        "@id": f"urn:ostiary:{origin}",
        "@type": "dcat:Catalog",
        "dct:title": "Register of agreements, orders and policies",
        "dct:issued": _day(day),
        "dcat:resource": [_resource(one, origin, day) for one in entries],
    }


def _resource(one: RegisterEntry, origin: str, day: date) -> dict[str, Any]:
    told = {
        "@id": f"urn:ostiary:{origin}:{one.id}",
        "@type": "dcat:Resource",
        "dct:identifier": one.id,
        "dct:type": one.kind,
        "dct:title": one.title,
        "dct:description": one.purpose,
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": _day(one.period.first),
            **({"dcat:endDate": _day(one.period.last)} if one.period.last else {}),
        },
        "dct:created": _day(one.signed) if one.signed else None,
        "dct:source": one.read,
        "dcat:landingPage": f"register/{one.id}.html",
        "ostiary:standing": one.standing(day),
        "ostiary:review": _day(one.review) if one.review else None,
        "ostiary:parties": [{"name": party.name, "role": party.role} for party in one.parties],
        "ostiary:powers": list(one.powers),
        "ostiary:benefits": one.benefits,
        "ostiary:items": list(one.items),
        "ostiary:choice": one.choice,
        "ostiary:withheld": [
            {
                "part": hidden.part,
                "ground": hidden.ground,
                "by": hidden.by,
                "since": hidden.since.isoformat(),
                "until": hidden.until.isoformat() if hidden.until else None,
            }
            for hidden in one.withheld
        ],
        "ostiary:changes": [
            {"day": change.day.isoformat(), "what": change.what} for change in one.changes
        ],
    }
    return {name: value for name, value in told.items() if value not in (None, "", [])}


def _day(day: date) -> dict[str, str]:
    return {"@type": "xsd:date", "@value": day.isoformat()}


def as_csv(entries: Sequence[RegisterEntry], day: date) -> str:
    """Give the register as a table, columns as :data:`COLUMNS`."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for one in entries:
        writer.writerow(
            harmless_row(
                (
                    one.id,
                    one.kind,
                    one.title,
                    one.standing(day),
                    one.period.first,
                    one.period.last or "",
                    one.signed or "",
                    one.review or "",
                    "; ".join(f"{party.name} ({party.role})" for party in one.parties),
                    "; ".join(one.powers),
                    one.purpose,
                    one.benefits,
                    "; ".join(one.items),
                    "; ".join(f"{hidden.part}: {hidden.ground}" for hidden in one.hidden(day)),
                    one.choice,
                    one.read,
                )
            )
        )
    return text.getvalue()
