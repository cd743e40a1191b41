"""Attack: a correction of the clock is used to date steps back, to hide that they came late.

What it is for holds as well: an office whose clock leapt goes on once two officers have signed.
"""

import base64
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from commands import ostiary
from log_story import ORIGIN, SIGNATURE
from officers import equip, key_of
from ostiary.domain.errors import InputError, KeyFileError, NotAllowedError, OfficeError
from ostiary.domain.words import Moment
from ostiary.office.folder.layout import create_office, open_office
from ostiary.office.recovery import clock_correction, entering
from ostiary.office.recovery.clock_correction import correct_clock, first_word, read_word, written
from ostiary.office.recovery.entering import at_work
from ostiary.verifying.log.clock_order import ClockOrder, moment_of
from ostiary.verifying.log.entries import instant, make_entry
from ostiary.verifying.log.faults import FaultKind, FaultList
from ostiary.verifying.log.policies import Policy
from ostiary.verifying.log.recount import Recount

AHEAD = timedelta(days=1_900)
CAUSE = "virtual-machine"


class Clock:
    """A machine's clock, and the office that reads it."""

    def __init__(self, monkeypatch):
        self.off = timedelta()
        for room in (entering, clock_correction):
            monkeypatch.setattr(room, "now", self.now)

    def now(self, _on=None):
        clock = datetime.now(UTC) + self.off
        return Moment(at=instant(clock), today=clock.date())


@pytest.fixture
def clock(monkeypatch):
    return Clock(monkeypatch)


@pytest.fixture
def office(tmp_path, clock):  # noqa: ARG001 - its clock is set
    """An office of three officers that has worked once, today."""
    root = create_office(tmp_path / "office").root
    (tmp_path / "world" / "registers").mkdir(parents=True)
    equip(root, tmp_path / "world")
    enter(root)
    return root


def enter(root):
    with at_work(root) as place, place.law_at_hand() as (_, law):
        place.adopt_now(law)
        with place.store.write() as txn:
            place.adopt(txn, law)
            entry = clock_correction.journal_entry(
                "log.read", at=place.moment.at, reader="aud", size=0
            )
            txn.log(entry)


@pytest.fixture
def leapt(office, clock):
    """The same, whose clock was years ahead for one step, and is right again."""
    clock.off = AHEAD
    enter(office)
    clock.off = timedelta()
    return office


def size_of(root):
    with open_office(root).store as store:
        return store.log_size()


def signed(root, officer="anna", key="anna"):
    return first_word(root, CAUSE, officer, key_of(root, key))


def report_of(root, stamped=()):
    faults = FaultList()
    opened = open_office(root)
    with opened.store as store:
        recount = Recount(opened.config.origin, faults, stamped)
        for body in store.entries_from(0):
            recount.add(bytes(body))
    recount.finish()
    return recount, faults


def test_without_it_the_office_stays_closed(leapt):
    with pytest.raises(OfficeError, match="last entry is of") as refused, at_work(leapt):
        pass
    assert "ostiary clock" in refused.value.cure


def test_two_officers_let_the_office_go_on_and_everybody_is_told(leapt):
    word = read_word(written(signed(leapt)), where="word")
    index = correct_clock(leapt, word, "bert", key_of(leapt, "bert"))
    enter(leapt)
    assert size_of(leapt) > index + 1
    recount, faults = report_of(leapt)
    assert not faults.kept
    (remark,) = recount.remarks
    assert "had leapt ahead" in remark
    assert "anna" in remark
    assert "bert" in remark
    assert CAUSE in remark


def test_one_officer_alone(leapt):
    word, before = signed(leapt), size_of(leapt)
    with pytest.raises(NotAllowedError):
        correct_clock(leapt, word, "anna", key_of(leapt, "anna"))
    assert size_of(leapt) == before
    with pytest.raises(OfficeError), at_work(leapt):
        pass


def test_the_same_key_under_two_ids(leapt):
    register = leapt / "registers" / "reviewers.csv"
    key = register.read_text().splitlines()[1].split(",")[1]
    word = signed(leapt)
    with register.open("a") as file:
        file.write(f"anna-again,{key},2025-01-01,\n")
    with pytest.raises(InputError):
        correct_clock(leapt, word, "anna-again", key_of(leapt, "anna"))


def test_a_key_that_is_not_the_officers(leapt):
    with pytest.raises(KeyFileError):
        signed(leapt, "anna", "bert")
    with pytest.raises(KeyFileError):
        correct_clock(leapt, signed(leapt), "bert", key_of(leapt, "cora"))


@pytest.mark.parametrize(
    "changed",
    [
        {"right": "2026-01-01T00:00:00Z"},
        {"why": "battery"},
        {"officer": "cora"},
        {"entries": 1},
        {"stood": "2030-01-01T00:00:00Z"},
        {"origin": "log.other/office"},
        {"signature": ""},
        {"signature": base64.b64encode(bytes(64)).decode()},
    ],
)
def test_a_word_that_the_first_officer_did_not_sign(leapt, changed):
    word, before = replace(signed(leapt), **changed), size_of(leapt)
    with pytest.raises(InputError):
        correct_clock(leapt, word, "bert", key_of(leapt, "bert"))
    assert size_of(leapt) == before


def test_a_word_is_good_for_one_correction(leapt, clock):
    word = signed(leapt)
    correct_clock(leapt, word, "bert", key_of(leapt, "bert"))
    clock.off = AHEAD
    enter(leapt)
    clock.off = timedelta()
    with pytest.raises(InputError, match="another state"):
        correct_clock(leapt, word, "bert", key_of(leapt, "bert"))


def test_a_word_of_another_day(leapt, clock):
    word = signed(leapt)
    clock.off = timedelta(days=2)
    with pytest.raises(InputError, match="within a day"):
        correct_clock(leapt, word, "bert", key_of(leapt, "bert"))


@pytest.mark.parametrize("days", [1, 20, 400])
def test_steps_that_followed_one_another_are_not_dated_back(office, clock, days):
    """No leap, no correction: the clock is behind, whoever set it."""
    for ahead in range(10, 61, 10):
        clock.off = timedelta(days=ahead)
        enter(office)
    clock.off = timedelta(days=60 - days)
    with pytest.raises(OfficeError, match="without a leap"):
        signed(office)


def test_it_goes_back_behind_the_leap_and_no_further(leapt, clock):
    clock.off = -timedelta(days=3)
    with pytest.raises(OfficeError, match="without a leap"):
        signed(leapt)


def test_a_rest_of_months_is_no_leap_once_a_witness_saw_its_end(leapt, monkeypatch):
    """Years really went by: a cosignature of that time says so."""
    seen = time.time() + AHEAD.total_seconds()
    monkeypatch.setattr(
        clock_correction,
        "_seen_since",
        lambda _place, _leap: iter([datetime.fromtimestamp(seen, UTC)]),
    )
    with pytest.raises(OfficeError, match="was real"):
        signed(leapt)


def test_cosignatures_and_stamps_that_lie_with_the_office_are_what_is_asked(leapt, monkeypatch):
    """The moments are read where an office keeps them; those before the leap are not asked."""
    when = int(time.time() + AHEAD.total_seconds())
    monkeypatch.setattr(Policy, "seen_at", lambda _policy, _note: (when,))
    with pytest.raises(OfficeError, match="was real"):
        signed(leapt)
    monkeypatch.setattr(Policy, "seen_at", lambda _policy, _note: (int(time.time()),))
    assert signed(leapt).why == CAUSE


def test_the_commands(leapt, tmp_path):
    word = tmp_path / "anna.json"
    anna, bert = (leapt / "officers" / f"{name}.pem" for name in ("anna", "bert"))
    by = ["--officer", "anna", "--key", anna]
    first = ["clock", "sign", leapt, "--why", CAUSE, "--out", word, *by]
    done = ostiary(*first)
    assert done.status == 0, done.err
    second = ["clock", "correct", leapt, "--word", word, "--officer", "bert", "--key", bert]
    done = ostiary(*second)
    assert done.status == 0, done.err
    assert "the office goes on" in done.out
    done = ostiary("accounting", "verify", leapt / "accounting")
    assert done.status == 0, done.err
    assert "remark the clock had leapt ahead" in done.out


def test_a_training_office_has_no_clock_to_correct(tmp_path):
    root = create_office(tmp_path / "training", training=True).root
    with at_work(root):
        pass
    with pytest.raises(OfficeError):
        first_word(root, CAUSE, "anna", None)


@pytest.mark.parametrize("text", ["", "{}", "[]", "[" * 90_000, '{"origin": 1}', "null"])
def test_what_is_no_word(text):
    with pytest.raises(InputError):
        read_word(text, where="word")


# What an outsider sees in the published log, whatever the office's own program let through.

REAL, FAR = "2026-11-20T09:00:00Z", "2031-05-01T09:00:00Z"
NOW = "2026-11-21T09:00:00Z"
RIGHT = {
    "at": NOW,
    "stood": FAR,
    "right": NOW,
    "why": CAUSE,
    "officer": "anna",
    "second": "bert",
    "signature": SIGNATURE,
    "second_signature": SIGNATURE,
}


def faults_of(*entries, stamped=()):
    faults = FaultList()
    recount = Recount(ORIGIN, faults, stamped)
    opened = make_entry("office.opened", at=REAL, origin=ORIGIN, profile="modern", training=False)
    for body in (opened, *entries):
        recount.add(body)
    recount.finish()
    return [(fault.kind, fault.index) for fault in faults.kept]


def look(at):
    return make_entry("log.read", at=at, reader="aud", size=1)


def correction(**changed):
    return make_entry("clock.corrected", **(RIGHT | changed))


def test_a_sound_correction_is_no_fault():
    assert not faults_of(look(FAR), correction(), look(NOW))


@pytest.mark.parametrize(
    "changed",
    [
        {"second": "anna"},
        {"stood": "2031-05-01T08:00:00Z"},
        {"at": "2026-11-25T09:00:00Z"},
        {"right": "2026-11-18T09:00:00Z", "at": "2026-11-18T09:00:00Z"},
        {"right": FAR, "at": FAR},
    ],
)
def test_an_unsound_one_is(changed):
    found = faults_of(look(FAR), correction(**changed), look(NOW))
    assert (FaultKind.CLOCK, 2) in found


def test_one_where_nothing_leapt_is():
    steps = [look(f"2026-{month:02}-{day:02}T09:00:00Z") for month in (12,) for day in (1, 11, 21)]
    last = "2026-12-21T09:00:00Z"
    back = {"stood": last, "right": "2026-12-05T09:00:00Z", "at": "2026-12-05T09:00:00Z"}
    assert (FaultKind.CLOCK, 4) in faults_of(*steps, correction(**back))


@pytest.mark.parametrize(
    ("seen", "is_fault"), [(FAR, True), ("2031-06-01T00:00:00Z", True), (NOW, False)]
)
def test_a_time_stamp_of_the_later_time_shows_that_it_was_real(seen, is_fault):
    """And one of the right time excuses the entry that it would otherwise convict."""
    found = faults_of(look(FAR), correction(), look(NOW), stamped=[(2, moment_of(seen))])
    assert bool(found) is is_fault


def test_a_leap_that_nobody_corrected_stays_after_its_time_stamp():
    found = faults_of(look(FAR), look(FAR), stamped=[(2, moment_of(NOW))])
    assert found == [(FaultKind.CLOCK, 1)]


def test_a_second_leap_is_corrected_for_itself():
    again = "2031-05-02T09:00:00Z"
    later = {"stood": again, "right": "2026-11-22T09:00:00Z", "at": "2026-11-22T09:00:00Z"}
    assert not faults_of(
        look(FAR), correction(), look(NOW), look(again), correction(**later), look(later["at"])
    )
    order = ClockOrder()
    for index, at in enumerate((REAL, FAR, NOW)):
        order.check(index, at)
    assert not order.still_ahead()
