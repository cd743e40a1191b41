"""The least that a requester would have to change for a request to be let through.

Each finding names its own cure; this looks at all of them at once. It is careful about what it
calls a change: days, registers, safeguards and officers' findings are not the requester's, and a
fact of the matter can be stated where it is missing but not otherwise than it is.
"""

from collections.abc import Iterator

import z3

from ostiary.deciding.law.book import Book
from ostiary.deciding.law.legal_time import Day
from ostiary.deciding.law.prove.acceptance import accepted
from ostiary.deciding.law.prove.logic import REST, Formula, Symbols, symbols_for
from ostiary.deciding.law.prove.prover import PATIENCE_MS, UndecidedError
from ostiary.domain.facts import VOCABULARY, Facts, Value
from ostiary.domain.words import Stage

WRITTEN_BY_THE_REQUESTER = frozenset(
    {
        "provision",
        "agreement",
        "signed_on",
        "signer_in_office",
        "signer_office",
        "name_stated",
        "given_name_stated",
        "surname_stated",
        "address_shape",
        "periods_count",
        "period_latest",
        "matter_stated",
        "reason_words",
        "reason_shared",
        "reason_matters",
        "matter_people",
        "recipients_uncertified",
        "items_beyond_third_party",
        "recipients_count",
        "recipients_unknown",
        "recipients_not_employed",
        "recipient_open_matters",
        "sole_use",
        "items_count",
        "items_beyond_identity",
        "items_beyond_confirmation",
        "ai_analysis",
    }
)
"""Facts that another wording of the request, or another signer or recipient, would change."""

OF_THE_MATTER = frozenset(
    {
        "offense",
        "offense_class",
        "offense_limb",
        "removal_basis_class",
        "removal_order_date",
        "days_since_final_order",
        "posture",
    }
)
"""Facts that are as they are; a request may only have failed to state them."""

_NOT_STATED = {None, "other", "unknown", "unstated", "none"}


def cheapest_cure(book: Book, facts: Facts, day: Day) -> dict[str, Value] | None:
    """Give the fewest facts that would have to be otherwise, each with a value that would do.

    Args:
        book: the law.
        facts: the request as it is.
        day: the legal time. At disclosure the request stands as it was made.

    Returns:
        Nothing to change when it passes as it is; ``None`` when nothing that the requester can
        change would do, as while a stay is in force.

    Raises:
        UndecidedError: the prover gave no answer in time.
    """
    known = dict(facts) | {"received": day.received, "disclosed": day.disclosed}
    symbols = symbols_for(book)
    search = z3.Optimize(ctx=symbols.context)
    search.set("timeout", PATIENCE_MS)
    search.add(*symbols.possible(day.stage), accepted(book, day.stage, symbols))
    free = set(_changeable(known)) if day.stage is Stage.ADMISSION else set()
    for name in VOCABULARY:
        if name in free:
            as_it_is = symbols.is_(name, known[name])
            search.add(z3.Or(as_it_is, _nameable(symbols, name)))
            search.add_soft(as_it_is)
        else:
            search.add(symbols.is_(name, known[name]))
    answer = search.check()
    if answer == z3.unknown:
        raise UndecidedError
    return _changes(symbols, search.model(), known, free) if answer == z3.sat else None


def _changeable(facts: Facts) -> Iterator[str]:
    yield from WRITTEN_BY_THE_REQUESTER
    yield from (name for name in OF_THE_MATTER if facts[name] in _NOT_STATED)


def _nameable(symbols: Symbols, name: str) -> Formula:
    """No cure tells people to name something that no text names."""
    if VOCABULARY[name].kind != "id":
        return symbols.constant(holds=True)
    return symbols.of[name].value != symbols.code(name, REST)


def _changes(
    symbols: Symbols, model: z3.ModelRef, facts: Facts, free: set[str]
) -> dict[str, Value]:
    """An identifier that no text names stays itself, though the prover knows it by another name."""
    return {
        name: value
        for name, value in symbols.facts(model).items()
        if name in free and not z3.is_true(model.eval(symbols.is_(name, facts[name]), True))
    }
