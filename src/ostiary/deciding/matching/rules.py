"""The rules that settle a verification: one table, from which the reference page is printed.

A rule names why a request was confirmed or not. It is for the custodian's eyes only: the requester
learns *confirmed* or *no answer*, whatever rule stands behind it.
"""

from dataclasses import dataclass

from ostiary.domain.words import FOR_COUNSEL, Outcome

DECISION_VERSION = "15"
BATCH_BOUND, REPEATED = "batch-bound", "repeated-asking"
OTHER_PERIOD = "other-period"
NOT_ON_FILE = "not-on-file"
HOLD = "hold"


@dataclass(frozen=True, slots=True)
class Rule:
    """One way in which a verification can end.

    Attributes:
        name: stable name, kebab-case; it stands in the accounting.
        outcome: what the rule leads to.
        meaning: one line for the reference.
    """

    name: str
    outcome: Outcome
    meaning: str


RULES = (
    Rule(
        "name-and-address-agree",
        Outcome.CONFIRMED,
        "exactly one person agrees in name and address, and nobody else comes near",
    ),
    Rule(
        "bare-name-agrees",
        Outcome.CONFIRMED,
        "the same, but the file has a middle name and the request gives nothing beyond"
        " name and address; namesakes in one household are rare for such a given name",
    ),
    Rule(
        HOLD,
        Outcome.HELD,
        "somebody who agrees is under the bar of 26 USC 6103(i)(6)",
    ),
    Rule(
        FOR_COUNSEL,
        Outcome.HELD,
        "the same, under a judge's order: counsel certifies to the court, and nothing leaves here",
    ),
    Rule(
        "several-people",
        Outcome.AMBIGUOUS,
        "more than one person of that name is at the address, and nothing in the request"
        " tells them apart",
    ),
    Rule(
        "crowded-address",
        Outcome.AMBIGUOUS,
        "so many people at the address share a name with the one asked for that not all were"
        " compared",
    ),
    Rule(
        "initial-alone",
        Outcome.AMBIGUOUS,
        "one side has only an initial for a given name, and nothing further agrees",
    ),
    Rule(
        "suffix-on-one-side",
        Outcome.AMBIGUOUS,
        "one side has a suffix and the other none: father or son, who have their middle name in"
        " common, and neither birth date nor TIN agrees; or one side has two suffixes that"
        " contradict one another",
    ),
    Rule(
        "loose-name",
        Outcome.AMBIGUOUS,
        "the name agrees only by a short form, a slip of the pen or a part, the request has a"
        " middle name that the file has not, and nothing further agrees",
    ),
    Rule(
        "namesake-possible",
        Outcome.AMBIGUOUS,
        "only one side has a middle name, nothing further agrees, and in the file father and son"
        " often share such a given name",
    ),
    Rule(
        BATCH_BOUND,
        Outcome.AMBIGUOUS,
        "exactly one person agrees, but the decoys of the batch show that too many of its"
        " confirmations could be wrong",
    ),
    Rule(
        REPEATED,
        Outcome.AMBIGUOUS,
        "the same person was asked about at too many different addresses, in whatever spelling;"
        " nothing was looked up, or what was found is not told",
    ),
    Rule(
        OTHER_PERIOD,
        Outcome.MISMATCH,
        "exactly one person agrees, by records of other years than the request (or the judge's"
        " order) names",
    ),
    Rule(
        NOT_ON_FILE,
        Outcome.NO_RECORD,
        "exactly one person agrees, but of the items asked for nothing is on file for these years,"
        " and no confirmation of the address is asked for",
    ),
    Rule(
        "tin-contradicts",
        Outcome.MISMATCH,
        "name and address agree with one person, whose TIN is another one",
    ),
    Rule(
        "birth-date-contradicts",
        Outcome.MISMATCH,
        "name and address agree with one person, whose birth date is another one",
    ),
    Rule(
        "suffix-contradicts",
        Outcome.MISMATCH,
        "name and address agree with one person, whose suffix is another one",
    ),
    Rule(
        "middle-name-contradicts",
        Outcome.MISMATCH,
        "name and address agree with one person, whose middle name is another one",
    ),
    Rule(
        "street-unsaid",
        Outcome.MISMATCH,
        "a direction or a street type is left out on one side, and the place has several streets"
        " of that name",
    ),
    Rule(
        "unit-missing",
        Outcome.MISMATCH,
        "the building has several units, and one side does not say which, or not of what kind",
    ),
    Rule(
        "address-disagrees",
        Outcome.MISMATCH,
        "the name is on file, but not at that address",
    ),
    Rule(
        "name-disagrees",
        Outcome.MISMATCH,
        "the address is on file, but not for a person of that name",
    ),
    Rule(
        "nothing-agrees",
        Outcome.MISMATCH,
        "people are like the one asked for, but neither name nor address agrees",
    ),
    Rule("nobody", Outcome.NO_RECORD, "nobody in the file is like the person asked for"),
)


OUTCOMES = {rule.name: rule.outcome for rule in RULES}
"""What each rule comes to."""


def outcome_sql(rule: str) -> str:
    """Give SQL that turns the name of a rule (an SQL expression) into its outcome."""
    whens = " ".join(f"WHEN '{each.name}' THEN '{each.outcome.value}'" for each in RULES)
    return f"CASE {rule} {whens} END"
