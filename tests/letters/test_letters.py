"""Letters of a whole office: each reply has one, and none of them knows the reference file."""

import csv
import json
import re
from datetime import date
from io import BytesIO
from itertools import combinations

import pypdf
import pytest

from commands import ostiary
from officers import NEXT_DAY, approve_twice, desk_on, first_case, key_of
from ostiary.domain.errors import InputError
from ostiary.domain.words import Layer
from ostiary.office.cases.officers import recipients_of
from ostiary.office.cases.steps import determine, waiting
from ostiary.office.letters.composition import NothingToTellError
from ostiary.office.letters.content import Letterhead, Matter, Reason
from ostiary.office.letters.files import write_letter, write_letters
from ostiary.office.letters.wording import return_letter, suspension_letter
from ostiary.office.recovery.entering import at_work
from ostiary.office.release.release import release
from ostiary.office.rulings.stored_facts import stored_facts

STAY = (
    "---\ntitle: A stay\nlayer: order\nprefix: stay\ncites: /us/court/x/1\n"
    "citation: A stay of August\nfrom: 2025-08-01\nuntil: 2025-10-31\n"
    "applies: provision = '/us/usc/t26/s6103/i/2'\n---\n\n# A stay\n\n"
    "```yaml\nid: stay.all\nstage: both\nclock: disclosed\ncites: /us/court/x/1\n"
    "finding: A court stayed this exchange.\ncure: None while it stands.\n```\n"
    "```sql\nagency = 'dhs-ice'\n```\n"
)


def text_of(path):
    return " ".join(
        page.extract_text() for page in pypdf.PdfReader(BytesIO(path.read_bytes())).pages
    )


def squeezed(text):
    return "".join(text.split())


def batch_of(office):
    return next(path for path in office.glob("batches/*") if not path.name.startswith("."))


def replies_of(office):
    lines = (batch_of(office) / "replies.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def lettered(served_office, stores, tmp_path_factory):
    """An office, and the letters of its one batch."""
    office = stores.copy(served_office, tmp_path_factory.mktemp("lettered") / "office").root
    with at_work(office, on=NEXT_DAY) as place:
        return office, write_letters(place, batch_of(office).name)


def indexed(folder):
    with (folder / "index.csv").open() as file:
        return {row["request_id"]: row for row in csv.DictReader(file)}


def test_each_reply_that_is_final_has_its_letter_with_all_its_reasons(lettered):
    office, written = lettered
    replies = replies_of(office)
    final = [one for one in replies if one["status"] != "accepted"]
    index = indexed(written.folder)
    assert set(index) == {one["request_id"] for one in final}
    assert written.nothing_to_tell == len(replies) - len(final)
    assert written.folder == batch_of(office) / "letters"
    kinds = {"returned": "return", "suspended": "suspension"}
    for one in final[:40]:
        said = squeezed(text_of(written.folder / index[one["request_id"]]["file"]))
        assert index[one["request_id"]]["letter"] == kinds[one["status"]]
        for number, found in enumerate(one["findings"], 1):
            assert squeezed(f"{number}.{found['finding']}") in said
            assert squeezed(found["citation"]) in said
            assert squeezed(found["cure"]) in said
        assert said.count("Bywhen") == len(one["findings"])


def test_a_condition_of_the_office_is_never_called_law(book, lettered):
    """26 USC 6103(p)(1): the form is the custodian's, and a letter of form alone says so."""
    office, written = lettered
    index, seen = indexed(written.folder), set()
    layers = {rule.id: one.layer for one, rule in book.rules}
    for one in replies_of(office):
        if one["status"] != "returned":
            continue
        kinds = frozenset(WHOSE.get(layers[found["rule"]], "law") for found in one["findings"])
        if kinds in seen:
            continue
        seen.add(kinds)
        _tells_whose(text_of(written.folder / index[one["request_id"]]["file"]), kinds)
    assert len(seen) >= 3


WHOSE = {
    Layer.POLICY: "own",
    Layer.AGREEMENT: "agreement",
    Layer.SAFEGUARD: "safeguards",
    Layer.ORDER: "court",
}


def _tells_whose(text, kinds):
    said = squeezed(text)
    assert (squeezed("No law is said to be broken") in said) is (kinds in ({"own"}, {"agreement"}))
    assert (squeezed("of what the law asks") in said) is ("law" in kinds)
    assert (squeezed("conditions of") in said) is ("own" in kinds)
    assert (squeezed("no authority") in said) is ("agreement" in kinds)
    assert (squeezed("the safeguards of") in said) is ("safeguards" in kinds)
    assert (squeezed("a court has ordered") in said) is ("court" in kinds)


@pytest.mark.parametrize("many", [1, 2, 3])
def test_whose_each_condition_is_stands_in_the_opening(many):
    """An agreement is no authority, and only narrows what the statute opens."""
    day = date(2025, 8, 6)
    matter = Matter("R1", "dhs", "", day, "", "", "log", 1)
    for layers in combinations(Layer, many):
        reasons = tuple(Reason("rule", "", "", (), "", layer=layer) for layer in layers)
        letter = return_letter(Letterhead("The custodian"), matter, day, reasons)
        kinds = {WHOSE.get(layer, "law") for layer in layers}
        _tells_whose(" ".join(letter.opening), kinds)
        again = " ".join(letter.sections[0].paragraphs)
        stops = [at for at, one in enumerate(layers, 1) if one in {Layer.SAFEGUARD, Layer.ORDER}]
        assert ("Mend every point" in again) is (not stops)
        assert ("can be mended in" in again) is (0 < len(stops) < many)
        assert all(str(at) in again.split("What no request mends")[1] for at in stops)


@pytest.mark.parametrize(("approved", "said"), [(False, "with a new request_id"), (True, "stays")])
def test_a_suspended_request_is_not_taken_up_again_by_itself(approved, said):
    day = date(2025, 8, 6)
    matter = Matter("R1", "dhs", "", day, "", "", "log", 1)
    head, reasons = Letterhead("The custodian"), (Reason("r", "", "", (), "", layer=Layer.ORDER),)
    letter = suspension_letter(head, matter, day, reasons, approved=approved)
    now = " ".join(letter.sections[0].paragraphs)
    assert said in now
    assert ("Nothing needs to be sent" in now) is approved


def test_letters_are_for_the_owner_alone(lettered):
    folder = lettered[1].folder
    assert folder.stat().st_mode & 0o077 == 0
    assert not any(path.stat().st_mode & 0o077 for path in folder.iterdir())


def test_no_letter_names_the_person(world, lettered):
    with (world / "requests.csv").open() as file:
        rows = {row["request_id"]: row for row in csv.DictReader(file)}
    folder = lettered[1].folder
    for row in list(indexed(folder).values())[:40]:
        said = text_of(folder / row["file"]).lower()
        asked = rows[row["request_id"]]
        for column in ("surname", "address_line", "tin", "reason", "birth_date"):
            value = asked[column].strip().lower()
            if len(value) > 3:
                assert not re.search(rf"\b{re.escape(value)}\b", said), column


def test_the_same_letters_come_out_on_another_day_and_without_any_record(office, lettered):
    """Nothing in a letter depends on the clock or on a taxpayer's record: there is none."""
    for path in (office / "reference").rglob("*"):
        if path.is_file():
            path.unlink()
    for path in office.glob("batches/*/custody/verifications.parquet"):
        path.unlink()
    with at_work(office, on=date(2025, 9, 1)) as place:
        again = write_letters(place, batch_of(office).name)
    for path in lettered[1].folder.iterdir():
        assert path.read_bytes() == (again.folder / path.name).read_bytes()


def test_a_request_that_is_worked_on_has_no_letter_yet(office, tmp_path):
    with desk_on(office) as (place, desk):
        request = first_case(desk).request.request_id
        with pytest.raises(NothingToTellError):
            write_letter(place, request, tmp_path / "l.pdf")
    assert list(tmp_path.glob("*.pdf")) == []


def test_the_notice_of_an_answer_reads_the_same_whatever_the_answer(office, tmp_path):
    said = {}
    for answer in ("confirmed", "no-answer"):
        with desk_on(office) as (place, desk):
            case = first_case(desk, answer)
            request = case.request.request_id
            approve_twice(desk, office, request)
            release(place, request)
            assert write_letter(place, request, tmp_path / "l.pdf") == "notice"
            known = desk.case(request)
        text = text_of(tmp_path / "l.pdf")
        for own in (
            f"entry {known.request.entry_index}",
            known.answer.answer_id,
            request,
        ):
            text = text.replace(own, "-")
        said[answer] = squeezed(text)
    assert said["confirmed"] == said["no-answer"]


def test_a_reason_found_not_specific_is_returned_by_letter(office, tmp_path):
    with desk_on(office) as (place, desk):
        request = first_case(desk).request.request_id
        determine(place, request, "anna", key_of(office, "anna"), found=False)
        assert write_letter(place, request, tmp_path / "l.pdf") == "return"
    said = squeezed(text_of(tmp_path / "l.pdf"))
    assert squeezed("26 U.S.C. 6103(i)(2)(B)(iv)") in said
    assert squeezed("an officer determined the reason to be specific: no") in said


ASKED_IN_DOUBT_ALONE = {
    "engaged": "policy.engaged",
    "party": "i2.party",
    "offense_criminal": "i2.offense.determined",
    "periods_related": "manner.periods.span",
}
"""Elements that nobody has to determine of a plain request, and the rules that read them."""


def test_what_nobody_asked_an_officer_is_returned_with_its_reason_all_the_same(office):
    with desk_on(office) as (place, desk):
        cases = [case.request for case, _ in waiting(desk)][: len(ASKED_IN_DOUBT_ALONE)]
        batch = place.office.batches / cases[0].batch
        for one, element in zip(cases, ASKED_IN_DOUBT_ALONE, strict=True):
            key = key_of(office, "anna")
            determine(place, one.request_id, "anna", key, found=False, fact=element)
    lines = [json.loads(line) for line in (batch / "later.jsonl").read_text().splitlines()]
    told = {line["request_id"]: [one["rule"] for one in line["findings"]] for line in lines}
    for one, rule in zip(cases, ASKED_IN_DOUBT_ALONE.values(), strict=True):
        assert told[one.request_id] == [
            rule
        ]  # of what nobody has said yet nothing is held against it
    counted = stored_facts(cases[list(ASKED_IN_DOUBT_ALONE).index("engaged")])
    said = [found["finding"] for line in lines for found in line["findings"]]
    open_matters = f"that are open: {counted['recipient_open_matters']};"
    assert counted["recipient_open_matters"] > 1
    assert any(open_matters in one for one in said)  # as the file had it, not the request alone


def test_a_release_that_an_order_stops_is_a_suspension_with_its_end(office, tmp_path):
    with desk_on(office) as (_, desk):
        request = first_case(desk).request.request_id
        desk.determine(request, "anna", key_of(office, "anna"), found=True)
    (office / "orders" / "stay.md").write_text(STAY)  # after the look, which it would stop as well
    with desk_on(office) as (_, desk):
        for name in ("anna", "bert"):
            desk.approve(request, name, key_of(office, name))
    with at_work(office, on=NEXT_DAY) as place:
        assert release(place, request).stopped
        assert write_letter(place, request, tmp_path / "l.pdf") == "suspension"
    said = squeezed(text_of(tmp_path / "l.pdf"))
    assert squeezed("A stay of August") in said
    assert squeezed("From 1 November 2025 on") in said
    assert squeezed("The request stays approved") in said
    (office / "orders" / "stay.md").unlink()
    with (
        at_work(office, on=NEXT_DAY) as place,
        pytest.raises(NothingToTellError, match="has changed"),
    ):
        write_letter(place, request, tmp_path / "l2.pdf")


def test_facts_that_were_destroyed_are_not_in_the_letter(office, tmp_path):
    reply = next(one for one in replies_of(office) if one["status"] == "returned")
    (batch_of(office) / "custody" / "determinations.parquet").unlink()
    with at_work(office, on=NEXT_DAY) as place:
        write_letter(place, reply["request_id"], tmp_path / "l.pdf")
    said = squeezed(text_of(tmp_path / "l.pdf"))
    assert "Asstated" not in said
    assert squeezed(reply["findings"][0]["cure"]) in said


def test_letters_go_into_a_new_folder_only(office, tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("keep")
    with at_work(office, on=NEXT_DAY) as place:
        with pytest.raises(InputError, match="something here already"):
            write_letters(place, batch_of(office).name, tmp_path / "full")
        with pytest.raises(InputError, match="no batch has this id"):
            write_letters(place, "no-such-batch", tmp_path / "other")
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["mine.txt"]


def test_a_recipient_gets_the_refusal_from_the_answer_alone(office, world, tmp_path):
    with desk_on(office) as (place, desk):
        case = first_case(desk, "no-answer")
        request = case.request.request_id
        recipient = recipients_of(case)[0]
        approve_twice(desk, office, request)
        _, path = release(place, request).answers[0]
        outcome = str(desk.case(request).verification.outcome)
    letter = tmp_path / "refusal.pdf"
    key = world / "recipients" / f"{recipient}.pem"
    done = ostiary("open", path, "--key", key, "--letter", letter)
    assert done.status == 0, done.err
    said = squeezed(text_of(letter))
    assert squeezed("gives no answer to your request") in said
    assert squeezed(outcome) not in said


def test_the_command_line_writes_a_letter_and_says_which(office, tmp_path):
    reply = next(one for one in replies_of(office) if one["status"] == "returned")
    out = tmp_path / "l.pdf"
    done = ostiary("letter", office, reply["request_id"], "--out", out, "--json")
    assert done.status == 0, done.err
    assert json.loads(done.out) == {"letter": "return", "file": str(out)}
    done = ostiary("letters", office, "no-such-batch")
    assert done.status == 2
    assert "no batch has this id" in done.err
