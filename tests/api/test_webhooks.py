"""An agency's system is told that a request has a new status; what it is, the API tells."""

import json
import time

import pytest
from click.testing import CliRunner

from officers import approve_twice, first_case, key_of
from ostiary.domain.columns import REQUEST
from ostiary.faces.api.dispatching import backlog, dispatching, send_waiting, webhook_key
from ostiary.faces.api.endpoints import document
from ostiary.faces.api.orm import WaitingEvent
from ostiary.faces.cli.main import cli
from ostiary.office.cases.steps import at_desk, determine, waiting
from ostiary.office.release.release import release
from ostiary.verifying.client import UnsoundWebhookError, verify_webhook
from ostiary.verifying.keys.files import key_text
from programs import ICE, OTHER, fresh_key
from receivers import receiver, register_receivers

PUBLIC = {"id", "type", "request", "time", "link"}


@pytest.fixture
def told(site):
    """The receiver of one agency, registered before anything happens."""
    with receiver() as found:
        register_receivers(site.office.root, (ICE, found.url))
        send_waiting(site)
        yield found


def events(site, told):
    """What the receiver was told, each call checked as an agency's program would."""
    key = webhook_key(site).public_key()
    return [verify_webhook(key, told.url, headers, body) for headers, body in told.calls]


def submit(program, asked, many=2, name="HOOK"):
    rows = [one | {"request_id": f"{name}-{n}"} for n, one in enumerate(asked[:many])]
    return program.submit(rows, key=fresh_key()).replies


def test_replies_are_told_once_to_the_agency_that_asked(site, told, ice, other, asked):
    replies = submit(ice, asked)
    submit(other, asked)
    assert send_waiting(site).taken == 2
    found = events(site, told)
    assert [one.request for one in found] == [one.entry for one in replies]
    assert [one.type for one in found] == [f"request.{one.status}" for one in replies]
    assert found[0].link == f"{site.address}/api/v1/requests/{replies[0].entry}"
    assert send_waiting(site).taken == 0
    assert len(told.calls) == 2


def test_nobody_is_told_of_what_was_before_they_were_registered(site, told):
    assert site.office.store.log_size() > 600
    assert send_waiting(site).found == 0
    assert told.calls == []


def test_answers_are_told_together_and_alike_whatever_they_say(site, told):
    desk, root = site.desk(), site.office.root
    answers = {a: first_case(desk, a, office=root, agency=ICE) for a in ("confirmed", "no-answer")}
    with site.working() as place, at_desk(place) as own:
        for case in answers.values():
            approve_twice(own, site.office.root, f"{ICE}/{case.request.request_id}")
        send_waiting(site)
        assert told.calls == []
        release(place)
    assert send_waiting(site).taken == 2
    first, second = events(site, told)
    assert {first.request, second.request} == {c.request.entry_index for c in answers.values()}
    assert (first.type, first.time) == (second.type, second.time)
    assert first.type == "request.answered"
    one, two = (json.loads(body) | {"id": 0, "request": 0, "link": ""} for _, body in told.calls)
    assert one == two
    assert (
        len({len(body) - 2 * len(str(json.loads(body)["request"])) for _, body in told.calls}) == 1
    )


def test_a_reason_found_not_specific_is_told_when_the_api_tells_it(site, told, ice):
    case = next(case for case, _ in waiting(site.desk()) if case.request.agency == ICE)
    with site.working() as place:
        name = f"{ICE}/{case.request.request_id}"
        determine(place, name, "anna", key_of(site.office.root, "anna"), found=False)
    send_waiting(site)
    [event] = events(site, told)
    assert event.type == "request.returned"
    assert ice.status(event.request).status == "returned"


def test_an_event_holds_a_kind_a_number_an_address_and_nothing_else(site, told, ice, asked):
    personal = [str(asked[0][name]) for name in ("surname", "given_name", "address_line", "reason")]
    submit(ice, asked, 1, "Quillfeather")
    send_waiting(site)
    [(headers, body)] = told.calls
    assert set(json.loads(body)) == PUBLIC
    sent = (body.decode() + json.dumps(headers)).lower()
    for text in (*personal, "Quillfeather", *(one.name for one in REQUEST if "_" in one.name)):
        assert text.lower() not in sent


def test_what_is_not_taken_is_sent_again_later_with_the_same_id(site, told, ice, asked):
    told.status = 500
    submit(ice, asked)
    assert send_waiting(site).failed == 1
    assert send_waiting(site).failed == 0  # not its turn yet
    [line] = backlog()
    assert (line.waiting, line.last_fault) == (2, "status 500")
    told.status = 200
    WaitingEvent.objects.update(next_at=0)
    assert send_waiting(site).taken == 2
    found = events(site, told)
    assert found[0].id == found[1].id != found[2].id
    assert backlog() == []


def test_a_receiver_that_never_answers_is_given_up_after_three_days(site, told, ice, asked):
    told.status = 503
    submit(ice, asked, 1)
    send_waiting(site)
    WaitingEvent.objects.update(made_at=1, next_at=0)
    send_waiting(site)
    assert [(one.waiting, one.given_up) for one in backlog()] == [(0, 1)]
    calls = len(told.calls)
    WaitingEvent.objects.update(next_at=0)
    send_waiting(site)
    assert len(told.calls) == calls


def test_a_receiver_struck_from_the_register_is_told_nothing_more(site, told, ice, asked):
    told.status = 500
    submit(ice, asked)
    send_waiting(site)
    register_receivers(site.office.root, (ICE, told.url), until="2025-02-01")
    WaitingEvent.objects.update(next_at=0)
    send_waiting(site)
    assert (len(told.calls), backlog()) == (1, [])


def test_one_receiver_that_fails_keeps_no_other_from_its_turn(site, ice, other, asked):
    with receiver() as good:
        gone = "http://localhost:9/hook"
        register_receivers(site.office.root, (ICE, gone), (OTHER, good.url))
        send_waiting(site)
        submit(ice, asked, 1)
        submit(other, asked, 1)
        done = send_waiting(site)
        assert (done.taken, done.failed) == (1, 1)
        assert len(good.calls) == 1


def test_a_thread_beside_the_server_sends_by_itself_and_survives_a_fault(
    site, told, ice, asked, caplog
):
    register = site.office.registers / "webhooks.csv"
    sound = register.read_text()
    with dispatching(site, period=0.05):
        register.write_text("agency,url\nbroken")
        time.sleep(0.5)
        register.write_text(sound)
        submit(ice, asked, 1)
        ends = time.monotonic() + 60
        while not told.calls and time.monotonic() < ends:
            time.sleep(0.05)
    assert len(told.calls) == 1
    assert asked[0]["surname"] not in caplog.text


def test_the_commands_send_list_and_print_the_key(site, told, ice, asked):
    told.status = 500
    submit(ice, asked, 1)
    office = str(site.office.root)
    run = CliRunner().invoke
    said = run(cli, ["webhooks", "send", office, "--on", "2025-08-07", "--json"])
    assert json.loads(said.output) == {"found": 1, "taken": 0, "failed": 1}
    [line] = json.loads(run(cli, ["webhooks", "list", office, "--json"]).output)["receivers"]
    assert (line["agency"], line["waiting"]) == (ICE, 1)
    printed = run(cli, ["webhooks", "key", office]).output.strip()
    assert printed == key_text(webhook_key(site).public_key())


def test_the_api_document_describes_them():
    said = document()
    assert said["webhooks"]["status-changed"]["post"]["requestBody"]["required"]
    assert set(said["components"]["schemas"]["EventOut"]["properties"]) == PUBLIC


def test_a_receiver_believes_the_offices_key_alone(site):
    with pytest.raises(UnsoundWebhookError):
        verify_webhook(webhook_key(site).public_key(), "https://x.example", {}, b"{}")
