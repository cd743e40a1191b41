"""The public site says what the book says, hides nothing that it says, and knows no case."""

import csv
import io
import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from chromium import chromium, faults_of
from html_outline import outline_faults
from ostiary.deciding.law.reading import read_book, read_instrument
from ostiary.deciding.law.registration import Role
from ostiary.deciding.law.shipped import shipped_book
from ostiary.domain.errors import BookError, InputError
from ostiary.domain.languages import Language
from ostiary.office import publication
from ostiary.office.folder.layout import create_office
from ostiary.office.folder.report_files import REPORT_FILES
from ostiary.office.publication.catalog import COLUMNS, as_csv, as_json_ld
from ostiary.office.publication.pages import Edition, PublishedLog, entry_page, index_page
from ostiary.office.publication.register import CHOICE, LISTED, register_of
from ostiary.office.publication.site import publish_site
from ostiary.office.publication.words import words_in
from ostiary.office.recovery.entering import at_work

TODAY = date(2025, 8, 13)
AGREEMENT = "treasury-dhs-2025"
TEMPLATES = Path(publication.__file__).with_name("templates")


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
    assert {clause.id for clause in one.clauses} >= {"dhs2025.offense", "dhs2025.order"}


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
    assert len(pages) == 2 * len(list((site / "register").glob("*.html"))) + 5
    for page in pages:
        for link in re.findall(r'(?:href|src)="([^"#]+)', page.read_text("utf-8")):
            assert "://" not in link, f"{page}: nothing comes from elsewhere"
            assert (page.parent / link).exists(), f"{page}: {link}"
        assert "<script" not in page.read_text("utf-8")


def test_no_page_skips_a_level_of_headings_or_stands_outside_its_landmarks(site):
    told = {page.name: outline_faults(page.read_text("utf-8")) for page in site.rglob("*.html")}
    assert {name: faults for name, faults in told.items() if faults} == {}


def test_every_sentence_of_the_site_has_its_spanish(register):
    sentences = set()
    for path in TEMPLATES.glob("*.html"):
        sentences |= set(re.findall(r'_\("([^"]+)"\)', path.read_text("utf-8")))
    for one in register.values():
        sentences |= {one.kind, one.choice, *(party.role for party in one.parties)}
    sentences |= {*LISTED.values(), *CHOICE.values(), *get_args(Role)}
    sentences |= {"in force", "ended", "not yet in force"}
    words = words_in(Language.SPANISH)
    assert not [one for one in sentences if words(one) == one]
    for one in sentences:
        assert set(re.findall(r"{\w+}", words(one))) == set(re.findall(r"{\w+}", one))


def test_each_page_leads_to_itself_in_the_other_language(site):
    pages = {path.relative_to(site) for path in site.rglob("*.html")}
    spanish = {path for path in pages if path.parts[0] == "es"}
    assert {Path(*path.parts[1:]) for path in spanish} == pages - spanish - {
        Path("book/index.html")
    }
    for path in pages - {Path("book/index.html")}:
        text = (site / path).read_text("utf-8")
        other = re.search(r'rel="alternate" hreflang="(..)" href="([^"]+)"', text)
        assert other[1] == ("en" if path in spanish else "es")
        assert f'<html lang="{"es" if path in spanish else "en"}">' in text
        away = (site / path).parent / other[2]
        there = path.relative_to("es") if path in spanish else Path("es") / path
        assert away.resolve() == (site / there).resolve()


def test_the_spanish_edition_says_the_same_days_and_figures(site):
    english = (site / "register" / f"{AGREEMENT}.html").read_text("utf-8")
    spanish = (site / "es" / "register" / f"{AGREEMENT}.html").read_text("utf-8")
    assert "7 April 2025" in english
    assert "7 de abril de 2025" in spanish
    assert "entrega los datos" in spanish
    for code in re.findall(r"<code>([^<]+)</code>", english):
        assert code in spanish


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


@pytest.fixture
def report(tmp_path):
    """A folder with an annual report, as far as the site looks into it."""
    folder = tmp_path / "report"
    folder.mkdir()
    for name in REPORT_FILES:
        (folder / name).write_text("of the report")
    return folder


def test_attack_what_lies_beside_a_report_is_published_with_it(root, report, tmp_path):
    """Counsel's table, a letter's index or custody's own file, put into the folder by hand."""
    beside = ("decisions.csv", "index.csv", "truth.json", "letters.html", "report.csv.bak", "R.csv")
    for name in beside:
        (report / name).write_text("Rosa Quill")
    (report / "statuses").mkdir()
    with at_work(root, on=TODAY) as place:
        publish_site(place, tmp_path / "site", report=report)
    assert {path.name for path in (tmp_path / "site" / "report").iterdir()} == set(REPORT_FILES)
    whole = b"".join(one.read_bytes() for one in (tmp_path / "site").rglob("*") if one.is_file())
    assert b"Rosa Quill" not in whole


@pytest.mark.parametrize("name", REPORT_FILES)
def test_attack_a_link_in_a_report_leads_into_the_office(root, report, tmp_path, name):
    (report / name).unlink()
    (report / name).symlink_to(root / "office.toml")
    with (
        at_work(root, on=TODAY) as place,
        pytest.raises(InputError, match="is a link"),
    ):
        publish_site(place, tmp_path / "site", report=report)
    assert not (tmp_path / "site").exists()


def test_attack_two_offices_of_one_book_differ_on_the_site_by_the_log_alone(root, site, tmp_path):
    """What an office was asked, by whom and how it answered moves no file but those of the log."""
    quiet = create_office(tmp_path / "quiet", training=True).root
    shutil.copytree(root / "registers", quiet / "registers", dirs_exist_ok=True)
    with at_work(quiet, on=TODAY) as place:
        publish_site(place, tmp_path / "other")
    named = {path.relative_to(site) for path in site.rglob("*")}
    assert named == {
        path.relative_to(tmp_path / "other") for path in (tmp_path / "other").rglob("*")
    }
    origins = (origin_of(site), origin_of(tmp_path / "other"))
    for name in sorted(one for one in named if (site / one).is_file()):
        if "log" in name.parts:
            continue
        one, other = (place / name for place in (site, tmp_path / "other"))
        mine, theirs = (
            path.read_text("utf-8").replace(origin, "ORIGIN")
            for path, origin in zip((one, other), origins, strict=True)
        )
        assert without_the_log(mine) == without_the_log(theirs), name


def origin_of(site):
    return (site / "log" / "checkpoint").read_text().splitlines()[0]


def without_the_log(text):
    """Leave out what a page says of the log: its size, root and keys."""
    return re.sub(r"[0-9a-f]{64}|[\d.,\s]+ (entries|asientos)|\+[\w+/=]{20,}", "", text)


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 320])
def test_its_pages_are_clean_for_people_with_disabilities(site, width):
    with chromium() as browser:
        for scheme in ("light", "dark"):
            page = browser.new_context(
                viewport={"width": width, "height": 900}, color_scheme=scheme
            ).new_page()
            paths = ("index.html", f"register/{AGREEMENT}.html", "log/index.html")
            for path in (*paths, *(f"es/{one}" for one in paths)):
                page.goto((site / path).as_uri())
                assert faults_of(page) == []
                assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_every_page_leads_back_to_the_register_and_says_where_one_is(site):
    assert 'href="../index.html"' in (site / "book" / "index.html").read_text()
    places = {"index.html": "page", f"register/{AGREEMENT}.html": "true", "log/index.html": "page"}
    for below in ("", "es/"):
        for path, current in places.items():
            nav = (site / f"{below}{path}").read_text().split("</nav>")[0]
            assert re.findall(r'aria-current="(\w+)"', nav) == [current]


def test_no_page_of_the_site_shows_a_moment_or_an_item_as_machines_write_it(site):
    for page in [*site.glob("*/index.html"), *site.glob("es/**/*.html"), *site.glob("*.html")]:
        if page.parent.name == "book":
            continue
        shown = page.read_text().split("<main", 1)[1]
        assert not re.search(r"\dT\d\d:\d\d|address-confirmation", shown), page.name


def test_a_text_of_which_no_power_is_stated_says_so(register):
    log = PublishedLog("example.invalid/office", 1, "", "", (), (), training=True)
    of, whole = Edition(log, TODAY, Language.ENGLISH), register[AGREEMENT]
    bare = replace(whole, powers=())
    for page in (lambda one: entry_page(of, one), lambda one: index_page(of, [one], "")):
        assert page(bare).count("not stated") == page(whole).count("not stated") + 1
