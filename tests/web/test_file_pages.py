"""Registers, orders and settings on pages: two for what opens doors, the files the truth."""

import html
import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.test import RequestFactory

from ostiary.domain.errors import InputError
from ostiary.domain.register_columns import REGISTERS
from ostiary.faces.server.roles import Role
from ostiary.faces.web.file_changes import register_shown
from ostiary.office.administration.change_files import change_of
from ostiary.office.administration.governed_files import digest_of, governed_file
from ostiary.office.administration.register_rows import read_rows
from ostiary.verifying.keys.files import key_text, new_signing_key
from ostiary.verifying.log.commitments import commit
from web_office import AGENCY, opened_copy, person, requester_of

WEBHOOKS = "/administration/files/webhooks.csv/"
HOOK = {"cell-agency": AGENCY, "cell-url": "https://told.example/", "cell-from": "2025-01-01"}
STAY = """---
title: A stay that was served
layer: order
prefix: august
cites: /us/court/x/2025-08-01
citation: an invented order
from: 2025-08-01
applies: provision = '/us/usc/t26/s6103/i/2'
---

# A stay

```yaml
id: august.all
stage: both
clock: received
cites: /us/court/x/2025-08-01
finding: A court has stayed this exchange.
cure: None while the stay stands.
```
```sql
agency = 'dhs-ice'
```
"""


@pytest.fixture(scope="module")
def site(served_office, stores, tmp_path_factory):
    with opened_copy(served_office, stores, tmp_path_factory.mktemp("files")) as found:
        yield found


@pytest.fixture(scope="module")
def first(site):
    return person(site, Role.ADMINISTRATOR, "admin-1")


@pytest.fixture(scope="module")
def second(site):
    return person(site, Role.ADMINISTRATOR, "admin-2")


def seen(browser, path: str) -> str:
    return re.search(r'name="seen" value="([^"]*)"', browser.get(path).content.decode())[1]


def prepared(browser, path: str, **fields) -> int:
    """Prepare a change as the form does; give its number."""
    got = browser.post(path, {"seen": seen(browser, path), "why": "as agreed", **fields})
    assert got.status_code == 302, html.unescape(got.content.decode())
    return int(got["Location"].rstrip("/").rpartition("/")[2])


def force(browser, number: int):
    path = f"/administration/changes/{number}/"
    shown = re.search(r'name="seen" value="(\d+)"', browser.get(path).content.decode())
    return browser.post(path, {"do": "force", "seen": shown[1] if shown else ""})


def text_of(site, name: str) -> str:
    path = site.office.registers / name
    return path.read_text() if path.exists() else ""


@pytest.mark.parametrize("name", [*(f"{one}.csv" for one in REGISTERS), "office.toml"])
def test_every_file_has_a_page_drawn_from_what_it_is(first, name):
    page = first.get(f"/administration/files/{name}/")
    assert page.status_code == 200
    said = page.content.decode()
    for column in REGISTERS.get(name.removesuffix(".csv"), ()):
        assert f'name="cell-{column.name}"' in said


def test_one_prepares_and_another_puts_into_force_and_the_log_has_both(site, first, second):
    size, before = site.office.store.log_size(), text_of(site, "webhooks.csv")
    number = prepared(first, WEBHOOKS, do="add", **HOOK)
    assert text_of(site, "webhooks.csv") == before
    page = first.get(f"/administration/changes/{number}/").content.decode()
    assert "another administrator puts it into force" in page
    assert "https://told.example/" in page
    assert force(first, number).status_code == 422
    assert text_of(site, "webhooks.csv") == before
    assert force(second, number).status_code == 302
    assert "https://told.example/" in text_of(site, "webhooks.csv")
    assert [one.url for one in site.snapshot().webhooks][-1] == "https://told.example/"
    entries = [json.loads(body) for body in site.office.store.entries_from(size)]
    [entry] = [one for one in entries if one["type"] == "file.changed"]
    change = change_of(site.office, number)
    assert (entry["prepared_by"], entry["administrator"]) == ("admin-1", "admin-2")
    assert entry["file"] == "registers/webhooks.csv"
    now = digest_of((site.office.registers / "webhooks.csv").read_bytes())
    assert entry["after"] == commit(change.salt, "after", now)
    assert "told.example" not in json.dumps(entries)
    assert "admin-2" in first.get(WEBHOOKS).content.decode()


def test_one_alone_ends_a_row_and_a_second_end_is_refused(site, first):
    row = site.office.registers / "officers.csv"
    [names, *rows] = row.read_text().splitlines()
    values = dict(zip(names.split(","), rows[0].split(","), strict=True))
    said = {f"cell-{name}": text for name, text in values.items()} | {"cell-until": "2099-01-01"}
    path = "/administration/files/officers.csv/"
    number = prepared(first, path, do="edit", row="0", **said)
    assert "waits for nobody" in first.get(f"/administration/changes/{number}/").content.decode()
    assert force(first, number).status_code == 302
    assert "2099-01-01" in row.read_text().splitlines()[1]
    assert force(first, number).status_code == 422


def test_a_page_older_than_the_file_changes_nothing(site, first, second):
    old = seen(first, WEBHOOKS)
    number = prepared(first, WEBHOOKS, do="add", **HOOK | {"cell-url": "https://new.example/"})
    waits = prepared(first, WEBHOOKS, do="add", **HOOK | {"cell-url": "https://too.example/"})
    assert force(second, number).status_code == 302
    late = first.post(WEBHOOKS, {"do": "add", "why": "x", "seen": old, **HOOK})
    assert late.status_code == 422
    assert "changed since" in late.content.decode()
    assert force(second, waits).status_code == 422
    assert "too.example" not in text_of(site, "webhooks.csv")
    done = second.post(f"/administration/changes/{waits}/", {"do": "withdraw"})
    assert done.status_code == 302
    assert force(second, waits).status_code == 422


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("webhooks.csv", "agency,url,from,until\nnobody,https://a.example/,2025-01-01,\n", "row 1"),
        (
            "webhooks.csv",
            "agency,url,from,until\ndhs,https://a.example/,2025-02-30,\n",
            "column from",
        ),
        ("webhooks.csv", "agency,url\ndhs,https://a.example/\n", "webhooks.csv"),
        ("reviewers.csv", "officer,public_key,from,until\neve,AAAA,2025-01-01,\n", "row 1"),
        ("retention.csv", "kind,years\nanswered,7\n", "retention.csv"),
        ("agencies.csv", "\0", ""),
    ],
)
def test_what_the_readers_refuse_is_refused_by_row_and_changes_nothing(
    site, first, name, content, told
):
    path, before = f"/administration/files/{name}/", text_of(site, name)
    sent = SimpleUploadedFile("x.csv", content.encode())
    said = {"do": "upload", "why": "x", "seen": seen(first, path), "file": sent}
    got = first.post(path, said)
    page = html.unescape(got.content.decode())
    assert got.status_code == 422
    assert told in page
    assert str(site.office.root) not in page
    assert text_of(site, name) == before


def test_a_form_is_told_all_that_is_wrong_at_once_each_at_its_field(site, first):
    before = text_of(site, "webhooks.csv")
    said = {"do": "add", "why": " ", "seen": seen(first, WEBHOOKS), "cell-url": "nowhere"}
    got = first.post(WEBHOOKS, said)
    page = html.unescape(got.content.decode())
    assert got.status_code == 422
    for name in ("agency", "url", "from"):
        assert f'href="#cell-{name}"' in page
        assert f'id="fault-{name}"' in page
    assert ">URL" in page
    assert 'href="#why"' in page
    assert 'id="fault-why"' in page
    assert 'aria-invalid="true" aria-describedby="why-hint fault-why"' in page
    assert "row 1" not in page
    assert text_of(site, "webhooks.csv") == before


def test_who_takes_a_row_away_without_a_word_is_told_at_the_field(first):
    path = "/administration/files/officers.csv/"
    got = first.post(path, {"do": "remove", "row": "0", "why": "", "seen": seen(first, path)})
    assert got.status_code == 422
    assert 'id="fault-why"' in got.content.decode()


def test_each_box_of_a_field_is_described_by_the_fault_of_the_field(site):
    fault = InputError("this cannot be", cure="choose another")
    file = governed_file(site.office, "agencies.csv")
    shown = register_shown(RequestFactory().get("/"), file, {"roles": fault})
    page = render_to_string("web/register.html", shown | {"file": {"name": "agencies.csv"}})
    boxes = re.findall(r'<input type="checkbox" name="cell-roles"[^>]*>', page)
    assert boxes
    for box in boxes:
        assert 'aria-invalid="true" aria-describedby="hint-roles fault-roles"' in box


def test_a_leave_of_an_order_that_is_gone_is_ended_on_the_page(site, first):
    path = site.office.registers / "court_leaves.csv"
    row = {"order": "gone", "docket_entry": "9", "agency": AGENCY, "from": "2025-01-01"}
    path.write_text(f"{','.join(row)},until\n{','.join(row.values())},\n")
    page, said = "/administration/files/court_leaves.csv/", {f"cell-{k}": v for k, v in row.items()}
    try:
        prepared(first, page, do="edit", row="0", **said | {"cell-until": "2025-06-30"})
        sent = {"do": "edit", "row": "0", "why": "x", "seen": seen(first, page), **said}
        got = first.post(page, sent | {"cell-order": "gone-too"})
        assert got.status_code == 422
        assert 'id="fault-order"' in got.content.decode()
    finally:
        path.unlink()


def test_what_the_readers_say_of_the_row_stands_at_its_field(first):
    path = "/administration/files/reviewers.csv/"
    said = {"cell-officer": "eve", "cell-public_key": "AAAA", "cell-from": "2025-01-01"}
    got = first.post(path, {"do": "add", "why": "new", "seen": seen(first, path)} | said)
    page = html.unescape(got.content.decode())
    assert got.status_code == 422
    assert 'id="fault-public_key"' in page
    assert "openssl pkey" in page


def test_a_key_in_the_place_of_another_is_said_to_wait_for_officers(site, first):
    officer = site.snapshot().reviewers[0].officer
    said = {
        "cell-officer": officer,
        "cell-public_key": key_text(new_signing_key().public_key()),
        "cell-from": "2025-01-01",
    }
    number = prepared(first, "/administration/files/reviewers.csv/", do="add", **said)
    page = first.get(f"/administration/changes/{number}/").content.decode()
    assert "until two officers have accepted" in page
    assert f"<li>{officer} in reviewers.csv" in page


def test_an_order_is_tried_on_the_past_then_binds_then_goes_by_two(site, first, second):
    sent = SimpleUploadedFile("stay-of-august.md", STAY.encode())
    got = first.post("/administration/orders/", {"why": "served today", "file": sent})
    assert got.status_code == 302, html.unescape(got.content.decode())
    path = got["Location"]
    tried = first.post(path, {"do": "try"}).content.decode()
    assert "would have come out otherwise" in tried
    assert not any(item.request_id in tried for item in site.office.store.queue())
    assert second.post(path, {"do": "force"}).status_code == 422  # by no page that showed it
    assert force(second, int(path.split("/")[-2])).status_code == 302
    file = "/administration/files/stay-of-august.md/"
    assert "stay-of-august" in {one.id for one in site.snapshot().law.book.instruments}
    number = prepared(second, file, do="away")
    assert force(second, number).status_code == 422
    assert force(first, number).status_code == 302
    assert not (site.office.orders / "stay-of-august.md").exists()
    assert "no file of this name now" in first.get(file).content.decode()


def test_settings_are_read_before_they_count_and_what_the_log_hangs_on_stays(site, first, second):
    path = "/administration/files/office.toml/"
    text = (site.office.root / "office.toml").read_text()
    for bad in (text.replace("training = true", "training = false"), text + "\n[webb]\n", "= ="):
        got = first.post(path, {"do": "text", "why": "x", "seen": seen(first, path), "text": bad})
        assert got.status_code == 422
    new = re.sub(r"days_to_decide = \d+", "days_to_decide = 7", text)
    number = prepared(first, path, do="text", text=new.replace("\n", "\r\n"))
    assert force(second, number).status_code == 302
    assert (site.office.root / "office.toml").read_text() == new


def test_a_file_edited_by_hand_is_the_truth_and_the_page_says_so(site, first):
    path = site.office.registers / "webhooks.csv"
    path.write_text("agency,url,from,until\ndhs,https://hand.example/,2025-01-01,\n")
    page = first.get(WEBHOOKS).content.decode()
    assert "changed outside of these pages" in page
    assert "hand.example" in page


def test_rows_are_found_without_an_address_that_says_what_was_searched(first):
    path = "/administration/files/officers.csv/"
    page = first.post(path, {"do": "find", "find": "contractor"})
    rows = re.findall(r'<a href="[?]row=(\d+)#edit">([^<]+)</a>', page.content.decode())
    assert rows
    assert all("contractor" in name for _, name in rows)


@pytest.mark.parametrize("name", ["none.csv", "cases.db", "keys.csv", "..", "x.md", "secret"])
def test_no_other_file_of_the_office_is_reached(first, name):
    assert first.get(f"/administration/files/{name}/").status_code == 404


def test_nobody_else_sees_or_changes_files(site):
    auditor = person(site, Role.AUDITOR, "auditor-7")
    requester = person(site, Role.REQUESTER, requester_of(site), AGENCY)
    for browser in (auditor, requester):
        assert browser.get(WEBHOOKS).status_code == 403
        assert browser.post(WEBHOOKS, {"do": "add", **HOOK}).status_code == 403
        assert browser.post("/administration/changes/1/", {"do": "force"}).status_code == 403


def test_a_download_is_logged(site, first):
    size = site.office.store.log_size()
    got = first.get(f"{WEBHOOKS}?take=file")
    assert got["Content-Disposition"].startswith("attachment")
    assert b'"list":"registers/webhooks.csv"' in b"".join(site.office.store.entries_from(size))


def test_every_file_of_the_custodian_has_a_template_that_is_read(first):
    """The columns are explained on the page, and what is fetched there can be sent back."""
    page = first.get("/administration/tasks/").content.decode()
    assert 'href="/administration/templates/reference/?form=xlsx"' in page
    assert "<code>person_id</code>" in page
    got = first.get("/administration/templates/reference/?form=xlsx")
    assert got["Content-Disposition"] == 'attachment; filename="reference.xlsx"'
    assert got.content.startswith(b"PK")
    for register, columns in REGISTERS.items():
        got = first.get(f"/administration/templates/{register}/").content
        assert set(read_rows(register, got).header) == {column.name for column in columns}
    page = first.get("/administration/files/officers.csv/").content.decode()
    assert 'href="/administration/templates/officers/"' in page
    for name in ("requests", "nothing", "officers/?form=xlsx"):
        assert first.get(f"/administration/templates/{name}").status_code in {301, 404}
