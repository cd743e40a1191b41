"""Attack: an operator writes a decision in an officer's name, in the case store or in the register.

Outsiders count votes; whoever may see the openings checks what was signed.
"""

from pathlib import Path

import pytest

from casedb import tamper
from commands import ostiary
from officers import NEXT_DAY, approve_twice, desk_on, first_case, key_of
from ostiary.office.oversight.access_audit import SignatureReport, check_signatures
from ostiary.office.recovery.entering import at_work
from ostiary.verifying.keys.files import key_text, new_signing_key


@pytest.fixture
def decided(office: Path) -> Path:
    """An office whose officers approved one case and refused another."""
    with desk_on(office) as (_, desk):
        approve_twice(desk, office, first_case(desk).request.request_id)
        other = first_case(desk, "no-answer").request.request_id
        desk.determine(other, "anna", key_of(office, "anna"), found=True)
        desk.refuse(other, "cora", key_of(office, "cora"), "a doubt")
    return office


def checked(office: Path) -> SignatureReport:
    with at_work(office, on=NEXT_DAY) as place:
        return check_signatures(place)


def test_what_officers_signed_holds(decided: Path) -> None:
    found = checked(decided)
    assert (found.cases, found.faults, found.unopened) == (2, (), 0)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE approval SET officer = 'cora' WHERE officer = 'bert'",
        "UPDATE approval SET signature = zeroblob(64) WHERE officer = 'anna'",
        "UPDATE approval SET digest = 'sha256:00'",
        "UPDATE reason_determination SET specific = 0",
        "UPDATE refusal SET why = 'because I say so'",
        (
            "INSERT INTO approval (officer, digest, signature, at, request, entry_index)"
            " SELECT officer, digest, signature, at, request, entry_index FROM refusal"
        ),
    ],
)
def test_another_word_than_the_one_signed_is_found(decided: Path, statement: str) -> None:
    tamper(decided, statement)
    assert checked(decided).faults


def test_an_officer_whose_key_was_replaced_in_the_register_is_found(decided: Path) -> None:
    register = decided / "registers" / "reviewers.csv"
    other = key_text(new_signing_key().public_key())
    rows = [line.split(",") for line in register.read_text().splitlines()]
    register.write_text(
        "\n".join(
            ",".join([row[0], other if row[0] == "bert" else row[1], *row[2:]]) for row in rows
        )
        + "\n"
    )
    (fault,) = checked(decided).faults
    assert "no key of this officer" in fault


def test_the_command_says_so_and_the_reading_is_logged(decided: Path) -> None:
    done = ostiary("accounting", "signatures", decided, "--reader", "auditor-1")
    assert done.status == 0, done.err
    assert "2 cases" in done.out
    tamper(decided, "UPDATE reason_determination SET specific = 0")
    assert ostiary("accounting", "signatures", decided).status == 1
    with at_work(decided, on=NEXT_DAY) as place:
        read = [body for body in place.store.entries_from(0) if b'"log.read"' in body]
    assert b'"reader":"unproved/auditor-1"' in read[0]
