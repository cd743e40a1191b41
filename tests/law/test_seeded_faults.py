"""Slips of the pen that a drafter might make in the book: each is caught, and by its name."""

import shutil
from dataclasses import replace

import pytest
from slips_in_6103_i import I2, IN_6103_I, LATER_PERIODS
from slips_in_orders_and_policies import IN_ORDERS_AND_POLICIES
from slips_in_other_statutes import IN_OTHER_STATUTES, S1253

from ostiary.deciding.law.decide import decide_one
from ostiary.deciding.law.legal_time import Day
from ostiary.deciding.law.prove.invariants import read_invariants
from ostiary.deciding.law.prove.proofs import CHECKS
from ostiary.deciding.law.prove.prover import Outcome, Prover
from ostiary.deciding.law.reading import read_book
from ostiary.deciding.law.shipped import shipped_book
from ostiary.domain.errors import BookError
from ostiary.domain.words import Stage, Status

FAULTS = IN_6103_I | IN_OTHER_STATUTES | IN_ORDERS_AND_POLICIES


@pytest.fixture
def spoilt(tmp_path):
    """Give a copy of the shipped book with words replaced in one file."""

    def spoil(file, replaced):
        folder = tmp_path / "book"
        shutil.copytree(shipped_book(), folder)
        text = (folder / file).read_text()
        for old, new in replaced:
            assert old in text, f"{file} no longer says {old!r}"
            text = text.replace(old, new, 1)
        (folder / file).write_text(text)
        return folder

    return spoil


def failures(folder, checks=(), sentences=()):
    """Prove some checks (all), held against some sentences of the invariants (all)."""
    invariants = read_invariants(folder)
    if sentences:
        kept = tuple(one for one in invariants.sentences if one.id in sentences)
        assert {one.id for one in kept} == set(sentences)
        invariants = replace(invariants, sentences=kept)
    return prove_checks(read_book(folder), invariants, checks)


def prove_checks(book, invariants, checks):
    """Prove, without looking for rules that come together: no fault is caught by that."""
    prover = Prover(book, invariants)
    proofs = [proof for name in checks or CHECKS for proof in CHECKS[name](prover)]
    return [one for one in proofs if one.outcome is not Outcome.HOLDS]


def sentences_of(caught):
    """Name the invariants that catch a fault; none when it takes all of them to catch it."""
    if any(check == "no-needless-refusal" for check, _ in caught):
        return ()
    return tuple(about for check, about in caught if check == "every-element")


def test_no_two_slips_go_by_one_name():
    assert len(FAULTS) == len(IN_6103_I) + len(IN_OTHER_STATUTES) + len(IN_ORDERS_AND_POLICIES)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_slip_of_the_pen_is_caught_by_its_name(spoilt, fault):
    file, replaced, caught = FAULTS[fault]
    checks = sorted({check for check, _ in caught})
    found = failures(spoilt(file, replaced), checks, sentences_of(caught))
    assert caught <= {(one.check, one.about) for one in found}


def test_two_wordings_of_one_day_are_refused_at_reading(spoilt):
    folder = spoilt(I2, [("periods_count >= 1\n", LATER_PERIODS)])
    with pytest.raises(BookError, match="two versions are in force"):
        read_book(folder)


def test_a_failure_shows_a_request_that_gets_past_the_faulty_book(spoilt):
    folder = spoilt(S1253, [("days_since_final_order > 90", "days_since_final_order >= 90")])
    found = failures(folder, ["every-element"])
    (failure,) = (one for one in found if one.about == "departure.ninety-days")
    request = failure.request
    assert request["days_since_final_order"] == 90
    day = Day(Stage.ADMISSION, request["received"])
    assert decide_one(read_book(folder), request, day).status is Status.ACCEPTED
    assert decide_one(read_book(shipped_book()), request, day).status is Status.RETURNED
