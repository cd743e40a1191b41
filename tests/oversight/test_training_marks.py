"""A trainee never takes what a training office hands out for the real thing.

Every kind of output: pages (`tests/web`), letters to agencies and recipients, the sealed statement,
the page of a batch, the annual report and the public site.
"""

import re
from dataclasses import replace
from io import BytesIO

import pypdf
import pytest

from aftermath import answered_office, left_of, opened, recipients
from html_outline import outline_faults
from officers import NEXT_DAY
from ostiary.office.letters.composition import letter_on_answer
from ostiary.office.letters.for_agencies import letter_for_agency
from ostiary.office.letters.pdf import letter_pdf
from ostiary.office.oversight.annual_report import count_year, write_report
from ostiary.office.publication.site import publish_site
from ostiary.office.recovery.entering import at_work
from ostiary.verifying.answers.conditions import TRAINING


@pytest.fixture(scope="module")
def made(tmp_path_factory, served_office, stores, world):
    """What a training office hands out, as text by kind; and an opened statement."""
    kept = answered_office(tmp_path_factory, served_office, stores)
    office = stores.copy(kept, tmp_path_factory.mktemp("marks") / "office").root
    request, path = next(iter(left_of(office).items()))
    answer = opened(office, world, path, recipients(office, request)[0])
    with at_work(office, on=NEXT_DAY) as place:
        out = office.parent
        write_report(count_year(place, NEXT_DAY.year), out / "report", training=True)
        publish_site(place, out / "site")
        letters = {
            f"letter to the agency: {status}": letter_for_agency(place, place.store.request(number))
            for status, number in _one_each(place)
        }
    texts = {kind: text_of(content) for kind, content in letters.items()}
    texts["letter on the answer"] = text_of(letter_pdf(letter_on_answer(answer.statement)))
    texts["page of the batch"] = next(office.glob("batches/2*/report.html")).read_text()
    texts["annual report"] = (out / "report" / "report.html").read_text()
    texts["public site"] = (out / "site" / "index.html").read_text()
    texts["sealed statement"] = answer.statement.conditions.sole_use
    return texts, answer.statement


def _one_each(place):
    seen = {}
    for line in place.store.lines(agency=None, many=10_000):
        if line.stands in {"returned", "suspended", "answered"}:
            seen.setdefault(line.stands, line.id)
    return sorted(seen.items())


def text_of(content: bytes) -> str:
    return " ".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(content)).pages)


def test_every_kind_of_output_says_that_it_is_training(made):
    texts, _ = made
    assert {"letter to the agency: returned", "letter to the agency: answered"} <= texts.keys()
    unmarked = [kind for kind, text in texts.items() if not re.search("Training", text)]
    assert unmarked == []


def test_the_annual_report_skips_no_level_of_headings_and_stands_in_its_landmarks(made):
    texts, _ = made
    assert outline_faults(texts["annual report"]) == []


def test_each_sheet_of_a_letter_says_so(made):
    _, statement = made
    for page in pypdf.PdfReader(BytesIO(letter_pdf(letter_on_answer(statement)))).pages:
        assert "Training" in page.extract_text()


def test_what_a_real_office_hands_out_says_nothing_of_training(made):
    _, statement = made
    plain = statement.conditions.sole_use.removeprefix(f"{TRAINING} ")
    real = replace(statement, conditions=replace(statement.conditions, sole_use=plain))
    assert "Training" not in text_of(letter_pdf(letter_on_answer(real)))
