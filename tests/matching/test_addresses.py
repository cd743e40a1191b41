"""Stories about addresses: the same door, another door, a door that cannot be told."""

from small_file import filed, said

AGREE = ("confirmed", "name-and-address-agree")
ELSEWHERE = ("mismatch", "address-disagrees")


# Families unlike each other, so that each pair below has one of its own.
FAMILIES = ["Schulze", "Okafor", "Lindqvist", "Nguyen", "Haddad", "Petrov", "Yamada", "Moreau"]
FAMILIES += ["Abernathy", "Castellanos", "Dvorak", "Eriksen", "Winterbourne", "Kowalczyk"]

SAME = [
    ("100 Main St", "100 MAIN STREET"),
    ("100 N Main St", "100 North Main St."),
    ("100 Poplar St", "100 Poplar"),
    ("100 N Walnut St", "100 Walnut St"),
    ("100 Chestnut Ave", "100 Chesnut Ave"),
    ("PO Box 12", "P.O. BOX 12"),
    ("100 Farwell Ave", "100 Farwell Wvenue"),
    ("100 Kensington Rd", "100 Kensington Raod"),
    ("100 Westminster Pl", "100 Westminster Plaze"),
]

OTHER = [
    ("100 Kensington Rd", "100 Kensingfon Raod"),
    ("100 Westminster Pl", "100 Westminzter Plaze"),
    ("100 Main St", "102 Main St"),
    ("100 Main St", "100 Main Ave"),
    ("100 N Main St", "100 S Main St"),
    ("100 Main St", "100 Maine St"),
    ("PO Box 12", "PO Box 13"),
    ("12 Main St", "PO Box 12"),
    ("100 21st St", "100 31st St"),
    ("100 Second Ave", "100 Seconds Blvd"),
    ("100 Farwell Ave", "100 Farwell Tree"),
    ("100 Farwell 21st Ave", "100 Farwell 31st Avenie"),
    ("100 Westminster Pl", "106 Westminster Pl"),
]


TOLD_APART = [
    ("100 Five Mile Rd", "100 Nine Mile Rd"),
    ("100 Two Rivers Dr", "100 Ten Rivers Dr"),
    ("100 Eight Mile Rd", "100 Eighty Mile Rd"),
    ("100 Senior Center Dr", "100 Junior Center Dr"),
    ("100 Calle Este", "100 Calle Oeste"),
    ("100 Paseo del Este", "100 Paseo del Oeste"),
    ("100 Ave Oriente", "100 Ave Poniente"),
    ("100 US Highway 12 Byp", "100 US Highway 12 Bus"),
    ("100 State Highway 63 Byp", "100 State Highway 63 Bus"),
    ("100 County Road ABC", "100 County Road ABD"),
    ("100 Highway CCC", "100 Highway CCD"),
    ("100 Camp Five Rd", "100 Camp Nine Rd"),
]
TOO_CLOSE = [
    ("100 Red Cedar Forest Dr", "100 Old Cedar Forest Dr"),
    ("100 Los Altos Dr", "100 Las Altas Dr"),
    ("100 Son Rise Hills Dr", "100 Sun Rise Hills Dr"),
    ("100 Elm Creek Dr", "100 Elk Creek Dr"),
    ("100 Armitage Ave", "100 Hermitage Ave"),
    ("100 Maplehurst Dr", "100 Applehurst Dr"),
]


def families(town, pairs):
    """Put each pair's first address on file for a family of its own; ask at the second."""
    placed = list(zip(FAMILIES, pairs, strict=False))
    town.load(*(filed(name, f"James {name}", known) for name, (known, _) in placed))
    asked = (said(f"James {name}", address) for name, (_, address) in placed)
    return dict(zip(pairs, town.verify(*asked), strict=True))


def test_the_same_door_in_another_dress_agrees(town):
    for pair, verified in families(town, SAME).items():
        assert (verified.outcome, verified.rule) == AGREE, pair


def test_another_door_does_not_agree(town):
    for pair, verified in families(town, OTHER).items():
        assert (verified.outcome, verified.rule) == ELSEWHERE, pair


def test_words_that_tell_streets_of_one_name_apart_are_no_slips(town):
    for pair, verified in families(town, TOLD_APART).items():
        assert verified.outcome != "confirmed", pair


def test_a_short_word_and_the_first_of_two_letters_are_no_slip(town):
    for pair, verified in families(town, TOO_CLOSE).items():
        assert verified.outcome != "confirmed", pair


def test_a_slip_in_such_a_word_that_makes_no_other_one_is_a_slip(town):
    pairs = [
        ("100 Seventeen Mile Rd", "100 Seventeem Mile Rd"),
        ("100 Senior Center Dr", "100 Seniot Center Dr"),
    ]
    for pair, verified in families(town, pairs).items():
        assert verified.outcome == "confirmed", pair


def test_a_street_that_the_file_knows_there_is_no_slip_of_the_pen(town):
    town.load(
        filed("p1", "James Schulze", "100 Chestnut Ave"), filed("p2", "Ann Wu", "7 Chesnut Ave")
    )
    assert town.ask("James Schulze", "100 Chesnut Ave") == ELSEWHERE


def test_a_wrong_zip_is_mended_by_city_and_state_and_the_other_way_round(town):
    town.load(filed("p1", "James Schulze"))
    assert town.ask("James Schulze", postal_code="97302") == AGREE
    assert town.ask("James Schulze", city="Salme") == AGREE
    assert town.ask("James Schulze", postal_code="") == AGREE
    assert town.ask("James Schulze", postal_code="97702", city="Bend") == ELSEWHERE
    assert town.ask("James Schulze", postal_code="01970", state="MA") == ELSEWHERE


def test_a_unit_may_be_left_out_where_the_building_has_no_other(town):
    town.load(filed("p1", "James Schulze", unit="Apt 4"), filed("p2", "James Schulze", "7 Oak Ave"))
    assert town.ask("James Schulze", unit="Apt 4") == AGREE
    assert town.ask("James Schulze") == AGREE
    assert town.ask("James Schulze", unit="Apt 5") == ELSEWHERE
    assert town.ask("James Schulze", "7 Oak Ave", unit="Apt 4") == AGREE


def test_a_unit_must_be_said_where_the_building_has_several(town):
    town.load(
        filed("p1", "James Schulze", unit="Apt 4"),
        filed("p2", "Ann Wu", unit="Apt 5"),
        filed("p3", "James Schulze", "7 Oak Ave"),
        filed("p4", "Ann Wu", "7 Oak Ave", unit="Apt 5"),
    )
    assert town.ask("James Schulze") == ("mismatch", "unit-missing")
    assert town.ask("James Schulze", unit="Apt 4") == AGREE
    assert town.ask("James Schulze", "7 Oak Ave", unit="Apt 4") == ("mismatch", "unit-missing")


def test_a_unit_behind_a_box_on_a_route_is_part_of_the_address(town):
    routes = {"RR 6 Box 2": "Apt 4", "HC 3 Box 17": "Lot 5", "RR 7 Box 9": ""}
    town.load(
        *(
            filed(name, f"James {name}", box, unit=unit)
            for name, (box, unit) in zip(FAMILIES, routes.items(), strict=False)
        )
    )
    asked = {
        (0, "RR 6 Box 2 Apt 4"): AGREE,
        (0, "Apt 4 Rural Route 6 Box 2"): AGREE,
        (0, "RR 6 Box 2 # 4"): AGREE,
        (0, "RR 6 Box 2 Apt 5"): ELSEWHERE,
        (0, "RR 6 Box 3 Apt 4"): ELSEWHERE,
        (0, "RR 6 Box 2 Fl 4"): ELSEWHERE,
        (0, "RR 6 Box 2"): ("mismatch", "unit-missing"),
        (1, "HC 3 Box 17 Lot 5"): AGREE,
        (1, "HC 3 Box 17"): ("mismatch", "unit-missing"),
        (2, "RR 7 Box 9"): AGREE,
        (2, "RR 7 Box 9 Apt 1"): ("mismatch", "unit-missing"),
    }
    requests = (said(f"James {FAMILIES[who]}", address) for who, address in asked)
    found = town.verify(*requests)
    told = dict(zip(asked, ((str(one.outcome), one.rule) for one in found), strict=True))
    assert told == asked


def test_an_old_address_is_an_address_on_file(town):
    town.load(filed("p1", "James Schulze", "7 Oak Ave", period=2019), filed("p1", "James Schulze"))
    assert town.ask("James Schulze", "7 Oak Ave") == AGREE
    assert town.ask("James Schulze") == AGREE


def test_name_and_address_must_meet_in_one_record(town):
    town.load(filed("p1", "Maria Garcia", "7 Oak Ave", period=2019), filed("p1", "Maria Lindqvist"))
    assert town.ask("Maria Garcia")[0] == "mismatch"


def test_the_same_placeholder_on_both_sides_is_no_address(town):
    placeholders = ["UNKNOWN", "FAILED TO PROVIDE", "HOMELESS", "NA NA", ""]
    for pair, verified in families(town, [(each, each) for each in placeholders]).items():
        assert verified.outcome == "mismatch", pair


def test_a_garbled_street_needs_the_whole_name_and_something_further(town):
    town.load(
        filed("p1", "James Q Schulze", "1050 Nancy Creek Blvd"),
        filed("p2", "Ann Wu", "7 Miller Ave"),
        filed("p3", "James Q Schulze", "9 Birch Ave"),
        filed("p4", "Ann Wu", "9 Beach Ave"),
    )
    garbled = "1050 Bancey Creeu Blvd"
    assert town.ask("James Q Schulze", garbled) == AGREE
    for other in ("James Schulze", "James R Schulze", "Jim Q Schulze", "Ann Q Schulze"):
        assert town.ask(other, garbled)[0] != "confirmed", other
    assert town.ask("James Q Schulze", "1051 Bancey Creeu Blvd") == ELSEWHERE, "another number"
    assert town.ask("James Q Schulze", "9 Beach Ave") == ELSEWHERE, "that is another street"
    assert town.ask("James Q Schulze", garbled, postal_code="97302") == ELSEWHERE
    assert town.ask("James Q Schulze", garbled, postal_code="") == AGREE, "no ZIP Code contradicts"
    assert town.ask("James Q Schulze", "1050 Main Blvd") == ELSEWHERE


BOTH_DAMAGED = [
    # on file, asked, whether it is the same street
    ("55 Selma St", "55 Eelma Xt", True),
    ("56 Washington Sq", "56 Washimngton Sa", True),
    ("57 Candlestick Pl", "57 Candlestlck P", True),
    ("58 Lincoln Ave", "58 Oincoln Zvr", True),
    ("59 Michigan Ave", "59 Mich gan Ave", True),
    ("60 Grandview Pl", "60 Grandv ew Pl", True),
    ("61 Garrett Pl", "61 Garnett Plx", False),
    ("62 Garrett Pl", "62 Garnett Placx", False),
    ("63 Garrett Ave", "63 Garnett Avenux", False),
    ("64 Oak Hill Rd", "64 Oak Mill Roaf", False),
    ("65 Selma St", "65 Delma Tr", False),
    ("66 Eva St", "66 Ova Xt", False),
    ("67 Parkland Ave", "67 Park Lawn Ave", False),
    ("68 Northgate Ave", "68 South ate Ave", False),
]


def test_a_damaged_name_before_a_damaged_type_is_no_street_of_its_own(town):
    town.load(*(filed(f"p{n}", "James Q Schulze", on) for n, (on, *_) in enumerate(BOTH_DAMAGED)))
    found = town.verify(*(said("James Q Schulze", asked) for _, asked, _ in BOTH_DAMAGED))
    told = [
        (*row[:2], one.outcome == "confirmed") for row, one in zip(BOTH_DAMAGED, found, strict=True)
    ]
    assert told == BOTH_DAMAGED
    without = town.verify(*(said("James Schulze", asked) for _, asked, _ in BOTH_DAMAGED[:6]))
    assert {one.outcome for one in without} == {"mismatch"}, "nothing further agrees"
