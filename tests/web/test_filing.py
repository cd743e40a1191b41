"""An agency at work: the form that explains itself, the file, and what is told of each request."""

import csv
import gzip
import io
import re
import threading

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from officers import look_at_all
from ostiary.domain.columns import REQUEST
from ostiary.faces.web.filing import LARGE, one_at_a_time
from ostiary.faces.web.form import form_sections
from ostiary.faces.web.form_values import of_a_box
from ostiary.faces.web.under_way import finish
from ostiary.faces.web.views import uploads
from web_office import AGENCY


def rows_of(world, many):
    with (world / "requests.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["agency"] == AGENCY][:many]
    return [row | {"request_id": f"NEW-{number}"} for number, row in enumerate(rows)]


def as_file(rows):
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return SimpleUploadedFile("requests.csv", text.getvalue().encode())


def test_the_forms_of_all_gateways_have_every_column_but_agency_and_country(site):
    day, names = site.place().moment.today, set()
    for one in site.snapshot().law.book.instruments:
        if one.gateway:
            sections = form_sections({"provision": one.cites}, None, site, day, AGENCY)
            names |= {field.name for section in sections for field in section.fields}
    assert names == {column.name for column in REQUEST} - {"agency", "country"}


def test_every_field_that_the_law_reads_says_what_it_asks(site):
    day = site.place().moment.today
    sections = form_sections({}, None, site, day, AGENCY)
    asks = {field.name: field.asks for section in sections for field in section.fields}
    assert any(rule.startswith("State number and street") for _, rule in asks["address_line"])
    assert asks["tin"] == ()


def test_what_a_field_is_asked_is_in_counsels_words_and_of_its_gateway_alone(site):
    day, book = site.place().moment.today, site.snapshot().law.book
    written = {
        of_a_box(" ".join(version.cure.split())): rule.id
        for _, rule in book.rules
        for version in rule.versions
    }
    for one in book.instruments:
        if one.gateway:
            sections = form_sections({"provision": one.cites}, None, site, day, AGENCY)
            said = {rule for each in sections for field in each.fields for _, rule in field.asks}
            assert said <= set(written)
            assert any(written[rule] == "policy.current-income" for rule in said) == (
                one.cites == "/us/usc/t26/s6103/l/7"
            )


def test_a_check_stores_nothing(site, requester, world):
    size = site.office.store.log_size()
    page = requester.post("/requests/new/", rows_of(world, 1)[0] | {"do": "check"})
    assert page.status_code == 200
    assert site.office.store.log_size() == size
    assert list((site.office.root / "web").glob("tmp*")) == []


def test_the_form_is_explained_field_by_field_before_anything_is_sent(site, requester, world):
    size, row = site.office.store.log_size(), rows_of(world, 1)[0] | {"surname": ""}
    said = requester.post("/requests/new/explained/", row).json()
    assert said["status"] == "returned"
    assert said["fields"]["surname"]["faults"]
    assert said["fields"]["surname"]["asks"]
    assert said["fields"]["city"]["faults"] == []
    led = {(one["said_at"], one["label"]) for one in said["fields"]["surname"]["faults"]}
    assert led == {("given_name", "Given name")}
    assert {one["said_at"] for one in said["fields"]["given_name"]["faults"]} == {""}
    assert site.office.store.log_size() == size
    assert list((site.office.root / "web").glob("tmp*")) == []


def test_what_cannot_be_read_is_explained_without_being_repeated(requester, world):
    row = rows_of(world, 1)[0] | {"signed_on": "no day"}
    done = requester.post("/requests/new/explained/", row)
    assert done.json()["fields"]["signed_on"]["faults"]
    assert done.json()["status"] == ""
    assert "no day" not in done.content.decode()


def test_an_explanation_is_of_the_own_agency_whatever_the_form_says(requester, world):
    row = rows_of(world, 1)[0]
    said = requester.post("/requests/new/explained/", row | {"agency": "dhs"}).json()
    assert said == requester.post("/requests/new/explained/", row).json()


def test_scripts_may_call_the_office_from_the_form_alone(requester):
    policies = {
        path: requester.get(path)["Content-Security-Policy"]
        for path in ("/requests/new/", "/requests/", "/requests/file/", "/book/")
    }
    assert "connect-src 'self'" in policies.pop("/requests/new/")
    assert all("connect-src 'none'" in one for one in policies.values())


@pytest.mark.both_stores
def test_a_file_is_taken_in_part_and_names_the_rest(requester, world):
    rows = rows_of(world, 3)
    rows[1]["signed_on"] = "no day"
    done = requester.post("/requests/file/", {"file": as_file(rows)})
    page = requester.get(done["Location"]).content.decode()
    assert "Rows that could not be read" in page
    assert "NEW-0" in page
    assert "NEW-2" in page
    assert "no day" not in page


def test_a_file_is_checked_and_nothing_is_stored(site, requester, world):
    size, rows = site.office.store.log_size(), rows_of(world, 3)
    rows[1]["signed_on"], rows[2]["matter_number"] = "no day", "N/A"
    page = requester.post("/requests/file/", {"file": as_file(rows), "do": "check"})
    text = page.content.decode()
    assert page.status_code == 200
    assert "nothing was sent or stored" in text
    assert "manner.matter" in text
    assert "NEW-1" in text
    assert "no day" not in text
    assert site.office.store.log_size() == size
    assert list((site.office.root / "web").glob("tmp*")) == []


def test_what_was_sent_adds_up_repeats_included(requester, world):
    rows = [row | {"request_id": f"SUM-{n}"} for n, row in enumerate(rows_of(world, 3))]
    requester.post("/requests/file/", {"file": as_file(rows[:2])})
    rows[2]["signed_on"] = "no day"
    done = requester.post("/requests/file/", {"file": as_file(rows)})
    page = requester.get(done["Location"]).content.decode()
    figures = re.findall(r"<dt>([^<]*)</dt><dd[^>]*>(\d+)</dd>", page.partition("<main")[2])
    told = {name: int(many) for name, many in figures}
    assert told.pop("Rows") == sum(told.values()) == 3
    assert told["Repeats of earlier requests"] == 2


OWN_WORDS = r'<h2>What you asked</h2>\s*<dl class="facts">.*?</dl>'


def test_nothing_that_an_agency_sees_depends_on_the_file(site, requester):
    """Confirmed or not, pages are alike but for their numbers and what the agency itself asked."""
    with site.working() as place:
        look_at_all(place, most=150)
    desk, pages = site.desk(), {}
    for item in list(site.office.store.queue())[:150]:
        if item.agency == AGENCY:
            outcome = str(desk.numbered(item.id).verification.outcome)
            page = requester.get(f"/requests/{item.id}/").content.decode()
            told, asked = re.subn(OWN_WORDS, "", page.partition("<main")[2])
            assert asked == 1
            pages.setdefault(outcome, re.sub("[0-9]+", "", told))
        if len(pages) == 4:
            break
    assert len(pages) >= 3
    assert len(set(pages.values())) == 1


def mended_rows(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_rows_to_mend_come_from_a_check_and_nothing_is_stored(site, requester, world):
    size, rows = site.office.store.log_size(), rows_of(world, 3)
    rows[1]["signed_on"] = "no day"
    done = requester.post("/requests/file/", {"file": as_file(rows), "do": "csv"})
    assert "attachment" in done["Content-Disposition"]
    (found,) = mended_rows(done.content)
    assert (found["request_id"], found["signed_on"], found["line"]) == ("NEW-1", "no day", "3")
    assert site.office.store.log_size() == size
    assert list((site.office.root / "web").glob("tmp*")) == []


def test_a_workbook_of_rows_to_mend_goes_back_as_it_is(requester, world):
    rows = rows_of(world, 2)
    rows[1]["signed_on"] = "no day"
    book = requester.post("/requests/file/", {"file": as_file(rows), "do": "xlsx"}).content
    sent = SimpleUploadedFile("to_mend.xlsx", book)
    again = requester.post("/requests/file/", {"file": sent, "do": "csv"})
    (found,) = mended_rows(again.content)
    assert (found["request_id"], found["signed_on"]) == ("NEW-1", "no day")


def test_rows_to_mend_of_a_file_are_its_agencys(requester, world):
    (lawful,) = rows_of(world, 1)
    rows = [lawful | {"request_id": f"FIX-{n}"} for n in range(2)]
    rows[0]["matter_number"] = ""
    page = requester.post("/requests/file/", {"file": as_file(rows)})["Location"]
    assert "1 row to mend" in requester.get(page).content.decode()
    (found,) = mended_rows(b"".join(requester.get(f"{page}to_mend.csv/")))
    assert (found["request_id"], found["sent_as"]) == ("FIX-0-2", "FIX-0")
    book = SimpleUploadedFile("a.xlsx", requester.get(f"{page}to_mend.xlsx/").content)
    checked = requester.post("/requests/file/", {"file": book, "do": "check"})
    assert "Would be returned" in checked.content.decode()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_template_of_each_gateway_can_be_read(requester, form):
    page = requester.get("/requests/file/").content.decode()
    offered = re.findall(r'<option value="([^"]+)"', page)
    assert len(offered) > 5
    for gateway in offered[:2]:
        got = requester.get(f"/requests/file/template/?form={form}&gateway={gateway}")
        sent = SimpleUploadedFile(f"requests.{form}", got.content)
        text = requester.post("/requests/file/", {"file": sent, "do": "check"}).content.decode()
        assert re.search(r"Could not be read</dt><dd>0<", text)
    unknown = f"/requests/file/template/?form={form}&gateway=x"
    assert requester.get(unknown).status_code == 404


def test_many_rows_with_one_cause_are_one_line(requester, world):
    rows = [row | {"signed_on": "soon"} for row in rows_of(world, 9)]
    page = requester.post("/requests/file/", {"file": as_file(rows), "do": "check"})
    causes = page.content.decode().partition("the most frequent first")[2].partition("</table>")[0]
    assert causes.count("<tr>") == 2
    assert "1, 2, 3, 4, 5 ..." in causes


def test_a_packed_file_is_taken_and_one_that_would_swell_is_not(requester, world):
    content = b"".join(as_file(rows_of(world, 2)).chunks())
    sent = SimpleUploadedFile("requests.csv.gz", gzip.compress(content))
    done = requester.post("/requests/file/", {"file": sent, "do": "check"})
    assert "nothing was sent or stored" in done.content.decode()
    swollen = SimpleUploadedFile("requests.csv.gz", gzip.compress(bytes(201_000_000)))
    done = requester.post("/requests/file/", {"file": swollen, "do": "check"})
    assert done.status_code == 422
    assert "unpacked" in done.content.decode()


def test_repeats_are_listed_with_a_link_to_each(site, requester, world):
    rows = [row | {"request_id": f"AGAIN-{n}"} for n, row in enumerate(rows_of(world, 3))]
    requester.post("/requests/file/", {"file": as_file(rows)})
    done = requester.post("/requests/file/", {"file": as_file(rows)})
    text = requester.get(done["Location"]).content.decode()
    assert "3 rows were decided before" in text
    numbers = {line.id for line in site.office.store.lines(agency=AGENCY, many=3)}
    for number in numbers:
        assert f'href="/requests/{number}/"' in text


def test_a_fault_is_told_once_and_the_other_fields_lead_to_it(requester, world):
    [row] = rows_of(world, 1)
    lacking = row | dict.fromkeys(("address_line", "city", "state", "postal_code"), "")
    lacking |= dict.fromkeys(("given_name", "surname"), "UNKNOWN") | {"sole_use": ""}
    text = requester.post("/requests/new/", lacking | {"do": "check"}).content.decode()
    summary, _, form = text.partition('<form method="post" action="/requests/new/"')
    told = re.findall(r'<span class="fault">(.*?)</span>(?:</span>)?', form, re.DOTALL)
    in_full = [one for one in told if "The same as at" not in one]
    assert len(in_full) == len(set(in_full)) > 0
    assert 'The same as at <a href="#address_line">' in form
    for field in re.split('class="field ', form):
        led = re.findall(r'The same as at <a href="#([a-z_]+)"', field)
        assert len(led) == len(set(led))
    assert "Give the undertaking." in summary
    assert "= true" not in summary + form
    for field in re.findall(r'<a href="#([a-z_]+)"', summary + form):
        assert f'id="{field}"' in form
    assert "autofocus" in summary


def large(rows):
    """A file that is large enough for a page that says how far it is."""
    padded = [row | {"reason": f"{row['reason']} {'x' * 3_000}"} for row in rows]
    file = as_file([padded[n % len(padded)] | {"request_id": f"BIG-{n}"} for n in range(200)])
    assert file.size >= LARGE
    return file


def said_by(answer):
    assert answer.streaming
    return b"".join(answer.streaming_content).decode()


def test_a_large_file_is_taken_while_the_page_says_how_far_it_is(site, requester, world):
    text = said_by(requester.post("/requests/file/", {"file": large(rows_of(world, 20))}))
    stages = re.findall(r"<li>([^<]+) … <span>after \d+ s</span></li>", text)
    assert stages[0].startswith("It is looked through")
    assert stages[-2:] == [
        "The law is asked of every row",
        "It is stored, and entered into the log",
    ]
    assert len(stages) == len(set(stages)), "nothing more is told, so that no record is timed"
    batch = re.search(r'href="(/files/[^"]+/)">What became of every row', text)[1]
    assert "200" in requester.get(batch).content.decode()
    assert text.rstrip().endswith("</html>")
    assert list((site.office.root / "web").glob("tmp*")) == []


def test_a_large_file_that_is_left_is_taken_all_the_same(site, requester, world):
    before = site.office.store.count_standing(agency=AGENCY)
    answer = requester.post("/requests/file/", {"file": large(rows_of(world, 20))})
    next(iter(answer.streaming_content))
    answer.close()
    for one in threading.enumerate():
        if one.name == "under way":
            one.join(60)
    after = site.office.store.count_standing(agency=AGENCY)
    assert sum(after.values()) == sum(before.values()) + 200


def test_a_large_file_of_another_agency_is_refused_on_the_page(site, requester, world):
    size = site.office.store.log_size()
    rows = [row | {"agency": "dhs"} for row in rows_of(world, 5)]
    text = said_by(requester.post("/requests/file/", {"file": large(rows)}))
    assert "The file was not taken" in text
    assert "Rows of another agency" in text
    assert site.office.store.log_size() == size


def test_a_large_check_stores_nothing_and_says_what_it_found(site, requester, world):
    size = site.office.store.log_size()
    form = {"file": large(rows_of(world, 20)), "do": "check"}
    text = said_by(requester.post("/requests/file/", form))
    assert "Checked; nothing was sent or stored" in text
    assert site.office.store.log_size() == size


def test_a_second_file_of_an_agency_waits_for_the_first(requester, world):
    with one_at_a_time(AGENCY):
        answer = requester.post("/requests/file/", {"file": large(rows_of(world, 5))})
    assert answer.status_code == 422
    assert "Another file of your agency" in answer.content.decode()


def test_a_page_that_cannot_be_shown_leaves_the_next_file_its_turn(
    site, requester, world, monkeypatch
):
    def broken(*_):
        raise RuntimeError("the template")

    monkeypatch.setattr(uploads, "page_under_way", broken)
    with pytest.raises(RuntimeError, match="the template"):
        requester.post("/requests/file/", {"file": large(rows_of(world, 5))})
    with one_at_a_time(AGENCY):
        assert list((site.office.root / "web").glob("tmp*")) == []


def test_a_server_that_is_stopped_finishes_a_file_that_was_sent_whole(requester, world):
    """Its page says that one may leave it; nobody reads it here."""
    answer = requester.post("/requests/file/", {"file": large(rows_of(world, 5))})
    told: list[str] = []
    finish(told.append)
    assert [one for one in threading.enumerate() if one.name == "under way"] == []
    assert all("done first" in one for one in told)
    assert "Your file is in" in b"".join(answer.streaming_content).decode()
