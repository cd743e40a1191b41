"""Attack: parts of one office are laid into another's folder, by mistake or to be rid of a trace.

A backup unpacked over the wrong folder, the keys of a sister office, a secret under which nobody
has been asked about yet: either the office says what does not belong to it and does nothing, or
the part decides nothing, and the log goes on as it was.
"""

import shutil

import pytest

from officers import NEXT_DAY, desk_on
from ostiary.domain.errors import FaultError, OstiaryError
from ostiary.office.batches.running import run_batch
from ostiary.office.folder.layout import create_office
from ostiary.office.oversight.access_audit import check_openings
from ostiary.office.recovery.entering import at_work
from walks import RECEIVED, lawful_of, written

LOG, MLDSA = (("keys/log.key", "keys/log.pub"), ("keys/log-ml-dsa.key", "keys/log-ml-dsa.pub"))
REFUSED = {
    "the case store": ("cases.db",),
    "the settings": ("office.toml",),
    "all keys": ("keys",),
    "the key of the log": LOG,
    "the post-quantum key of the log": MLDSA,
    "both keys of the log": (*LOG, *MLDSA),
    "the key of the answers": ("keys/release.key", "keys/release.pub"),
    "half of a pair": ("keys/release.key",),
    "the secret that keys what is counted": ("keys/secret",),
    "the published log": ("accounting",),
    "its checkpoint": ("accounting/checkpoint",),
    "its tiles": ("accounting/tile",),
    "the keys that it shows": ("accounting/custodian.pub",),
    "the keys beside the answers": ("answers/custodian.pub",),
    "case store and log": ("cases.db", "accounting"),
    "case store and keys": ("cases.db", "keys"),
    "keys and log": ("keys", "accounting"),
    "case store, log and settings": ("cases.db", "accounting", "office.toml"),
    "case store, log and keys": ("cases.db", "accounting", "keys"),
}
DECIDES_NOTHING = {
    "the marks of the log": (".log-marks",),
    "files of batches": ("batches",),
    "the key of the permanent record": ("keys/record.key", "keys/record.pub"),
}


@pytest.fixture(scope="module")
def sister(tmp_path_factory):
    root = create_office(tmp_path_factory.mktemp("sister") / "office", training=True).root
    with at_work(root):
        return root


@pytest.fixture
def root(served_office, stores, tmp_path):
    return stores.copy(served_office, tmp_path / "office").root


def lay(sister, root, names):
    for name in names:
        there, here = sister / name, root / name
        if there.is_dir():
            shutil.rmtree(here, ignore_errors=True)
            shutil.copytree(there, here)
        else:
            shutil.copy2(there, here)


def held(root):
    """What may not change while an office refuses to work."""
    kept = (root / "cases.db", root / "accounting" / "checkpoint")
    return [one.read_bytes() for one in kept]


@pytest.mark.parametrize("part", REFUSED)
def test_what_is_anothers_is_refused_and_nothing_is_done(root, sister, part):
    lay(sister, root, REFUSED[part])
    before = held(root)
    with pytest.raises(OstiaryError) as refused, desk_on(root):
        pass
    assert refused.value.args
    assert held(root)[1] == before[1]


@pytest.mark.parametrize("part", DECIDES_NOTHING)
def test_what_decides_nothing_changes_nothing(root, sister, part):
    with desk_on(root) as (place, _):
        size = place.store.log_size()
    if all((sister / name).exists() for name in DECIDES_NOTHING[part]):
        lay(sister, root, DECIDES_NOTHING[part])
    with desk_on(root) as (place, _):
        assert place.store.log_size() == size
        assert check_openings(place).faults == ()


def test_keys_exchanged_together_with_what_is_shown_do_not_sign_on(root, sister):
    """The file that shows the keys is taken away, so that the next step shows the new ones."""
    lay(sister, root, (*LOG, *MLDSA))
    for folder in ("accounting", "answers"):
        (root / folder / "custodian.pub").unlink(missing_ok=True)
    with pytest.raises(OstiaryError), desk_on(root):
        pass


def test_a_secret_of_ones_own_makes_nobody_unasked(root):
    """With it every limit on asking would begin anew, and repeats would be new requests."""
    (root / "keys" / "secret").write_text(f"{'5a' * 32}\n")
    with pytest.raises(FaultError, match="secret is not the one"), desk_on(root):
        pass


def test_nor_does_it_where_what_came_last_is_kept_no_more(root, world, tmp_path):
    """What is returned is not kept: forty such rows hid that the secret was another one."""
    rows = [row for rows in lawful_of(world)[0].values() for row in rows]
    returned = [
        row | {"request_id": f"BAD-{n}", "agency": "dhs-ice", "sole_use": "false"}
        for n, row in enumerate((rows * 4)[:40])
    ]
    with at_work(root, on=RECEIVED) as place:
        run_batch(place, written(tmp_path / "returned.csv", returned), RECEIVED)
        last = place.store.highest_rows()["request"]
        assert all(place.store.request(last - n).payload is None for n in range(40))
    (root / "keys" / "secret").write_text(f"{'5a' * 32}\n")
    with pytest.raises(FaultError, match="secret is not the one"), desk_on(root, NEXT_DAY):
        pass
