"""An agency that reaches for what is not its own: by number, by file, by field, by name."""

import csv
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from officers import NEXT_DAY
from ostiary.faces.server.roles import Role
from web_office import AGENCY, opened, person, requester_of


@pytest.fixture
def site(office):
    with opened(office, NEXT_DAY) as found:
        yield found


@pytest.fixture
def requester(site):
    return person(site, Role.REQUESTER, requester_of(site), AGENCY)


def rows_of(world, many):
    """The first lawful rows of the world's file, with ids that nobody has used."""
    with (world / "requests.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["agency"] == AGENCY][:many]
    return [row | {"request_id": f"NEW-{number}"} for number, row in enumerate(rows)]


def as_file(rows, name="requests.csv"):
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return SimpleUploadedFile(name, text.getvalue().encode())


def without_token(page) -> str:
    """The page without the token of its forms, which is another each time."""
    return re.sub(r'value="[A-Za-z0-9]{64}"', "", page.content.decode())


def send(browser, file):
    return browser.post("/requests/file/", {"file": file})


def test_by_the_number_of_a_request(site, requester):
    lines = site.office.store.lines(agency=None, many=1000)
    foreign = [line.id for line in lines if line.agency != AGENCY]
    assert foreign
    for number in foreign:
        for path in (f"/requests/{number}/", f"/requests/{number}/answer/"):
            there, nowhere = requester.get(path), requester.get("/requests/99999999/")
            assert there.status_code == 404
            assert without_token(there) == without_token(nowhere)


def test_by_a_file_that_holds_others_requests_too(requester):
    assert requester.get("/files/2025-08-06-001/").status_code == 404
    assert requester.get("/files/2025-08-06-001/replies.jsonl/").status_code == 404


def test_by_a_row_in_anothers_name(site, requester, world):
    before = len(site.office.store.batches())
    rows = rows_of(world, 3)
    rows[1]["agency"] = "dhs"
    done = send(requester, as_file(rows))
    assert done.status_code == 422
    assert "row 2" in done.content.decode()
    assert len(site.office.store.batches()) == before


def test_by_fields_that_the_form_does_not_have(site, requester, world):
    row = rows_of(world, 1)[0]
    sent = row | {"agency": "dhs", "status": "accepted", "officer": "anna", "do": "send"}
    sent["taxable_periods"] = row["taxable_periods"]
    done = requester.post("/requests/new/", sent)
    assert done.status_code == 302
    [line] = site.office.store.lines(agency=None, many=1)
    assert (line.agency, line.request_id) == (AGENCY, "NEW-0")


def test_by_names_of_files_and_batches(requester, world):
    own = send(requester, as_file(rows_of(world, 2)))["Location"]
    assert requester.get(own).status_code == 200
    replies = requester.get(f"{own}replies.csv/")
    assert b"NEW-0" in replies.getvalue()
    replies.close()
    for name in ("summary.json", "report.html", "..%2F..%2Foffice.toml", "custody", "%2e%2e"):
        assert requester.get(f"{own}{name}/").status_code == 404
    for batch in ("..", "%2e%2e", "..%2Fkeys", "%00"):
        assert requester.get(f"/files/{batch}/").status_code == 404


def test_by_the_name_of_an_upload(site, requester, world):
    rows = rows_of(world, 1)
    done = send(requester, as_file(rows, "../../registers/reviewers.csv"))
    assert done.status_code == 302
    assert "NEW-0" not in (site.office.registers / "reviewers.csv").read_text()
    for name in ("requests.exe", "requests", "requests.csv.xz", "requests.xlsx"):
        assert send(requester, as_file(rows, name)).status_code == 422


def test_by_the_officers_pages(site, requester):
    number = next(one.id for one in site.office.store.queue())
    for path in ("/cases/", f"/cases/{number}/", "/cases/export/", "/audit/", "/book/effect/"):
        assert requester.get(path).status_code == 403
