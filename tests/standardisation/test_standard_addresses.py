"""What an address becomes, case by case, in both executors."""

import pytest

from both_executors import EXECUTORS, Executor

PLACE = {"city": "Springfield", "state": "IL", "postal_code": "62704"}
SHORT = {
    "kind": "a_kind", "no": "a_number", "pre": "a_pre", "st": "a_street", "type": "a_type",
    "post": "a_post", "unit": "a_unit",
}  # fmt: skip

LINES: list[tuple[str, dict[str, str]]] = [
    ("123 N. Main Street", {"no": "123", "pre": "N", "st": "MAIN", "type": "ST", "post": ""}),
    ("123 MAIN ST", {"no": "123", "pre": "", "st": "MAIN", "type": "ST", "unit": ""}),
    ("0123 main", {"no": "123", "st": "MAIN", "type": ""}),
    ("123B Main St", {"no": "123B"}),
    ("123-B Main St", {"no": "123B"}),
    ("12-34 31st Road", {"no": "12-34", "st": "31ST", "type": "RD"}),
    ("1234 1/2 E 5th Ave Apt 3", {"no": "1234 1/2", "pre": "E", "st": "5TH", "unit": "3"}),
    ("1234½ E 5th Ave", {"no": "1234 1/2"}),
    ("1234-1/2 E 5th Ave", {"no": "1234 1/2"}),
    ("N6W23001 Bluemound Rd", {"no": "N6W23001", "st": "BLUEMOUND", "type": "RD"}),
    ("W5678 County Road H", {"no": "W5678", "st": "COUNTY ROAD H", "type": ""}),
    ("10 Broadway", {"no": "10", "st": "BROADWAY", "type": ""}),
    ("100 CIRCLE DR", {"st": "CIRCLE", "type": "DR"}),
    ("4 Avenue B", {"st": "AVENUE B", "type": "", "unit": ""}),
    ("4 Ave B", {"st": "AVENUE B", "type": ""}),
    ("123 North St", {"pre": "", "st": "N", "type": "ST"}),
    ("123 N West St", {"pre": "N", "st": "W", "type": "ST"}),
    ("123 N.W. 5th Street", {"pre": "NW", "st": "5TH", "type": "ST"}),
    ("123 North West Oak Street", {"pre": "NW", "st": "OAK"}),
    ("123 Oak Street North East", {"st": "OAK", "type": "ST", "post": "NE"}),
    ("123 N Park", {"pre": "N", "st": "PARK", "type": ""}),
    ("123 Fifth Avenue", {"st": "5TH", "type": "AVE"}),
    ("123 Twentieth St", {"st": "20TH"}),
    ("123 Saint James Pl", {"st": "ST JAMES", "type": "PL"}),
    ("123 St. James Place", {"st": "ST JAMES", "type": "PL"}),
    ("123 Mt Vernon Av", {"st": "MOUNT VERNON", "type": "AVE"}),
    ("123 Martin Luther King Jr Blvd", {"st": "MARTIN LUTHER KING JR", "type": "BLVD"}),
    ("123 O'Brien St", {"st": "OBRIEN"}),
    ("123 S 500 E", {"pre": "S", "st": "500", "type": "", "post": "E"}),
    ("123 Highway 61 N", {"st": "HIGHWAY 61", "post": "N"}),
    ("123 Hwy 61", {"st": "HIGHWAY 61"}),
    ("123 CR 12", {"st": "COUNTY ROAD 12"}),
    ("123 County Rd 12A", {"st": "COUNTY ROAD 12A", "unit": ""}),
    ("123 St Hwy 5", {"st": "STATE HIGHWAY 5"}),
    ("123 US Route 1", {"st": "US HIGHWAY 1"}),
    # units at the end of the line, or before the number
    ("123 Main St Apt 4B", {"st": "MAIN", "type": "ST", "unit": "4B"}),
    ("123 Main St, #4B", {"unit": "4B"}),
    ("123 Main St Unit 4-B", {"unit": "4B"}),
    ("123 Main St Apt4B", {"unit": "4B"}),
    ("123 Main St 4B", {"type": "ST", "unit": "4B"}),
    ("123 Main St N Apt B", {"post": "N", "unit": "B"}),
    ("123 Main St Bldg 3 Apt 4", {"unit": "34"}),
    ("123 Main St 2nd Floor", {"st": "MAIN", "type": "ST", "unit": "2"}),
    ("123 Main St Floor 2", {"st": "MAIN", "type": "ST", "unit": "2"}),
    ("123 2nd St", {"st": "2ND", "type": "ST", "unit": ""}),
    ("123 Main St Rear", {"type": "ST", "unit": "REAR"}),
    ("123 Main St Basement", {"unit": "BSMT"}),
    ("123 Front St", {"st": "FRONT", "type": "ST", "unit": ""}),
    ("123 Suite Dr", {"st": "SUITE", "type": "DR", "unit": ""}),
    ("123 Main St Apt", {"st": "MAIN", "type": "ST", "unit": ""}),
    ("#4 123 Main St", {"no": "123", "st": "MAIN", "unit": "4"}),
    # somebody else's name, or that of a building
    ("C/O Jane Roe 123 Main St", {"no": "123", "st": "MAIN"}),
    ("123 Main St ATTN: Jane Roe", {"no": "123", "st": "MAIN", "type": "ST"}),
    ("Willow Towers 123 Main St Apt 4", {"no": "123", "st": "MAIN", "unit": "4"}),
    # boxes, routes, military mail, general delivery
    ("P.O. Box 123", {"kind": "box", "no": "123", "st": ""}),
    ("PO BOX #123", {"kind": "box", "no": "123"}),
    ("p o box0123", {"kind": "box", "no": "123"}),
    ("Post Office Box 123", {"kind": "box", "no": "123"}),
    ("POB 123", {"kind": "box", "no": "123"}),
    ("Box 123", {"kind": "box", "no": "123"}),
    ("PO Box A", {"kind": "box", "no": "A"}),
    ("123 Boxwood Ln", {"kind": "street", "st": "BOXWOOD", "type": "LN"}),
    ("123 PO Boxwood Ln", {"kind": "street", "st": "PO BOXWOOD"}),
    ("RR 2 Box 45", {"kind": "route", "no": "2", "st": "RR", "unit": "45"}),
    ("R.R. 2, Box 45", {"kind": "route", "no": "2", "st": "RR", "unit": "45"}),
    ("Rural Route 2 Box #45A", {"kind": "route", "no": "2", "unit": "45A"}),
    ("Route 2 Box 45", {"kind": "route", "st": "RR"}),
    ("HC 1 Box 23", {"kind": "route", "no": "1", "st": "HC", "unit": "23"}),
    ("PSC 123 Box 45", {"kind": "military", "no": "123", "st": "PSC", "unit": "45"}),
    ("CMR 450, BOX 1234", {"kind": "military", "no": "450", "st": "CMR", "unit": "1234"}),
    ("General Delivery", {"kind": "general-delivery", "st": "GENERAL DELIVERY"}),
    ("Gen. Del.", {"kind": "general-delivery"}),
    ("", {"kind": "none", "st": ""}),
    ("Springfield", {"kind": "other", "no": "", "type": ""}),
]

FIELDS: list[tuple[dict[str, str], dict[str, str]]] = [
    ({"unit": "APT 4B"}, {"a_unit": "4B"}),
    ({"unit": "#4B"}, {"a_unit": "4B"}),
    ({"unit": "UNIT 4-B"}, {"a_unit": "4B"}),
    ({"unit": "Apartment 4 B"}, {"a_unit": "4B"}),
    ({"unit": "apt4b"}, {"a_unit": "4B"}),
    ({"unit": "Penthouse"}, {"a_unit": "PH"}),
    ({"unit": "N/A"}, {"a_unit": ""}),
    ({"unit": "none"}, {"a_unit": ""}),
    ({"unit": "Apt 4", "address_line": "1 Oak St Apt 9"}, {"a_unit": "4", "a_type": "ST"}),
    ({"city": "Saint Louis"}, {"a_city": "ST LOUIS"}),
    ({"city": "St. Louis"}, {"a_city": "ST LOUIS"}),
    ({"city": "Fort Worth"}, {"a_city": "FT WORTH"}),
    ({"city": "North Las Vegas"}, {"a_city": "N LAS VEGAS"}),
    ({"city": "Coeur d'Alene"}, {"a_city": "COEUR DALENE"}),
    ({"city": "Unknown"}, {"a_city": ""}),
    ({"city": "N/A"}, {"a_city": ""}),
    ({"city": "xxxx"}, {"a_city": ""}),
    ({"city": "62704"}, {"a_city": ""}),
    ({"state": "il"}, {"a_state": "IL"}),
    ({"state": "Illinois"}, {"a_state": "IL"}),
    ({"state": "New  York"}, {"a_state": "NY"}),
    ({"state": "N.Y."}, {"a_state": "NY"}),
    ({"state": "D.C."}, {"a_state": "DC"}),
    ({"state": "ZZ"}, {"a_state": ""}),
    ({"state": "", "country": "PR"}, {"a_state": "PR", "a_country": "US"}),
    ({"postal_code": "62704-1234"}, {"a_zip5": "62704"}),
    ({"postal_code": "627041234"}, {"a_zip5": "62704"}),
    ({"postal_code": " 62704 "}, {"a_zip5": "62704"}),
    ({"postal_code": "00501"}, {"a_zip5": "00501"}),
    ({"postal_code": "00500"}, {"a_zip5": ""}),
    ({"postal_code": "00000"}, {"a_zip5": ""}),
    ({"postal_code": "00000-1234"}, {"a_zip5": ""}),
    ({"postal_code": "99999"}, {"a_zip5": ""}),
    ({"postal_code": "99950"}, {"a_zip5": "99950"}),
    ({"postal_code": "6270"}, {"a_zip5": ""}),
    ({"postal_code": "K1A 0B1"}, {"a_zip5": ""}),
    ({"country": "USA"}, {"a_country": "US", "a_zip5": "62704"}),
    ({"country": ""}, {"a_country": "US"}),
    ({"country": "mx"}, {"a_country": "MX", "a_zip5": "", "a_state": ""}),
    (
        {"address_line": "Unit 2050 Box 4190", "city": "APO", "state": "AP"},
        {"a_kind": "military", "a_street": "UNIT", "a_number": "2050", "a_unit": "4190"},
    ),
]


@pytest.mark.parametrize("executor", EXECUTORS.values(), ids=EXECUTORS)
def test_lines_are_read_into_their_parts(executor: Executor) -> None:
    found = executor({"address_line": line, **PLACE} for line, _ in LINES)
    for (line, expected), row in zip(LINES, found, strict=True):
        assert {key: row[SHORT[key]] for key in expected} == expected, line


@pytest.mark.parametrize("executor", EXECUTORS.values(), ids=EXECUTORS)
def test_units_and_places_come_out_in_standard_form(executor: Executor) -> None:
    plain = {"address_line": "1 Oak St", **PLACE}
    found = executor({**plain, **fields} for fields, _ in FIELDS)
    for (fields, expected), row in zip(FIELDS, found, strict=True):
        assert {key: row[key] for key in expected} == expected, fields
