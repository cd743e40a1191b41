"""Pages after what opens the requests has been destroyed: they work, and tell nothing."""

from datetime import date

import pytest

from commands import ostiary
from officers import desk_on, first_case, key_of
from ostiary.faces.server.roles import Role
from ostiary.office.recovery.entering import at_work
from ostiary.office.release.disposal import dispose, due
from web_office import opened, person

DISPOSED, LATER = date(2045, 1, 1), date(2045, 1, 2)


def text_of(answer):
    """What a page or a download says."""
    parts = answer.streaming_content if answer.streaming else [answer.content]
    return b"".join(parts).decode()


@pytest.fixture
def disposed(office):
    """An office that disposed of a case, looked at and refused by one officer; number and id."""
    with desk_on(office) as (_, desk):
        case = first_case(desk)
        name = f"{case.request.agency}/{case.request.request_id}"
        desk.determine(name, "anna", key_of(office, "anna"), found=True)
        desk.refuse(name, "cora", key_of(office, "cora"), "not this one")
    with at_work(office, on=DISPOSED) as place:
        dispose(place, due(place))
    return office, case.request.id, name


def test_lists_and_cases_open_for_everybody_and_no_look_is_logged(disposed):
    root, number, name = disposed
    with opened(root, LATER) as site:
        anna = person(site, Role.OFFICER, "anna")
        auditor = person(site, Role.AUDITOR, "auditor-1")
        size = site.office.store.log_size()
        for browser, path, status in (
            (anna, "/cases/", 200),
            (anna, "/cases/export/", 200),
            (anna, f"/cases/{number}/", 410),
            (auditor, "/audit/cases/", 200),
            (auditor, f"/audit/cases/{number}/", 410),
        ):
            got = browser.get(path)
            assert got.status_code == status, path
            assert status != 200 or f"/cases/{number}/" not in text_of(got) or "audit" in path
        assert "destroyed on schedule" in got.content.decode()
        told = anna.post(f"/cases/{number}/decide/", {"step": "look", "passkey": ""})
        assert told.status_code in {409, 410}
        since = list(site.office.store.entries_from(size))
        assert [b'"type":"list.exported"' in body for body in since] == [True]
    shown = ostiary("review", root, "show", name, "--on", LATER)
    assert shown.status == 2
    assert "nothing is left to look at" in shown.err
    assert "Traceback" not in shown.err
