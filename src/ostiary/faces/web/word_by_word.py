"""How a wording differs from another, word by word."""

import difflib


def word_by_word(was: str, now: str) -> list[tuple[str, str]]:
    """Give runs of words as (``same``, ``gone`` or ``new``, text)."""
    before, after = was.split(), now.split()
    runs = []
    matcher = difflib.SequenceMatcher(a=before, b=after, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            runs.append(("same", " ".join(after[c:d])))
            continue
        runs += [("gone", " ".join(before[a:b]))] if b > a else []
        runs += [("new", " ".join(after[c:d]))] if d > c else []
    return runs
