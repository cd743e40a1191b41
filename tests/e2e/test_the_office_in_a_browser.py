"""The office in a real Chromium: people, passkeys, pages; one story after the other.

With ``OSTIARY_CASES`` set, so many cases are decided by keyboard (`make bench-presses`: 20).
With ``OSTIARY_PICTURES`` set, the pictures of ``docs/how-to/use-the-web-office.md`` are taken anew.
"""

import csv
import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from playwright.sync_api import expect

from aftermath import receipt, signing_key
from chromium import NARROW, NARROWEST, WIDE, Visitor, chromium, served, visitor
from officers import NEXT_DAY, equip
from order import SEAT
from ostiary.deciding.law.shipped import shipped_book
from ostiary.domain.errors import InputError
from ostiary.domain.words import Status
from ostiary.faces.server.roles import Role
from ostiary.office.batches.reference_loading import load_people
from ostiary.office.batches.running import run_batch
from ostiary.office.folder.layout import create_office
from ostiary.office.recovery.entering import at_work
from ostiary.office.release.release import release
from ostiary.verifying.answers.opening import open_answer
from ostiary.verifying.answers.trust import TRUST_FILE, read_trust
from ostiary.verifying.keys.files import read_opening_key
from ostiary.verifying.log.published import prove, publish
from ostiary.verifying.log.vkeys import Signer
from web_office import AGENCY, opened

pytestmark = pytest.mark.browser
PICTURES = Path(__file__).parents[2] / "docs" / "images"
RECEIVED = datetime(2025, 8, 6, tzinfo=UTC).date()
MACHINE_FORM = "What is checked, as machines read it"
STAY = """---
title: A stay of this exchange
layer: order
prefix: test-stay
cites: /us/court/test/2025-08-07
citation: order of 7 August 2025
from: 2025-08-07
applies: provision = '/us/usc/t26/s6103/i/2'
---

# A stay

```yaml
id: test-stay.all
stage: both
clock: disclosed
cites: /us/court/test/2025-08-07
finding: A court has stayed this exchange.
cure: None while the stay stands.
```
```sql
agency = 'dhs-ice'
```
"""


@pytest.fixture(scope="module")
def office(world, tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("browsed") / "office"
    equip(create_office(root, training=True, origin="ostiary.invalid/office").root, world)
    (root / "orders" / "seat.md").write_text(SEAT)
    with at_work(root, on=RECEIVED) as place:
        load_people(place, world / "people.parquet")
        run_batch(place, world / "requests.csv", RECEIVED)
    return root


@pytest.fixture(scope="module")
def people(office, world):
    """Everybody, signed in, before a server in a process of its own."""
    with (
        opened(office, NEXT_DAY) as site,
        served(office, str(NEXT_DAY)) as address,
        chromium() as browser,
    ):
        found: dict[str, Visitor] = {}
        for name, role, agency in (
            ("anna", Role.OFFICER, ""),
            ("bert", Role.OFFICER, ""),
            (lawful(world)["recipients"], Role.REQUESTER, AGENCY),
            ("auditor-1", Role.AUDITOR, ""),
            ("counsel-1", Role.COUNSEL, ""),
            ("admin-1", Role.ADMINISTRATOR, ""),
            ("head-1", Role.HEAD, ""),
            ("monitor-1", Role.MONITOR, ""),
        ):
            one = visitor(browser, address)
            one.enrol(site, role, name, agency)
            found[role if role is not Role.OFFICER else name] = one
        found["stranger"] = visitor(browser, address)
        found["no script"] = visitor(browser, address, script=False)
        yield found


def lawful(world) -> dict[str, str]:
    """A lawful request with one recipient; the world says which are lawful."""
    with duckdb.connect() as con:
        ids = con.execute(
            "SELECT request_id FROM read_parquet($1)"
            " WHERE lawful AND expected_outcome = 'confirmed'",
            [str(world / "truth.parquet")],
        ).fetchall()
    good = {one for (one,) in ids}
    with (world / "requests.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["request_id"] in good]
    return next(row for row in rows if ";" not in row["recipients"])


def picture(one: Visitor, name: str, width: int = 1120, height: int = 760) -> None:
    if os.environ.get("OSTIARY_PICTURES"):
        PICTURES.mkdir(exist_ok=True)
        one.picture(PICTURES / f"office-{name}.png", width, height)


def fill(page, row: dict[str, str]) -> None:
    for name, value in row.items():
        field = page.locator(f"[name={name}]")
        if field.count() == 0 or not value:
            continue
        if name in {"recipients", "items"} and field.first.get_attribute("type") == "checkbox":
            for one in value.split(";"):
                page.locator(f"[name={name}][value='{one}']").check()
        elif field.get_attribute("type") == "checkbox":
            field.set_checked(value == "true")
        elif field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def press(one: Visitor, button: str, then: str) -> None:
    one.page.get_by_role("button", name=button).click()
    one.page.get_by_text(then).first.wait_for()


def test_an_agency_files_cures_and_gets_a_sealed_answer(people, office, world):
    asks, anna, bert = people[Role.REQUESTER], people["anna"], people["bert"]
    row = lawful(world) | {"request_id": "WEB-1"}
    asks.go("/requests/new/")
    fill(asks.page, row | {"address_line": "UNKNOWN"})
    press(asks, "Check against the law", "As it stands it would be returned")
    assert asks.faults() == []
    picture(asks, "new-request")
    fill(asks.page, row)
    press(asks, "Check against the law", "The law lets this request through")
    press(asks, "Send", "WEB-1")
    assert asks.faults() == []

    with at_work(office, on=NEXT_DAY) as place:
        number = place.store.find_request("WEB-1").id
    for one in (anna, bert):
        one.go(f"/cases/{number}/")
    press(anna, "Yes, it is specific", "You determined of WEB-1")
    picture(anna, "case")
    press(anna, "Approve and sign", "You approved the decision on WEB-1")
    bert.page.reload()
    assert bert.page.get_by_text("Voted on the decision").count() == 0
    press(bert, "Approve and sign", "Two officers have approved it")
    assert bert.faults() == []

    with at_work(office, on=NEXT_DAY) as place:
        done = release(place, "WEB-1")
        trust = read_trust(place.office.accounting / TRUST_FILE)
    assert done.stopped == ()
    asks.go("/requests/")
    with asks.page.expect_download() as coming:
        asks.page.get_by_role("link", name="Fetch the sealed answer").first.click()
    key = read_opening_key(world / "recipients" / f"{row['recipients']}.pem")
    sealed = Path(coming.value.path()).read_bytes()
    found = open_answer(sealed, key, trust, today=datetime.now(UTC).date(), request_id="WEB-1")
    assert found.statement.status is Status.CONFIRMED

    sign = signing_key(office, row["recipients"])
    sent = office.parent / "opened.json"
    sent.write_bytes(receipt(found, row["recipients"], sign, on=NEXT_DAY))
    tells_what_became_of_it(asks, people["no script"], number, sent)


def tells_what_became_of_it(asks: Visitor, plain: Visitor, number: int, sent: Path) -> None:
    """Fetch the letter, and give a receipt by keyboard alone in a browser without script."""
    asks.go(f"/requests/{number}/")
    with asks.page.expect_download() as letter:
        asks.page.get_by_role("link", name="Fetch the letter").click()
    assert Path(letter.value.path()).read_bytes().startswith(b"%PDF-")
    plain.context.add_cookies(asks.context.cookies())
    plain.go(f"/requests/{number}/receipts/")
    plain.page.set_input_files("#file", str(sent))
    plain.page.locator("#file").focus()
    plain.page.keyboard.press("Tab")
    assert plain.page.evaluate("document.activeElement.textContent") == "Give it"
    plain.page.keyboard.press("Enter")
    plain.page.get_by_text("The receipt is taken in").wait_for()
    plain.context.clear_cookies()
    for width in (WIDE, NARROW):
        asks.page.set_viewport_size({"width": width, "height": 900})
        for path in ("", "receipts/", "receipts/?taken=again"):
            asks.go(f"/requests/{number}/{path}")
            assert asks.faults() == []
            assert asks.page.evaluate("document.documentElement.scrollWidth") <= width
    asks.page.set_input_files("#file", str(Path(__file__)))
    press(asks, "Give it", "The receipt was not taken")
    assert asks.faults() == []
    asks.page.set_viewport_size({"width": WIDE, "height": 900})


def test_each_rule_explains_itself_while_the_form_is_filled(people, office, world):
    asks, row = people[Role.REQUESTER], lawful(world) | {"request_id": "WEB-2"}
    with at_work(office, on=NEXT_DAY) as place:
        size = place.store.log_size()
    asks.go("/requests/new/")
    fill(asks.page, row | {"address_line": ""})
    line = asks.page.locator("#address_line")
    line.press_sequentially("UNKNOWN")
    asks.page.get_by_text("As it stands it would be returned").wait_for()
    asks.page.locator("#address_line-says .fault").first.wait_for()
    expect(asks.page.locator("#city-says .fault")).to_have_text("The same as at Number and street.")
    assert line.get_attribute("aria-invalid") == "true"
    assert asks.faults() == []
    picture(asks, "explained")
    line.fill(row["address_line"])
    asks.page.locator("#address_line-says .met").wait_for()
    asks.page.get_by_text("As it stands the law lets this request through").wait_for()
    assert line.get_attribute("aria-invalid") is None
    assert asks.faults() == []
    with at_work(office, on=NEXT_DAY) as place:
        assert place.store.log_size() == size


def test_fields_that_nobody_has_filled_are_left_alone(people):
    asks = people[Role.REQUESTER]
    asks.go("/requests/new/")
    asks.page.locator("#given_name").press_sequentially("Ada")
    asks.page.locator("#surname").press_sequentially("Example")
    asks.page.get_by_text("Some fields cannot be read yet").wait_for()
    assert asks.page.locator(".field.wrong").count() == 0
    assert asks.page.locator(".met").count() == 0  # without an id the law has not been asked
    asks.page.locator("#request_id").press_sequentially("WEB-3")
    asks.page.get_by_text("As it stands it would be").wait_for()
    asks.page.locator("#surname-says .met").wait_for()
    assert asks.page.locator(".field.wrong").count() == 0


def test_a_stay_arrives_between_two_approvals(people, office):
    anna, bert = people["anna"], people["bert"]
    anna.go("/cases/?step=determination")
    anna.page.locator("tbody th a").first.click()
    where = anna.page.url
    press(anna, "Yes, it is specific", "You determined of")
    press(anna, "Approve and sign", "You approved the decision on")
    bert.page.goto(where)
    order = office / "orders" / "test-stay.md"
    order.write_text(STAY)
    try:
        press(bert, "Approve and sign", "no longer as this page showed it")
        expect(bert.page.get_by_text("A court has stayed this exchange.").first).to_be_attached()
        anna.page.goto(where)
        assert anna.page.get_by_role("button", name="Approve and sign").is_enabled()
    finally:
        order.unlink()


@pytest.mark.parametrize(
    ("who", "path", "shown"),
    [
        ("stranger", "/sign-in/", "sign-in"),
        ("stranger", "/status/", ""),
        ("stranger", "/es/status/", ""),
        ("stranger", "/enrol/no-such-link/", ""),
        ("stranger", "/no/such/page/", ""),
        ("anna", "/cases/", "worklist"),
        ("anna", "/cases/4/", ""),
        (Role.REQUESTER, "/requests/", "requests"),
        (Role.REQUESTER, "/requests/1/", ""),
        (Role.REQUESTER, "/requests/file/", ""),
        (Role.REQUESTER, "/requests/new/", ""),
        (Role.AUDITOR, "/audit/", "audit"),
        (Role.AUDITOR, "/audit/cases/", ""),
        (Role.AUDITOR, "/audit/cases/4/", ""),
        (Role.AUDITOR, "/audit/accesses/", ""),
        (Role.AUDITOR, "/audit/search/", ""),
        (Role.AUDITOR, "/audit/entries/", ""),
        (Role.AUDITOR, "/audit/entries/3/", ""),
        (Role.HEAD, "/office/", ""),
        (Role.MONITOR, "/monitor/", ""),
        (Role.MONITOR, "/monitor/seat/", ""),
        (Role.ADMINISTRATOR, "/people/", ""),
        (Role.ADMINISTRATOR, "/administration/", ""),
        (Role.ADMINISTRATOR, "/administration/files/officers.csv/", ""),
        (Role.ADMINISTRATOR, "/administration/files/agencies.csv/", ""),
        (Role.ADMINISTRATOR, "/administration/tasks/", ""),
        (Role.COUNSEL, "/book/", ""),
        (Role.COUNSEL, "/book/usc-26-6103-i-2/", "rule"),
        (Role.COUNSEL, "/book/orders/", ""),
        (Role.COUNSEL, "/book/register/", ""),
        (Role.COUNSEL, "/book/effect/", ""),
        (Role.COUNSEL, "/book/proofs/", ""),
        (Role.COUNSEL, "/book/compare/", ""),
    ],
)
def test_no_page_has_a_fault_for_anybody_at_any_width(people, who, path, shown):
    one = people[who]
    said: list[str] = []
    one.page.on("console", lambda line: said.append(line.text))
    one.go(path)
    assert one.faults() == []
    if shown:
        picture(one, shown)
    for width in (NARROW, NARROWEST):
        one.page.set_viewport_size({"width": width, "height": 900})
        assert one.page.evaluate("document.documentElement.scrollWidth") <= width
    assert one.faults() == []  # no rule of the style sheet parts the two narrow widths
    one.page.set_viewport_size({"width": 1280, "height": 900})
    if path == "/cases/":
        picture(one, "worklist-narrow", NARROW, 900)
    assert not [line for line in said if "Content Security Policy" in line]


def test_an_auditor_verifies_the_log_on_the_page(people):
    auditor = people[Role.AUDITOR]
    auditor.go("/audit/")
    press(auditor, "Verify here and now", "The log is sound.")
    assert auditor.faults() == []


def test_an_auditor_proves_an_entry_in_the_browser_and_a_changed_one_fails(people):
    auditor = people[Role.AUDITOR]
    auditor.go("/audit/entries/5/")
    press(auditor, "Verify in this browser", "Proved: the log holds exactly this entry.")
    expect(auditor.page.get_by_text("Entry 5 leads to the root")).to_be_visible()
    assert auditor.faults() == []
    picture(auditor, "proof", height=1100)
    for field, old, new, why in (
        ("entry", '"v":1', '"v":2', "does not lead from this entry to the root"),
        ("proof", "index 5", "index 4", "does not lead from this entry to the root"),
        ("proof", "office\n", "office.other\n", "is false"),
        ("keys", "+", "+0", "a key's id is not its own"),
    ):
        auditor.go("/audit/entries/5/")
        auditor.page.get_by_text(MACHINE_FORM).click()
        box = auditor.page.locator(f"[name={field}]")
        given = box.input_value()
        assert old in given
        box.fill(given.replace(old, new, 1))
        press(auditor, "Verify in this browser", why)
        expect(auditor.page.get_by_text("Not proved")).to_be_visible()


@pytest.mark.parametrize("size", [1, 2, 7, 8])
def test_the_browser_proves_what_the_other_profile_signs(people, tmp_path, size):
    """An ECDSA key, whose signatures are DER; trees whose right border is full and is not."""
    bodies = [f"entry {number}".encode() for number in range(size)]
    signer = Signer("ostiary.invalid/fips", ec.generate_private_key(ec.SECP256R1()))
    publish(tmp_path / "log", lambda first: bodies[first:], size, signer, signer.name)
    auditor = people[Role.AUDITOR]
    auditor.go("/audit/entries/5/")
    auditor.page.get_by_text(MACHINE_FORM).click()
    for index in range(size):
        given = {"entry": bodies[index].decode(), "proof": prove(tmp_path / "log", index)}
        for name, value in (given | {"keys": signer.verifier.vkey}).items():
            auditor.page.locator(f"[name={name}]").fill(value)
        press(auditor, "Verify in this browser", f"Entry {index} leads to the root")
        expect(auditor.page.get_by_text("Proved: the log holds exactly")).to_be_visible()


def test_counsel_sees_what_a_draft_would_have_changed(people, tmp_path):
    counsel, draft = people[Role.COUNSEL], tmp_path / "draft.md"
    draft.write_text(STAY.replace("2025-08-07", "2025-08-01"))
    counsel.go("/book/effect/")
    counsel.page.set_input_files("#order", str(draft))
    press(counsel, "Decide the past again", "Decisions that come out otherwise")
    assert counsel.page.get_by_text("test-stay.all").count() > 0
    assert counsel.faults() == []


def test_counsel_compares_a_changed_book_and_proves_the_one_in_force(people, tmp_path):
    counsel, draft = people[Role.COUNSEL], tmp_path / "fan-out.md"
    text = (shipped_book() / "policies" / "fan-out.md").read_text(encoding="utf-8")
    draft.write_text(text.replace('finding: "The', 'finding: "By draft, The'), encoding="utf-8")
    counsel.go("/book/compare/")
    counsel.page.set_input_files("#draft", str(draft))
    press(counsel, "Compare", "What it says otherwise")
    assert counsel.page.locator("ins").first.inner_text() == "By draft,"
    assert counsel.faults() == []
    picture(counsel, "compare")
    counsel.go("/book/proofs/")
    press(counsel, "Prove the book as it stands", "are proved")
    assert counsel.faults() == []
    picture(counsel, "proofs")


def test_lists_work_without_script_and_say_what_does_not(people):
    plain = people["no script"]
    plain.go("/sign-in/")
    expect(plain.page.get_by_text("ostiary review")).to_be_visible()
    plain.context.add_cookies(people["anna"].context.cookies())
    plain.go("/cases/?step=determination")
    plain.page.locator("input[name=case]").nth(1).check()
    plain.page.get_by_label("Assign the chosen cases to").select_option("bert")
    plain.page.get_by_role("button", name="Assign").click()
    plain.page.get_by_text("1 case assigned to bert").wait_for()
    plain.page.locator("tbody th a").first.click()
    expect(plain.page.get_by_text("ostiary review OFFICE approve")).to_be_visible()
    plain.page.get_by_role("button", name="Yes, it is specific").click()
    expect(plain.page.get_by_text("passkeys need script", exact=False).first).to_be_visible()


def test_cases_are_decided_by_keyboard_alone_one_after_the_other(people):
    """Two steps and two prompts a case, at most six presses a step; no single key is needed."""
    anna, presses = people["anna"], 0
    anna.go("/cases/?who=me&step=determination")

    def press_until(wanted: str, most: int) -> None:
        nonlocal presses
        anna.page.wait_for_load_state()
        for _ in range(most):
            if anna.page.evaluate(f"document.activeElement.matches({wanted!r})"):
                break
            anna.press("Tab")
            presses += 1
        anna.press("Enter")
        presses += 1

    anna.press("Tab", "Enter")  # to the page, past its header
    press_until("a[data-key=j]", 4)
    anna.page.get_by_role("button", name="Yes, it is specific").wait_for()
    cases, began = int(os.environ.get("OSTIARY_CASES", "2")), time.monotonic()
    for done in range(cases):
        presses = 0
        if not done:  # after a step, its message has the focus; the first page was opened
            anna.page.locator("main").focus()
        press_until(".to-decision", 3)
        press_until("button[value=found]", 3)
        anna.page.get_by_text("You determined of").wait_for()
        assert presses <= 6
        press_until(".to-decision", 3)
        press_until("button[value=approve]", 3)
        anna.page.get_by_text("Here is the next of").wait_for()
        assert presses <= 12
    seconds = (time.monotonic() - began) / cases
    sys.stdout.write(f"{presses} presses, 2 prompts, {seconds:.2f} s a case\n")


def test_single_keys_stand_on_the_page_and_can_be_switched_off(people):
    anna = people["anna"]
    anna.go("/cases/?who=me&step=determination")
    anna.press("j")
    anna.page.get_by_role("button", name="Yes, it is specific").wait_for()
    anna.press("a", "Enter")
    anna.page.get_by_text("You determined of").wait_for()
    anna.press("a", "Enter")
    anna.page.get_by_text("Here is the next of").wait_for()
    where = anna.page.url
    anna.press("?")
    anna.page.get_by_label("Single keys work on these pages").uncheck()
    anna.page.locator("main").focus()
    anna.press("j")
    assert anna.page.url == where
    anna.page.get_by_label("Single keys work on these pages").check()


@pytest.mark.parametrize("width", [1280, 1024, 640, 390, 320])
def test_the_decision_is_reached_without_scrolling(people, width):
    """Its button, or the way to it, stands in the first screen at any width; so does the list."""
    bert = people["bert"]
    bert.page.set_viewport_size({"width": width, "height": 900 if width > 640 else 740})
    bert.go("/cases/?who=me&step=determination")
    expect(bert.page.locator("tbody th a").first).to_be_in_viewport(ratio=1)
    bert.page.locator("tbody th a").first.click()
    wanted = bert.page.locator(".to-decision" if width <= 640 else "button[value=found]")
    expect(wanted).to_be_in_viewport(ratio=1)
    if width <= 640:
        wanted.click()
        expect(bert.page.locator("button[value=found]")).to_be_in_viewport(ratio=1)
    assert bert.page.evaluate("document.documentElement.scrollWidth") <= width
    assert bert.faults() == []
    bert.page.set_viewport_size({"width": WIDE, "height": 900})


def test_a_return_is_confirmed_with_a_why(people):
    bert = people["bert"]
    bert.go("/cases/?who=me&step=determination")
    bert.page.locator("tbody th a").first.click()
    bert.page.get_by_role("link", name="No; return the request").click()
    assert bert.faults() == []
    bert.page.get_by_label("Why").fill("It names no offence.")
    press(bert, "Return the request and sign", "The request is returned; its record")
    assert bert.faults() == []


def test_an_upload_that_is_broken_off_left_or_sent_twice_counts_every_row_once(
    people, office, world, tmp_path
):
    """Whatever becomes of a tab, a file was taken whole, or nothing of it was."""
    asks = people[Role.REQUESTER]
    sent = {name: upload_of(world, tmp_path, name) for name in ("LOST", "TWICE", "LEFT")}
    with at_work(office, on=NEXT_DAY) as place:
        before = sum(place.store.count_standing(agency=AGENCY).values())

    lost = asks.context.new_page()
    slow = asks.context.new_cdp_session(lost)
    trickle = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 2_000}
    slow.send("Network.enable")
    slow.send("Network.emulateNetworkConditions", trickle)
    with lost.expect_request(lambda one: one.method == "POST"):
        sends(lost, asks.address, sent["LOST"])
    lost.close()

    one, other = asks.context.new_page(), asks.context.new_page()
    for tab in (one, other):
        sends(tab, asks.address, sent["TWICE"])
    assert "Your file is in" in "".join([what_came(tab) for tab in (one, other)])
    assert repeated(other, asks.address, sent["TWICE"]) == MANY
    other.go_back()
    expect(other.locator("#sending")).to_have_text("")

    sends(one, asks.address, sent["LEFT"])
    one.get_by_role("log").wait_for()
    one.close()
    assert repeated(other, asks.address, sent["LEFT"]) == MANY
    other.close()
    with at_work(office, on=NEXT_DAY) as place:
        after = sum(place.store.count_standing(agency=AGENCY).values())
        assert after == before + 2 * MANY
        with pytest.raises(InputError, match="no request has this id"):
            place.store.find_request("LOST-0")


MANY = 140  # rows of a file that is large enough for a page that says how far it is


def upload_of(world, folder: Path, name: str) -> Path:
    """A file of lawful rows with ids of its own."""
    row, path = lawful(world), folder / f"{name}.csv"
    padded = row | {"reason": f"{row['reason']} {'x' * 3_600}"}
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.DictWriter(file, padded)
        rows.writeheader()
        rows.writerows(padded | {"request_id": f"{name}-{n}"} for n in range(MANY))
    return path


def sends(tab, address: str, path: Path) -> None:
    """Send a file, and wait for nothing."""
    tab.goto(f"{address}/requests/file/")
    tab.set_input_files("#file", str(path))
    tab.get_by_role("button", name="Send the file").click(no_wait_after=True)


def what_came(tab) -> str:
    """Tell what a page says of a file: that it is in, or why it was not taken."""
    said = tab.get_by_text("Your file is in").or_(tab.get_by_text("The file was not taken"))
    return said.first.inner_text()


def repeated(tab, address: str, path: Path) -> int:
    """Send a file until no other is in its way; tell how many of its rows stood there before."""
    while True:
        sends(tab, address, path)
        if "Your file is in" in what_came(tab):
            tab.reload()  # nothing is sent again: the page has become that of the file
            figures = tab.locator("dl.figures div").filter(has_text="Repeats of earlier requests")
            return int(figures.locator("dd").inner_text())
