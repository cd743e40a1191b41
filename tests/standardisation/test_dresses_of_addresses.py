"""One address in many dresses is one; its near neighbours in the same dresses are others."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest

from both_executors import EXECUTORS, Executor

TOWN = ("Lockport", "IL", "60441")
ISLAND = ("Caguas", "PR", "00725")
VIRGIN_ISLANDS = ("St Thomas", "VI", "00802")
QUEENS = ("Woodside", "NY", "11377")
POST = ("APO", "AE", "09714")


class Kind(NamedTuple):
    """A kind of dress: the standard form, then what is it and what is not (line, unit)."""

    place: tuple[str, str, str]
    number: str
    street: str
    unit: str
    same: tuple[str, ...]
    others: tuple[str, ...] = ()


KINDS = {
    "urbanization beside the street": Kind(
        ISLAND, "B7", "CALLE 4", "URB VILLAMARINA",
        (
            "Urb. Villa Marina B-7 Calle 4", "Villa Marina, Calle 4 B-7", "Calle 4 B7 Villa Marina",
            "B7 Calle 4, Urbanizacion Villa Marina", "B 7 Calle 4 Urb Villa Marina",
            "B7 Calle 4;Urb Villa Marina", "Calle 4 #B7;Villa Marina",
        ),
        (
            "B7 Calle 4;Urb Villa Nevarez", "B8 Calle 4;Urb Villa Marina",
            "C7 Calle 4;Villa Marina", "Villa Marina B-7 Calle 5", "Villa Marina, Calle 4 7-B",
        ),
    ),
    "words of areas": Kind(
        ISLAND, "40", "CALLE ROBLE", "URB JARDINESDELSUR",
        (
            "Jardines del Sur 40 Calle Roble", "Jard. del Sur, Calle Roble #40",
            "40 Calle Roble;Jdns del Sur", "Urb. Jardines del Sur, 40 C/ Roble",
        ),
        ("Alturas del Sur 40 Calle Roble", "40 Calle Roble;Quintas del Sur"),
    ),
    "a unit beside the urbanization": Kind(
        ISLAND, "40", "CALLE ROBLE", "APT 2 URB ELCOMANDANTE",
        (
            "Urb El Comandante 40 Calle Roble Apt 2", "40 Calle Roble Apt 2;Urb El Comandante",
            "40 Calle Roble;Urb El Comandante Apt 2", "40 Calle Roble;Apto 2 Urb. El Comandante",
        ),
        ("40 Calle Roble;Urb El Comandante Apt 3",),
    ),
    "a building beside the street": Kind(
        ISLAND, "274", "CALLE CANALS", "APT 301",
        (
            "Cond El Ponce 274 Calle Canals Apt 301", "274 Calle Canals Cond. El Ponce Apt 301",
            "Cond. El Ponce Apt. 301, 274 Calle Canals",
        ),
        ("Cond El Ponce 274 Calle Canals Apt 302",),
    ),
    "a project and its building": Kind(
        ISLAND, "12", "RES NEMESIO CANALES", "APT 220",
        (
            "Res. Nemesio Canales;Edif. 12 Apto. 220", "Edif 12 Apt 220 Res Nemesio Canales",
            "Residencial Nemesio Canales Edificio 12 Apt 220",
        ),
        ("Res Nemesio Canales;Edif 1 Apt 2220", "Res Nemesio Canales Edif 2 Apt 220"),
    ),
    "a post of a road of the island": Kind(
        ISLAND, "5KM3", "CARR 181", "",
        (
            "Bo. Espino Carr 181 Km 5.3", "Carr. 181, Km. 5.3, Bo. Espino", "PR-181 Km 5.3",
            "Carr 181 Km 5 Hm 3", "Carr 181 K5 H3", "Sector La Loma Carr. #181 Km 5.3 Int",
        ),
        ("Bo. Espino Carr 181 Km 5.4", "Bo. Espino Carr 118 Km 5.3"),
    ),
    "a number behind a street with a name": Kind(
        ISLAND, "8", "PASEO LIRIO", "",
        ("Paseo Lirio 8", "Paseo Lirio #8", "8 Paseo Lirio"),
        ("Paseo Lirio 9", "Camino Lirio 8", "Paseo Lirio 8 Apt 2"),
    ),
    "a block and its house": Kind(
        ISLAND, "A5", "CALLE 3", "",
        ("Bloque A #5 Calle 3", "Calle 3 Bloque A-5", "A-5 Calle 3"),
        ("Bloque B #5 Calle 3", "Bloque A #6 Calle 3"),
    ),
    "a plot of an estate": Kind(
        VIRGIN_ISLANDS, "12", "ESTATE WHIM", "",
        ("Estate Whim Plot 12", "Plot 12 Estate Whim", "Parcel No. 12 Estate Whim"),
        ("Plot 13 Estate Whim",),
    ),
    "a house number of hundreds in words": Kind(
        TOWN, "125", "ELM", "",
        (
            "One Hundred Twenty-Five Elm St", "One Hundred and Twenty Five Elm St",
            "One Twenty-Five Elm St",
        ),
        ("One Hundred Elm St", "One Hundred Fifteen Elm St", "Twelve Hundred Five Elm St"),
    ),
    "one at the end of a number": Kind(
        TOWN, "1201", "ELM", "",
        ("Twelve Hundred One Elm St", "One Thousand Two Hundred and One Elm St"),
        ("Twelve Hundred Elm St", "One Thousand and One Elm St"),
    ),
    "a street of hundreds in words": Kind(
        TOWN, "9", "101ST", "",
        ("9 One Hundred First St", "9 One Hundred and First St", "9 101 St"),
        ("9 One Hundred Tenth St", "9 First St", "9 One Hundredth St"),
    ),
    "a number in a name": Kind(
        TOWN, "32", "TWELVE MILE", "",
        ("32 12 Mile St", "32 Twelve Mile St"),
        ("32 11 Mile St", "32 Two Mile St", "32 12th St"),
    ),
    "a road of the state": Kind(
        TOWN, "12", "STATE HIGHWAY 19", "",
        (
            "12 SH 19", "12 S.H. 19", "12 SR19", "12 Illinois Highway 19", "12 Ill. Rte 19",
            "12 IL-19", "12 Illinois State Route 19", "12 State Route No. 19", "12 Route 19",
        ),
        ("12 US 19", "12 County Road 19", "12 SH 91", "12 Highway 19"),
    ),
    "a lettered road": Kind(
        TOWN, "12", "STATE HIGHWAY ZZ", "",
        ("12 Route ZZ", "12 Rte ZZ", "12 State Hwy ZZ"),
        ("12 Route Z", "12 Route YY", "12 County Road ZZ"),
    ),
    "a road of the county": Kind(
        TOWN, "12", "COUNTY ROAD K", "",
        ("12 County K", "12 Cty. Trk. K", "12 County Trunk Hwy K", "12 CTH K"),
        ("12 County KK", "12 County 8"),
    ),
    "a branch of a road": Kind(
        TOWN, "12", "US HIGHWAY 77 BUS", "",
        ("12 US 77 Business", "12 Business US 77", "12 US Bus 77", "12 US Hwy 77 Bus."),
        ("12 US 77", "12 US 77 Bypass", "12 US 78 Business"),
    ),
    "a direction behind a road": Kind(
        TOWN, "12", "HIGHWAY 29", "",
        ("12 Hwy 29 So", "12 Hwy. 29 So.", "12 Highway 29 South"),
        ("12 Hwy 29 No", "12 Hwy 28 So"),
    ),
    "a number behind a highway": Kind(
        TOWN, "64", "CREEK", "12",
        ("64 Creek Highway, 12", "64 Creek Hwy #12"),
        ("64 Creek Highway, 13", "64 Highway 12"),
    ),
    "a number called so": Kind(
        TOWN, "7", "CREEK", "",
        ("No. 7 Creek Rd", "No 7 Creek Rd", "Number 7 Creek Rd"),
        ("No. 8 Creek Rd",),
    ),
    "a unit called a number": Kind(
        TOWN, "64", "CREEK", "3",
        ("64 Creek St No. 3", "64 Creek St No 3", "64 Creek St Nr 3", "64 Creek St #3"),
        ("64 Creek St No. 4", "64 Creek St No."),
    ),
    "a penthouse first": Kind(
        TOWN, "7", "CREEK", "PH 1",
        ("PH 1, 7 Creek Rd", "Penthouse 1 7 Creek Rd", "7 Creek Rd;PH-1"),
        ("PH 2, 7 Creek Rd", "1, 7 Creek Rd"),
    ),
    "letters and a number": Kind(
        TOWN, "64", "CREEK", "APT LL2",
        ("64 Creek St Apt LL-2", "64 Creek St;Apt LL-2", "64 Creek St;Apt LL 2"),
        ("64 Creek St Apt LL-3", "64 Creek St;Apt L2"),
    ),
    "a floor in words": Kind(
        TOWN, "64", "CREEK", "FL 21",
        (
            "64 Creek St;Twenty-First Floor", "64 Creek St;21st Fl", "64 Creek St 21st Floor",
            "64 Creek St;Floor Twenty One", "Twenty-First Floor, 64 Creek St",
        ),
        ("64 Creek St;First Floor", "64 Creek St;Apt 21", "64 Creek St;Ground Floor"),
    ),
    "the ground floor": Kind(
        TOWN, "64", "CREEK", "FL G",
        ("64 Creek St;Ground Floor", "64 Creek St Ground Floor", "64 Creek St;Grnd Fl"),
        ("64 Creek St;1st Floor", "64 Creek St;Apt G"),
    ),
    "a range spaced": Kind(
        TOWN, "1200-1204", "VINE", "",
        ("1200 - 1204 Vine St", "1200-1204 Vine St", "1200/1204 Vine St"),
        ("1200 Vine St", "1200 - 1206 Vine St"),
    ),
    "a grid spaced": Kind(
        TOWN, "W204N5611", "LARK", "",
        ("W 204 N 5611 Lark Rd", "W204 N5611 Lark Rd", "W204-N5611 Lark Rd"),
        ("W 204 N 5612 Lark Rd", "N 204 W 5611 Lark Rd"),
    ),
    "a grid of Illinois": Kind(
        TOWN, "5N305", "ELM", "",
        ("5 N 305 Elm Rd", "5N 305 Elm Rd", "5N-305 Elm Rd"),
        ("5 S 305 Elm Rd", "5 N Elm Rd", "5 N 306 Elm Rd"),
    ),
    "a letter before a house": Kind(
        TOWN, "A1075", "MAIN", "",
        ("A1075 Main St", "A-1075 Main St"),
        ("1075 Main St", "B1075 Main St"),
    ),
    "Queens spaced": Kind(
        QUEENS, "64-12", "43RD", "",
        ("64 12 43 Ave", "64-12 43 Ave", "6412 43rd Ave", "64 12 Forty-Third Ave"),
        ("64 13 43 Ave", "64 12 44 Ave"),
    ),
    "military mail in either order": Kind(
        POST, "7400", "UNIT", "12",
        (
            "Unit 7400 Box 12", "Box 12 Unit 7400", "Box 12;Unit 7400", "Unit 7400;Box 12",
            "Unit 7400 #12", "Unit 7400;# 12",
        ),
        ("Box 7400 Unit 12", "Box 13 Unit 7400", "Box 12;Unit 7401"),
    ),
}  # fmt: skip

COMPLETE = (
    "9 Homeless Creek Rd", "12 Transient Lake Dr", "8 Vagrant Hill Ln", "R2500 County Road H",
    "Portofino N 507 2600 N Flagler Dr", "12 E 12 Mile Rd", "Jo Roe 3645 N Route Z Roe Propane Inc",
    "12 S Highway A1A", "12 Forest Service Rd 7", "12 M-59", "A1075 Main",
    "22 Reade St, 2nd Floor Meeting Room", "12 Unknown Rd", "7 Unknown Road", "4810 N Unknown Ave",
    "12 Unknown Rd Apt 4", "26 Test Rd", "12 Unknown Soldier Rd", "12 Test Pilot Rd", "20 Test Rd",
    "101 Unknown Rd", "12 Test Rd, Apt 4", "12 Test Pilot Rd Apt 4",
)  # fmt: skip
NOT_COMPLETE = (
    "12 Homeless", "9 Homeless St", "Homeless Creek Rd", "9 Homeless Shelter", "B12 Main St",
    "12XX Main St", "XX12 Main St", "One Hundred", "Hundred Main St", "No. 7", "Number 7",
    "Six Mile Rd", "12 Mile Rd", "One Hundred Tenth St", "Route ZZ", "State Highway 19", "County K",
    "Highway 29 So", "No 1 Unknown Rd", "No 1 Address", "No Address 12", "Second Floor", "PH 1",
    "12 Unknown", "12 Unkn0wn Rd", "12 U N K N O W N Rd", "0 Unknown Rd", "1 Unknown Rd",
    "Unknown Rd", "123 Unknown Ave", "9999 Unknown Rd", "100 Unknown St", "12 Unknown Unknown Rd",
    "12 Unknown Address Rd", "12 Refused Rd", "12 Not Provided Rd", "12 Address Unknown",
    "12 Unknown Rd Unknown", "12 Test Rd Test", "12 Test Rd, Testing", "12 Unknown Test Rd",
    "12 Test Unknown Rd", "Test 12 Test Rd", "12 Test Rd Apt Test", "12 Test Rd # Dummy",
    "12 N Test Ave Fake", "12 Test Address Rd", "10 Test Rd", "11 Unknown Rd", "22 Test Rd",
    "99 Unknown Rd", "100 Test Rd", "12345 Test St",
    "Second Floor, Main St", "Ground Floor", "Unit 7400",
)  # fmt: skip
NOT_COMPLETE_ON_THE_ISLAND = (
    "Calle Sol", "Urb Vista Mar", "Carr 181", "Bo Palmas", "Res Villa", "Paseo Lirio",
    "Jardines de Caguas", "Calle Desconocida 12", "Camino Desconocido 8", "Sin Direccion",
)  # fmt: skip


def _written(address: str, place: tuple[str, str, str]) -> dict[str, str]:
    line, _, unit = address.partition(";")
    city, state, postal_code = place
    return {
        "address_line": line, "unit": unit, "city": city, "state": state,
        "postal_code": postal_code,
    }  # fmt: skip


def _spot(row: dict[str, Any]) -> tuple[str, ...]:
    return tuple(
        row[name] for name in ("a_number", "a_pre", "a_street", "a_type", "a_post", "a_unit")
    )


def _asked() -> Iterator[tuple[str, Kind, str, bool]]:
    for name, kind in KINDS.items():
        yield from ((name, kind, address, True) for address in kind.same)
        yield from ((name, kind, address, False) for address in kind.others)


@pytest.mark.parametrize("executor", EXECUTORS.values(), ids=EXECUTORS)
def test_dresses_are_one_address_and_neighbours_are_others(executor: Executor) -> None:
    asked = list(_asked())
    found = executor(_written(address, kind.place) for _, kind, address, _ in asked)
    whole: dict[str, tuple[str, ...]] = {}
    for (name, kind, address, is_same), row in zip(asked, found, strict=True):
        if is_same:
            parts = (row["a_number"], row["a_street"], row["a_unit"], row["a_shape"])
            assert parts == (kind.number, kind.street, kind.unit, "complete"), address
            assert whole.setdefault(name, _spot(row)) == _spot(row), address
        else:
            assert whole[name] != _spot(row), address


@pytest.mark.parametrize("executor", EXECUTORS.values(), ids=EXECUTORS)
def test_real_addresses_are_complete_and_halves_of_them_are_not(executor: Executor) -> None:
    halves = [(each, TOWN) for each in NOT_COMPLETE]
    halves += [(each, ISLAND) for each in NOT_COMPLETE_ON_THE_ISLAND]
    rows = executor(_written(each, TOWN) for each in COMPLETE)
    assert [
        each for each, row in zip(COMPLETE, rows, strict=True) if row["a_shape"] != "complete"
    ] == []
    rows = executor(_written(each, place) for each, place in halves)
    assert [
        each for (each, _), row in zip(halves, rows, strict=True) if row["a_shape"] == "complete"
    ] == []
