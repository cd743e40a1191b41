"""What a person is told about themselves: what counsel lets be told, and no sign of the rest."""

import re
import sys
from collections import Counter
from contextlib import ExitStack
from datetime import date
from inspect import CO_GENERATOR
from pathlib import Path

import pypdf
import pytest
from django.db import connections

from aftermath import answered_office
from commands import ostiary
from officers import NEXT_DAY
from ostiary.domain.basis import ON_FILE
from ostiary.domain.columns import CHOICES
from ostiary.domain.errors import InputError
from ostiary.domain.languages import Language
from ostiary.office.letters import persons
from ostiary.office.letters.pdf import letter_pdf
from ostiary.office.letters.person_words import ITEMS, STATED, WORDS
from ostiary.office.letters.persons import (
    Asked,
    Decision,
    Told,
    charge_letter,
    read_decisions,
    recall_letter,
    view_letter,
)
from ostiary.office.recovery.entering import at_work
from ostiary.office.release import recall as recalling
from ostiary.verifying.log.entries import read_entry

LATER = date(2030, 1, 1)
TO = ("Maria Quispe", "12 Invented Street", "Springfield, IL 62701")


def asked(person, language=Language.ENGLISH):
    return Asked(person, TO, language)


def no_key():
    raise AssertionError("nothing has been disposed of")


@pytest.fixture(scope="module")
def known(served_office, stores, tmp_path_factory):
    """An office that answered, the person of one answer, and the log entry of the request."""
    made = answered_office(tmp_path_factory, served_office, stores)
    root = stores.copy(made, tmp_path_factory.mktemp("told") / "office").root
    with at_work(root, on=NEXT_DAY) as place:
        (person, *_) = [one.person_id for one in place.store.released_in(2025) if one.person_id]
        return root, person, [one.request.entry_index for one in answered_about(place, person)]


def answered_about(place, person):
    """Give the cases of which an answer told something of a person."""
    found = [one.request for one in place.store.answers() if one.person_id == person]
    return list(place.store.cases(found))


@pytest.fixture
def place(known):
    with at_work(known[0], on=NEXT_DAY) as place:
        yield place


def say(told, entries, ground="", until=None):
    return {one: Decision(told, ground, until, "counsel.reed") for one in entries}


def said(letter):
    sections = (text for one in letter.sections for text in one.paragraphs)
    return "\n".join([letter.subject, *letter.opening, *sections])


def test_what_may_be_told_is_told(place, known):
    _, person, entries = known
    letter = view_letter(place, asked(person), say(Told.TELL, entries), no_key)
    text = said(letter)
    assert f"can tell today: {len(entries)}." in text
    assert "under 26 U.S.C. 6103" in text
    assert "Immigration and Customs Enforcement" in text
    assert all(fact in text for fact in ("What was asked", "What it was for", "Who got it"))
    assert "What we answered: that the name and address which the agency had agree" in text
    assert re.search(r"said: an? \w.*; 8 U\.S\.C\. 1253\(a\)\(1\)\.", text)
    assert "/us/usc" not in text
    en_espanol = view_letter(
        place, asked(person, Language.SPANISH), say(Told.TELL, entries), no_key
    )
    assert "según la agencia: un" in said(en_espanol)


def test_who_is_passed_over_gets_the_letter_of_whom_there_is_nothing(place, known):
    _, person, entries = known
    silent = view_letter(place, asked(person), say(Told.SILENT, entries, "x", LATER), no_key)
    nothing = view_letter(place, asked("nobody"), {}, no_key)
    assert letter_pdf(silent) == letter_pdf(nothing)
    assert WORDS[Language.ENGLISH].nothing in said(nothing)


def test_what_is_withheld_is_said_with_its_ground_and_day(place, known):
    _, person, entries = known
    ground = "5 USC 552a(c)(3)"
    text = said(
        view_letter(place, asked(person), say(Told.WITHHOLD, entries, ground, LATER), no_key)
    )
    assert f"withheld until 1 January 2030, on this ground: {ground}." in text
    assert "Immigration and Customs Enforcement" not in text


def work(write):
    """Count what is asked of the case store, by its wording, and each function of ours begun."""
    done = Counter()

    def hear(execute, sql, params, many, context):
        done[re.sub(r"\d+|%s(, %s)*", "?", sql)] += 1
        return execute(sql, params, many, context)

    def begun(frame, event, _):
        code = frame.f_code
        if event == "call" and OURS in code.co_filename and not code.co_flags & CO_GENERATOR:
            done[f"{code.co_filename}:{code.co_qualname}"] += 1

    with ExitStack() as watched:
        for one in connections.all():
            watched.enter_context(one.execute_wrapper(hear))
        sys.setprofile(begun)
        watched.callback(sys.setprofile, None)
        write()
    return done


OURS = str(Path(persons.__file__).parents[2])


def test_attack_the_work_tells_whether_there_was_something_to_withhold(place, known):
    """Who waits for letters, many of them, times them; work is counted here, not timed."""
    _, person, entries = known
    silent = say(Told.SILENT, entries, "x", LATER)
    view_letter(place, asked("nobody"), {}, no_key)  # what is read once
    of_something = work(lambda: view_letter(place, asked(person), silent, no_key))
    of_nothing = work(lambda: view_letter(place, asked("nobody"), {}, no_key))
    assert of_something == of_nothing
    assert of_nothing.total() > len(entries) * 10


@pytest.mark.parametrize("told", [Told.SILENT, Told.WITHHOLD])
def test_nothing_is_kept_back_beyond_its_day_nor_told_without_a_word(place, known, told):
    _, person, entries = known
    with pytest.raises(InputError, match=f"nobody has decided on .* {entries[0]}"):
        view_letter(place, asked(person), {}, no_key)
    with pytest.raises(InputError, match="the day has come"):
        view_letter(place, asked(person), say(told, entries, "x", NEXT_DAY), no_key)


@pytest.mark.parametrize("language", Language)
def test_a_letter_is_whole_in_each_language(place, known, language, tmp_path):
    _, person, entries = known
    letter = view_letter(place, asked(person, language), say(Told.TELL, entries), no_key)
    (tmp_path / "l.pdf").write_bytes(letter_pdf(letter))
    read = pypdf.PdfReader(tmp_path / "l.pdf")
    assert read.trailer["/Root"]["/Lang"] == f"{language}-US"
    text = " ".join("".join(page.extract_text() for page in read.pages).split())
    words = WORDS[language]
    assert words.subject[0] in text
    assert words.kept_back[1][:60] in text
    assert words.page.format(number=1, last=len(read.pages)) in text
    assert "[U+" not in text


def test_every_sentence_stands_in_both_languages():
    english, spanish = WORDS[Language.ENGLISH], WORDS[Language.SPANISH]
    for name in english.__slots__:
        one, other = getattr(english, name), getattr(spanish, name)
        assert type(one) is type(other)
        assert one != other
        assert len(one) == len(other) or isinstance(one, str)


GUARDIAN = ("Carmen Quispe", "7 Invented Lane", "Springfield, IL 62701")


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("told", [Told.TELL, Told.WITHHOLD, Told.SILENT])
def test_who_is_represented_has_each_letter_in_each_language(
    place, known, language, told, tmp_path
):
    """The address is that of who acts, 5 USC 552a(h), and the letter says whose it is."""
    _, person, entries = known
    decided = say(told, entries, *(() if told is Told.TELL else ("x", LATER)))
    acting = Asked(person, GUARDIAN, language, "Maria Quispe")
    own = view_letter(place, Asked(person, TO, language), decided, no_key)
    letters = [
        view_letter(place, acting, decided, no_key),
        charge_letter(place, acting, "charged", date(2025, 8, 9)),
    ]
    sentence = WORDS[language].represents.format(person="Maria Quispe")
    for letter in letters:
        (tmp_path / "l.pdf").write_bytes(letter_pdf(letter))
        read = pypdf.PdfReader(tmp_path / "l.pdf")
        text = " ".join("".join(page.extract_text() for page in read.pages).split())
        assert all(line in text for line in GUARDIAN)
        assert sentence in text
        assert TO[1] not in text
    assert letters[0].opening == (sentence, *own.opening)
    assert letters[0].sections == own.sections


def test_a_letter_to_who_acts_tells_no_more_of_what_is_passed_over(place, known):
    _, person, entries = known
    acting = [Asked(one, GUARDIAN, Language.SPANISH, "Maria Quispe") for one in (person, "nobody")]
    silent = view_letter(place, acting[0], say(Told.SILENT, entries, "x", LATER), no_key)
    assert letter_pdf(silent) == letter_pdf(view_letter(place, acting[1], {}, no_key))


def test_what_the_office_answers_with_has_words_in_both_languages():
    assert set(ITEMS) == {"address-confirmation", *ON_FILE}
    assert all(set(words) == set(Language) for words in ITEMS.values())


def test_each_word_of_few_about_a_matter_is_said_in_both_languages():
    matters = ("posture", "purpose", "circumstance", "matter_kind")
    assert set(STATED) == {word for name in matters for word in CHOICES[name]}
    assert all(set(words) == set(Language) for words in STATED.values())


def test_a_notice_of_a_charge_has_the_day_and_the_rights(place):
    act = date(2025, 8, 9)
    text = said(charge_letter(place, asked("nobody"), "charged", act))
    assert "charged with a crime" in text
    assert "on 9 August 2025" in text
    assert "26 USC 7431" in text
    en_espanol = asked("nobody", Language.SPANISH)
    assert "9 de agosto de 2025" in said(charge_letter(place, en_espanol, "discipline", act))


def test_a_recall_is_told_once_there_is_one(place, known):
    root, person, entries = known
    told = say(Told.TELL, entries)
    with pytest.raises(InputError, match="was called back"):
        recall_letter(place, asked(person), told, no_key)
    (case, *_) = answered_about(place, person)
    request = case.request.request_id
    recalling.recall(place, recalling.answer_to(place, request))
    assert "we called back an answer about you" in said(
        recall_letter(place, asked(person), told, no_key)
    )
    assert "we called that answer back" in said(view_letter(place, asked(person), told, no_key))
    silent = say(Told.SILENT, entries, "x", LATER)
    with pytest.raises(InputError, match="was called back"):
        recall_letter(place, asked(person), silent, no_key)
    assert root.is_dir()


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("7,tell,,,", "no whole"),
        ("7,tell,ground,2030-01-01,counsel.reed", "no whole"),
        ("7,silent,,,counsel.reed", "no whole"),
        ("7,withhold,ground,,counsel.reed", "no whole"),
        ("7,maybe,,,counsel.reed", "no decision"),
        ("x,tell,,,counsel.reed", "no decision"),
        ("7,tell,,counsel.reed", "no decision"),
    ],
)
def test_a_decision_that_is_not_whole_is_refused_by_its_line(row, what, tmp_path):
    (tmp_path / "d.csv").write_text(f"entry,decision,ground,until,by\n{row}\n")
    with pytest.raises(InputError, match=f"line 2: is {what}"):
        read_decisions(tmp_path / "d.csv")


ROWS = ["7,tell,,,counsel.reed", "9,silent,5 USC 552a(j)(2),2030-01-01,counsel.reed"]


@pytest.mark.parametrize("about", [False, True])
@pytest.mark.parametrize("sign", [",", ";"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_table_reads_the_same_however_a_spreadsheet_saved_it(tmp_path, about, sign, mark, end):
    lines = ["entry,decision,ground,until,by", *ROWS]
    plain, saved = tmp_path / "plain.csv", tmp_path / "saved.csv"
    plain.write_text("\n".join([*lines, ""]))
    if about:
        lines = [lines[0] + ",about", *(f"{row},dhs-ice" for row in lines[1:])]
    lines.append("," * lines[0].count(","))
    saved.write_bytes((mark + end.join([*lines, ""]).replace(",", sign)).encode())
    assert read_decisions(saved) == read_decisions(plain)
    assert len(read_decisions(saved)) == len(ROWS)


def test_a_cell_without_a_column_is_refused(tmp_path):
    (tmp_path / "d.csv").write_text("entry,decision,ground,until,by\n7,tell,,,counsel.reed,no\n")
    with pytest.raises(InputError, match="line 2: is no decision"):
        read_decisions(tmp_path / "d.csv")


@pytest.fixture
def asking(known, tmp_path):
    """The command for a person, with more options; and what the log has since."""
    root, *_ = known
    (tmp_path / "to.txt").write_text("\n".join(TO))

    def ask(who, *more):
        to = () if "--to" in more else ("--to", tmp_path / "to.txt")
        by = ("--officer", "a.reyes", "--identity", "in-person", *to)
        with at_work(root) as place:
            size = len(list(place.store.entries_from(0)))
        done = ostiary("person-letter", root, who, *by, *more)
        with at_work(root) as place:
            new = [read_entry(body) for body in place.store.entries_from(size)]
        return done, [(one.type, {**one.fields, "at": ""}) for one in new]

    return ask


def decided(table, decision):
    head, *rows = table.read_text().splitlines()
    assert head == "entry,decision,ground,until,by,about"
    table.write_text("\n".join([head, *(row.replace(",,,,", decision, 1) for row in rows), ""]))
    return len(rows)


SILENT = ",silent,5 USC 552a(j)(2),2030-01-01,counsel.reed"


def test_attack_the_log_shows_whether_there_was_something_to_withhold(known, asking, tmp_path):
    """Who was in the office on a morning reads the log of that morning, and the letter."""
    _, person, entries = known
    seen = {}
    for who in (person, "nobody"):
        table, letter = tmp_path / f"{who}.csv", tmp_path / f"{who}.pdf"
        made, first = asking(who, "--prepare", "--out", table)
        assert made.status == 0, made.err
        assert decided(table, SILENT) == (len(entries) if who == person else 0)
        done, second = asking(who, "--decisions", table, "--out", letter, "--language", "es")
        assert done.status == 0, done.err
        seen[who] = (first, second, letter.read_bytes(), letter.stat().st_mode)
    assert seen[person] == seen["nobody"]
    told = {"officer": "unproved/a.reyes", "identity": "in-person"}
    kinds = [kind for kind, _ in seen[person][0] + seen[person][1]]
    assert kinds == ["person.told", "person.told"]
    assert told.items() <= seen[person][0][0][1].items()


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (None, "no table of decisions"),
        (",,,,", "is no decision"),
        (",silent,x,2020-01-01,counsel.reed", "the day has come"),
    ],
)
def test_attack_a_slip_adds_an_entry_for_those_alone_of_whom_there_is_something(
    known, asking, tmp_path, change, what
):
    table = tmp_path / "d.csv"
    asking(known[1], "--prepare", "--out", table)
    decided(table, change or SILENT)
    named = ("--decisions", table) if change else ()
    refused, new = asking(known[1], *named, "--out", tmp_path / "l.pdf")
    assert refused.status == 2
    assert what in refused.err
    assert not [kind for kind, _ in new if kind != "law.adopted"]
    assert not (tmp_path / "l.pdf").exists()


def test_the_table_tells_counsel_what_each_disclosure_was(known, asking, tmp_path):
    table = tmp_path / "d.csv"
    asking(known[1], "--prepare", "--out", table)
    rows = table.read_text().splitlines()[1:]
    assert [int(row.split(",")[0]) for row in rows] == known[2]
    assert all("dhs-ice; /us/usc/t26/s6103/i/2" in row for row in rows)
    assert table.stat().st_mode & 0o077 == 0


CHARGED = ("--charged", "charged", "--act-on")


@pytest.mark.parametrize(
    ("more", "what"),
    [
        ((*CHARGED, "2199-01-01"), "the act is still to come"),
        ((*CHARGED, "2025-08-09", "--decisions"), "the notice needs no decisions"),
        (CHARGED[:2], "the notice is not whole"),
        ((*CHARGED, "2025-08-09", "--to"), "is no text in UTF-8"),
    ],
)
def test_a_notice_that_cannot_be_right_is_refused_before_anything_is_logged(
    asking, tmp_path, more, what
):
    (tmp_path / "file").write_bytes(b"entry,decision,ground,until,by,Jos\xe9\n")
    if what == "the notice needs no decisions":
        (tmp_path / "file").write_bytes(b"entry,decision,ground,until,by\n")
    named = (tmp_path / "file",) if more[-1].startswith("--") else ()
    done, new = asking("nobody", *more, *named, "--out", tmp_path / "l.pdf")
    assert (done.status, new) == (2, [])
    assert what in done.err
    assert not (tmp_path / "l.pdf").exists()


@pytest.mark.parametrize(
    "more", [("--recall",), ("--charged", "charged", "--act-on", "2025-08-09")]
)
def test_a_table_is_made_before_anything_is_decided(known, asking, tmp_path, more):
    done, new = asking(known[1], "--prepare", "--out", tmp_path / "d.csv", *more)
    assert (done.status, new) == (2, [])
