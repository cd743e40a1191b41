"""Attack: somebody on the way reads the answer from the shape of its file, without any key."""

import json
import re

import pytest

from ostiary.domain.basis import Ground
from ostiary.domain.words import Status
from ostiary.verifying.answers.answers import STATEMENT_BLOCK, seal
from ostiary.verifying.answers.conditions import conditions_of_use
from ostiary.verifying.answers.statement import fitting
from ostiary.verifying.log.canonical import canonical
from simulated_custodian import ALLOWED, TELLS, Custodian
from worded import worded

REQUEST_IDS = ["1", "ICE-2025-000017", "x" * 60, "y" * 200, "\u00e9" * 200, "\U0001f5dd" * 200]
GROUNDS = [
    (),
    fitting(
        tuple(Ground(year, ("information-return", "return")) for year in range(2024, 1990, -1))
    ),
]
BOTH = (Status.CONFIRMED, Status.NO_ANSWER)


def answers(profile, officers=("ice-officer-7",)):
    """One answer for each status, basis and length of request id, at one place in a log."""
    for request_id in REQUEST_IDS:
        for status in BOTH:
            for grounds in GROUNDS if status is Status.CONFIRMED else [()]:
                custodian = Custodian(profile, officers=officers)
                told = {"request_id": request_id, "rests_on": grounds}
                yield status, custodian.answer(custodian.statement(status, **told))


@pytest.fixture(scope="module", params=["modern", "fips"])
def pile(request):
    return list(answers(request.param))


def test_the_length_of_what_is_sealed_is_always_the_same(pile):
    lengths = {
        (len(one["ciphertext"]), part)
        for _, raw in pile
        for part in ("sealed", "entry")
        for one in json.loads(raw)[part]
    }
    assert len(lengths) == 2


def test_the_length_of_the_file_tells_nothing(pile):
    """An ECDSA signature of the log (``fips``) varies by a few bytes, by chance and for both."""
    lengths = {len(_without_log_signature(raw)) for _, raw in pile}
    assert len(lengths) == 1


def test_the_fields_in_clear_are_the_same_for_both(pile):
    """Nothing that varies between the two statuses is readable: only ciphertext and hashes do."""
    shapes = {_shape(raw) for _, raw in pile}
    assert len(shapes) == 1


def test_with_keys_of_one_length_the_modern_files_are_of_one_length():
    assert len({len(raw) for _, raw in answers("modern")}) == 1


def test_the_answer_compresses_no_better_when_it_is_short():
    """Padding is inside the encryption: the zeros cannot be seen."""
    custodian = Custodian()
    for status in BOTH:
        sealed = json.loads(custodian.answer(custodian.statement(status)))["sealed"][0]
        assert not re.search(r"A{12}", sealed["ciphertext"])


def test_one_block_holds_the_statement_to_the_most_recipients():
    """Or else the number of blocks would follow the length of ids, which differ a little."""
    officers = tuple(f"officer-{number:02}" for number in range(64))
    custodian = Custodian(officers=officers)
    statement = custodian.statement(request_id="\U0001f5dd" * 200)
    part = seal(
        statement, custodian.release_key, custodian.sealing_keys, allowed=ALLOWED, tells=TELLS
    )
    overhead = 32 + 16
    assert {len(one.ciphertext) for one in part.sealed} == {STATEMENT_BLOCK + overhead}


def test_the_acknowledged_notice_does_not_show_either():
    sizes = set()
    for acknowledged in (True, False):
        custodian = Custodian()
        terms = conditions_of_use(
            worded("/us/usc/t26/s6103/i/2"),
            recipients=custodian.officers,
            dispose_by=custodian.statement().released_on,
            ai_notice_acknowledged=acknowledged,
        )
        sizes.add(len(custodian.answer(custodian.statement(conditions=terms))))
    assert len(sizes) == 1


def _without_log_signature(raw):
    said = json.loads(raw)
    text, _, _ = said["proof"].rpartition("\n\n")
    return canonical(said | {"proof": text})


def _shape(raw):
    """The file with every random-looking run of letters taken out."""
    clear = json.loads(raw)
    for part in ("sealed", "entry"):
        for one in clear[part]:
            one["ciphertext"] = one["recipient"] = ""
    return re.sub(rb"[A-Za-z0-9+/]{43,}=*", b"", canonical(clear))
