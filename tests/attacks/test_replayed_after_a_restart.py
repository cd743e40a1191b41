"""Attack: what was used before a restart of the server is used once more after it.

What was spent stands in the web office's tables, and no process keeps it alone.
"""

from dataclasses import dataclass, field

from officers import NEXT_DAY
from ostiary.faces.api.calling import buckets
from ostiary.faces.server.orm import Passkey
from ostiary.faces.server.roles import Role
from programs import PROGRAM, fresh_key, program, send_to_django, site_with_programs
from web_office import Browser, opened

REFUSED = {400, 401, 403}


def test_no_token_or_call_of_a_program_counts_twice(office):
    """Assertion, proof, nonce and key of a submission, sent again to the byte."""
    sent = []

    def send(*call):
        got = send_to_django(*call)
        sent.append((call, got[0]))
        return got

    with site_with_programs(office, NEXT_DAY) as (site, keys):
        client = program(site, PROGRAM, keys[PROGRAM], send)
        client.submit([{"request_id": "REPLAY-1", "surname": "NOBODY"}], key=fresh_key())
        size = site.office.store.log_size()
    done = [call for call, status in sent if status == 200]
    assert {call[1].rsplit("/", 1)[1] for call in done} == {"token", "requests"}
    buckets.cache_clear()
    with opened(office, NEXT_DAY) as again:
        for call in done:
            assert send_to_django(*call)[0] in REFUSED
        assert again.office.store.log_size() == size


@dataclass
class Recorded(Browser):
    """A browser of which all that it sends is kept."""

    sent: list = field(default_factory=list)

    def post(self, path, data=None, **more):
        self.sent.append((path, data))
        return super().post(path, data, **more)


def test_no_link_or_answer_of_a_passkey_counts_twice(office):
    """Neither in the browser that sent it, nor in another, nor in one that was asked anew."""
    with opened(office, NEXT_DAY) as site:
        browser = Recorded(site, Role.AUDITOR, "auditor-1")
        browser.enrol().sign_in()
        sent = list(browser.sent)
    assert {path.split("/")[1] for path, _ in sent} == {"enrol", "sign-in"}
    with opened(office, NEXT_DAY) as site:
        assert browser.get("/book/").status_code == 200  # the session outlives the restart
        asked_anew = Browser(site)
        asked_anew.asked()
        for other in (browser, Browser(site), asked_anew):
            for path, data in sent:
                assert other.post(path, data).status_code in {*REFUSED, 404, 410}
        assert Passkey.objects.count() == 1
