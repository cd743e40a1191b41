"""The public document, set anew from kept words and tokens: Markdown, HTML, PDF. Always the same.

A token says ``withheld`` and the ground, and nothing else: not how much, not how many words. The
functions here are given blocks whose withheld runs have no words, so that nothing can slip through.
"""

import csv
import io
import json
from collections.abc import Sequence
from functools import cache
from html import escape
from importlib import resources
from typing import Any

import typst

from ostiary.domain.errors import InputError
from ostiary.domain.spreadsheets import harmless_row
from ostiary.office.redaction.grounds import meaning
from ostiary.office.redaction.source import Block, Run

FILES = ("document.md", "document.html", "document.pdf", "index.csv")


def emptied(blocks: Sequence[Block]) -> list[Block]:
    """The same blocks; every withheld run without its words."""
    return [
        Block(
            block.kind,
            block.level,
            block.section,
            tuple(Run("", run.ground) if run.ground else run for run in block.runs),
        )
        for block in blocks
    ]


def token(ground: str) -> str:
    """What stands in the place of a deletion, whatever it held."""
    return f"[withheld {ground}]"


def rendered(blocks: Sequence[Block]) -> dict[str, bytes]:
    """Every public rendering, by file name.

    Raises:
        ValueError: a withheld run still has words.
    """
    if any(run.ground and run.text for block in blocks for run in block.runs):
        raise ValueError("a withheld run still has words")
    return {
        "document.md": markdown(blocks).encode(),
        "document.html": html(blocks).encode(),
        "document.pdf": pdf(blocks),
        "index.csv": index(blocks).encode(),
    }


def words(block: Block) -> str:
    """A block as text."""
    return "".join(token(run.ground) if run.ground else run.text for run in block.runs).strip()


def title(blocks: Sequence[Block]) -> str:
    """The first heading, or the first block."""
    return words(next((one for one in blocks if one.kind == "heading"), blocks[0]))


def markdown(blocks: Sequence[Block]) -> str:
    """The document as Markdown."""
    lead = {"heading": "# ", "item": "- ", "paragraph": ""}
    lines = [
        "#" * (one.level - 1) * (one.level > 1) + lead[one.kind] + words(one) for one in blocks
    ]
    return "\n\n".join(lines) + "\n"


def html(blocks: Sequence[Block]) -> str:
    """The document as one page that needs neither a network nor a script."""
    head = (_folder() / "head.html").read_text(encoding="utf-8")
    parts = [head.replace("TITLE", escape(title(blocks)))]
    listed = False
    for block in blocks:
        if (block.kind == "item") != listed:
            listed = not listed
            parts.append("<ul>" if listed else "</ul>")
        tag = {"heading": f"h{block.level}", "item": "li", "paragraph": "p"}[block.kind]
        parts.append(f"<{tag}>{''.join(map(_in_html, block.runs)).strip()}</{tag}>")
    parts.append("</ul>" if listed else "")
    return "\n".join([*parts, "</main>", "</body>", "</html>", ""])


def _in_html(run: Run) -> str:
    if not run.ground:
        return escape(run.text)
    return f'<mark title="{escape(meaning(run.ground))}">{escape(token(run.ground))}</mark>'


def pdf(blocks: Sequence[Block]) -> bytes:
    """The document as tagged PDF (PDF/UA-1), without clock, author or metadata of its source.

    Raises:
        InputError: a kept sign is none that the typeface has.
    """
    content = json.dumps(
        {"title": title(blocks), "blocks": [_set(block) for block in blocks]}, ensure_ascii=False
    )
    try:
        made = _TYPESETTER.compile(
            _template(), format="pdf", pdf_standards="ua-1", sys_inputs={"document": content}
        )
    except typst.TypstError:
        cure = "write kept words in Latin, Greek or Cyrillic letters"
        what = "a kept sign is none that the typeface has"
        raise InputError(what, where="document.pdf", cure=cure) from None
    if not isinstance(made, bytes):
        raise TypeError("the typesetter gave no single file")
    return made


def _set(block: Block) -> dict[str, Any]:
    runs = [
        {"text": token(run.ground) if run.ground else run.text, "withheld": bool(run.ground)}
        for run in block.runs
    ]
    return {"kind": block.kind, "level": block.level, "runs": runs}


def index(blocks: Sequence[Block]) -> str:
    """The index of what is withheld: number, section, its heading, ground, and what that means."""
    body = io.StringIO()
    writer = csv.writer(body, lineterminator="\n")
    writer.writerow(("number", "section", "heading", "ground", "meaning"))
    heading, number = "", 0
    for block in blocks:
        heading = words(block) if block.kind == "heading" else heading
        for run in block.runs:
            if run.ground:
                number += 1
                row = (number, block.section, heading, run.ground, meaning(run.ground))
                writer.writerow(harmless_row(row))
    return body.getvalue()


_TYPESETTER = typst.Compiler(ignore_system_fonts=True)


def _folder() -> Any:
    return resources.files("ostiary.office.redaction") / "templates"


@cache
def _template() -> bytes:
    return bytes((_folder() / "document.typ").read_bytes())
