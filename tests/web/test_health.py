"""What whoever watches the server sees: whether it lives and can answer, and nothing else."""

import re
import shutil
from pathlib import Path

import ostiary.faces.web
from ostiary.faces.web.glossary import OF_PAGES, glossary
from ostiary.faces.web.spanish import SPANISH

STATUS = ("/status/", "/es/status/")
TEMPLATES = Path(ostiary.faces.web.__file__).parent / "templates" / "web"


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


def test_the_status_page_says_the_same_in_spanish(stranger, site):
    english, spanish = (stranger.get(path).content.decode() for path in STATUS)
    for page, language, other in ((english, "en", STATUS[1]), (spanish, "es", STATUS[0])):
        assert f'<html lang="{language}">' in page
        assert page.count(f'href="{other}"') == 2
    at = re.compile(r"\d\d:\d\d UTC")
    assert len(at.findall(spanish)) == len(at.findall(english))
    assert " de agosto de 2025" in spanish  # the training mark
    assert (site.place().moment.today.month, "August" in english) == (8, True)
    shutil.rmtree(site.office.reference)
    english, spanish = (stranger.get(path).content.decode() for path in STATUS)
    assert "no puede decidir nada" in spanish
    assert "ostiary doctor" in spanish


def test_whatever_a_page_for_people_outside_says_has_spanish_and_nothing_else_does():
    said = set()
    for path in TEMPLATES.glob("*.html"):
        said |= set(re.findall(r'"([^"]+)"\|in_language', path.read_text("utf-8")))
    assert said == set(SPANISH)
    assert all(SPANISH.values())


def test_nothing_on_the_spanish_page_is_english(stranger):
    """But names, what is marked as English, and the link to the English page."""
    page = stranger.get(STATUS[1]).content.decode()
    body = re.search(r"<body.*</body>", page, re.DOTALL)[0]
    for sentence in SPANISH.keys() - {"En español"}:
        assert sentence not in re.sub(r"<[^>]*>", "\n", body).split("\n"), sentence
    assert "return information" not in body


def test_every_page_leads_to_what_its_words_mean(stranger):
    assert 'href="/words/"' in stranger.get("/status/").content.decode()
    text = stranger.get("/words/").content.decode()
    for word in ("decoy", "gateway", "posture", "tree-size", "margin"):
        assert f'<dt id="{word}">' in text
    words = [word for word, _ in glossary()]
    assert set(OF_PAGES) < set(words)
    assert len(words) == len(set(words))
    assert "word" not in words
