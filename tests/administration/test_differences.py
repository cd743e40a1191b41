"""What a change of a register changes, and when one person alone may close a door."""

from types import SimpleNamespace

import pytest

from ostiary.domain.register_columns import REGISTERS
from ostiary.office.administration.differences import LETS_IN, only_ends_rows, row_changes
from ostiary.office.administration.governed_files import MEANINGS, Kind
from ostiary.office.administration.register_rows import empty, read_rows

HEAD = "agency,url,from,until\n"
STANDS = f"{HEAD}dhs-ice,https://a.example/,2025-01-01,\ndhs,https://b.example/,2025-01-01,\n"


def of(register):
    return SimpleNamespace(kind=Kind.REGISTER, register=register)


@pytest.mark.parametrize(
    ("after", "alone"),
    [
        (STANDS.replace("a.example/,2025-01-01,", "a.example/,2025-01-01,2025-06-01"), True),
        (STANDS.replace("a.example/,2025-01-01,", "evil.example/,2025-01-01,2025-06-01"), False),
        (STANDS.replace("2025-01-01,\n", "2025-01-01,2025-06-01\n"), True),
        (f"{HEAD}dhs,https://b.example/,2025-01-01,\n", False),  # a row of the book may come back
        (f"{STANDS}dhs,https://c.example/,2025-01-01,\n", False),
        (STANDS.replace("a.example/,2025-01-01,", "a.example/,2024-01-01,2025-06-01"), False),
        (STANDS, False),
    ],
)
def test_one_alone_may_end_rows_and_nothing_else(after, alone):
    assert only_ends_rows(of("webhooks"), STANDS.encode(), after.encode()) is alone


def test_to_end_later_or_never_again_opens_a_door():
    ended = STANDS.replace("a.example/,2025-01-01,", "a.example/,2025-01-01,2025-06-01").encode()
    later = ended.replace(b"2025-06-01", b"2025-07-01")
    assert not only_ends_rows(of("webhooks"), ended, later)
    assert not only_ends_rows(of("webhooks"), ended, STANDS.encode())


@pytest.mark.parametrize("register", sorted(set(REGISTERS) - LETS_IN))
def test_where_a_row_binds_somebody_its_end_needs_two(register):
    names = [column.name for column in REGISTERS[register]]
    if "until" not in names:
        return
    row = ["x" for _ in names]
    row[names.index("until")] = ""
    before = f"{','.join(names)}\n{','.join(row)}\n"
    row[names.index("until")] = "2025-06-01"
    after = f"{','.join(names)}\n{','.join(row)}\n"
    assert not only_ends_rows(of(register), before.encode(), after.encode())


def test_every_register_says_what_it_holds_and_is_declared():
    assert set(MEANINGS) == set(REGISTERS)
    assert set(REGISTERS) >= LETS_IN


def test_a_row_is_compared_with_the_row_of_its_id():
    after = STANDS.replace("b.example", "c.example").encode()
    [one] = row_changes("webhooks", STANDS.encode(), after)
    assert one.differing == ("url",)
    [come] = row_changes("webhooks", None, f"{HEAD}dhs,https://b.example/,2025-01-01,\n".encode())
    assert come.was is None


def test_rows_are_written_as_they_are_read():
    rows = empty("officers").with_row({"officer": "o,1", "agency": 'a "b"', "from": "2025-01-01"})
    assert read_rows("officers", rows.content()) == rows
    short = read_rows("officers", b"officer,agency,employee,from,until\na,b,true,2025-01-01,\n")
    longer = short.with_row({"officer": "c", "encryption_key": "k"})
    assert longer.row(0)["encryption_key"] == ""
    assert longer.row(1)["encryption_key"] == "k"
    assert longer.without(1).rows[0][:5] == short.rows[0]


@pytest.mark.parametrize(
    "written",
    [
        STANDS.replace(",", ";"),
        "sep=;\n" + STANDS.replace(",", ";"),
        STANDS.replace(HEAD, HEAD.upper()),
        STANDS.replace("\n", ",,\n"),
        "\ufeffWebhooks\n" + STANDS,
    ],
)
def test_a_register_in_another_dialect_is_edited_as_what_it_says(written):
    plain = read_rows("webhooks", STANDS.encode())
    assert read_rows("webhooks", written.encode()) == plain
    assert read_rows("webhooks", plain.content()) == plain
