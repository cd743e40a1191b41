"""Reasons that are particular to a matter: what was done, when, where, and what is still needed."""

from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ostiary.worlds.places import load_places
from ostiary.worlds.texts import Codes, Text, joined, pick, words

LIMBS = ("A", "B", "C", "D")

# What stands before the number of the matter, and after it.
_OPENINGS = (
    ("In matter ", " evidence shows that "),
    ("The file of ", " shows that "),
    ("Our case ", " alleges that "),
    ("Investigation ", " found that "),
    ("Under number ", " we learned that "),
    ("Agents working on ", " found that "),
    ("The charge in ", " is that "),
    ("Witnesses in ", " say that "),
)
# By limb of 8 USC 1253(a)(1): failure to depart, travel papers, hampering, failure to present.
_BREACHES: tuple[tuple[str, ...], ...] = (
    (
        "nobody left within the ninety days allowed",
        "the time to depart ran out without departure",
        "departure was promised twice and did not happen",
        "a booked flight was missed on purpose",
        "the border was never crossed after the order",
        "the ticket issued for departure was returned unused",
    ),
    (
        "no application for travel papers was ever made",
        "the passport form was refused at the consulate counter",
        "the consulate never received the promised photographs",
        "papers needed for travel were withheld three times",
        "a birth record needed for papers was destroyed",
        "the interview for a passport was declined outright",
    ),
    (
        "friends agreed to hide the departure papers",
        "a false name was given to hinder removal",
        "an escort was misled about the meeting place",
        "a forged stay was shown to the escort",
        "others were paid to delay the removal",
        "a landlord was asked to deny the tenancy",
    ),
    (
        "the report date set for removal was ignored",
        "nobody came to the removal appointment",
        "two reporting dates in a row were missed",
        "the call to report was refused by telephone",
        "the person left the building before presenting",
        "the morning set for presenting passed unused",
    ),
)
# Letters, visits and talks; the results below follow the same order.
_DONE: tuple[tuple[str, ...], ...] = (
    (
        "A call-in letter was posted",
        "A second notice was mailed",
        "A certified letter was sent",
        "A warning was posted",
        "A reporting card was mailed",
        "A consulate appointment was sent",
        "A bond notice was mailed",
    ),
    (
        "A home visit was made",
        "An escort team was sent",
        "The house was watched",
        "A warrant was tried at the door",
        "A welfare check was made",
        "An evening visit was made",
        "A process server was sent out",
    ),
    (
        "A neighbour was heard",
        "The sponsor was questioned",
        "The landlord was interviewed",
        "The bond agent was asked",
        "A sworn statement was taken",
        "The employer of record was heard",
        "A former flatmate was questioned",
    ),
)
_RESULTS: tuple[tuple[str, ...], ...] = (
    (
        "and came back undelivered",
        "and went without any answer",
        "and a relative signed for it",
        "and was answered by a lawyer",
        "and the post office forwarded it",
        "and its receipt is on file",
    ),
    (
        "but the door stayed shut",
        "but the bell named others",
        "and the house looked empty",
        "and nobody could be identified",
        "and a familiar car was seen",
        "and the right mail was seen",
    ),
    (
        "with an unclear result",
        "and two addresses were named",
        "and the account was withdrawn",
        "and spoke of mail received",
        "and recalled a move in spring",
        "and confirmed only the street",
    ),
)
_LATELY = 110  # days: after every final order that is old enough
_NEEDS = (
    "Whether the letter arrived decides if this was willful",
    "The prosecutor must show where notice went",
    "The indictment turns on where notice was given",
    "Proof of service depends on this address being right",
    "The grand jury asked whether the address was good",
    "The defence says that no notice arrived there",
    "A search warrant needs the address to be sound",
    "The affidavit names this house and must be correct",
    "Venue follows from where the person then lived",
    "The charge fails if the notice went astray",
    "The agent must swear to the place of service",
    "The judge asked for a second source",
    "Intent is argued from mail received there",
    "The complaint cannot be signed before this is settled",
    "The summons will be served at this house alone",
    "The trial date is set and service is disputed",
)


def reasons(rng: np.random.Generator, matter: Text, limb: Codes, *, received: date) -> Text:
    """Write one reason for each matter, 20 to 45 words, no two alike even without the number.

    Args:
        rng: chance.
        matter: numbers of the matters.
        limb: row of ``LIMBS`` for each.
        received: the day of receipt; what was done lies in the weeks before it.
    """
    rows = len(limb)

    def any_of(texts: tuple[str, ...]) -> Text:
        return pick(words(texts), rng.integers(len(texts), size=rows))

    def of_sort(texts: tuple[tuple[str, ...], ...], sort: Codes) -> Text:
        each = len(texts[0])
        flat = words([text for some in texts for text in some])
        return pick(flat, sort * each + rng.integers(each, size=rows))

    opening = rng.integers(len(_OPENINGS), size=rows)
    done = rng.integers(len(_DONE), size=rows)
    cities = load_places().city
    city = pc.utf8_title(pick(cities, rng.integers(len(cities), size=rows)))
    ago = rng.integers(5, _LATELY + 1, rows).astype("timedelta64[D]")
    day = pc.strftime(pa.array(np.datetime64(received) - ago), format="%d %B %Y")
    return joined(
        pick(words([before for before, _ in _OPENINGS]), opening),
        matter,
        pick(words([after for _, after in _OPENINGS]), opening),
        of_sort(_BREACHES, limb),
        joined(". ", of_sort(_DONE, done), " in ", city),
        joined(" on ", day, " ", of_sort(_RESULTS, done), ". ", any_of(_NEEDS), "."),
    )
