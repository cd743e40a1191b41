"""``init``, ``reference`` and ``run``: an office, its reference file, and a batch through it."""

import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from ostiary.domain.choices import EngineName
from ostiary.faces.cli import arguments as arg
from ostiary.faces.cli.checks import show_admission
from ostiary.faces.cli.lazy_group import LateGroup
from ostiary.faces.cli.output import as_json, emit, progress, say, table
from ostiary.office.batches import batch_page, decoy_supply, reference_loading, running, summaries
from ostiary.office.cases import late_receipts
from ostiary.office.folder import layout as offices
from ostiary.office.recovery import entering
from ostiary.verifying.answers import trust
from ostiary.verifying.keys import files as key_files
from ostiary.verifying.log import vocabulary

if TYPE_CHECKING:
    from ostiary.verifying.keys.files import Profile


@click.command()
@arg.office
@click.option("--database", default=None, help="URL of the case store. Default: sqlite, cases.db.")
@click.option(
    "--profile", type=click.Choice(["modern", "fips"]), default="modern", help="Cryptography."
)
@click.option("--training", is_flag=True, help="For training and demonstrations: may set the day.")
@click.option(
    "--token",
    default="",
    metavar="URI",
    help="Make the keys of log and answers in this PKCS#11 token (RFC 7512), to stay there.",
)
@as_json
def init(
    office: Path,
    database: str | None,
    profile: "Profile",
    training: bool,
    token: str,
    as_json: bool,
) -> None:
    """Make an office: a folder with settings, keys, case store and log."""
    made = offices.create_office(
        office, profile=profile, training=training, database=database, token=token
    )
    with entering.at_work(made.root) as place:
        summary = {
            "office": str(made.root),
            "origin": made.config.origin,
            "profile": made.config.profile,
            "training": made.config.training,
            "log_key": place.signer.verifier.vkey,
            "fingerprint": trust.read_trust(place.office.accounting / trust.TRUST_FILE).fingerprint,
        }
    emit(summary, as_json=as_json, text=lambda: _show_office(summary))


def _show_office(summary: dict[str, Any]) -> None:
    say(f"office {summary['office']}")
    say(f"log    {summary['log_key']}")
    say(f"keys   {summary['fingerprint']}")
    say(f"       (the fingerprint of accounting/{trust.TRUST_FILE}, for recipients to compare)")
    say("\nnext: enter your officers in registers/reviewers.csv, then")
    say(f"  ostiary reference load {summary['office']} PEOPLE")


@click.group(cls=LateGroup)
def reference() -> None:
    """The custodian's reference file."""


@reference.command()
@arg.office
@click.argument("people", type=arg.ROWS)
@click.option("--extend", is_flag=True, help="Add to the reference file instead of replacing it.")
@click.option(
    "--replace",
    is_flag=True,
    help="Replace it even if more than a tenth of its people end by that.",
)
@click.option(
    "--expect",
    type=arg.COUNT,
    multiple=True,
    metavar="WHAT=NUMBER",
    help="Load only if exactly so many people are new, changed, ended, held or unmatched.",
)
@click.option(
    "--model", type=arg.FILE, help="Weights learned elsewhere, instead of counting this file's own."
)
@as_json
def load(
    office: Path,
    people: Path,
    extend: bool,
    replace: bool,
    expect: tuple[tuple[str, int], ...],
    model: Path | None,
    as_json: bool,
) -> None:
    """Load PEOPLE, the custodian's file of people: one row a person and address.

    CSV, JSON, Parquet (a folder of parts too) or workbook (.xlsx), packed with gzip, Zstandard or
    ZIP if you like. `ostiary template reference` makes one to begin from, with every column.

    Without --extend the file stands in the place of the one that is loaded: who is not in it any
    more has ended, and if that is more than a tenth of all people, nothing is loaded without
    --replace. With --extend its rows are added, and say something else of people who are on file;
    a row of person_id and hold alone holds a person who is.

    Says what that did, in people: how many are new, changed (something else is said of them),
    ended, held, and unmatched (held, and not on file before). --expect makes an error of any other
    number, such as --expect ended=0 --expect unmatched=0; then nothing is loaded. One row that
    cannot be read refuses the whole file: the first is told in full, the others by kind and number.
    """
    if extend and replace:
        raise click.UsageError("--extend adds and --replace replaces; say one of them")
    with progress(quiet=as_json) as on_stage, entering.at_work(office) as place:
        summary = reference_loading.load_people(
            place,
            people,
            extend=extend,
            replace=replace,
            expected=dict(expect),
            model=model,
            on_stage=on_stage,
        )
        on_stage("decoys")
        decoy_supply.supply_decoys(place)
    emit(summary, as_json=as_json, text=lambda: _show_reference(summary))


def _show_reference(summary: dict[str, Any]) -> None:
    say(f"{summary['people']:,} people at {summary['addresses']:,} addresses")
    told = summary["changes"]
    say(
        f"{told['new']:,} new, {told['changed']:,} changed, {told['ended']:,} ended;"
        f" {told['held']:,} held, {told['unmatched']:,} of them not on file before"
    )
    say(f"model {summary['model']}")
    say(f"{summary['seconds_total']} s, {summary['peak_memory_mib']:,} MiB at most")


@click.command()
@arg.office
@click.argument("requests", type=arg.ROWS)
@arg.received
@arg.registers
@click.option(
    "--engine",
    type=click.Choice(get_args(EngineName)),
    default="duckdb",
    help="What runs the batch; Spark where office.toml says. The result is the same.",
)
@click.option(
    "--determined",
    is_flag=True,
    help="Training offices only: take as found what persons determine, and look at once.",
)
@click.option(
    "--why",
    type=click.Choice(vocabulary.LATE_CAUSES),
    default=None,
    help="Why it is entered more than 14 days after its day of receipt; an officer signs this."
    " A real office takes no such file without it.",
)
@click.option("--officer", default=None, help="Your id in reviewers.csv, with --why.")
@click.option("--key", type=arg.FILE, default=None, help="Your private key, PEM, with --why.")
@as_json
def run(
    office: Path,
    requests: Path,
    received: date | None,
    registers: tuple[Path, ...],
    engine: EngineName,
    determined: bool,
    why: str | None,
    officer: str | None,
    key: Path | None,
    as_json: bool,
) -> None:
    """Run REQUESTS through the corridor: intake, law, matching, accounting.

    Fills the review queue; leaves replies and reports in OFFICE/batches/. A record is looked at
    once every element of admission is met, those included that an officer determines. Exit status
    1 when the decoys show that too many confirmations could be wrong; then none is given.
    """
    if len({bool(why), bool(officer), key is not None}) > 1:
        raise click.UsageError("--why, --officer and --key go together")
    with progress(quiet=as_json) as on_stage, entering.at_work(office) as place:
        day = received or place.moment.today
        explained = None
        if why and officer and key:
            signing = key_files.read_signing_key(key)
            explained = late_receipts.LateReceipt(place, day, officer, signing, why).enter
        summary = running.run_batch(
            place,
            requests,
            day,
            registers=registers,
            engine=engine,
            on_stage=on_stage,
            determined=determined,
            explained=explained,
        )
        folder = place.office.batches / summary["batch"]
    stated = {**summary, "folder": str(folder)}
    emit(stated, as_json=as_json, text=lambda: show_batch(summary, folder))
    if bound_exceeded(summary):
        sys.exit(1)


def bound_exceeded(summary: "summaries.BatchSummary") -> bool:
    """Whether the decoys of a batch showed that too many of its confirmations could be wrong."""
    return bool(summary["decoys"] and summary["decoys"]["exceeded"])


def _bound_told(decoys: Mapping[str, Any]) -> str:
    """Say in one or two lines what the decoys showed."""
    told = (
        f"decoys {decoys['confirmed']:,} of {decoys['made']:,} confirmed; at most"
        f" {decoys['bound']:.3%} of the confirmations are wrong ({decoys['confidence']:.0%} sure)"
    )
    if decoys["exceeded"]:
        told += (
            f"\n       above the office's limit of {decoys['limit']:.3%}: nothing was confirmed,"
            f" {decoys['agreeing']:,} requests that agree get no answer"
        )
    return told


def show_batch(summary: "summaries.BatchSummary", folder: Path) -> None:
    """Print what became of a batch."""
    say(f"batch {summary['batch']}")
    if summary["repeats"]:
        say(f"{summary['repeats']:,} rows repeat earlier requests and got the same reply again")
    show_admission(summary)
    say()
    table("the accepted requests", ("step", "requests"), batch_page.step_rows(summary["steps"]))
    if summary["outcomes"]:
        table(
            "what verification showed (custodian only)",
            ("outcome", "requests"),
            sorted(summary["outcomes"].items()),
        )
    if decoys := summary["decoys"]:
        say(_bound_told(decoys))
    log = summary["log"]
    say(f"log   {log['origin']}, {log['size']:,} entries, root {log['root'][:16]}...")
    say(f"files {folder}")
