"""Figures and log lines of the server: by route and kind, and nobody's content in any."""

import io
import json
import logging
import re
import urllib.error
import urllib.request

import pytest

from ostiary.domain.errors import InputError
from ostiary.faces.server.logs import AsJson, write_json
from ostiary.faces.server.measures import metrics_text, telling
from ostiary.faces.server.roles import Role
from web_office import AGENCY, opened_copy, person, requester_of

LINE = re.compile(
    r'[a-z_]+(\{[a-z]+="[A-Za-z0-9_:+.-]*"(,[a-z]+="[A-Za-z0-9_:+.-]*")*\})? [0-9.e+-]+'
)


@pytest.fixture(scope="module")
def site(served_office, stores, tmp_path_factory):
    with opened_copy(served_office, stores, tmp_path_factory.mktemp("measures")) as found:
        yield found


@pytest.fixture
def heard():
    """What the server writes as JSON, a line a time; the loggers stay as they were."""
    names = ("django", "ostiary")
    kept = [(logging.getLogger(name), vars(logging.getLogger(name)).copy()) for name in names]
    write_json()
    text = io.StringIO()
    logging.getLogger("ostiary").handlers[0].setStream(text)
    yield text
    for logger, was in kept:
        logger.handlers[:] = was["handlers"]
        logger.setLevel(was["level"])
        logger.propagate = was["propagate"]


def test_figures_name_routes_and_no_person_agency_or_case(site, heard):
    name = requester_of(site)
    requester = person(site, Role.REQUESTER, name, AGENCY)
    requester.get("/requests/")
    requester.get("/requests/31415/")
    requester.get("/nobody-types-this/Ada-Sample/")
    text = metrics_text(site)
    for line in text.splitlines():
        assert line.startswith("# ") or LINE.fullmatch(line), line
    assert 'ostiary_answers_total{route="requests",verb="GET",status="200"}' in text
    assert f"ostiary_log_entries {site.office.store.log_size()}" in text
    assert 'ostiary_fit{part="case-store"} 1' in text
    lines = [json.loads(line) for line in heard.getvalue().splitlines()]
    answers = [one for one in lines if one["logger"] == "ostiary.answers"]
    assert {"route", "verb", "status", "milliseconds"} <= answers[-1].keys()
    asked = [item.request_id for item in site.office.store.queue()]
    for secret in (name, AGENCY, "Ada", "31415", *asked):
        assert secret not in text
        assert secret not in heard.getvalue()


def test_a_line_has_its_own_sentence_and_nothing_put_into_it():
    with pytest.raises(ValueError, match="Ada") as caught:
        int("Ada Sample, 1 Invented Street")
    told = (caught.type, caught.value, caught.tb)
    record = logging.LogRecord(
        "ostiary.office", logging.WARNING, "", 0, "the key of %s waits", ("Ada",), told
    )
    said = json.loads(AsJson().format(record))
    assert said["message"] == "the key of %s waits"
    assert said["error"] == "ValueError"
    assert "Ada" not in json.dumps(said)


def test_figures_are_told_on_a_port_of_their_own_and_nothing_else_is(site):
    with telling(site, 0) as port:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as got:
            assert got.headers["Content-Type"].startswith("text/plain")
            assert b"ostiary_answer_seconds_count" in got.read()
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/")
        with (
            pytest.raises(InputError, match="another port with --metrics-port"),
            telling(site, port),
        ):
            pass
