"""What the front matter of an instrument says of answers: who is owed one, and what it may hold.

A gateway (a provision that lets something out) says all of it; an agreement or a policy may narrow.
What is unknown, missing, or stands where it has no effect is a fault of the file.
"""

import re
from dataclasses import fields
from datetime import date

from ostiary.deciding.law.book import ANSWERED_FROM, SOURCES
from ostiary.deciding.law.instruments import Gateway, Items, TextRead
from ostiary.deciding.law.layout import Block, words
from ostiary.domain.basis import ON_FILE, PARTS, Part
from ostiary.domain.errors import BookError
from ostiary.domain.facts import ITEMS
from ostiary.domain.words import Layer, Owed

_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")


def owed_of(front: Block, where: str) -> Owed:
    """Give whom silence under a gateway would be no answer to.

    A file that says nothing says nobody, and a judge where a bar has to be certified to the court
    (26 USC 6103(i)(6)).

    Raises:
        BookError: it says another word, or nobody of a gateway that is certified to a court.
    """
    is_certified = front.get("bar") == "certificate"
    said = front.get("owed", Owed.COURT if is_certified else Owed.NOBODY)
    if said not in tuple(Owed) or (is_certified and said != Owed.COURT):
        raise BookError(
            "`owed` does not say whom silence would be no answer to",
            where=where,
            cure=f"one of: {', '.join(Owed)}; `court` where the bar is a certificate",
        )
    return Owed(said)


def owed_by_none(front: Block, where: str) -> Owed:
    """Give that silence is owed to nobody under what lets nothing out.

    Raises:
        BookError: it says otherwise.
    """
    if "owed" in front:
        raise BookError("`owed` stands in a file that lets nothing out", where=where)
    return Owed.NOBODY


def items_of(front: Block, where: str) -> Items | None:
    """Give the items that a front matter lists: a list, or for each item its sources.

    An item without sources may come from any. No ``items``, no list.

    Raises:
        BookError: it is neither, or names an item or a source that nobody knows.
    """
    if "items" not in front:
        return None
    listed = front["items"]
    if isinstance(listed, list):
        listed = dict.fromkeys(map(str, listed), sorted(SOURCES))
    known = {item for items in ITEMS.values() for item in items}
    if not isinstance(listed, dict) or not listed or not set(listed) <= known:
        raise BookError(
            "`items` is no list of items that a provision knows",
            where=where,
            cure=f"some of: {', '.join(sorted(known))}",
        )
    for sources in listed.values():
        if not isinstance(sources, list) or not sources or not SOURCES.issuperset(sources):
            raise BookError(f"sources are {' and '.join(sorted(SOURCES))}", where=where)
    return {item: frozenset(sources) for item, sources in listed.items()}


def gateway_of(front: Block, where: str) -> Gateway | None:
    """Give what a gateway says of itself; None of what lets nothing out.

    Raises:
        BookError: it says too little or too much, or answers stand in a file that is no gateway.
    """
    if "gateway" not in front:
        if "answers" in front:
            raise BookError("`answers` stands in a file that lets nothing out", where=where)
        return None
    block = front["gateway"]
    names = [one.name for one in fields(Gateway)]
    if not isinstance(block, dict) or sorted(block) != sorted(names):
        raise BookError(f"`gateway` says {', '.join(names)}", where=where)
    return Gateway(**{name: words(block, name, where) for name in names})


def text_read_of(front: Block, where: str) -> TextRead | None:
    """Give in which text a provision was read; None where a file does not say.

    Raises:
        BookError: day, grade, source or digest are none.
    """
    if "read" not in front:
        return None
    block = front["read"]
    keys = {"day", "grade", "source"}
    if not isinstance(block, dict) or not keys <= set(block) <= {*keys, "digest"}:
        raise BookError("`read` says day, grade, source and, of the Code, digest", where=where)
    if not isinstance(block["day"], date) or block["grade"] not in ("P", "O", "R", "W"):
        raise BookError("`read` has a day, and a grade P, O, R or W", where=where)
    digest = str(block.get("digest", ""))
    if digest and not _DIGEST.fullmatch(digest):
        raise BookError("the digest of the text read is none", where=where)
    return TextRead(block["day"], block["grade"], words(block, "source", where), digest)


def word_of_gateway(
    front: Block, key: str, known: tuple[str, ...], otherwise: str, where: str
) -> str:
    """Give a word that every gateway says, and nothing else does: silence could let something out.

    Args:
        front: the front matter.
        key: what the word is about.
        known: the words that there are.
        otherwise: what is given of a file that is no gateway.
        where: the file, for a fault.

    Raises:
        BookError: the word is missing, unknown, or in a file that is no gateway.
    """
    said = front.get(key)
    if ("gateway" in front) != (said is not None) or said not in (None, *known):
        raise BookError(
            f"`{key}` is missing, unknown, or in a file that is no gateway",
            where=where,
            cure=f"each gateway, and no other file, says one of: {', '.join(known)}",
        )
    return otherwise if said is None else str(said)


def tells_of(front: Block, where: str, layer: Layer | None = None) -> tuple[Part, ...] | None:
    """Give what an answer may tell of what it rests on: a list, perhaps empty; none without one.

    Raises:
        BookError: it is no list of such parts, or stands in a file that lets nothing out and
            narrows nothing.
    """
    if "tells" not in front:
        return None
    listed = front["tells"]
    speaks = layer in {None, Layer.AGREEMENT, Layer.POLICY} or "gateway" in front
    if not speaks or not isinstance(listed, list) or not set(PARTS).issuperset(listed):
        raise BookError(
            "`tells` is no list of what an answer may tell, or stands where it has no effect",
            where=where,
            cure=f"a gateway, an agreement or a policy lists some of: {', '.join(PARTS)}; or []",
        )
    return tuple(part for part in PARTS if part in listed)


def answers_of(front: Block, where: str) -> dict[str, tuple[str, ...]]:
    """Give the items that an answer may hold beside a confirmation, with their kinds of source.

    Raises:
        BookError: it is no such list; or names an item that the reference has no column for, that
            the file does not list among its own, or from a source that it does not allow for it.
    """
    listed = front.get("answers", {})
    if not isinstance(listed, dict) or (listed and "items" not in front):
        raise BookError("`answers` says of items which sources they come from", where=where)
    items = items_of(front, where) or {}
    found = {}
    for item, kinds in listed.items():
        known = isinstance(kinds, list) and kinds and set(kinds) <= set(ANSWERED_FROM)
        if item not in ON_FILE or not known:
            raise BookError(
                f"`answers` cannot say `{item}`, or from these sources",
                where=where,
                cure=f"of {', '.join(sorted(ON_FILE))} each a list of {', '.join(ANSWERED_FROM)}",
            )
        if not {ANSWERED_FROM[kind] for kind in kinds} <= items.get(item, frozenset()):
            raise BookError(
                f"`{item}` is answered from a source that `items` does not list for it", where=where
            )
        found[item] = tuple(kinds)
    return found
