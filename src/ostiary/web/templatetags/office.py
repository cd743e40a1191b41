"""Filters of the templates: dates and names as people read them."""

from datetime import date
from typing import Any

from django import template

register = template.Library()

_WORDS = {
    "awaits-reason": "Reason to be determined",
    "awaits-approval": "Awaits approval",
    "approved": "Approved, to be released",
    "not-specific": "Returned: reason not specific",
    "answered": "Answered",
    "no-answer": "No answer",
    "confirmed": "Confirmed",
    "no-record": "No record",
    "mismatch": "Mismatch",
    "ambiguous": "Several people",
    "held": "On hold",
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
def words(value: Any) -> str:
    """Write a code word as people say it."""
    text = str(value)
    return _WORDS.get(text) or text.replace("-", " ").replace("_", " ").capitalize()


@register.filter
def shown(value: Any) -> str:
    """Write a fact or a field: yes and no, lists joined, nothing for what is missing."""
    if value is None:
        return "not known"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return str(value)
