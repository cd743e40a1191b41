"""A request that could never be answered is a row error at once, not after two approvals."""

import pytest

from ostiary.deciding.intake.requests import one_request

LAWFUL = {"request_id": "R-1", "agency": "dhs-ice", "recipients": ["officer-1"]}


@pytest.mark.parametrize("request_id", ["x", "0", "Ä-1 b", "=1+1", "r" * 200, "案件 7"])
def test_ids_that_an_answer_can_name(con, request_id):
    assert one_request(con, LAWFUL | {"request_id": request_id}) == ()


@pytest.mark.parametrize("request_id", ["r" * 201, "a\nb", "a\x07b", "a\u200bb", "a\u2028b"])
def test_ids_that_an_answer_cannot_name(con, request_id):
    codes = [error.code for error in one_request(con, LAWFUL | {"request_id": request_id})]
    assert codes[-1] == "bad-request-id"
    assert set(codes) <= {"bad-request-id", "invisible-character"}  # a sign that hides is named too


def test_more_recipients_than_an_answer_is_sealed_to(con):
    named = [f"officer-{number}" for number in range(65)]
    codes = [error.code for error in one_request(con, LAWFUL | {"recipients": named})]
    assert codes == ["too-many-recipients"]
    assert one_request(con, LAWFUL | {"recipients": named[:64]}) == ()
