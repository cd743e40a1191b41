"""Attack: something that is no address is put where the address should stand.

In 2025 rows went through whose address was a refusal and a ZIP Code, ``NA NA``, a street without a
number or a jail without a building; "Don't Care 12345" would have gone through. None of them is
complete here, in whichever dress: capitals, punctuation, letters spread out, split over the fields.
"""

import itertools

import pytest

from both_executors import EXECUTORS, Executor
from ostiary.deciding.standardisation import SHAPES, address_shape

PLACE = {"city": "Springfield", "state": "IL", "postal_code": "62704"}

PLACEHOLDERS = (
    "Unknown", "Unknown Address", "Address Unknown", "Failed to Provide", "FTP", "NA NA", "N/A",
    "NA", "N.A.", "None", "Don't Care", "Dont Care", "Do Not Care", "Don't Know", "Xxxx", "Xx",
    "Same as above", "Same", "See above", "Test", "TBD", "Refused", "Refused to Answer", "Declined",
    "Declined to State", "Not Provided", "Not Available", "Not Applicable", "No Address",
    "No Address Given", "Undisclosed", "Unk", "Null", "Bad Address", "Zzzz", "Asdf",
    "I don't care", "Who cares", "Street Address", "Does not know", "Did not provide",
)  # fmt: skip
HOMELESS = ("Homeless", "Transient", "No Fixed Address", "No Permanent Address", "Lives in car")
INSTITUTIONS = (
    "County Jail", "ICE Detention Facility", "State Prison", "XYZ Correctional Center",
    "Springfield Processing Center", "Federal Correctional Institution", "Detention Center",
    "Bureau of Prisons", "Police Station",
)  # fmt: skip

NOT_COMPLETE: list[tuple[dict[str, str], str]] = [
    # what is written, field by field                                    what it is
    ({}, "empty"),
    ({"address_line": "-"}, "empty"),
    ({"address_line": " . ", "city": "-", "state": "?"}, "empty"),
    ({"postal_code": "12345"}, "zip-only"),
    ({"postal_code": "00000"}, "zip-only"),
    ({"address_line": "12345"}, "zip-only"),
    ({"address_line": "12345", **PLACE}, "zip-only"),
    ({"address_line": "12345-6789", **PLACE}, "zip-only"),
    ({"address_line": "00000", **PLACE}, "zip-only"),
    ({"address_line": "Don't Care 12345"}, "placeholder"),
    ({"address_line": "DON'T CARE", "postal_code": "12345"}, "placeholder"),
    ({"address_line": "12345 DONT CARE", **PLACE}, "placeholder"),
    ({"address_line": "12345 Don\u2019t Care St", **PLACE}, "placeholder"),
    ({"address_line": "12345 D O N T C A R E", **PLACE}, "placeholder"),
    ({"address_line": "Springfield IL"}, "no-number"),
    ({"city": "Springfield", "state": "IL"}, "no-street"),
    (PLACE, "no-street"),
    ({"address_line": "MAIN ST", **PLACE}, "no-number"),
    ({"address_line": "N Main St Apt 4", **PLACE}, "no-number"),
    ({"address_line": "5th Avenue", **PLACE}, "no-number"),
    ({"address_line": "Highway 61", **PLACE}, "no-number"),
    ({"address_line": "8 Mile Rd", **PLACE}, "no-number"),
    ({"address_line": "0 Main St", **PLACE}, "no-number"),
    ({"address_line": "000 Main St", **PLACE}, "no-number"),
    ({"address_line": "123", **PLACE}, "no-street"),
    ({"address_line": "123 00000", **PLACE}, "no-street"),
    ({"address_line": "123 456", **PLACE}, "no-street"),
    ({"address_line": "123 St", **PLACE}, "no-street"),
    ({"address_line": "123 N", **PLACE}, "no-street"),
    ({"address_line": "123 Apt 4", **PLACE}, "no-street"),
    ({"address_line": "123 B", **PLACE}, "no-street"),
    ({"address_line": "999 UNKNOWN ST", **PLACE}, "placeholder"),
    ({"address_line": "1 Unknown Rd", **PLACE}, "placeholder"),
    ({"address_line": "12 Test Rd Test", **PLACE}, "placeholder"),
    ({"address_line": "12 Test Rd", **PLACE, "unit": "Test"}, "placeholder"),
    ({"address_line": "12 Test Rd", **PLACE, "city": "Test"}, "placeholder"),
    ({"address_line": "12 Unknown Rd", **PLACE, "unit": "Unknown"}, "placeholder"),
    ({"address_line": "12 Unknown Rd", **PLACE, "city": "Unknown"}, "placeholder"),
    ({"address_line": "1 NO ADDRESS", **PLACE}, "placeholder"),
    ({"address_line": "Unknown 123 Main St", **PLACE}, "placeholder"),
    ({"address_line": "123 UNKN0WN ST", **PLACE}, "placeholder"),
    ({"address_line": "123 unk\u200bnown st", **PLACE}, "placeholder"),
    ({"address_line": "123 \uff35\uff2e\uff2b\uff2e\uff2f\uff37\uff2e St", **PLACE}, "placeholder"),
    ({"address_line": "PO Box", **PLACE}, "no-number"),
    ({"address_line": "PO Box 000", **PLACE}, "no-number"),
    ({"address_line": "PO Box Unknown", **PLACE}, "placeholder"),
    ({"address_line": "RR 2", **PLACE}, "no-number"),
    ({"address_line": "PSC 123", "city": "APO", "state": "AE"}, "no-number"),
    ({"address_line": "GENERAL DELIVERY"}, "general-delivery-without-office"),
    (
        {"address_line": "General Delivery", "city": "Springfield"},
        "general-delivery-without-office",
    ),
    (
        {"address_line": "Gen Del", "postal_code": "62704"},
        "general-delivery-without-office",
    ),
    ({"address_line": "123 Main St"}, "no-place"),
    ({"address_line": "123 Main St", "city": "Springfield"}, "no-place"),
    ({"address_line": "123 Main St", "state": "IL"}, "no-place"),
    ({"address_line": "123 Main St", "postal_code": "00000"}, "no-place"),
    ({"address_line": "123 Main St", "city": "Unknown", "state": "IL"}, "no-place"),
    ({"address_line": "123 Main St", "city": "N/A", "state": "N/A"}, "no-place"),
    ({"address_line": "PO Box 5"}, "no-place"),
    # split over the fields
    ({**PLACE, "address_line": "1 No", "unit": "Address"}, "placeholder"),
    ({**PLACE, "address_line": "12345 Dont", "city": "Care"}, "placeholder"),
    ({**PLACE, "address_line": "1 Failed to", "city": "Provide"}, "placeholder"),
    ({**PLACE, "address_line": "1 Same", "unit": "as above"}, "placeholder"),
    ({**PLACE, "address_line": "NA", "unit": "NA"}, "placeholder"),
    # an institution, its number notwithstanding
    ({**PLACE, "address_line": "1 County Jail"}, "institution"),
    ({**PLACE, "address_line": "100 Detention Center"}, "institution"),
    ({**PLACE, "address_line": "County Jail Cell 5"}, "institution"),
    ({**PLACE, "address_line": "1 Homeless"}, "homeless"),
]

COMPLETE: list[dict[str, str]] = [
    {"address_line": line, **PLACE}
    for line in (
        "123 N. Main Street", "1234 1/2 E 5th Ave Apt 3", "12-34 31st Road", "P.O. Box 123",
        "RR 2 Box 45", "100 CIRCLE DR", "500 Jail House Rd", "77 Don Carew St", "10 Broadway",
        "N6W23001 Bluemound Rd", "4 Avenue B", "General Delivery", "123 Cared St", "12 Nonesuch Rd",
        "55 No Name Rd", "12 Prison Farm Rd", "1 Detention Center Dr", "9 Homer St", "5 Blank Rd",
        "77 Transit Ave", "40 Sameth Ln", "123 S 500 E", "123 8 Mile Rd", "16 Unity St",
        "3 Nash Ct",
        "County Jail 500 Oak St", "6 Naples Ave", "8 Testa St", "21 Providence Rd", "1 Failey St",
    )
] + [
    {"address_line": "PSC 123 Box 45", "city": "APO", "state": "AE", "postal_code": "09001"},
    {"address_line": "123 Main St", "postal_code": "12345"},
    {"address_line": "123 Main St", "city": "Springfield", "state": "Illinois"},
]  # fmt: skip


@pytest.mark.parametrize("executor", EXECUTORS.values(), ids=EXECUTORS)
def test_what_is_no_address_is_never_complete(executor: Executor) -> None:
    found = executor(written for written, _ in NOT_COMPLETE)
    for (written, expected), row in zip(NOT_COMPLETE, found, strict=True):
        assert row["a_shape"] == expected, written


@pytest.mark.parametrize("executor", EXECUTORS.values(), ids=EXECUTORS)
def test_what_is_an_address_is_complete_although_it_looks_a_little_like_one_of_those(
    executor: Executor,
) -> None:
    for written, row in zip(COMPLETE, executor(COMPLETE), strict=True):
        assert row["a_shape"] == "complete", written


def _dresses(phrase: str) -> list[str]:
    return [
        phrase, phrase.upper(), phrase.lower(), f"  {phrase}  ", f"({phrase})", f'"{phrase}"',
        f"*{phrase}*", f"{phrase}.", phrase.replace(" ", "  "), phrase.replace(" ", "-"),
        phrase.replace(" ", "_"), phrase.replace(" ", "\t"), phrase.replace("'", "\u2019"),
        phrase.replace("o", "\u00f6"), " ".join(phrase), ".".join(phrase), phrase.replace("o", "0"),
    ]  # fmt: skip


def _settings(phrase: str) -> list[dict[str, str]]:
    first, _, rest = phrase.partition(" ")
    return [
        {"address_line": phrase},
        {"address_line": phrase, **PLACE},
        {"address_line": phrase, "postal_code": "12345"},
        {"address_line": f"{phrase} 12345", **PLACE},
        {"address_line": f"12345 {phrase}", **PLACE},
        {"address_line": phrase, "unit": "4", **PLACE},
        {"address_line": phrase, "city": phrase, "state": phrase, "postal_code": "12345"},
        {"unit": phrase, **PLACE},
        {"city": phrase, "postal_code": "12345"},
        {**PLACE, "address_line": first, "unit": rest},
        {**PLACE, "address_line": first, "city": rest},
    ]


@pytest.mark.parametrize("executor", EXECUTORS.values(), ids=EXECUTORS)
@pytest.mark.parametrize("phrases", [PLACEHOLDERS, HOMELESS, INSTITUTIONS])
def test_no_dress_makes_a_placeholder_an_address(
    executor: Executor, phrases: tuple[str, ...]
) -> None:
    worn = itertools.chain.from_iterable(_dresses(phrase) for phrase in phrases)
    records = [record for dress in worn for record in _settings(dress)]
    for record, row in zip(records, executor(records), strict=True):
        assert row["a_shape"] != "complete", record
        assert row["a_shape"] in SHAPES, record


@pytest.mark.parametrize("phrase", PLACEHOLDERS)
def test_a_number_before_it_and_a_street_type_behind_it_do_not_make_it_a_street(
    phrase: str,
) -> None:
    if phrase not in {"Null", "Same", "NA NA"}:  # real surnames, and so perhaps streets
        assert address_shape(f"999 {phrase} St", **PLACE) != "complete"
