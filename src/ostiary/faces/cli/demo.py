"""``demo``: the whole corridor on synthetic data, officers and recipients included."""

import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ostiary.domain.errors import FaultError, InputError
from ostiary.faces.cli import arguments as arg
from ostiary.faces.cli import demo_office
from ostiary.faces.cli.output import as_json, emit, progress, say, table
from ostiary.office.batches import (
    law_check,
    reference_loading,
    running,
    summaries,
    truth_comparison,
)
from ostiary.office.cases import officers, steps
from ostiary.office.folder import layout as offices
from ostiary.office.folder import session
from ostiary.office.recovery import entering
from ostiary.office.release import release
from ostiary.verifying.answers import opening
from ostiary.verifying.answers import trust as trust_file
from ostiary.verifying.keys import files
from ostiary.verifying.log import sources, verify
from ostiary.worlds import world as worlds

if TYPE_CHECKING:
    from ostiary.office.store.records.case import Case
    from ostiary.verifying.keys.files import SigningKey

PEOPLE, REQUESTS = 20_000, 2_000
RECEIVED = date(2025, 8, 6)
OFFICERS = ("officer-a", "officer-b")
ANSWERED = 12


@dataclass
class Demo:
    """What the demonstration has done so far."""

    out: Path
    seconds: dict[str, float] = field(default_factory=dict)
    opened: list[dict[str, str]] = field(default_factory=list)

    @property
    def world(self) -> Path:
        """The synthetic world."""
        return self.out / "world"

    @property
    def office(self) -> Path:
        """The office."""
        return self.out / "office"

    @property
    def desk_keys(self) -> Path:
        """Private keys of the two demo officers."""
        return self.out / "officers"


@click.command()
@click.option("--out", type=arg.FOLDER, default=Path("ostiary-demo"), help="New folder for it all.")
@click.option(
    "--serve",
    "serves",
    is_flag=True,
    help="Serve a training office with work in it instead, and print a link for each person.",
)
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, help="With --serve. Default: 8000."
)
@as_json
def demo(out: Path, serves: bool, port: int, as_json: bool) -> None:
    """Walk the whole corridor on synthetic data and say where to look.

    With --serve it ends with an office in the browser: officers, an agency, an auditor, counsel,
    the head and two administrators, one link each, and cases that wait for them.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise InputError(
            "there is something here already", where=str(out), cure="name a new folder"
        )
    if serves:
        _serve(Demo(out), port, quiet=as_json)
        return
    with progress(quiet=as_json) as on_stage:
        summary = _walk(Demo(out), on_stage)
    emit(summary, as_json=as_json, text=lambda: _show(summary))


def _walk(demo: Demo, on_stage: Callable[[str], None]) -> dict[str, Any]:
    started = time.perf_counter()
    on_stage("making a synthetic world")
    worlds.make_world(demo.world, people=PEOPLE, requests=REQUESTS, received=RECEIVED)
    _make_office(demo)
    on_stage("loading the reference file")
    with entering.at_work(demo.office, on=RECEIVED) as place:
        reference_loading.load_people(place, demo.world / "people.parquet")
        batch = running.run_batch(
            place, demo.world / "requests.csv", RECEIVED, on_stage=on_stage, determined=True
        )
    on_stage("two officers at the desk")
    with entering.at_work(demo.office, on=RECEIVED + timedelta(days=1)) as place:
        _review(demo, place)
        on_stage("sealing and opening answers")
        _release_and_open(demo, place)
    on_stage("verifying the log as an outsider")
    report = _verify(demo)
    on_stage("the same file, received today")
    today = datetime.now(UTC).date()
    later = law_check.check_file(
        demo.world / "requests.csv", today, registers=[demo.world / "registers"]
    )
    return {
        "batch": batch,
        "truth": truth_comparison.replies_against_truth(
            demo.world, demo.office / "batches" / batch["batch"]
        ),
        "answers": demo.opened,
        "log": {"size": report.size, "root": report.root, "sound": report.is_sound},
        "figures": [(one.agency, one.requests, one.answers) for one in report.figures],
        "today": {"received": str(today), "counts": later["counts"], "by_rule": later["by_rule"]},
        "seconds": round(time.perf_counter() - started, 1),
        "out": str(demo.out),
    }


def _serve(demo: Demo, port: int, *, quiet: bool) -> None:
    next_day = RECEIVED + timedelta(days=1)
    with progress(quiet=quiet) as on_stage:
        on_stage("making a synthetic world")
        demo_office.make_world(demo.world, RECEIVED)
        _make_office(demo)

        def review() -> None:
            with entering.at_work(demo.office, on=next_day) as place:
                _review(demo, place)

        demo_office.fill(demo.office, demo.world, RECEIVED, review, on_stage)
    demo_office.serve(demo.office, port, next_day, _desk_keys(demo))


def _make_office(demo: Demo) -> None:
    """Make a training office; give it the world's registers and two officers with keys."""
    offices.create_office(demo.office, training=True)
    registers = demo.office / "registers"
    for file in (demo.world / "registers").glob("*.csv"):
        shutil.copy(file, registers / file.name)
    demo.desk_keys.mkdir(mode=0o700)
    rows = ["officer,public_key,from,until"]
    for officer in OFFICERS:
        key = files.new_signing_key()
        files.write_private(demo.desk_keys / f"{officer}.pem", key)
        rows.append(f"{officer},{files.key_text(key.public_key())},2025-01-01,")
    (registers / "reviewers.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")


def _desk_keys(demo: Demo) -> "dict[str, SigningKey]":
    return {name: files.read_signing_key(demo.desk_keys / f"{name}.pem") for name in OFFICERS}


def _review(demo: Demo, place: "session.OfficeSession") -> None:
    """Two officers look at the first cases, one by one, as the command line has them do it."""
    keys = _desk_keys(demo)
    with steps.at_desk(place) as desk:
        chosen = [case.request.request_id for case, _ in _first(steps.waiting(desk))]
        for request in chosen:
            desk.determine(request, OFFICERS[0], keys[OFFICERS[0]], found=True)
            for officer in OFFICERS:
                desk.approve(request, officer, keys[officer])


def _first(cases: Any) -> "list[tuple[Case, Any]]":
    """Choose some cases that will be confirmed and some that will get no answer."""
    chosen: dict[str, list[tuple[Case, Any]]] = {"confirmed": [], "no-answer": []}
    for case, state in cases:
        group = chosen[str(case.verification.outcome.answer)]
        if len(group) < ANSWERED // 2:
            group.append((case, state))
        if all(len(one) == ANSWERED // 2 for one in chosen.values()):
            break
    return [*chosen["confirmed"], *chosen["no-answer"]]


def _release_and_open(demo: Demo, place: "session.OfficeSession") -> None:
    """Seal what is approved; then be the recipient, who trusts the custodian's key alone."""
    done = release.release(place)
    trust = trust_file.read_trust(place.office.accounting / trust_file.TRUST_FILE)
    for request, path in done.answers:
        case = place.store.case(place.store.find_request(request).id)
        recipient = officers.recipients_of(case)[0]
        key = demo.world / "recipients" / f"{recipient}.pem"
        opened = opening.open_answer(
            Path(path).read_bytes(),
            files.read_opening_key(key),
            trust,
            today=datetime.now(UTC).date(),
            request_id=request,
        )
        status = str(opened.statement.status)
        file = str(demo.office / "answers" / Path(path).name)
        demo.opened.append(
            {"request_id": request, "status": status, "answer": file, "key": str(key)}
        )


def _verify(demo: Demo) -> "verify.LogReport":
    log = demo.office / "accounting"
    with sources.open_source(str(log)) as source:
        keys = [key.vkey for key in trust_file.read_trust(log / trust_file.TRUST_FILE).logs]
        report = verify.verify_log(source, keys, every=True)
    if not report.is_sound:
        raise FaultError(f"the log does not verify: {'; '.join(map(str, report.faults))}")
    return report


def _show(summary: dict[str, Any]) -> None:
    batch, later = summary["batch"], summary["today"]
    say("Ostiary, the whole corridor on synthetic data\n")
    rows = [*_of_admission(batch), *_of_comparison(summary), *_of_release(summary)]
    table("what happened", ("", "number", ""), rows)
    most = sorted(batch["by_rule"].items(), key=lambda pair: -pair[1])[:8]
    reasons = [(rule, many, batch["rests"][rule]["layer"]) for rule, many in most]
    table("most frequent reasons for a return", ("rule", "requests", "whose rule"), reasons)
    title = f"the same file, if it were received today ({later['received']})"
    table(title, ("", "requests"), list(later["counts"].items()))
    stays = [
        (rule, many) for rule, many in later["by_rule"].items() if rule.startswith(("ddc", "dmass"))
    ]
    table("orders in force that stop it", ("order", "requests"), stays)
    _show_where(summary)


_Line = tuple[str, int, str]


def _of_admission(batch: "summaries.BatchSummary") -> list[_Line]:
    counts = batch["counts"]
    return [
        ("rows came", batch["rows"], f"received {batch['received']}"),
        ("could not be read", batch["row_errors"], "each named in row_errors.csv"),
        (
            "returned",
            counts.get("returned", 0),
            "fall short of the law: findings and cures in replies.jsonl",
        ),
        (
            "suspended",
            counts.get("suspended", 0),
            "stopped by missing safeguards, an order, or the agreement's end",
        ),
        (
            "accepted",
            counts.get("accepted", 0),
            "let through; here every reason is taken as specific, then the file looked at",
        ),
    ]


def _of_comparison(summary: dict[str, Any]) -> list[_Line]:
    truth = summary["truth"]
    found = f"by the truth; {truth['confirmed']} of {truth['could_be_confirmed']} found"
    return [
        (
            "  name and address right",
            summary["batch"]["outcomes"].get("confirmed", 0),
            "exactly one person; the custodian alone sees this",
        ),
        ("  confirmed wrongly", truth["confirmed_wrongly"], found),
    ]


def _of_release(summary: dict[str, Any]) -> list[_Line]:
    answers, log = summary["answers"], summary["log"]
    confirmed = sum(one["status"] == "confirmed" for one in answers)
    root = f"verified by an outsider; root {log['root'][:16]}..."
    return [
        ("approved by two officers", len(answers), "the demo officers looked at these"),
        ("sealed answers opened", len(answers), f"{confirmed} confirmed, the others: no answer"),
        ("log entries", log["size"], root),
    ]


def _show_where(summary: dict[str, Any]) -> None:
    office = f"{summary['out']}/office"
    ostiary = "ostiary" if shutil.which("ostiary") else sys.argv[0]
    say(f"{summary['seconds']} s in all. Where to look:")
    say(f"  {office}/batches/{summary['batch']['batch']}/report.html")
    say(f"  {ostiary} review {office} list")
    say(f"  {ostiary} accounting verify {office}/accounting")
    for one in summary["answers"][:1]:
        say(f"  {ostiary} accounting show {office} {one['request_id']}")
        say(f"  {ostiary} open {one['answer']} --key {one['key']}")
