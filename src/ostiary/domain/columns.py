"""The columns of the files people exchange with an office; the reference is printed from here.

A column's ``kind`` is what its text must read as: ``text``, ``date`` (ISO), ``digits``, ``flag``
(``true`` or ``false``), ``list`` (entries parted by ``;``) or ``years`` (a list of years).
Those of the registers stand in :mod:`.domain.register_columns`.
"""

from dataclasses import dataclass

from ostiary.domain.basis import ON_FILE


@dataclass(frozen=True, slots=True)
class Column:
    """One column of an exchanged file.

    Attributes:
        name: header text.
        kind: how its text is read.
        meaning: one line for the reference.
        required: whether a file without this column is refused whole.
    """

    name: str
    kind: str
    meaning: str
    required: bool = True


REQUEST = (
    Column("request_id", "text", "the agency's own id, unique within the agency for ever"),
    Column("agency", "text", "id in `agencies.csv`, such as `dhs-ice`"),
    Column("agreement", "text", "id of an agreement in the book, such as `treasury-dhs-2025`"),
    Column("provision", "text", "USLM id of the provision relied on, `/us/usc/t26/s6103/i/2`"),
    Column("signer", "text", "id in `signers.csv` of the office-holder who signed"),
    Column("signed_on", "date", "day of the signature"),
    Column("given_name", "text", "given name of the taxpayer"),
    Column("middle_name", "text", "middle name or initial"),
    Column("surname", "text", "surname of the taxpayer"),
    Column("name_suffix", "text", "`JR`, `SR`, `II` ..."),
    Column("address_line", "text", "number and street, PO box, or rural route and box"),
    Column("unit", "text", "apartment, suite or lot, when there is one"),
    Column("city", "text", "city or post office"),
    Column("state", "text", "two letters"),
    Column("postal_code", "text", "five digits, or nine"),
    Column("country", "text", "two letters; empty means `US`"),
    Column("tin", "digits", "nine digits; may contradict, never confirms by itself"),
    Column("birth_date", "date", "date of birth; may contradict, never confirms by itself"),
    Column("taxable_periods", "years", "years the request relates to"),
    Column("offense", "text", "USLM id of the offence, `/us/usc/t8/s1253/a/1`"),
    Column("offense_limb", "text", "`A` to `D`: the limb of 8 USC 1253(a)(1) relied on"),
    Column("removal_basis", "text", "USLM id of the ground of removal, `/us/usc/t8/s1227/a/...`"),
    Column("removal_order_date", "date", "day of the final administrative order of removal"),
    Column("judicial_review_date", "date", "day of the court's final order, when there was review"),
    Column("matter_number", "text", "number of the investigation or proceeding"),
    Column("posture", "text", "`investigation`, `proceeding` or `grand-jury`"),
    Column("reason", "text", "why this disclosure is relevant to this matter"),
    Column("recipients", "list", "ids in `officers.csv` of those engaged in the matter"),
    Column("sole_use", "flag", "`true` when the sole-use undertaking is given"),
    Column("items", "list", "what is asked for: `address-confirmation`"),
    Column(
        "ai_analysis", "flag", "`true` when the answer is to be analysed by artificial intelligence"
    ),
    # what gateways other than 6103(i)(2) ask for
    Column("purpose", "text", "`tax-administration`, `eligibility`, `student-aid`", required=False),
    Column("circumstance", "text", "`danger`, `flight` or `terrorism`", required=False),
    Column("court_order", "text", "court and number of the order relied on", required=False),
    Column("court_order_date", "date", "day of that order", required=False),
    Column("court_order_judge", "text", "`district-judge`, `magistrate-judge`", required=False),
    Column(
        "court_order_findings",
        "list",
        "what the judge found: `crime`, `relevance`, `exclusive-use`",
        required=False,
    ),
    Column("court_order_items", "list", "the items that the order grants", required=False),
    Column("court_order_periods", "years", "the years that the order grants", required=False),
    Column(
        "programme",
        "text",
        "USLM id of the benefit programme, `/us/usc/t26/s6103/l/7/D/...`",
        required=False,
    ),
    Column("matter_kind", "text", "`missing-child` or `exploited-child`, if it is", required=False),
    Column("approval_certified", "flag", "`true` when the person approved of it", required=False),
)

CHOICES: dict[str, tuple[str, ...]] = {
    "offense_limb": ("A", "B", "C", "D"),
    "posture": ("investigation", "proceeding", "grand-jury"),
    "sole_use": ("true", "false"),
    "ai_analysis": ("true", "false"),
    "purpose": ("tax-administration", "eligibility", "student-aid"),
    "circumstance": ("danger", "flight", "terrorism"),
    "court_order_judge": ("district-judge", "magistrate-judge"),
    "matter_kind": ("missing-child", "exploited-child"),
    "approval_certified": ("true", "false"),
    "source": ("return", "information-return", "postal-update"),
    "hold": ("true",),
    "filing_status": (
        "single",
        "married-joint",
        "married-separate",
        "head-of-household",
        "surviving-spouse",
    ),
}
"""Of columns that take one of few words: these words, beside an empty value."""

REFERENCE = (
    Column("person_id", "text", "the custodian's own id of a person"),
    Column("given_name", "text", "given name"),
    Column("middle_name", "text", "middle name or initial"),
    Column("surname", "text", "surname"),
    Column("name_suffix", "text", "`JR`, `SR`, `II` ..."),
    Column("birth_date", "date", "date of birth"),
    Column("tin", "digits", "nine digits"),
    Column("address_line", "text", "number and street, PO box, or rural route and box"),
    Column("unit", "text", "apartment, suite or lot"),
    Column("city", "text", "city or post office"),
    Column("state", "text", "two letters"),
    Column("postal_code", "text", "five digits, or nine"),
    Column("country", "text", "two letters; empty means `US`"),
    Column("period", "text", "year the address comes from"),
    Column("source", "text", "`return`, `information-return` or `postal-update`"),
    Column("hold", "flag", "`true`: the bar of 26 USC 6103(i)(6) stands", required=False),
    # what a gateway that opens more than a confirmation may be told of the year and the source
    Column(
        "unearned_income",
        "text",
        "whole dollars of unearned income that this source has for this year",
        required=False,
    ),
    Column(
        "filing_status",
        "text",
        "filing status of the return of this year",
        required=False,
    ),
    Column(
        "number_of_individuals",
        "text",
        "for how many individuals the return of this year takes a deduction, 26 USC 151",
        required=False,
    ),
    Column(
        "modified_adjusted_gross_income",
        "text",
        "whole dollars of it by the return of this year, 26 USC 36B",
        required=False,
    ),
)

WHO_AND_WHERE = tuple(column for column in REFERENCE if column.name not in ON_FILE.values())
"""The columns of a reference file that say who somebody is and where, and no item beyond that."""
