"""Notices to courts: what is to be given, whose hours run, what is over, and the calendar."""

from datetime import date

import pytest

from commands import ostiary
from ostiary.domain.errors import InputError
from ostiary.faces.server.roles import Role
from ostiary.office.administration.governed_files import governed_file
from ostiary.office.administration.trial import tried
from ostiary.office.oversight.court_notices import NoticeState, court_notices, notices_due
from ostiary.office.recovery.entering import at_work
from web_office import opened, person

ORDER = "ddc-2025-11-21"
LEAVES = "order,docket_entry,agency,from,until\n"
NOTICES = "order,agency,given_on,hours,told,proof,given_by\n"
LEAVE = f"{ORDER},entry 112,dhs-ice,2025-12-01,\n"
GIVEN = f"{ORDER},dhs-ice,2025-12-02,48,court,entry 113,chief counsel\n"
NOTICE_ALONE = """---
title: Notice first
layer: order
prefix: first
kind: notice
cites: /us/court/x/2025-09-05
citation: an invented order
from: 2025-09-05
scope:
  agencies: [dhs]
---

# Notice first

```yaml
id: first.notice
stage: disclosure
lifted_by: notice
finding: The court was not told.
cure: Tell it.
```
```sql
TRUE
```
"""


@pytest.fixture
def root(served_office, stores, tmp_path):
    return stores.copy(served_office, tmp_path / "office").root


def notices_on(root, day, leaves="", notices=""):
    (root / "registers" / "court_leaves.csv").write_text(LEAVES + leaves)
    (root / "registers" / "court_notices.csv").write_text(NOTICES + notices)
    with at_work(root, on=day) as place:
        return [one for one in court_notices(place) if one.order in {ORDER, "notice-first"}]


@pytest.mark.parametrize(
    ("day", "leaves", "notices", "told"),
    [
        (date(2025, 12, 1), "", "", []),
        (date(2025, 12, 1), LEAVE, "", [("to-give", None, 0)]),
        (date(2025, 12, 2), LEAVE, GIVEN, [("running", date(2025, 12, 5), 3)]),
        (date(2025, 12, 4), LEAVE, GIVEN, [("running", date(2025, 12, 5), 1)]),
        (date(2025, 12, 5), LEAVE, GIVEN, [("over", date(2025, 12, 5), 0)]),
        (date(2025, 11, 30), LEAVE, "", []),
    ],
)
def test_a_notice_is_wanted_runs_and_is_over(root, day, leaves, notices, told):
    found = notices_on(root, day, leaves, notices)
    assert [(str(one.state), one.opens_on, one.days_left) for one in found] == told


def test_who_gave_it_whom_and_with_what_proof_stands_beside_it(root):
    (found,) = notices_on(root, date(2025, 12, 3), LEAVE, GIVEN)
    assert (found.given_by, found.told, found.proof) == ("chief counsel", "court", "entry 113")
    (due,) = notices_due((found,))
    assert (due.on, due.what) == (date(2025, 12, 5), f"answers may leave under {ORDER}")


def test_without_leave_the_agencies_that_wait_are_asked(root):
    (root / "orders" / "notice-first.md").write_text(NOTICE_ALONE)
    found = notices_on(root, date(2025, 9, 5))
    wanted = [(one.order, one.agency) for one in found if one.state is NoticeState.TO_GIVE]
    assert wanted == [("notice-first", "dhs-ice")]  # nothing of the department itself waits


def test_requests_suspended_since_the_order_began_ask_for_its_notice(root):
    """They were told to come again once the court has had notice: somebody has to give it."""
    earlier = NOTICE_ALONE.replace("from: 2025-09-05", "from: 2025-08-01")
    (root / "orders" / "notice-first.md").write_text(earlier)
    found = [one for one in notices_on(root, date(2025, 9, 5)) if one.order == "notice-first"]
    assert [one.agency for one in found] == ["dhs", "dhs-ice"]


def test_head_and_counsel_see_them_and_take_the_calendar(root):
    notices_on(root, date(2025, 12, 3), LEAVE, GIVEN)
    with opened(root, date(2025, 12, 3)) as site:
        for role, page in ((Role.HEAD, "/office/"), (Role.COUNSEL, "/book/orders/")):
            browser = person(site, role, f"{role}-1")
            said = browser.get(page).content.decode()
            assert "2 days left" in said
            assert "chief counsel" in said
            calendar = browser.get("/office/notices.ics").content.decode()
            assert "DTSTART;VALUE=DATE:20251205" in calendar
        officer = person(site, Role.ADMINISTRATOR, "admin-1")
        assert officer.get("/office/notices.ics").status_code == 403


SHORT = f"{ORDER},dhs-ice,2025-12-02,48,court reporter,entry 113,chief counsel\n"
SHORT_TOO = SHORT.replace("dhs-ice", "dhs")
OF_NO_HOURS = GIVEN.replace(",48,", ",soon,")


def test_the_command_says_what_is_wanted_and_which_row_is_no_notice(root):
    """Whoever entered too short a notice is told there that it counts for nothing, and why."""
    (root / "orders" / "notice-first.md").write_text(
        NOTICE_ALONE.replace("kind: notice\n", "kind: notice\nnotice: {hours: 72, told: [court]}\n")
    )
    row = "notice-first,dhs-ice,2025-12-02,{},court,entry 9,chief counsel\n"
    said = {}
    for hours in (48, 72):
        notices_on(root, date(2025, 12, 3), notices=row.format(hours))
        said[hours] = ostiary("compliance", "notices", root, "--on", "2025-12-03").out
    assert "to be given, wanted since 2025-09-05: 72 hours to court" in said[48]
    assert "no notice, in court_notices.csv: order notice-first" in said[48]
    assert "its hours run; answers may leave from 2025-12-06" in said[72]
    assert "no notice" not in said[72]


def test_a_short_row_that_stands_is_no_notice_is_told_and_shuts_nothing(root):
    (found,) = notices_on(root, date(2025, 12, 3), LEAVE, SHORT)
    assert found.state is NoticeState.TO_GIVE
    with opened(root, date(2025, 12, 3)) as site:
        said = person(site, Role.COUNSEL, "counsel-1").get("/book/orders/").content.decode()
        assert "agency dhs-ice, given on 2025-12-02, column told" in said
        assert "lift nothing" in said


@pytest.mark.parametrize(
    ("stands", "wanted", "refused"),
    [
        (SHORT, GIVEN, ""),
        (SHORT + SHORT_TOO, GIVEN + SHORT_TOO, ""),
        (SHORT + SHORT_TOO, SHORT, ""),
        (OF_NO_HOURS, GIVEN, ""),
        (SHORT, SHORT.replace(",48,", ",49,") + SHORT_TOO, "agency dhs, "),
        (GIVEN, SHORT, "agency dhs-ice, "),
        (OF_NO_HOURS, SHORT, "agency dhs-ice, "),
    ],
)
def test_a_page_takes_what_mends_and_refuses_a_short_row_that_is_new(root, stands, wanted, refused):
    (root / "registers" / "court_notices.csv").write_text(NOTICES + GIVEN)
    with at_work(root, on=date(2025, 12, 3)) as place:
        file = governed_file(place.office, "court_notices.csv")
        file.path.write_text(NOTICES + stands)
        if not refused:
            tried(place, file, (NOTICES + wanted).encode())
            return
        with pytest.raises(InputError) as caught:
            tried(place, file, (NOTICES + wanted).encode())
    assert refused in caught.value.where
    assert "leave the row out" in caught.value.cure


def test_an_order_that_wants_more_than_was_given_binds_all_the_same(root):
    row = GIVEN.replace(ORDER, "notice-first")
    notices_on(root, date(2025, 12, 3), "", row)
    wants = NOTICE_ALONE.replace("kind: notice\n", "kind: notice\nnotice: {hours: 72}\n")
    with at_work(root, on=date(2025, 12, 3)) as place:
        tried(place, governed_file(place.office, "notice-first.md"), wants.encode())
