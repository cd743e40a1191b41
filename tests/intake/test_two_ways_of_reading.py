"""The fast way and the careful way of reading CSV must never tell different stories."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ostiary.deciding.intake.readers import KEPT, Loading
from ostiary.deciding.intake.requests import read_requests
from ostiary.domain.columns import Column
from ostiary.domain.errors import InputError
from request_file import csv_bytes, errors_of, put, request

COLUMNS = tuple(Column(name, "text", "") for name in ("id", "one", "two", "three"))
WIDTH = len(COLUMNS)
HEADER = b"id,one,two,three"

# What a field may be made of: everything that readers of CSV are known to disagree about.
PIECES = [
    b"a", b"7", b" ", b"\t", b'"', b'""', b",", b"\n", b"\r", b"\r\n", b"\0", b"\xe9",
    "\u00e9\u00a0\u2028".encode(), b"\xef\xbb\xbf", b"NULL", b"NA", b"\\", b"'", b"#", b";", b"\\N",
]  # fmt: skip
raw = st.lists(st.sampled_from(PIECES), max_size=4).map(b"".join)
quoted = raw.map(lambda text: b'"' + text.replace(b'"', b'""') + b'"')
plain = st.sampled_from([b"", b"x", b"2025-08-01", b"true", b"R1", b"R2", b'""', b"NULL"])
field = st.one_of(plain, plain, plain, quoted, raw)


@st.composite
def rows(draw):
    """One row: now and then with a field too few or too many."""
    width = WIDTH + draw(st.sampled_from([0, 0, 0, 0, 0, -1, 1, 2]))
    first = draw(st.sampled_from([b"R1", b"R2", b"", b'"R,4"', b' "R5"', b'"R6" ']))
    return b",".join([first, *(draw(field) for _ in range(width - 1))])


files = st.tuples(
    st.sampled_from([b"", b"\xef\xbb\xbf"]),
    st.sampled_from([b"\n", b"\r\n"]),
    st.lists(
        st.one_of(rows(), rows(), rows(), st.sampled_from([b"", b" "])), min_size=1, max_size=5
    ),
    st.sampled_from([b"", b"\n", b"\r\n", b"\n\n\n", b"\r"]),
).map(lambda t: t[0] + HEADER + t[1] + t[1].join(t[2]) + t[3])


def told(con, path, *, fast):
    """Everything that reading a file leaves behind: each row cleaned, or how it is damaged."""
    shape = "SELECT id, one, two, three, _odd, _suspect, {} FROM {}".format
    loading = Loading(
        con, path, COLUMNS, "lines", lambda rows: shape(", ".join(KEPT), rows), fast=fast
    )
    try:
        loading.load()
    except InputError as error:
        return str(error)
    return con.execute(
        "SELECT rowid, id, one, two, three, _odd, _suspect, _damage FROM lines"
    ).fetchall()


@settings(
    max_examples=80,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(content=files)
@example(content=HEADER + b"\n" + b"R1" + b"," * WIDTH + b"\n")  # one empty field too many
@example(content=HEADER + b"\n" + b' "R1"' + b"," * (WIDTH - 1) + b"\n")
@example(content=HEADER + b"\n" + b'  "R1"' + b"," * (WIDTH - 1) + b"\n")
@example(content=HEADER + b"\n" + b'"R1" ' + b"," * (WIDTH - 1) + b"\n")
@example(content=HEADER + b"\n" + b"R1" + b"," * (WIDTH - 1) + b' ""\n')
@example(content=HEADER + b"\n\n" + b"R1" + b"," * (WIDTH - 1) + b"\n")
@example(content=b"\n" + HEADER + b"\n" + b"R1" + b"," * (WIDTH - 1) + b"\n")
@example(content=HEADER + b"\r\n" + b' "R1"' + b"," * (WIDTH - 1) + b"\n")  # a byte less, one more
def test_whatever_the_file_both_ways_tell_the_same(con, tmp_path, content):
    path = put(tmp_path / "odd.csv", content)
    assert told(con, path, fast=True) == told(con, path, fast=False)


def many(count=2000):
    return [request(request_id=f"R{n}", reason=f'because "{n}",\nand so on') for n in range(count)]


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_file_in_order_is_read_the_fast_way_and_in_its_own_order(con, tmp_path, newline):
    path = put(tmp_path / "requests.csv", csv_bytes(*many(), newline=newline))
    result = read_requests(con, path)
    assert not result.careful
    found = con.execute("SELECT row, request_id FROM requests").fetchall()
    assert found == [(n + 1, f"R{n}") for n in range(2000)]


def test_one_damaged_row_among_thousands_costs_only_itself(con, tmp_path):
    lines = csv_bytes(*(request(request_id=f"R{n}") for n in range(22_000))).splitlines(True)
    lines[20_001] = lines[20_001].replace(b"Ada", b"Ad\xe9")
    result = read_requests(con, put(tmp_path / "requests.csv", b"".join(lines)))
    assert (result.rows, result.requests, result.careful) == (22_000, 21_999, True)
    assert errors_of(con) == [(20_001, "", "unreadable-row")]
    found = con.execute("SELECT row, request_id FROM requests").fetchall()
    assert found == [(n + 1, f"R{n}") for n in range(22_000) if n != 20_000]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("last", ["", "end"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize(
    "reasons",
    [
        ("serve process",) * 4,
        ("serve process\nin this matter", "find the person", "\nserve", "serve\n\n"),
    ],
)
def test_a_row_with_an_error_stands_on_its_line_however_it_is_read(
    con, tmp_path, end, last, mark, reasons
):
    """The fast way counts lines only where values hold line ends."""
    told = [request(request_id=f"R{n}", reason=reason) for n, reason in enumerate(reasons, start=1)]
    for row in told[1:]:
        row["birth_date"] = "1980-02-30"
    text = csv_bytes(*told, newline=end).decode()
    whole = text if last else text.removesuffix(end)
    path = put(tmp_path / "requests.csv", (mark + whole).encode())
    found = []
    for fast in (True, False):
        assert read_requests(con, path, fast=fast).careful is not fast
        found.append(con.execute("SELECT row, line FROM row_errors ORDER BY row").fetchall())
    assert found[0] == found[1]
    before = [reason.count("\n") for reason in reasons]
    assert found[0] == [(n, n + 1 + sum(before[: n - 1])) for n in (2, 3, 4)]
