"""A receipt is read as it was signed, and says nothing that its kind cannot say."""

import base64
import json
from dataclasses import replace
from datetime import date

import pytest

from ostiary.domain.errors import InputError
from ostiary.verifying.answers.receipts import (
    PREDICATE_TYPE,
    Analysis,
    How,
    Receipt,
    ReceiptKind,
    check_receipt,
    read_receipt,
    sign_receipt,
)
from ostiary.verifying.keys.files import new_signing_key

KEY = new_signing_key()
OPENED = Receipt(
    ReceiptKind.OPENED,
    How.NOT_YET,
    "ostiary.invalid/one",
    "answer-1",
    "officer-7",
    date(2025, 8, 20),
    "a" * 64,
)
CERTIFICATE = replace(OPENED, kind=ReceiptKind.DISPOSED, how=How.DESTROYED)


@pytest.mark.parametrize("analysis", Analysis)
def test_a_certificate_says_whether_the_condition_on_analysis_was_kept(analysis):
    certificate = replace(CERTIFICATE, analysis=analysis)
    raw = sign_receipt(certificate, KEY)
    assert read_receipt(raw) == certificate
    assert check_receipt(raw, [KEY.public_key()]) == certificate


def test_a_receipt_of_opening_says_nothing_of_what_is_to_come():
    with pytest.raises(InputError, match="only a certificate"):
        read_receipt(sign_receipt(replace(OPENED, analysis=Analysis.NONE), KEY))


def test_what_says_nothing_of_it_is_of_the_first_version():
    """So an office of an older Ostiary takes it as ever."""
    payload = base64.b64decode(json.loads(sign_receipt(CERTIFICATE, KEY))["envelope"]["payload"])
    assert PREDICATE_TYPE.encode() in payload
    assert b"artificial" not in payload
