"""Which entry of the log a form was drawn by: that of what waits, as its page showed it."""

from django.http import HttpRequest

_NONE = -1  # no entry has this number, so that a form without its mark agrees to nothing
_DIGITS = 18


def entry_seen(request: HttpRequest) -> int:
    """Read the mark of a form: the number of an entry, or one that no entry has."""
    said = request.POST.get("seen", "")
    is_one = said.isascii() and said.isdigit() and len(said) <= _DIGITS
    return int(said) if is_one else _NONE
