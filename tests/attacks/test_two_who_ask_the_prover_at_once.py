"""Requesters and counsel ask at the same time, and nothing guards a context of the prover.

In one context of the process, this ended in an error of the prover's own or in a crash, and what
had been asked before swayed the values that a cure names.
"""

import gc
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import z3

from ostiary.deciding.law.legal_time import Day
from ostiary.deciding.law.prove.cures import cheapest_cure
from ostiary.deciding.law.prove.invariants import read_invariants
from ostiary.deciding.law.prove.proofs import prove
from ostiary.deciding.law.shipped import shipped_book
from ostiary.domain.words import Stage

DAY = Day(Stage.ADMISSION, date(2025, 8, 6))
WRONG = (
    {},
    {"sole_use": None},
    {"address_shape": "zip-only"},
    {"signer_office": "delegate", "reason_words": 0},
    {"offense_class": "civil"},
)


def test_each_of_many_who_ask_at_once_gets_the_answer_of_one_alone(book, lawful):
    alone = [cheapest_cure(book, lawful | wrong, DAY) for wrong in WRONG]
    with ThreadPoolExecutor(8) as pool:
        proving = pool.submit(prove, book, read_invariants(shipped_book()), ["undetermined"])
        asked = [pool.submit(cheapest_cure, book, lawful | wrong, DAY) for wrong in WRONG * 4]
        together = [one.result() for one in asked]
        assert not proving.result().failures
    assert together == alone * 4


def test_no_term_outlives_its_question(book, lawful):
    """A cycle would keep them until the collector runs, in whatever thread that is."""
    gc.collect()
    before = _terms()
    gc.disable()
    try:
        assert cheapest_cure(book, lawful | {"sole_use": None}, DAY)
        prove(book, read_invariants(shipped_book()), ["stay-wins"])
        assert _terms() == before
    finally:
        gc.enable()


def _terms() -> int:
    return sum(isinstance(one, z3.Z3PPObject | z3.ModelRef) for one in gc.get_objects())
