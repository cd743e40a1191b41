"""Attack: an agency reads another's rows in a file that the custodian ran for both.

A row that could not be read is no request, and one that repeats an earlier request is none of this
file; so asking whose the requests of a file are does not see them. Their words would be told all
the same, by the rows to mend and the replies.
"""

import pytest

from officers import NEXT_DAY
from ostiary.faces.server.roles import Role
from ostiary.office.batches.running import run_batch
from request_file import REQUEST_COLUMNS, csv_bytes, request
from web_office import AGENCY, opened_copy, person, requester_of

OTHER = "state-revenue"
FILES = ("", "to_mend.csv/", "to_mend.xlsx/", "row_errors.csv/", "findings.csv/", "replies.jsonl/")


@pytest.fixture(scope="module")
def site(served_office, stores, tmp_path_factory):
    with opened_copy(served_office, stores, tmp_path_factory.mktemp("mixed")) as found:
        yield found


@pytest.fixture(scope="module")
def requester(site):
    return person(site, Role.REQUESTER, requester_of(site), AGENCY)


@pytest.fixture
def ran(site, tmp_path):
    def run(*rows):
        path = tmp_path / "both.csv"
        path.write_bytes(csv_bytes(*rows, columns=REQUEST_COLUMNS))
        with site.working() as place:
            return run_batch(place, path, NEXT_DAY)["batch"]

    return run


def statuses(requester, batch):
    found = [requester.get(f"/files/{batch}/{name}") for name in FILES]
    for one in found:
        one.close()
    return {one.status_code for one in found}


@pytest.mark.parametrize("agency", [OTHER, "", f"{AGENCY} {OTHER}"])
def test_a_row_that_could_not_be_read_keeps_the_file_to_the_custodian(requester, ran, agency):
    own, broken = request(request_id=f"OWN-{agency}"), f"BAD-{agency}"
    batch = ran(own, request(request_id=broken, agency=agency, signed_on="no day", surname="HIDE"))
    assert statuses(requester, batch) == {404}


def test_a_row_that_repeats_anothers_request_keeps_the_file_to_the_custodian(requester, ran):
    theirs = request(request_id="THEIRS", agency=OTHER)
    ran(theirs)
    assert statuses(requester, ran(request(request_id="OURS"), theirs)) == {404}


def test_a_file_of_ones_own_is_shown_with_what_could_not_be_read_and_what_repeats(requester, ran):
    ran(request(request_id="AGAIN"))
    broken = request(request_id="MINE-2", signed_on="no day")
    batch = ran(request(request_id="MINE-1"), broken, request(request_id="AGAIN"))
    assert statuses(requester, batch) == {200}


def test_once_the_rows_to_mend_are_gone_nobody_can_tell_and_nothing_is_shown(site, requester, ran):
    batch = ran(request(request_id="LAST-1"), request(request_id="LAST-2", signed_on="no day"))
    (site.office.batches / batch / "to_mend.csv").unlink()
    assert statuses(requester, batch) == {404}
