"""What programs that read pictures find of withheld names in redacted PDFs of others.

A synthetic PDF with eighteen names a page is set anew and burned in; the same pages, painted and
put into a PDF without a letter of text, are burned in as a scan. Each page of each result is
painted anew at 200 dots an inch and read by tesseract (Apache-2.0, a program) and by RapidOCR
(Apache-2.0, its models too), whichever is there. How many names each finds in the source, painted
the same way, is its control: a reader that finds few there proves little.

python tools/bench_ocr.py --pages 10

RapidOCR brings 300 MB and is no part of this project's own environment; in another folder:

pip install --target ocr rapidocr==3.10.0 onnxruntime==1.32.0
PYTHONPATH=ocr python tools/bench_ocr.py
"""

import argparse
import importlib.util
import io
import os
import random
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pikepdf
import pypdfium2
from pikepdf import Array, Dictionary, Name

from bench_foreign_pdfs import document, marks_of
from ostiary.office.redaction.foreign.burned_pages import burned_pages
from ostiary.office.redaction.foreign.marks import Marks, digest
from ostiary.office.redaction.foreign.page_file import written
from ostiary.office.redaction.foreign.reading import read_pages
from ostiary.office.redaction.foreign.redacting import Numbering, PdfOfOthers
from ostiary.office.redaction.foreign.setting import set_anew
from ostiary.office.redaction.rendering import emptied, pdf

_DOTS = 200 / 72
_BEGIN, _VOWELS = "bdfgklmnprstvz", "aeiou"
_LONG = 5  # letters of a word that is looked for with one letter amiss

Reader = Callable[[Any], str]


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=10)
    pages = parser.parse_args().pages
    body, names = document(pages, 1, spoken)
    scan = scanned(body)
    source, pictures = opened("source", body), opened("scan", scan)
    marks = marks_of(source, names)
    on_scan = Marks(digest(scan), marks.marks)
    made = set_anew(source.pages, marks.marks, title="A", bates=Numbering().of(pages))
    results = {
        "the source (control)": body,
        "set anew": pdf(emptied(made.blocks)),
        "burned in": burned(source, marks),
        "a scan burned in": burned(pictures, on_scan),
    }
    print(f"{pages} pages, {len(names)} names")
    for called, reader in readers():
        for what, result in results.items():
            begun = time.perf_counter()
            said = " ".join(reader(page) for page in painted(result))
            took = (time.perf_counter() - begun) / pages
            whole, near = found(said, names)
            print(
                f"{called}: {what}: {whole} names, {near} with a letter amiss; {took:.1f} s a page"
            )


def spoken(drawn: random.Random) -> str:
    """A made-up name that can be spoken, which programs that know a language read best."""
    return " ".join(
        "".join(drawn.choice(_BEGIN) + drawn.choice(_VOWELS) for _ in range(drawn.randint(3, 4)))
        .capitalize()
        for _ in range(drawn.randint(1, 3))
    )  # fmt: skip


def opened(where: str, body: bytes) -> PdfOfOthers:
    """A PDF, read."""
    return PdfOfOthers(where, body, tuple(read_pages(body, where, workers=2)))


def burned(source: PdfOfOthers, marks: Marks) -> bytes:
    """Burn every page in."""
    count = len(source.pages)
    bates, every = Numbering().of(count), range(1, count + 1)
    given = (source.body, source.where, source.pages, marks.marks, bates, every)
    return written(burned_pages(*given, workers=2).pages)


def scanned(body: bytes) -> bytes:
    """The pages as pictures, without a letter of text."""
    made, kept = pikepdf.new(), io.BytesIO()
    for page, shades in zip(pypdfium2.PdfDocument(body), painted(body), strict=True):
        width, height = page.get_size()
        image = made.make_stream(shades.tobytes())
        image.update({"/Type": Name.XObject, "/Subtype": Name.Image, "/Width": shades.shape[1],
                      "/Height": shades.shape[0], "/ColorSpace": Name.DeviceGray,
                      "/BitsPerComponent": 8})  # fmt: skip
        shown = made.add_blank_page(page_size=(width, height))
        shown.obj.Resources = Dictionary(XObject=Dictionary(I=image))
        shown.obj.MediaBox = Array([0, 0, width, height])
        shown.obj.Contents = made.make_stream(f"q {width} 0 0 {height} 0 0 cm /I Do Q".encode())
    made.save(kept)
    return kept.getvalue()


def painted(body: bytes) -> Iterator[Any]:
    """Each page in shades of grey, as a row of rows."""
    for page in pypdfium2.PdfDocument(body):
        bitmap = page.render(scale=_DOTS, grayscale=True)
        yield bitmap.to_numpy().reshape(bitmap.height, -1)[:, : bitmap.width].copy()


def readers() -> Iterator[tuple[str, Reader]]:
    """The programs that are here, by name."""
    program = shutil.which("tesseract")
    if program:
        yield "tesseract", lambda shades: by_tesseract(program, shades)
    if importlib.util.find_spec("rapidocr"):
        from rapidocr import RapidOCR  # noqa: PLC0415 - where it is installed

        engine = RapidOCR(params={"Global.log_level": "error"})
        yield "RapidOCR", lambda shades: " ".join(engine(shades).txts or ())
    else:
        print("no RapidOCR here")


def by_tesseract(program: str, shades: Any) -> str:
    """What tesseract reads, in one thread: with more it waits for itself on a busy machine."""
    high, wide = shades.shape
    picture = f"P5 {wide} {high} 255\n".encode() + shades.tobytes()
    done = subprocess.run(
        [program, "-", "-", "--dpi", "200"],
        input=picture,
        capture_output=True,
        check=True,
        env=os.environ | {"OMP_THREAD_LIMIT": "1"},
    )
    return done.stdout.decode()


def found(said: str, names: Sequence[str]) -> tuple[int, int]:
    """How many names stand in what was read; of how many a word does, a letter amiss at most."""
    solid = folded(said)
    words = {folded(word) for word in said.split()}
    near = {one for word in words for one in with_a_gap(word)}
    whole = sum(folded(name) in solid for name in names)
    amiss = sum(
        any(len(part) >= _LONG and not near.isdisjoint(with_a_gap(part)) for part in parts(name))
        for name in names
    )
    return whole, amiss


def parts(name: str) -> list[str]:
    """The words of a name, folded."""
    return [folded(one) for one in name.split()]


def folded(text: str) -> str:
    """Letters alone, small."""
    return re.sub(r"[^a-z]", "", text.lower())


def with_a_gap(word: str) -> set[str]:
    """A word, and it without one of its letters: two words that share one are a letter apart."""
    return {word} | {word[:at] + word[at + 1 :] for at in range(len(word)) if len(word) >= _LONG}


if __name__ == "__main__":
    main()
