"""Names looked up where they lie say what a dictionary of them says."""

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from ostiary.deciding.reference.census import names_of, slips_listed
from ostiary.deciding.reference.files import read_arrow, write_arrow
from ostiary.deciding.reference.known_names import KnownNames

words = st.text("ABCXYZ", min_size=1, max_size=4)
borne = st.dictionaries(words, st.booleans(), max_size=30)


def _table(**kinds):
    rows = [
        {"kind": kind, "name": name, "known": known}
        for kind, names in sorted(kinds.items())
        for name, known in sorted(names.items())
    ]
    columns = [("kind", pa.string()), ("name", pa.string()), ("known", pa.bool_())]
    return pa.Table.from_pylist(rows, pa.schema(columns))


@given(borne, borne, st.lists(words))
def test_a_name_is_known_as_a_dictionary_has_it(given_names, surnames, others):
    table = _table(given=given_names, surname=surnames)
    for kind, names in (("given", given_names), ("surname", surnames)):
        found = KnownNames(table, kind)
        for name in (*given_names, *surnames, *others, "", *given_names):
            assert found.get(name) == names.get(name)
            assert (name in found) == (name in names)


def test_listed_names_are_found_on_disk(tmp_path):
    listed = names_of("surname")["name"].sort()
    kinds = pa.array(["surname"] * len(listed))
    known = pa.array([True] * len(listed))
    write_arrow(tmp_path / "names", pa.table({"kind": kinds, "name": listed, "known": known}))
    found = KnownNames(read_arrow(tmp_path / "names"), "surname")
    assert [found.get(name) for name in listed.to_pylist()[::997]] == [True] * len(listed[::997])
    assert found.get("ZZZZZZZ") is None


def test_slips_of_the_commonest_names_are_no_names_whatever_lists_count():
    for kind, slip, names in (
        ("given", "CHRISTOPEHR", ("AIDEEN", "DAVIEL", "EDWARDA", "BRAIN")),
        ("surname", "RODRIGEUZ", ("PETERSSON", "MILTER", "COOPE")),
    ):
        listed, slips = set(names_of(kind)["name"].to_pylist()), slips_listed(kind).to_pylist()
        assert slip in slips
        assert listed.isdisjoint(slips)
        assert listed.issuperset(names)
