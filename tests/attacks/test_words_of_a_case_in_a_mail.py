"""Attack: whoever reads an officer's mail learns of a person, a request or an agency.

Every mail of an office full of cases is searched for every word and number that it must not hold.
"""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_string
from itertools import pairwise

import pytest

from mail_server import mail_server
from ostiary.faces.web.digests import tell_officers
from ostiary.faces.web.worklist import Filters, Worklist
from ostiary.office.folder.mail_config import Mail, MailTo
from web_office import opened_copy

OWN_WORDS = frozenset(
    re.findall(
        r"[a-z]+",
        "training something waits for you in ostiary cases wait for you case waits of them should"
        " have been decided by now keys in the registers wait for two officers key cases sign in"
        " there with your passkey this message holds nothing of any case a program wrote it and"
        " reads no reply",
    )
)


@pytest.fixture(scope="module")
def told(served_office, stores, tmp_path_factory):
    """An office, and every byte that its relay was handed."""
    folder = tmp_path_factory.mktemp("overheard")
    with (
        opened_copy(served_office, stores, folder) as site,
        mail_server(folder) as relay,
    ):
        to = tuple(MailTo(one, f"box-{n}@mail.example") for n, one in enumerate(("anna", "bert")))
        mail = Mail(f"127.0.0.1:{relay.port}", "none", sender="office@mail.example", to=to)
        served = replace(
            site, office=replace(site.office, config=replace(site.office.config, mail=mail))
        )
        assert tell_officers(served, datetime(2025, 8, 8, 7, tzinfo=UTC)).sent == len(to)
        yield served, [text for _, text in relay.mails]


def test_a_mail_has_the_words_of_the_house_and_no_other(told):
    """A closed list of words: whatever anybody wrote in a request cannot be among them."""
    site, mails = told
    for text in mails:
        spoken = set(re.findall(r"[a-z]+", _body_and_subject(text).replace(site.address, "")))
        assert spoken <= OWN_WORDS


def test_no_id_of_a_request_or_an_agency_is_in_a_mail(told):
    site, mails = told
    cases = list(site.office.store.cases([item.id for item in site.office.store.queue()]))
    said = {case.request.request_id for case in cases} | {case.request.agency for case in cases}
    said |= {str(json.loads(case.request.payload)["matter_number"]) for case in cases}
    said |= {str(json.loads(case.request.payload)["surname"]) for case in cases}
    assert len(said) > 20
    for text in mails:
        spoken = set(re.findall(r"[\w-]+", _body_and_subject(text)))
        assert [one for one in said if one.lower() in spoken] == []


def test_the_words_are_the_same_whatever_waits(told):
    """Two mails differ in their numbers, dates and addresses, and in nothing else."""
    _, mails = told
    for one, other in pairwise(_without_numbers(_body_and_subject(text)) for text in mails):
        assert one == other


def test_no_count_by_agency_and_no_officers_id_is_in_a_mail(told):
    site, mails = told
    agencies = site.office.store.work_by
    assert agencies is not None
    for officer, text in zip(("anna", "bert"), mails, strict=True):
        worklist = Worklist(site, site.desk(), officer, Filters())
        counts = {str(worklist.many()), str(worklist.many(due="overdue"))}
        numbers = set(re.findall(r"\d+", message_from_string(text).get_payload().replace(",", "")))
        assert numbers - set(re.findall(r"\d+", site.address)) <= counts
        assert not re.search(rf"\b{officer}\b", text)


def test_the_headers_are_those_that_a_mail_needs_and_no_more(told):
    _, mails = told
    for text in mails:
        found = message_from_string(text)
        assert {name.lower() for name in found} == {
            *("from", "to", "subject", "date", "message-id", "auto-submitted"),
            *("content-type", "content-transfer-encoding", "mime-version"),
        }
        assert not found.is_multipart()


def _body_and_subject(text):
    found = message_from_string(text)
    return f"{found['Subject']}\n{found.get_payload()}".lower()


def _without_numbers(text):
    return re.sub(r"[\d,]+", "", text)
