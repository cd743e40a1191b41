"""A request has the columns of a request file, each of the kind that intake makes of it."""

from datetime import date
from typing import get_type_hints

import pytest

from ostiary.deciding.intake.tables import TYPED_REQUESTS
from ostiary.domain.columns import REQUEST
from ostiary.domain.request import Request

KINDS = {
    "VARCHAR": str | None,
    "DATE": date | None,
    "BOOLEAN": bool,
    "VARCHAR[]": list[str] | None,
    "INTEGER[]": list[int] | None,
}


def test_a_request_has_the_columns_of_the_file_in_their_order():
    assert list(get_type_hints(Request)) == [column.name for column in REQUEST]


@pytest.mark.parametrize("name", [column.name for column in REQUEST])
def test_each_is_of_the_kind_that_the_table_of_requests_has(name):
    assert get_type_hints(Request)[name] == KINDS[TYPED_REQUESTS.columns[name]]
