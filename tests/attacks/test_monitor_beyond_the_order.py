"""A court's monitor tries to see more than the order lets them see, or longer."""

import zipfile
from io import BytesIO

import pytest

from officers import NEXT_DAY
from order import seat_text
from ostiary.domain.errors import InputError
from ostiary.faces.server.people import add_person
from ostiary.faces.server.roles import Role
from ostiary.faces.web.views.monitoring import PAGE
from ostiary.office.batches.asked_again import asked_as_texts
from ostiary.office.oversight import under_orders
from ostiary.office.oversight.under_orders import numbers_under
from ostiary.verifying.export.compliance import check_compliance
from ostiary.verifying.log.entries import read_entry
from web_office import Browser, opened, person

ICE = "dhs-ice"


def put(office, name, text):
    (office / "orders").mkdir(exist_ok=True)
    (office / "orders" / f"{name}.md").write_text(text)


@pytest.fixture
def site(office):
    put(office, "ice", seat_text(ICE, "monitor-ice"))
    put(office, "tax", seat_text("state-revenue", "monitor-tax"))
    with opened(office, NEXT_DAY) as found:
        yield found


@pytest.fixture
def monitor(site):
    return person(site, Role.MONITOR, "monitor-ice")


def requests_of(site, agency):
    store = site.office.store
    return [one.id for one in store.lines(agency=agency, many=10_000)]


def order_of(site, name):
    return next(one for one in site.snapshot().law.book.instruments if one.id == name)


def entries_since(site, before):
    return [read_entry(body) for body in site.office.store.entries_from(before)]


def test_exactly_the_requests_of_the_order_are_shown(site, monitor):
    store, found = site.office.store, set()
    own = requests_of(site, ICE)
    for page in range(1, len(own) // PAGE + 2):
        text = monitor.get(f"/monitor/ice/?page={page}").content.decode()
        found |= {one for one in own if f"/requests/{one}/" in text}
    assert len(found) == len(own)
    assert sorted(found, reverse=True) == numbers_under(site.place(), order_of(site, "ice"))
    everything = {one.id for one in store.lines(agency=None, many=10_000)}
    assert everything - found
    for number in sorted(everything - found)[:30]:
        assert monitor.get(f"/monitor/ice/requests/{number}/").status_code == 404


def test_another_orders_requests_look_like_none(site, monitor):
    (number, *_) = requests_of(site, ICE)
    assert monitor.get(f"/monitor/ice/requests/{number}/").status_code == 200
    assert monitor.get(f"/monitor/tax/requests/{number}/").status_code == 404
    assert monitor.get("/monitor/tax/").status_code == 404
    assert monitor.post("/monitor/tax/record/").status_code == 404
    assert monitor.get("/monitor/ddc-2025-11-21/").status_code == 404
    assert b"tax" not in monitor.get("/monitor/").content.split(b"<main", 1)[1]


def test_what_requests_say_is_withheld_unless_the_order_opens_it(office, site, monitor):
    store = site.office.store
    line = next(one for one in store.lines(agency=ICE, many=10_000) if one.status == "accepted")
    asked = store.request(line.id)
    with site.working() as place:
        said = asked_as_texts(place, line.id)
    personal = [said[name] for name in ("surname", "address_line", "reason", "matter_number")]
    path = f"/monitor/ice/requests/{line.id}/"
    pages = [monitor.get(one).content.decode() for one in ("/monitor/ice/", path)]
    for text in pages:
        assert not any(one in text for one in [*personal, asked.request_id])
    put(office, "ice", seat_text(ICE, "monitor-ice", more=", reads: requests"))
    text = monitor.get(path).content.decode()
    assert said["surname"] in text
    assert asked.request_id in text


def test_the_matter_of_a_notice_is_withheld_as_that_of_a_request_is(office, monitor):
    kinds = "kind: [monitor, notice]"
    rows = "order,agency,given_on,hours,told,proof,matter_number\n"
    registered = office / "registers" / "court_notices.csv"
    registered.write_text(f"{rows}ice,{ICE},2025-08-06,24,court,entry 9,HSI-2025-77\n")
    for more, shown in (("", False), (", reads: requests", True)):
        put(office, "ice", seat_text(ICE, "monitor-ice", more=more).replace("kind: monitor", kinds))
        text = monitor.get("/monitor/ice/").content.decode()
        assert "entry 9" in text
        assert ("HSI-2025-77" in text) == shown
        assert ("matter withheld" in text) != shown


def test_no_page_says_what_a_record_showed(office, site, monitor):
    put(office, "ice", seat_text(ICE, "monitor-ice", more=", reads: requests"))
    words = ("confirmed", "mismatch", "no-record", "no record", "several people")
    for number in requests_of(site, ICE)[:40]:
        text = monitor.get(f"/monitor/ice/requests/{number}/").content.decode().lower()
        said, asked = text.split("what it asked", 1)
        shown = said + asked.split("history, from the log", 1)[1]
        assert [one for one in words if one in shown] == []


def test_each_look_is_in_the_log_before_the_page(site, monitor):
    before = site.office.store.log_size()
    (number, *_) = requests_of(site, ICE)
    monitor.get("/monitor/ice/")
    monitor.get(f"/monitor/ice/requests/{number}/")
    looks = [one for one in entries_since(site, before) if one.fields.get("reader")]
    assert [(one.type, one["reader"]) for one in looks] == [
        ("list.exported", "monitor-ice"),
        ("case.read", "monitor-ice"),
    ]
    assert looks[0]["list"] == "order/ice"
    assert looks[1]["about"] == site.office.store.line(number).entry_index


def test_the_record_is_the_one_thing_to_take_away(site, monitor, tmp_path):
    got = monitor.post("/monitor/ice/record/")
    assert got["Content-Type"] == "application/zip"
    zipfile.ZipFile(BytesIO(got.content)).extractall(tmp_path)
    key = site.place().signer.verifier.vkey
    assert check_compliance(tmp_path / "ice", [key], every=True).faults == ()
    (number, *_) = requests_of(site, ICE)
    for path in (
        *("/audit/export/cases.csv/", "/cases/export/", "/office/notices.ics"),
        *(f"/requests/{number}/letter/", f"/requests/{number}/answer/", f"/cases/{number}/"),
        *(
            f"/audit/cases/{number}/",
            "/audit/entries/1/entry.json/",
            "/administration/",
            "/office/",
        ),
    ):
        assert monitor.get(path).status_code in {403, 405}, path


@pytest.mark.parametrize(
    "ended",
    [
        seat_text(ICE, "monitor-ice", until="2025-08-06"),
        seat_text(ICE, "monitor-ice", more=", until: 2025-08-06"),
        seat_text(ICE, "monitor-of-another-kind"),
        seat_text(ICE, "monitor-ice", first="2025-08-20"),
    ],
)
def test_when_the_seat_ends_an_open_page_ends_with_it(office, site, monitor, ended):
    (number, *_) = requests_of(site, ICE)
    put(office, "ice", ended)
    for path in ("/monitor/", "/monitor/ice/", f"/monitor/ice/requests/{number}/"):
        assert monitor.get(path).status_code == 302
    again = Browser(site, Role.MONITOR, "monitor-ice", device=monitor.device).try_sign_in()
    assert again.status_code == 403
    assert "names monitor-ice as its monitor" in again.content.decode()


def test_nobody_becomes_a_monitor_but_by_an_order(site):
    with pytest.raises(InputError, match="names a monitor of this id"):
        add_person(site, Role.MONITOR, "monitor-of-nothing")


def test_requests_from_before_the_order_are_out_of_it(office, site, monitor):
    put(office, "ice", seat_text(ICE, "monitor-ice", first=str(NEXT_DAY)))
    (number, *_) = requests_of(site, ICE)
    assert monitor.get(f"/monitor/ice/requests/{number}/").status_code == 404
    assert "No request has come under this order yet" in (
        monitor.get("/monitor/ice/").content.decode()
    )


def test_the_days_of_steps_are_asked_once_for_a_list(office, site, monkeypatch):
    """Of all requests together: a list of thousands asked the log anew for each of them."""
    put(office, "late", seat_text(ICE, "monitor-late", first=str(NEXT_DAY)))
    found, asked = order_of(site, "late"), []
    stepped = frozenset(one.entry_index for one in site.office.store.lines(agency=ICE, many=9))

    def counted(*_):
        asked.append(1)
        return stepped

    monkeypatch.setattr(under_orders, "_stepped", counted)
    assert len(under_orders.numbers_under(site.place(), found)) == len(stepped) > 1
    assert len(asked) == 1


def test_a_provision_narrows_what_is_seen(office, site, monitor):
    put(office, "ice", seat_text(ICE, "monitor-ice", provision="/us/usc/t26/s6103/i/1"))
    store = site.office.store
    seen = numbers_under(site.place(), order_of(site, "ice"))
    for number in seen:
        entry = read_entry(store.entry(store.line(number).entry_index).body)
        assert entry["provision"] == "/us/usc/t26/s6103/i/1"
    other = next(one for one in requests_of(site, ICE) if one not in seen)
    assert monitor.get(f"/monitor/ice/requests/{other}/").status_code == 404
