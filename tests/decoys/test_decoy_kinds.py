"""The kinds of decoys: one for each way of being wrong, also for what few files have."""

from dataclasses import replace

from ostiary.deciding.decoys.control import Control, Limit, Tally, together
from ostiary.deciding.decoys.drawing import draw_decoys
from ostiary.deciding.decoys.kinds import KINDS
from ostiary.deciding.matching.model import open_model
from ostiary.deciding.matching.verify import verify_batch
from small_file import filed, said

SEED = "a seed that the agency does not know"
MANY = 0.1


# Records of the forms that few files have many of; each has what a decoy of some kind needs.
ODD_FORMS = (
    ("Jasleen Kaur", "{n} Elm Ave", {}),
    ("Rajesh Patil", "{n} Elm Ave", {}),
    ("Md Miah", "{n} Oak Ave", {}),
    ("Anna Van Loon", "{n} Oak Ave", {"surname": "Van Horn"}),
    ("Peter{l} Marsh", "7 Birch Rd", {"unit": "Bldg {n} Apt 23"}),
    ("Peter Marsh", "{n} Avenue B", {}),
    ("Peter Marsh", "{n} 21st St", {}),
    ("Peter Marsh", "{n} Northgate Rd", {}),
    ("Peter Marsh", "{n} N Main St", {}),
    ("Amos Quinlan", "{n} S Main St", {}),
    ("Peter Marsh", "{n} Marchall St", {}),
    ("Peter Marsh", "{n} Marshall St", {}),
    ("Peter Marsh", "PO Box {n}", {}),
    ("Rose Napoli", "{n} Fir Ave", {"surname": "Di Napoli"}),
    ("Peter Marsh", "{n} Ash Ave", {}),
    ("Amos Quinlan", "{n} Ash Ave", {"unit": "Apt 4"}),
    ("Maria Elvira Soto", "{n} Bay Ave", {}),
    ("Thomas George", "{n} Gum Ave", {}),
    ("Carolyn Mae Lennon", "{n} Plum Ave", {}),
    ("Peter Marsh", "{n} Yew Ave", {}),
    ("Amos Quinlan", "{n} Yew Ave", {"postal_code": "97302"}),
)


def odd_people(many=30):
    for n in range(10, 10 + many):
        for form, (name, line, more) in enumerate(ODD_FORMS):
            said = {key: text.format(n=n) for key, text in more.items()}
            letter = chr(ord("a") + n % 26)
            yield filed(f"p{form}-{n}", name.format(l=letter), line.format(n=n), **said)


def test_records_of_rare_forms_have_decoys_of_their_own_and_none_is_confirmed(town):
    """Titles, particles, buildings with units, lettered and numbered roads, twins, boxes."""
    town.load(*odd_people())
    requests = town.requests(said("Peter Marsh", "11 Avenue B"), said("Rajesh Patil", "11 Elm Ave"))
    model = open_model(town.folder)
    draw_decoys(town.con, requests, model, SEED, MANY)
    kinds = {kind for (kind,) in town.con.execute("SELECT DISTINCT kind FROM decoys").fetchall()}
    assert {kind.name for kind in KINDS if kind.rare} <= kinds
    verify_batch(town.con, "decoys", town.folder, "told", left_out="decoys_left_out")
    confirmed = town.con.execute(
        "SELECT kind, count(*) FROM told JOIN decoys USING (row)"
        " WHERE outcome = 'confirmed' GROUP BY ALL"
    ).fetchall()
    assert confirmed == []


def test_rare_kinds_are_bounded_with_their_family():
    """A kind of which a file has but a handful would alone bound nothing."""
    near = "address-disagrees"
    common = Tally("neighbour", made=3_000, confirmed=0, near_rule=near, near=3_000)
    rare = Tally("other-office", made=12, confirmed=0, near_rule="street-unsaid", near=12)
    pooled = Tally("another-place", 3_012, 0, near, 3_012)
    assert together([common, rare]) == [common, pooled, replace(pooled, near_rule="street-unsaid")]


def test_what_a_rare_kind_lets_through_is_in_the_bound():
    near = "address-disagrees"
    common = Tally("neighbour", made=3_000, confirmed=0, near_rule=near, near=3_000)
    unit = Tally("other-unit", made=500, confirmed=0, near_rule=near, near=500)
    bounds = [
        Control("s", (common, one), {near: 400}, 5_000, 0, Limit()).wrong
        for one in (unit, replace(unit, confirmed=250, near=250))
    ]
    assert bounds[0] < 0.5
    assert bounds[1] > 400 * 250 / 3_250
