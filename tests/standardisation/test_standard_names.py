"""What a name becomes, case by case, in both executors."""

import pytest

from both_executors import EXECUTORS, Executor

Name = tuple[str | None, str | None, str | None, str | None]

CASES: list[tuple[Name, dict[str, object]]] = [
    # given, middle, surname, suffix                what matters of the standard form
    (("John", "Q", "Smith", ""), {"n_given": "JOHN", "n_middle": "Q", "n_surname": "SMITH"}),
    (("  john ", "q.", "SMITH,", None), {"n_given": "JOHN", "n_middle": "Q", "n_surname": "SMITH"}),
    (("José", "", "Núñez", ""), {"n_given": "JOSE", "n_surname": "NUNEZ"}),
    (("Łukasz", "", "Strauß", ""), {"n_given": "LUKASZ", "n_surname": "STRAUSS"}),
    (("Mary Ann", "Lee", "Roe", ""), {"n_given": "MARY", "n_middle": "ANN LEE"}),
    (("Mary-Ann", "", "Roe", ""), {"n_given": "MARY", "n_middle": "ANN"}),
    (("D'Angelo", "", "Roe", ""), {"n_given": "DANGELO"}),
    (("Ann", "", "O'Brien", ""), {"n_surname": "OBRIEN", "n_surname_key": "OBRIEN"}),
    (("Ann", "", "O\u2019Brien", ""), {"n_surname": "OBRIEN"}),
    (("Ann", "", "O Brien", ""), {"n_surname": "OBRIEN"}),
    (("Ann", "", "Mc Donald", ""), {"n_surname": "MCDONALD"}),
    (("Ann", "", "Mac Donald", ""), {"n_surname": "MACDONALD"}),
    (("Ann", "", "Mac", ""), {"n_surname": "MAC"}),
    (("Ann", "", "Smith-Jones", ""), {"n_surname": "SMITH JONES", "n_surname_key": "SMITHJONES"}),
    (("Ann", "", "de la Cruz", ""), {"n_surname": "DE LA CRUZ", "n_surname_key": "CRUZ"}),
    (("Ann", "", "Delacruz", ""), {"n_surname": "DELACRUZ", "n_surname_key": "CRUZ"}),
    (("Ann", "", "Delaney", ""), {"n_surname_key": "DELANEY"}),
    (("Ann", "", "van der Berg", ""), {"n_surname_key": "BERG"}),
    (("Ann", "", "Vanderberg", ""), {"n_surname_key": "BERG"}),
    (("Ann", "", "Al-Hassan", ""), {"n_surname_key": "HASSAN"}),
    (("Ann", "", "Al", ""), {"n_surname": "AL", "n_surname_key": "AL"}),
    (("Ann", "", "de la", ""), {"n_surname": "DE LA", "n_surname_key": "LA"}),
    # suffixes: from their own field, from an end of the others, never a whole name
    (("John", "", "Smith", "Jr."), {"n_suffix": "JR", "n_surname": "SMITH"}),
    (("John", "", "Smith", "3rd"), {"n_suffix": "III"}),
    (("John", "", "Smith", "MD"), {"n_suffix": ""}),
    (("John", "", "Smith Jr", ""), {"n_suffix": "JR", "n_surname": "SMITH"}),
    (("John", "", "Smith, III", ""), {"n_suffix": "III", "n_surname": "SMITH"}),
    (("John", "", "Smith 2nd", ""), {"n_suffix": "II", "n_surname": "SMITH"}),
    (("John", "", "Smith V", ""), {"n_suffix": "V", "n_surname": "SMITH"}),
    (("John Sr", "", "Smith", ""), {"n_suffix": "SR", "n_given": "JOHN", "n_middle": ""}),
    (("John", "A Jr", "Smith", ""), {"n_suffix": "JR", "n_middle": "A"}),
    (("John V", "", "Smith", ""), {"n_suffix": "", "n_middle": "V"}),
    (("Junior", "", "Smith", ""), {"n_suffix": "", "n_given": "JUNIOR"}),
    (("John", "", "Senior", ""), {"n_suffix": "", "n_surname": "SENIOR"}),
    (("John", "", "Smith Jr", "Sr"), {"n_suffix": "SR JR", "n_surname": "SMITH"}),
    (("John", "", "Smith", "3RD JR"), {"n_suffix": "III JR", "n_surname": "SMITH"}),
    (("John", "", "Smith", "III, 3rd"), {"n_suffix": "III", "n_surname": "SMITH"}),
    (("John Jr", "", "Smith Junior", "Jr., M.D."), {"n_suffix": "JR", "n_surname": "SMITH"}),
    (("John", "", "Smith Jr MD", ""), {"n_suffix": "JR", "n_surname": "SMITH"}),
    (("John", "", "Smith MD Jr", ""), {"n_suffix": "JR", "n_surname": "SMITH"}),
    (("John", "", "Smith, Esq.", ""), {"n_suffix": "", "n_surname": "SMITH"}),
    (("John", "", "Md", ""), {"n_surname": "MD"}),
    (("Eva", "", "Smith-Minor", ""), {"n_surname": "SMITH MINOR"}),
    (("Eva", "", "Smith, a minor", ""), {"n_surname": "SMITH"}),
    (("Eva", "", "Smith (Minor)", ""), {"n_surname": "SMITH"}),
    (("Eva", "", "Le Minor", ""), {"n_surname": "LE MINOR"}),
    (("Eva", "", "Van Pe", ""), {"n_surname": "VAN PE"}),
    (("Anh", "", "Van Do", ""), {"n_surname": "VAN DO", "n_surname_key": "DO"}),
    (("Eva", "", "Van Do MD", ""), {"n_surname": "VAN DO"}),
    (("Anh", "", "El Md Jr", ""), {"n_suffix": "JR"}),
    (("Dr. John", "", "Smith", ""), {"n_given": "JOHN", "n_middle": "", "n_name_stated": True}),
    (("Mr", "", "Smith", ""), {"n_given": "MR", "n_name_stated": False}),
    (("Ann", "", "Saint John", ""), {"n_surname": "ST JOHN", "n_surname_key": "STJOHN"}),
    (("Ann", "", "St. John", ""), {"n_surname": "ST JOHN", "n_surname_key": "STJOHN"}),
    (("Ann", "", "Saint", ""), {"n_surname": "SAINT"}),
    # who somebody is to somebody is no name; several of these words are surnames
    (("Daughter", "", "Smith", ""), {"n_name_stated": False}),
    (("Ann", "", "Child", ""), {"n_name_stated": True}),
    (("Ann", "", "of the House", ""), {"n_name_stated": False}),
    (("Ann", "", "No Last Name", ""), {"n_name_stated": False}),
    (("Ann", "", "House", ""), {"n_name_stated": True}),
    (("Ann", "", "Respondent", ""), {"n_name_stated": False}),
    (("Ann", "", "HHM", ""), {"n_name_stated": False}),
    (("Oldest", "", "Smith", ""), {"n_name_stated": False}),
    (("Man Of", "", "Smith", ""), {"n_name_stated": False}),
    (("Man", "of the House", "Smith", ""), {"n_name_stated": False}),
    (("Man", "In The", "Smith", ""), {"n_name_stated": False}),
    (("Man", "In", "Kim", ""), {"n_given": "MAN", "n_middle": "IN", "n_name_stated": True}),
    (("Ann", "", "B", ""), {"n_surname": "B", "n_name_stated": True}),
    (("Mar9aret", "", "8rown", ""), {"n_given": "MARGARET", "n_surname": "BROWN"}),
    (("R0bert", "", "Mil1er", ""), {"n_given": "ROBERT", "n_surname": "MILIER"}),
    (("Ann2", "", "Smith 3", ""), {"n_given": "ANN", "n_surname": "SMITH"}),
    (("John", "", "Hall 3rd", ""), {"n_surname": "HALL", "n_suffix": "III"}),
    (("1st Lt. John", "", "Hall", ""), {"n_given": "JOHN"}),
    # nicknames
    (("Bill", "", "Roe", ""), {"n_given": "BILL", "n_given_group": "WILLIAM"}),
    (("Bob", "", "Roe", ""), {"n_given_group": "ROBERT"}),
    (("Chuy", "", "Roe", ""), {"n_given_group": "JESUS"}),
    (("Kathryn", "", "Roe", ""), {"n_given_group": "CATHERINE"}),
    (("Alex", "", "Roe", ""), {"n_given_group": "ALEX"}),
    (("Paula", "", "Roe", ""), {"n_given_group": "PAULA"}),
    (("Xochitl", "", "Roe", ""), {"n_given_group": "XOCHITL"}),
    (("John", "NMN", "Roe", ""), {"n_middle": ""}),
    (("John", "N/A", "Roe", ""), {"n_middle": ""}),
]

STATED: list[tuple[Name, bool]] = [
    (("John", "", "Doe", ""), True),
    (("J", "", "Doe", ""), True),
    (("John", "", "Null", ""), True),
    (("Na", "", "Li", ""), True),
    (("John", "", "Na", ""), True),
    (("Christopher", "", "No", ""), True),
    (("Xi", "", "Xu", ""), True),
    (("NA", "", "NA", ""), False),
    (("N/A", "", "n.a.", ""), False),
    (("Null", None, "NULL", None), False),
    (("NA", "", "NULL", ""), False),
    (("", "", "Smith", ""), False),
    (("John", "", "", ""), False),
    ((None, None, None, None), False),
    (("Unknown", "", "Unknown", ""), False),
    (("Unknown", "", "Smith", ""), False),
    (("John", "", "UNKNOWN", ""), False),
    (("John", "", "Unknown Surname", ""), False),
    (("U n k n o w n", "", "Smith", ""), False),
    (("FNU", "", "Smith", ""), False),
    (("John", "", "LNU", ""), False),
    (("None", "", "None", ""), False),
    (("Test", "", "Person", ""), False),
    (("Failed to", "", "Provide", ""), False),
    (("Not", "", "Provided", ""), False),
    (("XXX", "", "Smith", ""), False),
    (("XX", "", "XX", ""), False),
    (("John", "", "ZZZZ", ""), False),
    (("-", "", "-", ""), False),
    (("漢", "", "字", ""), False),
]


def _record(name: Name) -> dict[str, str | None]:
    columns = ("given_name", "middle_name", "surname", "name_suffix")
    return dict(zip(columns, name, strict=True))


@pytest.mark.parametrize("executor", EXECUTORS.values(), ids=EXECUTORS)
def test_names_come_out_in_standard_form(executor: Executor) -> None:
    for (name, expected), found in zip(
        CASES, executor(_record(name) for name, _ in CASES), strict=True
    ):
        assert {key: found[key] for key in expected} == expected, name


@pytest.mark.parametrize("executor", EXECUTORS.values(), ids=EXECUTORS)
def test_a_name_is_stated_or_it_is_a_placeholder(executor: Executor) -> None:
    for (name, expected), found in zip(
        STATED, executor(_record(name) for name, _ in STATED), strict=True
    ):
        assert found["n_name_stated"] is expected, name
