"""Filters of the templates: dates and names as people read them."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from ostiary.deciding.law.citations import citation_text
from ostiary.domain import languages
from ostiary.domain.columns import CHOICES, REQUEST
from ostiary.domain.facts import VOCABULARY
from ostiary.domain.languages import Language
from ostiary.domain.words import Layer
from ostiary.faces.server.site import site
from ostiary.faces.server.static_files import address_of
from ostiary.faces.web.spanish import in_language
from ostiary.verifying.log.vocabulary import ENTRY_TYPES

register = template.Library()
register.filter("in_language", in_language)

_CODE = re.compile(r"`([^`]*)`")
_DAY = re.compile(r"(?:19|20)[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])")
_DAYS = frozenset(
    (
        *(column.name for column in REQUEST if column.kind == "date"),
        *(fact.name for fact in VOCABULARY.values() if fact.kind == "date"),
        *(name for kind in ENTRY_TYPES.values() for name, one in kind.items() if one == "date"),
        "birth date",  # as a comparison names it
    )
)
"""Names of fields of requests, facts and log entries that hold a day and nothing else."""
_TRUTHS = frozenset(column.name for column in REQUEST if column.kind == "flag")
_SEVERAL = frozenset(column.name for column in REQUEST if column.kind in {"list", "years"})
_CODES = frozenset({*CHOICES, "items", "court_order_items"}) - {"offense_limb"}
"""Columns of a request whose texts are code words of this program."""
_INSTANT = re.compile(rf"{_DAY.pattern}T[0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}}Z")
_FILE_WORDS = {
    "replies.csv": "Replies, as CSV",
    "replies.jsonl": "Replies, as JSON lines",
    "row_errors.csv": "Rows that could not be read",
    "findings.csv": "What was found",
    "to_mend.xlsx": "Rows to mend, as a spreadsheet",
    "to_mend.csv": "Rows to mend, as CSV",
}

_WORDS = {
    "awaits-determination": "To be determined",
    "awaits-look": "Record to be looked at",
    "awaits-approval": "Awaits approval",
    "to-counsel": "To counsel",
    "certified": "Certified to the court",
    "settled": "Answered by counsel",
    "hold-for-counsel": "Hold, to counsel",
    "approved": "Approved, to be released",
    "returned": "Returned",
    "answered": "Answered",
    "no-answer": "No answer",
    "confirmed": "Confirmed",
    "no-record": "No record",
    "mismatch": "Mismatch",
    "ambiguous": "Several people",
    "held": "On hold",
    "tin-contradicts": "TIN contradicts",
    "TIN": "TIN",
    "zip": "ZIP Code",
    "url": "URL",
    "city, state and ZIP": "City, state and ZIP",
}
_HAPPENED = {
    "request.decided": "The law decided the request",
    "record.examined": "Compared with the file",
    "case.viewed": "Looked at",
    "case.noted": "Note for officers",
    "reason.determined": "Reason determined",
    "element.determined": "Element determined",
    "element.taken": "Taken as found, in training",
    "answer.voted": "Voted on the decision",
    "counsel.answered": "Counsel answered by another way",
    "release.stopped": "Release stopped by the law of the day",
    "answer.released": "Answer released",
    "answer.opened": "Answer opened by a recipient",
    "answer.recalled": "Answer recalled",
    "answer.disposed": "Answer disposed of by a recipient",
    "compliance.recorded": "A record of compliance with an order was made",
    "use.reported": "An agency reported what became of an answer",
    "case.read": "Read for oversight",
    "log.read": "The log was read",
    "list.exported": "A list was taken away, or seen by a monitor of a court",
    "staff.changed": "Access of the custodian's own people changed",
    "requester.changed": "Access of an agency's officer changed",
    "access.managed": "An administrator changed somebody's access",
    "door.opened": "A link was given, or a passkey or an account at the provider counts",
    "door.used": "A link was used, and a passkey made by it",
    "doors.found": "Passkeys and accounts of an earlier version were entered",
    "file.changed": "Administrators changed a register, an order or the settings",
    "suspension.acted": "A step in a suspension of disclosures to an agency",
    "clock.corrected": "Two officers put the clock right, which had leapt ahead",
    "receipt.explained": "An officer said why a file is entered long after its day of receipt",
    "step.prepared": "Something was prepared that another person is to have done",
    "step.settled": "What was prepared was done, or withdrawn",
    "task.begun": "An administrator had the office do something",
    "office.opened": "The office was opened",
    "office.restored": "The office was restored from a backup",
    "law.adopted": "Law, registers or settings changed",
    "key.changed": "The log's key changed",
    "key.accepted": "A key in a register was accepted",
    "reference.loaded": "A reference file was loaded",
    "batch.received": "A file came",
    "elements.awaited": "Elements that officers determine",
    "record.kept": "The permanent record was kept",
    "openings.disposed": "Openings were destroyed on schedule",
    "figures.reported": "Figures were reported",
    "document.committed": "A redacted document was committed to",
    "person.told": "Somebody was told what was disclosed about them",
}
_TONES = {
    "confirmed": "go",
    "exact": "go",
    "approved": "go",
    "accepted": "go",
    "answered": "note",
    "different": "stop",
    "mismatch": "stop",
    "no-record": "stop",
    "held": "stop",
    "returned": "stop",
    "suspended": "stop",
    "to-counsel": "wait",
    "ambiguous": "wait",
    "awaits-determination": "wait",
    "awaits-look": "wait",
    "awaits-approval": "note",
    "edit": "wait",
    "part": "wait",
    "nickname": "wait",
    "initial": "wait",
    "swapped": "wait",
}
_LABELS = {
    "request_id": "Your request id",
    "tin": "TIN",
    "address_line": "Number and street",
    "postal_code": "ZIP code",
    "offense": "Offence",
    "offense_limb": "Limb of 8 USC 1253(a)(1)",
    "ai_analysis": "Analysis by artificial intelligence",
    "sole_use": "Sole use undertaken",
    "birth_date": "Date of birth",
}


@register.filter
def day(value: Any) -> str:
    """Write a day as 6 August 2025."""
    found = date.fromisoformat(str(value)[:10]) if value else None
    return f"{found.day} {found:%B %Y}" if found else ""


@register.filter
def instant(value: str) -> str:
    """Write a moment of the log as 6 August 2025, 09:30 UTC."""
    return f"{day(value)}, {value[11:16]} UTC"


@register.filter
def day_in(value: date, language: str) -> str:
    """Write a day as it is written in a language."""
    return languages.day_in(Language(language), value)


@register.filter
def instant_in(value: str, language: str) -> str:
    """Write a moment of the log as it is written in a language."""
    return f"{day_in(date.fromisoformat(value[:10]), language)}, {value[11:16]} UTC"


@register.filter
def words(value: Any) -> str:
    """Write a code word as people say it."""
    text = str(value)
    return _WORDS.get(text) or text.replace("-", " ").replace("_", " ").capitalize()


@register.filter
def shown(value: Any, name: str = "") -> str:
    """Write a fact or a field: yes and no, lists joined, a day as people write it.

    Args:
        value: what it holds.
        name: its own; what only looks like a day, such as the number of a matter, stays as it is.
    """
    if value is None:
        return "not known"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    if isinstance(value, dict):
        return ", ".join(f"{name} {many}" for name, many in value.items())
    text = str(value)
    is_day = isinstance(value, date) or (name in _DAYS and _DAY.fullmatch(text))
    return day(text) if is_day else text


@register.filter
def instants(text: str) -> str:
    """Write each moment that stands in a text as :func:`instant` does."""
    return _INSTANT.sub(lambda found: instant(found[0]), text)


@register.filter
def code_words(values: Iterable[Any]) -> str:
    """Write code words in a row, as people say them."""
    return ", ".join(words(one).lower() for one in values)


@register.filter
def file_words(name: str) -> str:
    """Say what a file holds that an agency may take."""
    return _FILE_WORDS.get(name, name)


@register.filter
def cited(uslm: Any) -> str:
    """Write the id of a provision as lawyers cite it; anything else as it is."""
    return citation_text(str(uslm)) or str(uslm)


@register.filter
def as_asked(text: str, name: str) -> str:
    """Write a field of a request as people read it; names, reasons and ids stay as they came.

    Args:
        text: what stands in a file of requests.
        name: the column.
    """
    if text.startswith("/us/"):
        return cited(text)
    if name in _TRUTHS:
        return {"true": "yes", "false": "no"}.get(text, text)
    if name in _CODES:
        return code_words(text.split(";"))
    return ", ".join(text.split(";")) if name in _SEVERAL else str(shown(text, name))


@register.simple_tag
def asset(name: str) -> str:
    """Give the address of a style sheet or a script, see :func:`.static_files.address_of`."""
    return address_of(name)


@register.simple_tag
def rule_links(rules: Iterable[str]) -> SafeString:
    """Name rules, each with a link to where it stands in the office's book, if it does."""
    at = {rule.id: one.id for one, rule in site().snapshot().law.book.rules}
    links = [
        format_html('<a href="{}#{}">{}</a>', reverse("instrument", args=[at[rule]]), rule, rule)
        if rule in at
        else format_html("<code>{}</code>", rule)
        for rule in rules
    ]
    return format_html_join(", ", "{}", ((one,) for one in links)) or mark_safe("\N{EN DASH}")


@register.filter
def bar_width(bits: float, most: float) -> int:
    """Give the width of a bar of at most 100."""
    return round(abs(bits) / most * 100)


@register.filter
def signed(bits: float) -> str:
    """Write bits of evidence with their sign."""
    return f"{bits:+.1f}" if bits else "0"


@register.filter
def happened(what: str) -> str:
    """Say in words what a log entry tells of."""
    return _HAPPENED.get(what, what)


@register.filter
def tone(value: Any) -> str:
    """Choose the colour of a tag: go, stop, wait, note or none."""
    return _TONES.get(str(value), "")


@register.filter
def field_name(name: str) -> str:
    """Write the name of a column as a label."""
    return _LABELS.get(name) or words(name)


@register.filter
def words_of(text: str) -> list[str]:
    """Cut a text into its words, to loop over."""
    return text.split()


@register.filter
def whose(layer: str) -> str:
    """Say whose rule it is that is of a layer of the book."""
    return Layer(layer).whose


@register.filter
def attribute(value: Any, name: str) -> Any:
    """Give an attribute of a value by its name."""
    return getattr(value, name)


@register.filter
def positive(number: int) -> int:
    """Give a number without its sign."""
    return abs(number)


@register.filter
def coded(text: str) -> SafeString:
    """Set what stands between backticks as code; everything is escaped first."""
    return mark_safe(_CODE.sub(r"<code>\1</code>", escape(text)))  # noqa: S308 - escaped


@register.filter
def unmet(elements: Iterable[Any]) -> int:
    """Count the elements of the law that are not met, but for those that wait for a person."""
    return sum(not one.met and not one.waits for one, _ in elements)


@register.filter
def awaited(elements: Iterable[Any]) -> int:
    """Count the elements of the law that wait for a person's word."""
    return sum(one.waits for one, _ in elements)


@register.filter
def met(elements: Iterable[Any]) -> int:
    """Count the elements of the law that are met."""
    return sum(one.met for one, _ in elements)


@register.filter
def met_ones(elements: Iterable[Any]) -> list[Any]:
    """Give the elements of the law that are met, each with its fields."""
    return [pair for pair in elements if pair[0].met]


@register.filter
def not_met_ones(elements: Iterable[Any]) -> list[Any]:
    """Give the elements of the law that are not met, or wait for a person's word."""
    return [pair for pair in elements if not pair[0].met]


@register.filter
def times(number: int, by: int) -> int:
    """Multiply a whole number, for the width of a drawing."""
    return number * by


@register.filter
def plus(number: int, more: int) -> int:
    """Add to a whole number, for a place in a drawing."""
    return number + more


@register.filter
def under(height: int, line: int) -> int:
    """Give where a bar of a height begins that stands on a line."""
    return line - height


@register.filter
def counted(number: Any) -> str:
    """Write a count with commas, as people read it; anything else as it is."""
    is_count = isinstance(number, int) and not isinstance(number, bool)
    return f"{number:,}" if is_count else str(number)


@register.filter
def told(value: Any, name: str) -> str:
    """Write what a task told of its work: a number is a count, all else as :func:`shown`."""
    return counted(value) if type(value) is int else shown(value, name)


@register.filter
def labelled(row: Iterable[Any], columns: Iterable[str]) -> list[tuple[str, Any]]:
    """Give each cell of a row beside the name of its column."""
    return list(zip(columns, row, strict=True))
