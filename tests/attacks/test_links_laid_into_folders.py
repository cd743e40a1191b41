"""Attack: who may write into a folder of the office lays a link into it, and asks for the file.

The office may read its keys, its settings and everybody's rows; whoever fetches a tile, an answer
or the replies to a file must not be given them because a link of that name leads there.
"""

from contextlib import closing

import pytest
from django.test import Client as Browser

from officers import approve_twice, first_case
from ostiary.domain.errors import InputError
from ostiary.faces.server.roles import Role
from ostiary.office.cases.steps import at_desk
from ostiary.office.publication.site import publish_site
from ostiary.office.release.release import release
from ostiary.verifying.client import RefusedError
from programs import fresh_key
from web_office import AGENCY, person, requester_of

_SECRET = b"what only the office may read"


@pytest.fixture
def lay(site):
    """Lays links to a secret of the office in the places of files."""
    secret = site.office.keys / "of-the-office"
    secret.write_bytes(_SECRET)

    def laid(at):
        at.unlink(missing_ok=True)
        at.symlink_to(secret)

    return laid


def statuses(agency, pages):
    found = set()
    for page in pages:
        with closing(agency.get(page)) as answered:  # a file is closed with its response
            found.add(answered.status_code)
    return found


def test_no_file_of_the_log_is_a_link_nor_is_one_published(site, lay, tmp_path):
    signed = (site.office.accounting / "checkpoint").read_bytes()
    for name in ("tile/0/007", "checkpoint"):
        lay(site.office.accounting / name)
        answered = Browser(SERVER_NAME="localhost").get(f"/api/v1/log/{name}")
        assert (answered.status_code, _SECRET in answered.content) == (404, False)
    (site.office.accounting / "checkpoint").unlink()
    (site.office.accounting / "checkpoint").write_bytes(signed)
    lay(site.office.accounting / "custodian.pub")
    with site.working() as place, pytest.raises(InputError, match="or is a link"):
        publish_site(place, tmp_path / "site")
    assert not (tmp_path / "site").exists()


def test_no_answer_and_no_reply_to_a_file_is_a_link(site, ice, lay):
    with at_desk(site.place()) as desk:
        case = first_case(desk)
        approve_twice(desk, site.office.root, case.request.request_id)
    with site.working() as place:
        release(place, case.request.request_id)
    agency = person(site, Role.REQUESTER, requester_of(site), AGENCY)
    batch = ice.submit([{"request_id": "X-1", "surname": "Sample"}], key=fresh_key()).batch
    files = [f"/files/{batch}/{name}/" for name in ("replies.csv", "to_mend.csv", "to_mend.xlsx")]
    pages = [f"/requests/{case.request.id}/answer/", *files]
    assert statuses(agency, pages) == {200}
    assert ice.answer(case.request.entry_index)
    lay(site.office.answers / f"{place.store.answer_name(case.request.id)}.answer")
    for name in ("replies.csv", "to_mend.csv", "row_errors.csv", "summary.json"):
        lay(site.office.batches / batch / name)
    assert statuses(agency, pages) == {404}
    assert _SECRET not in agency.get(f"/files/{batch}/").content
    with pytest.raises(RefusedError, match="404"):
        ice.answer(case.request.entry_index)
