"""``open``: the recipient opens an answer. Needs no office."""

import json
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, cast

import click

from ostiary.domain.basis import Given, Ground, given_in_words, in_words
from ostiary.domain.errors import InputError
from ostiary.faces.cli import arguments as arg
from ostiary.faces.cli.output import as_json, emit, say
from ostiary.faces.cli.witness_options import policy_of, witness_options
from ostiary.office.letters import composition, pdf
from ostiary.office.letters import files as letter_files
from ostiary.verifying.answers.opening import OpenedAnswer, open_answer
from ostiary.verifying.answers.recalls import DUTY, RecallNotice, is_notice, open_notice
from ostiary.verifying.answers.receipts import How, Receipt, ReceiptKind, opening_code, sign_receipt
from ostiary.verifying.answers.trust import TRUST_FILE, Trust, read_trust
from ostiary.verifying.keys.files import read_opening_key, read_signing_key


@click.command("open")
@click.argument("answer", type=arg.FILE)
@click.option("--key", type=arg.FILE, required=True, help="The recipient's private key, PEM.")
@click.option(
    "--trust",
    type=arg.FILE,
    default=None,
    help=f"The custodian's public keys, {TRUST_FILE}. Default: beside the key, or the answer.",
)
@click.option(
    "--record", type=arg.FILE, default=None, help="Remember answers here; refuse one seen before."
)
@click.option(
    "--letter", type=arg.NEW_FILE, default=None, help="Write what the answer says as a letter, PDF."
)
@click.option(
    "--receipt",
    type=arg.NEW_FILE,
    default=None,
    help="Write a signed receipt of opening here, to be sent to the custodian.",
)
@click.option("--officer", default=None, help="Your id as a recipient; for the receipt.")
@click.option("--sign-with", type=arg.FILE, default=None, help="Your signing key, PEM; likewise.")
@witness_options
@as_json
def open_(
    answer: Path,
    key: Path,
    trust: Path | None,
    record: Path | None,
    letter: Path | None,
    receipt: Path | None,
    officer: str | None,
    sign_with: Path | None,
    witnesses: tuple[str, ...],
    quorum: int | None,
    policy_file: Path | None,
    as_json: bool,
) -> None:
    """Open an answer: verify signature, proof of inclusion and conditions, then decrypt.

    Opens a recall notice likewise.
    """
    if receipt is not None and (officer is None or sign_with is None):
        raise InputError("a receipt needs --officer and --sign-with", where="--receipt")
    raw = _read(answer)
    opening = read_opening_key(key)
    policy = policy_of(witnesses, quorum, policy_file)
    custodian = _trusted(answer, key, trust)
    opened_before = _read_record(record)
    today = datetime.now(UTC).date()
    if is_notice(raw):
        notice = open_notice(raw, opening, custodian, policy=policy)
        _emit_notice(notice, as_json=as_json)
        return
    opened = open_answer(
        raw, opening, custodian, today=today, already_opened=opened_before, policy=policy
    )
    if record is not None:
        opened_before[opened.statement.answer_id] = str(today)
        record.write_text(json.dumps(opened_before, indent=2) + "\n", encoding="utf-8")
    if letter is not None:
        _write_letter(letter, opened)
    if receipt is not None:
        receipt.write_bytes(_receipt(opened, officer or "", cast("Path", sign_with), today))
    summary = _summary(opened)
    emit(summary, as_json=as_json, text=lambda: _show_answer(summary))


def _read(answer: Path) -> bytes:
    try:
        return answer.read_bytes()
    except OSError as error:
        raise InputError(
            "cannot read the answer", where=str(answer), cure=(error.strerror or "").lower()
        ) from None


def _write_letter(path: Path, opened: OpenedAnswer) -> None:
    """Write the answer as a letter; its setter is read only here, for most ask for none."""
    letter_files.put_letter(path, pdf.letter_pdf(composition.letter_on_answer(opened.statement)))


def _receipt(opened: OpenedAnswer, officer: str, key: Path, today: date) -> bytes:
    """Sign that an answer was opened."""
    statement = opened.statement
    if officer not in statement.conditions.recipients:
        raise InputError("this officer is no recipient of the answer", where="--officer")
    code = opening_code(opened.salt, statement.origin, statement.answer_id, officer)
    receipt = Receipt(
        ReceiptKind.OPENED, How.NOT_YET, statement.origin, statement.answer_id, officer, today, code
    )
    return sign_receipt(receipt, read_signing_key(key))


def _emit_notice(notice: RecallNotice, *, as_json: bool) -> None:
    summary = {"recall": True, **asdict(notice), "duty": DUTY}
    emit(summary, as_json=as_json, text=lambda: _show_notice(notice))


def _show_notice(notice: RecallNotice) -> None:
    say(f"RECALL of the answer to {notice.request_id}, released {notice.released_on}")
    say(f"  {notice.cause} {notice.citation}")
    say(f"  {DUTY}")


def _trusted(answer: Path, key: Path, trust: Path | None) -> Trust:
    """Find the custodian's keys; those that came with the answer are used, and said to be."""
    if trust is not None:
        return read_trust(trust)
    beside_key, beside_answer = key.parent / TRUST_FILE, answer.parent / TRUST_FILE
    if beside_key.is_file():
        return read_trust(beside_key)
    if beside_answer.is_file():
        found = read_trust(beside_answer)
        click.echo(
            "warning: the custodian's keys were taken from beside the answer. Compare their "
            f"fingerprint with the one the custodian gave you: {found.fingerprint}",
            err=True,
        )
        return found
    raise InputError(
        "the custodian's keys are missing",
        where=TRUST_FILE,
        cure="give them with --trust; the custodian publishes them beside its log",
    )


def _read_record(record: Path | None) -> dict[str, str]:
    if record is None or not record.exists():
        return {}
    try:
        found = json.loads(record.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        found = None
    if not isinstance(found, dict):
        raise InputError("this is no record of opened answers", where=str(record))
    return {str(name): str(day) for name, day in found.items()}


def _summary(opened: OpenedAnswer) -> dict[str, Any]:
    statement = opened.statement
    return {
        "request_id": statement.request_id,
        "status": str(statement.status),
        "items": list(statement.items),
        "rests_on": [_ground(one) for one in statement.rests_on or ()],
        **({} if statement.gives is None else {"gives": [_given(one) for one in statement.gives]}),
        "agency": statement.agency,
        "provision": statement.provision,
        "agreement": statement.agreement,
        "released_on": str(statement.released_on),
        "answer_id": statement.answer_id,
        "custodian": statement.origin,
        "log_entry": opened.index,
        "tree_size": opened.checkpoint.size,
        "conditions": {
            "sole_use": statement.conditions.sole_use,
            "no_redisclosure": statement.conditions.no_redisclosure,
            "artificial_intelligence": statement.conditions.artificial_intelligence,
            "disposal": statement.disposal,
            "dispose_by": statement.conditions.dispose_by,
            "recipients": list(statement.conditions.recipients),
        },
    }


def _ground(ground: Ground) -> dict[str, Any]:
    return {"period": ground.period, "sources": list(ground.sources), "words": in_words(ground)}


def _given(given: Given) -> dict[str, Any]:
    return {**asdict(given), "words": given_in_words(given)}


def _show_answer(summary: dict[str, Any]) -> None:
    say(f"{summary['request_id']}: {summary['status']}")
    say(f"  signed by {summary['custodian']}, in its log as entry {summary['log_entry']}")
    say(f"  released {summary['released_on']} under {summary['provision']}")
    for one in summary["rests_on"]:
        say(f"  rests on {one['words']}")
    for one in summary.get("gives", ()):
        say(f"  {one['words']}")
    say("conditions")
    for name, text in summary["conditions"].items():
        said = ", ".join(text) if isinstance(text, list) else text
        say(f"  {name.replace('_', ' ')}: {said}")
