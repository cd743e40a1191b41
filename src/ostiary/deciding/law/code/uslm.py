"""The Code in USLM XML, as the Office of the Law Revision Counsel publishes it: a file a title.

Elements carry their identifier, such as ``/us/usc/t26/s6103/i/2``. Notes, amendments and source
credits are about the law and not the law: they are passed over.

https://uscode.house.gov/download/download.shtml
"""

from collections.abc import Collection, Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, iterparse

from ostiary.domain.errors import InputError

_NOT_THE_LAW = ("notes", "note", "sourceCredit", "toc")


def is_uslm(place: Path) -> bool:
    """Say whether a place is a file of XML, or a folder of such."""
    return place.suffix.lower() == ".xml" or any(place.glob("*.xml"))


def texts(place: Path, wanted: Collection[str]) -> Iterator[tuple[str, str | None]]:
    """Give each identifier of a copy, with the text of those that are wanted, None for others.

    Raises:
        InputError: a file is no XML.
    """
    for path in [place] if place.is_file() else sorted(place.glob("*.xml")):
        try:
            yield from _of_file(path, wanted)
        except SyntaxError:
            raise InputError(
                "this is no XML", where=str(path), cure="fetch the title again"
            ) from None


def _of_file(path: Path, wanted: Collection[str]) -> Iterator[tuple[str, str | None]]:
    passed_over = 0
    # A file that the custodian fetched; expat bounds how far entities may grow.
    for event, element in iterparse(path, events=("start", "end")):  # noqa: S314
        if _name(element) in _NOT_THE_LAW:
            passed_over += 1 if event == "start" else -1
            if event == "end" and not passed_over:
                element.clear()
        elif event == "end" and not passed_over:
            identifier = element.get("identifier", "")
            if identifier:
                yield identifier, _text(element) if identifier in wanted else None
            if _name(element) == "section":
                element.clear()


def _text(element: Element) -> str:
    """Give the text of a part; of a section without its number and heading, as Markdown has it."""
    if _name(element) != "section":
        return " ".join(element.itertext())
    inside = (one for one in element if _name(one) not in {"num", "heading"})
    return " ".join(piece for one in inside for piece in one.itertext())


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]
