"""Is anything of the withheld left? Asked of every file that would be published; in doubt, yes.

1. An allow list first: what readers of the file get is, letter for letter, the kept words and the
   tokens in their order, and nothing else; its objects have the entries that ours have, and no
   string that the document does not say.
2. Then each withheld string is searched for (:mod:`.needles`). Compared are letters and digits
   alone, without case, marks and what parts words, in one spelling (:mod:`.plain_letters`).
3. Then the bytes: the file's, and every compressed stream's in it.
4. A reader that fails has found something; one that does not find what was planted in a control
   file is no reader. A withheld word that stands elsewhere in kept words fails the audit, until a
   person says of those very words that they are public.
"""

import html as htmllib
import re
import unicodedata
import zlib
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cache

import pypdfium2

from ostiary.domain.errors import InputError
from ostiary.office.redaction.haystack import Haystack
from ostiary.office.redaction.needles import Needle
from ostiary.office.redaction.plain_letters import plain_words
from ostiary.office.redaction.readers import TEXT_READERS, UnreadableError, strings_of
from ostiary.office.redaction.rendering import index, pdf, words
from ostiary.office.redaction.source import Block, Run

_IN_BYTES = 8
_TAG, _HEAD = re.compile(r"<[^>]*>"), re.compile(r"<head>.*?</head>", re.DOTALL)
_PLANTED = "Zephyrine Quatermain 555-0199"
_TYPESETTERS = re.compile(r"Typst [0-9.]+|Adobe|Identity|en-US")  # strings of the typesetter's own
_LONG_RUN = re.compile(rb"(?s)((.)\2{39})\2+")  # of a picture's dots; no word has such a run
_STREAM = re.compile(rb"stream\r?\n")


def audit(
    files: dict[str, bytes],
    public: Sequence[Block],
    needles: Sequence[Needle],
) -> None:
    """Search the files; pass in silence.

    Args:
        files: what would be published, by name.
        public: the blocks that they render.
        needles: what must not be found.

    Raises:
        InputError: something is left, or a file says anything else than it should. Which deletion
            is told by its number.
    """
    _check_readers()
    planned = folded("".join(map(words, public)))
    _check_objects("document.pdf", files["document.pdf"], planned)
    for name in ("document.md", "document.html", "document.pdf"):
        for read in _READERS[name]:
            if folded(read_back(name, read, files[name])) != planned:
                raise failed(name, "says something else than the kept words and the tokens")
    if files["index.csv"] != index(public).encode():
        raise failed("index.csv", "says something else than the grounds")
    kept = [run.text for block in public for run in block.runs if not run.ground]
    search("the kept words", kept, needles)
    for name, body in files.items():
        search_bytes(name, body, needles)


def failed(name: str, what: str) -> InputError:
    """Give the refusal of a file, which repeats no word of it."""
    cure = "nothing was written; report this, with the document's structure and none of its words"
    return InputError(what, where=name, cure=cure)


def folded(text: str) -> str:
    """Letters and digits alone, without case."""
    even = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in even if sign.isalnum())


def search(where: str, texts: Sequence[str], needles: Sequence[Needle]) -> None:
    """Search kept runs, each by itself and in a row, so that no boundary hides a word.

    Raises:
        InputError: something is there; by its number, with the places of its words.
    """
    kept = Haystack(list(texts))
    left = [needle for needle in needles if _is_in(kept, needle)]
    if left:
        raise _left(where, left)


def _is_in(kept: Haystack, needle: Needle) -> bool:
    if needle.initials:
        return kept.has_initials(needle.initials)
    if needle.day:
        return kept.has_day(needle.day)
    if needle.amount:
        return kept.has_amount(needle.amount)
    if needle.tail:
        return kept.has_tail(needle.tail)
    joined = "".join(needle.words)
    if needle.is_name and kept.has_name(joined):
        return True
    # What is in no place at all is between no borders of words either: it is looked for once.
    anywhere = len(joined) >= _IN_BYTES and not needle.is_whole
    in_words = joined in kept.solid if anywhere else kept.has_words(joined)
    return bool(joined and in_words) or bool(needle.digits and kept.has_number(needle.digits))


def _left(where: str, left: Sequence[Needle]) -> InputError:
    number = left[0].number
    said = {(one.number, one.first, one.last) for one in left if not one.kind}
    alone = sorted(
        {
            (one.number, one.kind)
            for one in left
            if one.kind and (one.initials or not _is_among(one, said))
        }
    )
    places = _places(said) + [f"{number}:{kind}" for number, kind in alone]
    told = " ".join(f"--appears {one}" for one in places)
    more = len({needle.number for needle in left}) - 1
    what = f"words of deletion {number} {f'and {more} more ' if more else ''}are also in {where}"
    return InputError(
        what,
        where="audit",
        cure="nothing was written. Mark them there too, or, as far as they are public by"
        f" themselves, confirm it, word by word: {told}",
    )


def _is_among(needle: Needle, places: Collection[tuple[int, int, int]]) -> bool:
    """Whether the words that a needle says are public with other words that are found."""
    return any(
        number == needle.number and first <= needle.first and needle.last <= last
        for number, first, last in places
    )


def _places(left: Collection[tuple[int, int, int]]) -> list[str]:
    """Give the places of words, those that begin a word apart from each other joined."""
    spans: list[list[int]] = []
    for number, first, last in sorted(left):
        here = spans and spans[-1][0] == number
        if here and (last <= spans[-1][2] or first == spans[-1][3] + 1):
            spans[-1][2:] = [max(last, spans[-1][2]), first]
        else:
            spans.append([number, first, last, first])
    return [f"{number}:{first}" + f"-{last}" * (last > first) for number, first, last, _ in spans]


def search_bytes(name: str, body: bytes, needles: Sequence[Needle]) -> None:
    """Search the bytes of a file and of the streams inside it, for what chance does not make."""
    layers = [_LONG_RUN.sub(rb"\1", layer) for layer in _layers(body)]
    solid = ["".join(plain_words(layer.decode("latin-1"))) for layer in layers]
    solid += ["".join(plain_words(layer.decode("utf-8", "ignore"))) for layer in layers]
    wanted = {
        text: needle
        for needle in needles
        if not needle.is_whole
        for text in ("".join(needle.words), needle.digits)
        if len(text) >= _IN_BYTES
    }
    for text, needle in wanted.items():
        if text[:-1] not in wanted and any(text in layer for layer in solid):
            raise _left(name, [needle])  # what a shorter one begins is found by that


def _layers(body: bytes) -> Iterator[bytes]:
    yield body
    for found in _STREAM.finditer(body):
        try:
            yield zlib.decompressobj().decompress(body[found.end() :], 50_000_000)
        except zlib.error:
            continue  # a stream that is not packed: its bytes are among the file's own


def _of_markdown(body: bytes) -> str:
    return body.decode()


def _of_html(body: bytes) -> str:
    return htmllib.unescape(_TAG.sub("", _HEAD.sub("", body.decode())))


def of_pdf(body: bytes) -> str:
    """What pdfium gets of the file."""
    document = pypdfium2.PdfDocument(body)
    return "".join(page.get_textpage().get_text_bounded() for page in document)


_READERS: dict[str, tuple[Callable[[bytes], str], ...]] = {
    "document.md": (_of_markdown,),
    "document.html": (_of_html,),
    "document.pdf": (of_pdf, *TEXT_READERS.values()),
}


def read_back(name: str, read: Callable[[bytes], str], body: bytes) -> str:
    """Read a file; a reader that fails, however it does, has found something."""
    try:
        return read(body)
    except Exception:  # noqa: BLE001 - readers of others fail in ways of their own
        raise failed(name, "cannot be read back") from None


def _check_objects(name: str, body: bytes, planned: str) -> None:
    try:
        strings = strings_of(body)
    except UnreadableError as error:
        raise failed(name, str(error)) from None
    except Exception:  # noqa: BLE001 - as with readers of text
        raise failed(name, "cannot be read back") from None
    if not all(_TYPESETTERS.fullmatch(one) or folded(one) in planned for one in strings):
        raise failed(name, "has a string that the document does not say")


@cache
def _check_readers() -> None:
    """Have each reader find, once a run, what was planted in a control file."""
    control = (Block("paragraph", 0, 0, (Run(f"control {_PLANTED}"),)),)
    body = pdf(control)
    found = [folded(read_back("control", read, body)) for read in _READERS["document.pdf"]]
    if not all(folded(_PLANTED) in one for one in found):
        raise failed("control", "a reader of the audit finds nothing")
