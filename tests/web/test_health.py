"""What whoever watches the server sees: whether it lives and can answer, and nothing else."""

import re
import shutil

from ostiary.faces.web.glossary import OF_PAGES, glossary


def test_it_lives(stranger):
    told = stranger.get("/healthz")
    assert (told.status_code, told.content) == (200, b"ok\n")


def test_it_is_ready_and_says_no_more_than_that(stranger, site):
    told = stranger.get("/readyz")
    assert told.status_code == 200
    assert told.json() == {
        "ready": True,
        "checks": {"case store": True, "clock": True, "reference file": True},
    }
    assert str(site.office.root) not in told.content.decode()


def test_without_its_reference_file_it_is_not_ready(stranger, site):
    shutil.rmtree(site.office.reference)
    told = stranger.get("/readyz")
    assert told.status_code == 503
    assert told.json()["checks"]["reference file"] is False
    assert stranger.get("/healthz").status_code == 200


def test_the_status_page_says_that_it_serves_and_when_the_log_was_signed_and_no_more(
    stranger, site
):
    told = stranger.get("/status/")
    page = told.content.decode()
    assert told.status_code == 200
    assert "up and serves" in page
    main = re.sub(r"<[^>]*>", "", re.search(r"<main[^>]*>(.*)</main>", page, re.DOTALL)[1])
    assert not re.search(r"\d", re.sub(r"\d+ \w+ \d{4}, \d\d:\d\d UTC", "", main))
    assert len(re.findall(r"\d\d:\d\d UTC", main)) == 2
    shutil.rmtree(site.office.reference)
    unfit = stranger.get("/status/")
    assert unfit.status_code == 503
    assert "cannot decide anything now" in unfit.content.decode()


def test_every_page_leads_to_what_its_words_mean(stranger):
    assert 'href="/words/"' in stranger.get("/status/").content.decode()
    text = stranger.get("/words/").content.decode()
    for word in ("decoy", "gateway", "posture", "tree-size", "margin"):
        assert f'<dt id="{word}">' in text
    words = [word for word, _ in glossary()]
    assert set(OF_PAGES) < set(words)
    assert len(words) == len(set(words))
    assert "word" not in words
