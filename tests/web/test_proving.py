"""Every entry of the log with its proof: on the page, as files for the command, and in a list."""

import csv
import html
import io
import re

import pytest

from commands import ostiary
from ostiary.verifying.answers.trust import TRUST_FILE, read_trust
from ostiary.verifying.log.entries import read_entry
from ostiary.verifying.log.proofs import read_proof


@pytest.fixture
def trust(site):
    return read_trust(site.office.accounting / TRUST_FILE)


def files_of(site, auditor, number, folder):
    """Download an entry and its proof as an auditor does, and lay them beside each other."""
    for name in ("entry.json", "entry.tlog-proof"):
        done = auditor.get(f"/audit/entries/{number}/{name}/")
        assert done.status_code == 200
        (folder / name).write_bytes(done.content)
    return folder / "entry.json", folder / "entry.tlog-proof", site.office.accounting / TRUST_FILE


def verify(entry, proof, key):
    return ostiary("accounting", "verify-proof", entry, proof, "--public-key", key)


def test_what_the_page_shows_is_what_the_log_proves(auditor, trust):
    page = auditor.get("/audit/entries/3/").content.decode()
    shown = [
        html.unescape(one)
        for one in re.findall(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)
    ]
    entry, proof, keys = map(html.unescape, shown)
    assert keys.split("\n") == [key.vkey for key in trust.logs]
    found = read_proof(proof)
    assert found.index == 3
    assert found.verify(entry.encode(), trust.logs, every=True).size > 3


def test_the_files_satisfy_the_command_that_is_shown(site, auditor, tmp_path):
    done = verify(*files_of(site, auditor, 3, tmp_path))
    assert done.status == 0, done.err
    assert "proved: entry 3" in done.out


def test_a_changed_entry_is_not_proved(site, auditor, tmp_path):
    entry, proof, key = files_of(site, auditor, 3, tmp_path)
    entry.write_bytes(entry.read_bytes().replace(b'"v":1', b'"v":2'))
    done = verify(entry, proof, key)
    assert done.status == 1
    assert "does not lead to the root" in done.err


def test_another_custodians_key_proves_nothing(site, auditor, tmp_path):
    entry, proof, _ = files_of(site, auditor, 3, tmp_path)
    other = tmp_path / "other"
    assert ostiary("init", other, "--training").status == 0
    assert verify(entry, proof, other / "accounting" / TRUST_FILE).status == 1


def test_what_cannot_be_read_is_bad_input(site, auditor, tmp_path):
    entry, proof, key = files_of(site, auditor, 3, tmp_path)
    assert verify(tmp_path / "none.json", proof, key).status == 2
    entry.write_bytes(b"x" * 70_000)
    assert verify(entry, proof, key).status == 2


def test_the_list_goes_through_the_whole_log_and_leads_to_each_entry(site, auditor):
    size = site.office.store.log_size()
    found, page = set(), 1
    while page:
        text = auditor.get(f"/audit/entries/?page={page}").content.decode()
        found |= {
            int(one) for one in re.findall(r'scope="row"><a href="/audit/entries/(\d+)/', text)
        }
        page = page + 1 if f"?page={page + 1}" in text else 0
    assert found == set(range(size))
    assert auditor.get("/audit/entries/?entry=4")["Location"] == "/audit/entries/4/"
    assert "has no such entry" in auditor.get(f"/audit/entries/?entry={size}").content.decode()
    assert auditor.get(f"/audit/entries/{size}/").status_code == 404


def test_the_history_of_a_case_leads_to_the_proofs(site, auditor, officer):
    number = next(iter(site.office.store.queue())).id
    assert f"/audit/entries/{site.office.store.line(number).entry_index}/" in (
        auditor.get(f"/audit/cases/{number}/").content.decode()
    )
    assert "/audit/entries/" not in officer.get(f"/cases/{number}/").content.decode()


def test_exports_hold_every_case_and_every_look(site, auditor, officer):
    number = next(iter(site.office.store.queue())).id
    officer.get(f"/cases/{number}/")
    cases = rows_of(auditor.get("/audit/export/cases.csv/"))
    assert len(cases) == 1 + sum(site.office.store.count_lines(agency=None).values())
    looks = rows_of(auditor.get("/audit/export/accesses.csv/"))
    assert looks[-1][2:] == ["anna", str(site.office.store.line(number).entry_index)]
    assert auditor.get("/audit/export/people.csv/").status_code == 404


def rows_of(response):
    return list(csv.reader(io.StringIO(response.content.decode())))


def test_the_figures_of_the_overview_are_in_the_entries_that_it_names(site, auditor):
    page = auditor.get("/audit/").content.decode()
    named = [int(one) for one in re.findall(r'href="/audit/entries/(\d+)/"', page)]
    bodies = dict(enumerate(site.office.store.entries_from(0)))
    entries = [read_entry(bodies[number]) for number in named]
    assert entries
    assert {one.type for one in entries} == {"batch.received"}
    shown = dict(re.findall(r"<dt>(Accepted|Returned|Suspended)</dt><dd>(\d+)</dd>", page))
    for status, count in shown.items():
        assert int(count) == sum(one["counts"][status.lower()] for one in entries)


def test_a_proof_is_said_in_words_and_its_machine_form_is_folded(auditor, trust):
    page = auditor.get("/audit/entries/3/").content.decode()
    shown, folded = page.split("What is checked, as machines read it")
    proof = html.unescape(re.search(r'id="proof-text"[^>]*>(.*?)<', folded, re.DOTALL)[1])
    head = read_proof(proof).verify(
        html.unescape(re.search(r'id="entry"[^>]*>(.*?)<', folded, re.DOTALL)[1]).encode(),
        trust.logs,
        every=True,
    )
    assert f"entry 3 of {head.size:,}" in shown
    assert head.root.hex() in shown
    assert f"{head.origin}, {len(trust.logs)} signatures" in shown
    assert "<textarea" not in shown


def test_counts_and_lists_of_an_entry_are_read_as_people_do(site, auditor):
    """No value of any entry is shown as a program writes it."""
    kinds = {read_entry(one).type: at for at, one in enumerate(site.office.store.entries_from(0))}
    for at in kinds.values():
        page = html.unescape(auditor.get(f"/audit/entries/{at}/").content.decode())
        cells = re.findall(r'data-label="Value"><code>(.*?)</code>', page)
        assert not [one for one in cells if re.search(r"[{}\[\]']|True|False|None", one)], at
