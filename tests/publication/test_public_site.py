"""The public site says what the book says, hides nothing that it says, and knows no case."""

import csv
import io
import re
import shutil
from datetime import date

import pytest

from chromium import chromium, faults_of
from ostiary.deciding.law.reading import read_book, read_instrument
from ostiary.deciding.law.shipped import shipped_book
from ostiary.domain.errors import BookError, InputError
from ostiary.office.publication.catalog import COLUMNS, as_csv, as_json_ld
from ostiary.office.publication.register import LISTED, register_of
from ostiary.office.publication.site import publish_site
from ostiary.office.recovery.entering import at_work

TODAY = date(2025, 8, 13)
AGREEMENT = "treasury-dhs-2025"


@pytest.fixture(scope="module")
def register():
    return {one.id: one for one in register_of(read_book(shipped_book()))}


@pytest.fixture(scope="module")
def root(served_office, tmp_path_factory):
    """An office that has run a file."""
    copy = tmp_path_factory.mktemp("office") / "office"
    shutil.copytree(served_office, copy)
    return copy


@pytest.fixture(scope="module")
def site(root):
    """The public site of it."""
    folder = root.parent / "site"
    with at_work(root, on=TODAY) as place:
        publish_site(place, folder)
    return folder


def test_every_agreement_order_and_policy_is_in_the_register(register):
    book = read_book(shipped_book())
    assert set(register) == {one.id for one in book.instruments if one.layer in LISTED}


def test_an_entry_says_who_under_which_power_and_for_how_long(register):
    one = register[AGREEMENT]
    assert [party.role for party in one.parties] == ["discloses", "receives"]
    assert one.powers == ("26 U.S.C. 6103(i)(2)",)
    assert one.items == ("address-confirmation", "mailing-address")
    assert (one.signed, one.review, one.period.last) == (date(2025, 4, 7), None, None)
    assert one.choice.startswith("the parties' choice")
    assert {clause.id for clause in one.clauses} >= {"dhs2025.party", "dhs2025.offense"}


def test_a_provision_that_a_text_leaves_out_is_no_power_of_it(register):
    assert all("6103(i)(1)" not in power for power in register["fan-out"].powers)


@pytest.mark.parametrize(
    ("day", "standing"),
    [
        (date(2025, 9, 4), "not yet in force"),
        (date(2025, 9, 5), "in force"),
        (date(2025, 11, 20), "in force"),
        (date(2025, 11, 21), "ended"),
    ],
)
def test_standing_is_of_the_day(register, day, standing):
    assert register["ddc-2025-09-05"].standing(day) == standing


@pytest.mark.parametrize(
    ("day", "hidden"),
    [(date(2025, 4, 6), 0), (date(2025, 5, 12), 2), (date(2025, 5, 13), 1)],
)
def test_what_is_withheld_is_of_the_day(register, day, hidden):
    assert len(register[AGREEMENT].hidden(day)) == hidden


def test_the_register_as_data_says_the_same(register):
    entries = tuple(register.values())
    told = as_json_ld(entries, "example.invalid/office", TODAY)
    assert told["@type"] == "dcat:Catalog"
    assert [one["dct:identifier"] for one in told["dcat:resource"]] == list(register)
    rows = list(csv.DictReader(io.StringIO(as_csv(entries, TODAY))))
    assert tuple(rows[0]) == COLUMNS
    assert [row["standing"] for row in rows] == [
        one["ostiary:standing"] for one in told["dcat:resource"]
    ]


ENDED = "{part: p, ground: g, by: b, since: 2025-02-01, until: 2025-01-01}"
REGISTER = """register:
  parties: [{name: A, role: discloses}]
  purpose: to try
"""


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("role: discloses", "role: helps", "is no `helps`"),
        ("  purpose: to try\n", "", "not as it is laid out"),
        ("  purpose: to try\n", "  purpose: to try\n  colour: blue\n", "not as it is laid out"),
        ("  purpose: to try\n", "  purpose: to try\n  signed: soon\n", "must be a day"),
        ("[{name: A, role: discloses}]", "A", "is a list"),
        (
            "  purpose: to try\n",
            "  purpose: to try\n  withheld: [" + ENDED + "]\n",
            "ends before it begins",
        ),
    ],
)
def test_a_registration_that_is_not_as_laid_out_is_refused(tmp_path, old, new, says):
    shipped = (shipped_book() / "policies" / "fan-out.md").read_text()
    path = tmp_path / "fan-out.md"
    path.write_text(shipped.replace("read:\n", REGISTER + "read:\n", 1))
    assert read_instrument(path).registration.purpose == "to try"
    path.write_text(shipped.replace("read:\n", REGISTER.replace(old, new) + "read:\n", 1))
    with pytest.raises(BookError, match=says):
        read_instrument(path)


def test_no_decision_reads_a_registration(tmp_path):
    shipped = (shipped_book() / "policies" / "fan-out.md").read_text()
    path = tmp_path / "fan-out.md"
    path.write_text(shipped)
    before = read_instrument(path).meaning
    path.write_text(shipped.replace("read:\n", REGISTER + "read:\n", 1))
    assert read_instrument(path).meaning == before


def test_every_link_leads_somewhere_on_the_site(site):
    pages = sorted(site.rglob("*.html"))
    assert len(pages) == len(list((site / "register").glob("*.html"))) + 3
    for page in pages:
        for link in re.findall(r'(?:href|src)="([^"#]+)', page.read_text("utf-8")):
            assert "://" not in link, f"{page}: nothing comes from elsewhere"
            assert (page.parent / link).exists(), f"{page}: {link}"
        assert "<script" not in page.read_text("utf-8")


def test_the_checkpoint_on_the_site_is_that_of_the_log(site, root):
    published = root / "accounting" / "checkpoint"
    assert (site / "log" / "checkpoint").read_bytes() == published.read_bytes()


def test_nothing_of_a_case_is_on_the_site(site, world):
    with (world / "requests.csv").open(encoding="utf-8", newline="") as file:
        asked = [row for row, _ in zip(csv.DictReader(file), range(200), strict=False)]
    kept = {
        row[name] for row in asked for name in ("request_id", "surname", "address_line", "reason")
    }
    files = [path for path in site.rglob("*") if path.is_file()]
    whole = "\n".join(path.read_text("utf-8") for path in files)
    words = set(re.findall(r"[\w'-]+", whole))
    assert not kept & words
    assert not [one for one in kept if " " in one and one in whole]


def test_what_stands_in_a_folder_is_not_written_over(site, root):
    with at_work(root, on=TODAY) as place:
        with pytest.raises(InputError, match="something"):
            publish_site(place, site)
        with pytest.raises(InputError, match="inside the office"):
            publish_site(place, root / "public")
        with pytest.raises(InputError, match="no annual report"):
            publish_site(place, site.parent / "other", report=site)
    assert not (site.parent / "other").exists()


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 390, 320])
def test_its_pages_are_clean_for_people_with_disabilities(site, width):
    with chromium() as browser:
        for scheme in ("light", "dark"):
            page = browser.new_context(
                viewport={"width": width, "height": 900}, color_scheme=scheme
            ).new_page()
            for path in ("index.html", f"register/{AGREEMENT}.html", "log/index.html"):
                page.goto((site / path).as_uri())
                assert faults_of(page) == []
                assert page.evaluate("document.documentElement.scrollWidth") <= width
