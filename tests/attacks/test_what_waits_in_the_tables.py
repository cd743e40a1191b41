"""Attack: whoever edits the web office's tables answers programs in the office's name.

Kept responses and waiting events are rows; one is sent again as it is, the other is signed.
"""

import hashlib
import json

import pytest

from officers import NEXT_DAY
from ostiary.faces.api import dispatching
from ostiary.faces.api.events import _body, is_borne_out
from ostiary.faces.api.orm import KeptResponse, WaitingEvent, WatchedChange
from ostiary.faces.api.submitting import _kept, _mac, _own_key
from programs import ICE, OTHER, PROGRAM, fresh_key, program, site_with_programs

URL, AT = "https://a.example/told", "2025-08-07T10:00:00Z"


@pytest.fixture(scope="module")
def served(served_office, stores, tmp_path_factory):
    root = stores.copy(served_office, tmp_path_factory.mktemp("tables") / "office").root
    with site_with_programs(root, NEXT_DAY) as (site, keys):
        yield site, program(site, PROGRAM, keys[PROGRAM])


def test_a_response_that_was_written_over_is_not_sent(served):
    _, ice = served
    key, rows = fresh_key(), [{"request_id": "KEPT-1"}]
    first = ice.submit(rows, key=key).replies
    row = KeptResponse.objects.latest("id")
    forged = row.response.replace("KEPT-1", "KEPT-2")
    assert forged != row.response
    for text in (forged, forged.partition("\n")[2], "", "{}", f"{'0' * 64}\n{{}}"):
        KeptResponse.objects.filter(pk=row.pk).update(response=text)
        again = ice.submit(rows, key=key).replies
        assert [one.entry for one in again] == [one.entry for one in first]
        assert [one.request_id for one in again] == ["KEPT-1"]


@pytest.mark.parametrize("changed", [{"agency": OTHER}, {"key": "another"}, {"body": "another"}])
def test_a_response_moved_to_another_key_agency_or_body_is_none(served, changed):
    assert served
    text = json.dumps({"replies": []})
    told = {"agency": ICE, "key": hashlib.sha256(b"k").hexdigest(), "body": "b"}
    kept = f"{_mac(_own_key(), *told.values(), text)}\n{text}"
    row = KeptResponse.objects.create(**told | changed, response=kept, kept_at=2**40)
    assert _kept(row.agency, row.key, row.body) is None
    row.delete()


def event(site, request, **changed):
    """An event about a request, as the office makes it, with its words or its row changed."""
    kind = changed.pop("kind", str(request.status))
    told = WatchedChange(entry=changed.pop("entry", request.entry_index), becomes=kind)
    body = json.loads(_body(site, URL, told, AT)) | changed.pop("said", {})
    row = {"agency": request.agency, "url": URL, "body": json.dumps(body, separators=(",", ":"))}
    return WaitingEvent(**row | changed, made_at=0, next_at=0)


FORGED = {
    "another status": {"kind": "answered"},
    "no status": {"kind": "everything-is-well"},
    "another agency": {"agency": OTHER},
    "a request that is not there": {"entry": 10**6},
    "an entry that is no request": {"entry": 0},
    "another link": {"said": {"link": "https://evil.example/"}},
    "a member more": {"said": {"note": "call this number"}},
    "another id": {"said": {"id": "0" * 32}},
    "another address": {"url": "https://evil.example/told"},
    "no words": {"body": ""},
    "other words": {"body": "[]"},
    "a number": {"body": "7"},
    "half a body": {"body": '{"type":"request.accepted"'},
}


@pytest.fixture(scope="module")
def request_of_ice(served):
    site, _ = served
    store = site.office.store
    return next(store.request(one.id) for one in store.find_lines("", 500) if one.agency == ICE)


def test_what_the_office_would_say_is_borne_out(served, request_of_ice):
    assert is_borne_out(served[0], event(served[0], request_of_ice))


def test_an_office_that_moved_says_at_its_new_address_what_waited(
    served, request_of_ice, monkeypatch
):
    site, sent = served[0], []
    monkeypatch.setattr(dispatching, "_send", lambda _, one: sent.append(one.body))
    own = event(site, request_of_ice).body
    path = json.loads(own)["link"].removeprefix(site.address)
    event(site, request_of_ice, said={"link": f"https://earlier.example{path}"}).save()
    dispatching._turn_of(site, URL)
    assert sent == [own]


@pytest.mark.parametrize("what", FORGED)
def test_no_webhook_is_signed_that_the_log_does_not_bear_out(
    served, request_of_ice, what, monkeypatch
):
    site, _ = served
    monkeypatch.setattr(dispatching, "_send", lambda *_: pytest.fail("it was signed and sent"))
    forged = event(site, request_of_ice, **FORGED[what])
    forged.save()
    dispatching._turn_of(site, forged.url)
    assert not WaitingEvent.objects.filter(pk=forged.pk).exists()
