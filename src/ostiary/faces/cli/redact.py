"""``redact``: documents redacted, ours at the source, and proofs of what is unsealed later."""

import json
from pathlib import Path

import click

from ostiary.domain.errors import InputError
from ostiary.faces.cli import arguments as arg
from ostiary.faces.cli import redact_pdf
from ostiary.faces.cli.lazy_group import LateGroup
from ostiary.faces.cli.output import as_json, emit, say, table
from ostiary.office.oversight import document_commitments
from ostiary.office.recovery import entering
from ostiary.office.redaction import grounds, needles, publishing, source, unsealing, verifying
from ostiary.verifying.log import published


@click.group(cls=LateGroup)
def redact() -> None:
    """Redact documents, our own at the source and PDFs of others; prove later what was unsealed."""


for _command in (redact_pdf.suggest, redact_pdf.mark, redact_pdf.confirm, redact_pdf.pdf):
    redact.add_command(_command)


@redact.command()
@click.argument("document", type=arg.FILE)
@click.option("--out", type=arg.FOLDER, required=True, help="New folder: what is public.")
@click.option(
    "--secrets", type=arg.FILE, required=True, help="New file: the openings, for its owner alone."
)
@redact_pdf.APPEARS
@as_json
def make(
    document: Path,
    out: Path,
    secrets: Path,
    appears: "tuple[needles.Elsewhere, ...]",
    as_json: bool,
) -> None:
    """Set DOCUMENT anew, each deletion a token with its ground.

    DOCUMENT is a text with headings (#), paragraphs and items (-); `{{(b)(6): the words}}` marks a
    deletion. An audit searches all that would be published; if it finds anything, nothing is
    written.
    """
    made = publishing.redact(document, appears=appears)
    publishing.write(made, out, secrets)
    told = {
        "root": made.root,
        "pieces": len(made.pieces),
        "withheld": [
            {"number": number, "piece": one.number, "section": one.section, "ground": one.ground}
            for number, one in enumerate(made.withheld, start=1)
        ],
        "out": str(out),
    }

    def text() -> None:
        rows = [
            (number, one.section, one.ground, grounds.meaning(one.ground))
            for number, one in enumerate(made.withheld, start=1)
        ]
        table("withheld", ("number", "section", "ground", "which says"), rows)
        say(f"root {made.root}\nSign or log this root; it proves later what was withheld.")
        say(f"public: {out}; openings, to be kept: {secrets}")

    emit(told, as_json=as_json, text=text)


@redact.command()
@click.argument("secrets", type=arg.FILE)
@click.option(
    "--number", "numbers", type=click.IntRange(1), multiple=True, help="A deletion to be unsealed."
)
@click.option("--section", "sections", type=click.IntRange(0), multiple=True, help="A section.")
@click.option("--all", "every", is_flag=True, help="All of it.")
@click.option(
    "--out", type=arg.FILE, required=True, help="New file: the openings, to be published."
)
def unseal(
    secrets: Path, numbers: tuple[int, ...], sections: tuple[int, ...], every: bool, out: Path
) -> None:
    """Take the openings of some deletions out of SECRETS, to be published."""
    if out.exists():
        raise InputError("the file is there already", where=str(out), cure="name a new one")
    told = unsealing.unseal(secrets, numbers=numbers, sections=sections, every=every)
    out.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    say(f"{len(told['openings'])} unsealed, written to {out}")


@redact.command()
@arg.office
@click.argument("commitments", type=arg.FILE)
@click.option(
    "--proof",
    type=arg.FOLDER,
    default=None,
    help="New folder: the entry and its proof of inclusion.",
)
def log(office: Path, commitments: Path, proof: Path | None) -> None:
    """Put a document's root into the office's log, on the day on which it is signed."""
    found = verifying.verify(commitments)
    with entering.at_work(office) as place:
        index = document_commitments.log_document(
            place, found.root, pieces=found.pieces, withheld=found.withheld
        )
        if proof:
            proof.mkdir(parents=True, exist_ok=True)
            told = published.prove(place.office.accounting, index)
            (proof / f"{index}.tlog-proof").write_text(told, encoding="utf-8")
            (proof / f"{index}.json").write_bytes(place.store.entry(index).body)
    say(f"root {found.root} is entry {index} of the log" + (f"; proof in {proof}" if proof else ""))


@redact.command()
@click.argument("commitments", type=arg.FILE)
@click.option("--root", "expected", default=None, help="The root as it was signed or logged, hex.")
@click.option("--unsealed", type=arg.FILE, default=None, help="Openings that were published.")
@as_json
def verify(commitments: Path, expected: str | None, unsealed: Path | None, as_json: bool) -> None:
    """Is the document the one committed to, and what was unsealed its very text?

    COMMITMENTS is commitments.json; the document's renderings beside it are compared byte by byte.
    Exit status 1: it is not.
    """
    if expected is not None and not verifying.is_root(expected):
        cure = "give the 64 digits as they were signed or logged, or leave --root out"
        raise InputError("is no root", where="--root", cure=cure)
    found = verifying.verify(commitments, expected=expected or "", unsealed=unsealed)
    told = {
        "root": found.root,
        "root_was_given": bool(expected),
        "pieces": found.pieces,
        "withheld": found.withheld,
        "compared": list(found.files),
        "unsealed": list(found.unsealed),
    }
    emit(told, as_json=as_json, text=lambda: _show(found, expected or ""))


def _show(found: "verifying.Verified", expected: str) -> None:
    say(f"sound: {found.pieces:,} pieces, {found.withheld:,} withheld, root {found.root}")
    if not expected:
        say("No root was given: compare this one with the one that was signed or logged.")
    for name in found.files:
        say(f"{name} is, byte for byte, what the committed pieces make")
    for one in found.unsealed:
        say(f"\npiece {one['number']}, section {one['section']}, withheld {one['ground']}:")
        say(source.UNSEEN.sub("\N{REPLACEMENT CHARACTER}", one["text"]))
