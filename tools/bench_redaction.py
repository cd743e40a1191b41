"""How fast our own documents are redacted, and what other readers find in them: nothing.

A synthetic document with twenty deletions a page, each of words that occur nowhere else, is set
anew and audited. Then every withheld word is looked for by pypdf, and by pikepdf over every object
and stream (which the product does not use), in every public file, and the same is done with other
withheld words: the public bytes must be the same.

python tools/bench_redaction.py --pages 40
"""

import argparse
import io
import random
import time

import pikepdf
from pypdf import PdfReader

from ostiary.office.redaction.audit import audit, search
from ostiary.office.redaction.commitments import commit, root
from ostiary.office.redaction.needles import Needle, needles_of
from ostiary.office.redaction.rendering import emptied, rendered
from ostiary.office.redaction.source import Block, blocks

_TEXT = (
    "agreement request address taxpayer officer period statute reason agency record custody notice"
    " review section answer purpose court order item party power number day law text term"
)
_WORDS = _TEXT.split()
_GROUNDS = ("(b)(6)", "(b)(3) 26 USC 6103", "(b)(5)", "(b)(7)(E)", "(b)(7)(C)")
_DELETIONS, _PARAGRAPHS, _LONG = 20, 10, 46  # a page
_SEARCHED = 2_500_000  # letters
_DAY, _ACCENT = "April 3, 2019", "agr\u00e9ement"


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=40)
    pages = parser.parse_args().pages
    first, second = (blocks(document(pages, seed)) for seed in (1, 2))
    begun = time.perf_counter()
    public = emptied(first)
    files = rendered(public)
    setting = time.perf_counter() - begun
    withheld = [run.text for block in first for run in block.runs if run.ground]
    begun = time.perf_counter()
    audit(files, public, needles_of(withheld))
    auditing = time.perf_counter() - begun
    needles = needles_of([*withheld, _DAY])
    begun = time.perf_counter()
    root((piece.public(), piece.commitment) for piece in commit(first))
    committing = time.perf_counter() - begun
    made = len(pikepdf.open(io.BytesIO(files["document.pdf"])).pages)
    print(f"{made} pages, {len(withheld):,} deletions, {kept(public):,} words kept")
    print(f"setting {made / setting:.0f} pages a second, the audit {made / auditing:.0f},")
    print(
        f"commitments {made / committing:.0f}; {len(files['document.pdf']) / made / 1024:.1f} KiB"
    )
    print(f"searched {searched(public, needles, _WORDS[0]):.2f} MB a second of the processor's,")
    print(f"with an accent in each paragraph {searched(public, needles, _ACCENT):.2f}")
    print(f"found by other readers: {found(files, withheld)} of {len(withheld):,}")
    print(f"other words, the same bytes: {rendered(emptied(second)) == files}")


def document(pages: int, seed: int) -> str:
    """A document; the seed changes what is withheld and nothing else."""
    kept_words, withheld = random.Random(0), random.Random(seed)  # noqa: S311 - made-up words
    lines = ["# An agreement"]
    for page in range(pages):
        lines.append(f"## Part {page + 1}")
        for _ in range(_PARAGRAPHS):
            drawn = kept_words.choices(_WORDS, k=_LONG)
            for _ in range(_DELETIONS // _PARAGRAPHS):
                ground = kept_words.choice(_GROUNDS)
                drawn[kept_words.randrange(_LONG)] = f"{{{{{ground}: {secret(withheld)}}}}}"
            lines.append(" ".join(drawn))
    return "\n\n".join(lines) + "\n"


def secret(withheld: random.Random) -> str:
    """A made-up name of one to three words, of letters that no kept word has in a row."""
    return " ".join(
        "Zq" + "".join(withheld.choices("aeioukvxyz", k=withheld.randint(4, 12)))
        for _ in range(withheld.randint(1, 3))
    )


def kept(public: list[Block]) -> int:
    """How many words were not withheld."""
    return sum(len(run.text.split()) for block in public for run in block.runs)


def searched(public: list[Block], needles: list[Needle], word: str) -> float:
    """How many million letters of kept text are searched in a second of the processor's."""
    texts = [
        run.text.replace(_WORDS[0], word) for block in public for run in block.runs if run.text
    ]
    texts *= _SEARCHED // sum(map(len, texts)) + 1
    begun = time.process_time()
    search("the kept words", texts, needles)
    return sum(map(len, texts)) / 1e6 / (time.process_time() - begun)


def found(files: dict[str, bytes], withheld: list[str]) -> int:
    """How many withheld strings other readers find."""
    pdf = files["document.pdf"]
    texts = [body.decode("latin-1") for body in files.values()]
    texts += [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for one in opened.objects:
            texts.append(repr(one))
            if isinstance(one, pikepdf.Stream):
                texts.append(one.read_bytes().decode("latin-1"))
    everything = "".join("".join(text.split()) for text in texts)
    return sum("".join(text.split()) in everything for text in withheld)


if __name__ == "__main__":
    main()
