"""Stories of the registers: what overlays what, what is refused, what the digest stands for."""

from datetime import date
from pathlib import Path

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from ostiary.deciding.intake.registers import canonical_text, load_registers, read_registers
from ostiary.deciding.law.shipped import shipped_book
from ostiary.domain.errors import BookError
from ostiary.office.rulings.conditions_of_use import ai_notice_of
from request_file import put, tables_of

AGENCIES = (
    "agency,name,federal,from,until\nice,Immigration,true,2025-01-01,\nirs,Taxes,true,2025-01-01,\n"
)
OFFICERS = "officer,agency,employee,from,until\no1,ice,true,2025-01-01,\no2,ice,false,2025-01-01,\n"


def folder(root: Path, name: str, **files: str) -> Path:
    """A folder of registers."""
    made = root / name
    made.mkdir(exist_ok=True)
    for register, text in files.items():
        put(made / f"{register}.csv", text.encode())
    return made


def test_registers_become_typed_tables_and_those_nobody_has_are_empty(con, tmp_path):
    load_registers(con, [folder(tmp_path, "book", agencies=AGENCIES, officers=OFFICERS)])
    names = (
        "agencies",
        "agreements",
        "arrangements",
        "clients",
        "conditions",
        "court_leaves",
        "court_notices",
        "notices",
        "offense_parts",
        "offenses",
        "officers",
        "parameters",
        "people_in_orders",
        "provision_classes",
        "receipt_keys",
        "retention",
        "reviewers",
        "safeguards",
        "signers",
        "suspensions",
        "webhooks",
    )
    assert tables_of(con) == [f"reg_{name}" for name in names]
    found = con.execute(
        'SELECT officer, employee, "from", "until", encryption_key FROM reg_officers'
    )
    assert found.fetchall() == [
        ("o1", True, date(2025, 1, 1), None, None),
        ("o2", False, date(2025, 1, 1), None, None),
    ]
    assert con.execute("SELECT count(*) FROM reg_notices").fetchall() == [(0,)]


def test_the_shipped_registers_load(con):
    assert load_registers(con, [shipped_book() / "registers"]).startswith("sha256:")
    assert con.execute("SELECT count(*) > 0 FROM reg_signers").fetchall() == [(True,)]


CLASS = "provision,concerns,class,within,from,until,read_on\n/us/usc/t8/s1227/a,removal_basis,"


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        ("deportible,true,2025-01-01,,2023-04-20\n", "no rule asks for this class"),
        ("housing,true,2025-01-01,,2023-04-20\n", "no rule asks for this class"),
        (
            (
                "deportable,true,2025-01-01,,2023-04-20\n"
                "/us/usc/t8/s1227/a,removal_basis,inadmissible,true,2026-01-01,,2023-04-20\n"
            ),
            "has a class already",
        ),
        (
            (
                "deportable,true,2025-01-01,2025-12-31,2023-04-20\n"
                "/us/usc/t8/s1227/a,removal_basis,deportable,true,2025-12-31,2026-01-31,2023-04-20\n"
            ),
            "has a class already",
        ),
        (
            (
                "deportable,true,2025-01-01,2025-12-31,2023-04-20\n"
                "8 USC 1182,removal_basis,inadmissible,true,2025-01-01,,2023-04-20\n"
            ),
            "no identifier of the United States Code",
        ),
        (
            (
                "deportable,true,2025-01-01,2025-12-31,2023-04-20\n"
                "/us/usc/t8/s1182,reason,inadmissible,true,2025-01-01,,2023-04-20\n"
            ),
            "no request names",
        ),
    ],
)
def test_a_class_that_no_rule_asks_for_or_that_another_row_gives_otherwise(
    con, tmp_path, rows, what
):
    registers = folder(tmp_path, "office", provision_classes=CLASS + rows)
    with pytest.raises(BookError, match=what):
        load_registers(con, [registers])


CIVIL_BY_THEIR_HEADING = (
    # suits of citizens, of States, of whoever was harmed; remedies, liability, orders to cease
    "t33/s1365", "t42/s7604", "t42/s6972", "t42/s9659", "t30/s1270", "t15/s15", "t15/s15c",
    "t42/s3613", "t49/s60121", "t17/s504", "t29/s185", "t29/s216/b", "t16/s1540/g",
    "t12/s1818/b", "t15/s78u-3",
)  # fmt: skip
STILL_CRIMES = ("t33/s1319", "t33/s412", "t33/s442", "t29/s216", "t16/s1540", "t42/s7413", "t15/s1")


WITHIN_A_CRIME = {
    # what stands within a section that punishes, read one by one in the Code of 20 April 2023
    **dict.fromkeys(
        ("t8/s1324/b", "t21/s842/c/1", "t22/s2778/e", "t29/s501/a", "t29/s501/b"), "civil"
    ),
    **dict.fromkeys(("t7/s2024/f", "t42/s408/b"), "undetermined"),
    # who arrests, which court judges, what is proved or a defence; money, reports, effect
    **dict.fromkeys(
        (
            "t8/s1324/c", "t8/s1324/d", "t8/s1324/e", "t8/s1326/d", "t18/s1028/i", "t18/s373/b",
            "t18/s1956/f", "t18/s1956/i", "t18/s2339B/d", "t18/s1512/g", "t16/s470ee/e",
        ),
        "undetermined",
    ),
    **dict.fromkeys(("t8/s1324", "t21/s842", "t22/s2778", "t29/s501", "t42/s408"), "criminal"),
    # what punishes, and what is charged with it, has no row and is of the section's kind
    **dict.fromkeys(
        (
            "t8/s1324/a", "t8/s1325/a", "t8/s1325/c", "t8/s1326/a", "t8/s1326/b", "t18/s1001/a",
            "t18/s1001/c", "t18/s1028/a", "t18/s1028/f", "t18/s1028A/a", "t18/s1029/h",
            "t21/s841/a", "t21/s841/b", "t21/s841/h", "t31/s5322/a", "t31/s5324/a", "t18/s956/b",
        ),
        None,
    ),
}  # fmt: skip


def test_what_a_section_that_punishes_has_beside_its_crime_is_none(con):
    load_registers(con, [shipped_book() / "registers"])
    kinds = dict(con.execute("SELECT offense, kind FROM reg_offenses").fetchall())
    assert {one: kinds.get(f"/us/usc/{one}") for one in WITHIN_A_CRIME} == WITHIN_A_CRIME


def test_what_the_code_heads_as_somebodys_suit_is_civil_and_what_punishes_is_not(con):
    load_registers(con, [shipped_book() / "registers"])
    kinds = dict(con.execute("SELECT offense, kind FROM reg_offenses").fetchall())
    assert {one: kinds.get(f"/us/usc/{one}") for one in CIVIL_BY_THEIR_HEADING} == dict.fromkeys(
        CIVIL_BY_THEIR_HEADING, "civil"
    )
    assert {kinds.get(f"/us/usc/{one}") for one in STILL_CRIMES} == {"criminal"}
    # Officers of a foreign agent are prosecuted: liability, and no civil one (22 USC 617).
    assert "/us/usc/t22/s617" not in kinds


def test_a_later_folder_replaces_all_rows_of_an_id_and_leaves_the_others(con, tmp_path):
    book = folder(
        tmp_path, "book", agencies=AGENCIES, officers=OFFICERS + "o1,irs,true,2024-01-01,\n"
    )
    office = folder(
        tmp_path,
        "office",
        officers="officer,agency,employee,from,until\no1,irs,false,2025-06-01,\n",
    )
    load_registers(con, [book, office])
    found = con.execute("SELECT officer, agency, employee FROM reg_officers ORDER BY 1").fetchall()
    assert found == [("o1", "irs", False), ("o2", "ice", False)]


@pytest.mark.parametrize(
    ("name", "header", "rows", "over", "left"),
    [
        (
            "signers",
            "signer,agency,office,from,until\n",
            "s,ice,agency-head,2025-01-01,\ns,irs,agency-head,2025-01-01,\n",
            "s,irs,other,2025-02-01,\n",
            [("s", "ice"), ("s", "irs")],
        ),
        (
            "notices",
            "agency,kind,given_on,acknowledged_on\n",
            "ice,cloud,2025-01-01,\nice,artificial-intelligence,2025-01-01,\n",
            "ice,cloud,2025-02-01,2025-02-02\n",
            [("ice", "artificial-intelligence"), ("ice", "cloud")],
        ),
    ],
)
def test_signers_and_notices_are_known_by_two_columns(
    con, tmp_path, name, header, rows, over, left
):
    book = folder(tmp_path, "book", agencies=AGENCIES, **{name: header + rows})
    load_registers(con, [book, folder(tmp_path, "office", **{name: header + over})])
    rows = f"SELECT * FROM reg_{name} ORDER BY #1, #2"
    overlaid = con.execute(rows).fetchall()
    load_registers(con, [book])
    before = con.execute(rows).fetchall()
    assert [row[:2] for row in overlaid] == left
    assert (overlaid[0] == before[0], overlaid[1] == before[1]) == (True, False)


def test_a_folder_that_is_not_there_changes_nothing(con, tmp_path):
    book = folder(tmp_path, "book", agencies=AGENCIES)
    assert load_registers(con, [book]) == load_registers(con, [book, tmp_path / "nowhere"])


def test_the_digest_stands_for_the_rows_not_for_the_files(con, tmp_path):
    whole = load_registers(con, [folder(tmp_path, "a", agencies=AGENCIES, officers=OFFICERS)])
    header, first, second = OFFICERS.splitlines(True)
    one = folder(tmp_path, "b", agencies=AGENCIES.replace("\n", "\r\n"), officers=header + second)
    two = folder(tmp_path, "c", officers="\ufeff" + header + first.replace("true", " TRUE "))
    assert load_registers(con, [one, two]) == whole
    other = folder(tmp_path, "c", officers=header + first.replace("true", "false"))
    assert load_registers(con, [one, other]) != whole


OFFICER = "officer,agency,employee,from,until\n"
NOTICE = (
    "agency,kind,given_on,acknowledged_on,system,model,purpose,runs_at,responsible\n"
    "ice,{},2025-01-01,,{}\n"
)
SAFEGUARDS = "agency,report_date,corrective_plan_due,suspended_from,suspended_until\n"


@pytest.mark.parametrize(
    ("name", "text", "where"),
    [
        ("officers", OFFICER + "o1,ice,true,2025-13-01,\n", "row 1 column from"),
        ("officers", OFFICER + "o1,ice,true,20250101,\n", "row 1 column from"),
        ("officers", OFFICER + "o1,ice,true,,\n", "row 1 column from"),
        ("officers", OFFICER + "o1,ice,true,2025-02-01,2025-01-31\n", "row 1 column until"),
        ("officers", OFFICER + "o1,ice,yes,2025-01-01,\n", "row 1 column employee"),
        ("officers", OFFICER + ",ice,true,2025-01-01,\n", "row 1 column officer"),
        ("officers", OFFICER + "o1,fbi,true,2025-01-01,\n", "row 1 column agency"),
        ("officers", OFFICER + "o1,ice,true,2025-01-01\n", "officers.csv row 1"),
        ("officers", OFFICER + "o1,\xe9\ud7ff,true\n", "officers.csv row 1"),
        ("officers", "officer,agency,employee,from\n", "officers.csv"),
        (
            "officers",
            OFFICER.replace("until", "untill") + "o,ice,true,2025-01-01,\n",
            "officers.csv",
        ),
        ("officers", "", "officers.csv"),
        ("officer", OFFICER, "officer.csv"),
        ("notices", NOTICE.format("artificial-intelligence", "Sieve,Sieve 3,,a cloud,o1"), "row 1"),
        ("notices", NOTICE.format("cloud", "Sieve,Sieve 3,sorting,a cloud,o1"), "row 1"),
        (
            "notices",
            NOTICE.format("artificial-intelligence", f"{'S' * 61},m,p,a,r"),
            "row 1",
        ),
        (
            "safeguards",
            SAFEGUARDS + "ice,2025-01-01,,2025-03-01,2025-02-01\n",
            "row 1 column suspended_until",
        ),
        (
            "safeguards",
            SAFEGUARDS + "ice,2025-01-01,,,\nice,2025-02-01,,,\n",
            "row 2 column agency",
        ),
    ],
)
def test_one_wrong_row_refuses_the_registers_and_says_where(con, tmp_path, name, text, where):
    made = folder(tmp_path, "book", agencies=AGENCIES, **{name: text})
    with pytest.raises(BookError) as caught:
        load_registers(con, [made])
    assert caught.value.where.endswith(where)
    assert tables_of(con) == []


ARRANGEMENTS = "agency,kind,from,until\nice,{},2025-01-01,\n"
PEOPLE = (
    "order,given_name,surname,birth_date,salt,from,until\no,,{},{}," + "0" * 32 + ",2025-01-01,\n"
)


@pytest.mark.parametrize(
    ("name", "text", "where"),
    [
        ("officers", OFFICER + "N/A,ice,true,2025-01-01,\n", "row 1 column officer"),
        ("officers", OFFICER + "nan,ice,true,2025-01-01,\n", "row 1 column officer"),
        ("officers", OFFICER + "o1,ice,true,2025-01-01,TBD\n", "row 1 column until"),
        ("officers", OFFICER + "2.02516E+13,ice,true,2025-01-01,\n", "row 1 column officer"),
        ("officers", OFFICER + "2025160.0,ice,true,2025-01-01,\n", "row 1 column officer"),
        ("officers", OFFICER + "o\u200b1,ice,true,2025-01-01,\n", "row 1 column officer"),
        (
            "signers",
            "signer,agency,office,from,until\n4-Mar,ice,agency-head,2025-01-01,\n",
            "signer",
        ),
        (
            "signers",
            "signer,agency,office,from,until\nNULL,ice,agency-head,2025-01-01,\n",
            "signer",
        ),
        *(
            ("arrangements", ARRANGEMENTS.format(kind), "row 1 column kind")
            for kind in (
                *(
                    "Tax-Modelling",
                    "tax-modeling",
                    "tax modelling",
                    "Subcontractor",
                    "sub-contractor",
                ),
                *("live_data_testing", "Cloud", "cloud storage", "clo\u200bud", "N/A"),
            )
        ),
        ("people_in_orders", PEOPLE.format("N/A", ""), "row 1 column surname"),
        ("people_in_orders", PEOPLE.format("?", "1980-01-01"), "row 1 column surname"),
        ("people_in_orders", PEOPLE.format("Null", "1900-01-01"), "row 1 column birth_date"),
        (
            "court_leaves",
            "order,docket_entry,agency,from,until,provision\no,12,ice,2025-01-01,,NULL\n",
            "row 1 column provision",
        ),
    ],
)
def test_a_row_that_would_count_for_nothing_is_refused(con, tmp_path, name, text, where):
    made = folder(tmp_path, "book", agencies=AGENCIES, **{name: text})
    with pytest.raises(BookError) as caught:
        load_registers(con, [made])
    assert caught.value.where.endswith(where)
    assert caught.value.cure


@pytest.mark.parametrize("kind", ["cloud", "tax-modelling", "data-warehouse", "cloud-storage"])
def test_kinds_that_the_law_knows_and_others_load(con, tmp_path, kind):
    made = folder(tmp_path, "book", agencies=AGENCIES, arrangements=ARRANGEMENTS.format(kind))
    load_registers(con, [made])
    assert con.execute("SELECT kind FROM reg_arrangements").fetchall() == [(kind,)]


def test_who_is_called_null_is_protected(con, tmp_path):
    load_registers(con, [folder(tmp_path, "book", people_in_orders=PEOPLE.format("Null", ""))])
    assert con.execute("SELECT surname FROM reg_people_in_orders").fetchall() == [("Null",)]


def _quoted(text):
    rows = (line.split(",") for line in text.splitlines())
    return "\n".join(",".join(f'"{cell}"' for cell in row) for row in rows)


DIALECTS = {
    "semicolons": OFFICERS.replace(",", ";"),
    "tabs": OFFICERS.replace(",", "\t"),
    "sep line": "sep=;\n" + OFFICERS.replace(",", ";"),
    "capitals": OFFICERS.split("\n", 1)[0].upper() + "\n" + OFFICERS.split("\n", 1)[1],
    "title": "Officers, as of May\n\n" + OFFICERS,
    "byte order mark and returns": "\ufeff" + OFFICERS.replace("\n", "\r\n"),
    "nameless columns": OFFICERS.replace("\n", ",,\n"),
    "rows of commas": OFFICERS + ",,,,\n,,,,\n",
    "quoted": _quoted(OFFICERS),
    "midnights": OFFICERS.replace("-01,", "-01 00:00:00,"),
    "formulas": OFFICERS.replace("o1", '"=""o1"""'),
    "unseen signs at ends": OFFICERS.replace("ice", "\u200bice\u00a0\ufeff"),
}


@pytest.mark.parametrize("name", DIALECTS)
def test_a_register_says_the_same_in_each_dialect(con, tmp_path, name):
    whole = load_registers(con, [folder(tmp_path, "a", agencies=AGENCIES, officers=OFFICERS)])
    other = folder(tmp_path, "b", agencies=AGENCIES, officers=DIALECTS[name])
    assert load_registers(con, [other]) == whole


ROLES = [
    "law-enforcement, benefits",
    "law-enforcement and benefits",
    '[""law-enforcement"", ""benefits""]',
]


@pytest.mark.parametrize(
    "roles", [*ROLES, "law-enforcement | benefits", "law-enforcement\nbenefits"]
)
def test_roles_are_a_list_in_every_common_form(con, tmp_path, roles):
    header = "agency,name,federal,from,until,roles\n"
    text = f'{header}ice,Immigration,true,2025-01-01,,"{roles}"\n'
    load_registers(con, [folder(tmp_path, "a", agencies=text)])
    assert con.execute("SELECT roles FROM reg_agencies").fetchall() == [
        ("law-enforcement;benefits",)
    ]


def test_a_notice_with_all_its_parts_or_none_loads(con, tmp_path):
    whole = NOTICE.format("artificial-intelligence", "Sieve,Sieve 3,sorting,the data centre,o1")
    none = NOTICE.format("artificial-intelligence", ",,,,")
    for text in (whole, none, "agency,kind,given_on,acknowledged_on\nice,cloud,2025-01-01,\n"):
        load_registers(con, [folder(tmp_path, "book", agencies=AGENCIES, notices=text)])
    acknowledged = whole.replace(",,Sieve", ",2025-02-01,Sieve")
    registers = read_registers([folder(tmp_path, "book", notices=acknowledged)])
    described = "Sieve, model Sieve 3, for sorting, run at the data centre, under o1"
    assert ai_notice_of(registers, "ice", date(2025, 3, 1)) == described
    assert ai_notice_of(registers, "ice", date(2025, 1, 31)) == ""


def test_registers_load_on_a_connection_with_an_unread_result(con, tmp_path):
    con.execute("SELECT * FROM range(3)").fetchone()
    load_registers(con, [folder(tmp_path, "book", agencies=AGENCIES)])
    assert con.execute("SELECT count(*) FROM reg_agencies").fetchall() == [(2,)]


_TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@given(st.dictionaries(st.text("abc_z", min_size=1), st.none() | _TEXT | st.lists(_TEXT)))
def test_the_digest_is_of_canonical_json(value):
    assert canonical_text(value).encode() == rfc8785.dumps(value)


def test_what_json_escapes_is_escaped_as_rfc_8785_wants_it():
    text = "".join(map(chr, range(0x100))) + "\u2028\U0001f6aa"
    assert canonical_text({"text": text}).encode() == rfc8785.dumps({"text": text})


def test_every_row_that_cannot_be_used_is_named_at_once(tmp_path):
    rows = "agency,name,federal,from,until\na,A,true,soon,\nb,B,true,2025-01-01,\nc,C,maybe,,\n"
    (tmp_path / "agencies.csv").write_text(rows, encoding="utf-8")
    with pytest.raises(BookError) as caught:
        read_registers([tmp_path])
    assert caught.value.where.endswith("row 1 column from")
    assert "row 3 column federal" in caught.value.cure
    (tmp_path / "safeguards.csv").write_text("agency,report_date\na,2025-13-01\n", encoding="utf-8")
    with pytest.raises(BookError) as caught:
        read_registers([tmp_path])
    assert caught.value.where.endswith("row 1 column from")
    told = caught.value.cure.splitlines()
    assert "agencies.csv row 3" in told[1]
    assert "safeguards.csv" in told[2]
