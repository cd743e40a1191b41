"""Attack: the program is killed while the log gets new keys that lie in a token, at any step.

The office opens again with the old keys or with the new ones, never with neither: what signs its
log is in the token, what signs nothing any more is not, and the log verifies from end to end.
"""

import os
import signal

import pytest

from forks import FORKS
from ostiary.domain.errors import KeyFileError
from ostiary.office.folder import key_rotation, keyring, rotation
from ostiary.office.folder.key_rotation import drop_next
from ostiary.office.folder.layout import create_office
from ostiary.office.folder.rotation import rotate_keys
from ostiary.office.recovery.entering import at_work
from ostiary.verifying.answers.trust import TRUST_FILE, read_trust
from ostiary.verifying.keys.token_session import session_of
from ostiary.verifying.keys.token_uri import TokenKeyName
from ostiary.verifying.keys.tokens import token_key
from ostiary.verifying.log.sources import open_source
from ostiary.verifying.log.verify import verify_log

pkcs11 = pytest.importorskip("pkcs11")

CONF = "SOFTHSM2_CONF"
MOMENTS = {
    "the pair has a name and is not made": (keyring, "put_private", "after"),
    "the pair is made and not written down": (keyring, "_write_public", "before"),
    "new keys lie ready": (rotation, "_log_change", "before"),
    "the entry is committed": (rotation, "_log_change", "after"),
    "the old keys have signed for the last time": (rotation, "retire", "before"),
    "there is no way back": (rotation, "finish_switch", "before"),
    "the old key is destroyed and its name stands": (key_rotation, "_let_go", "after"),
    "new keys stand in their place": (key_rotation, "_remove", "before"),
    "what is done with is half taken away": (key_rotation.shutil, "rmtree", "before"),
}
CHANGED = tuple(MOMENTS)[3:]


def die_at(moment):
    """Have this process killed before or after a step."""
    module, name, when = MOMENTS[moment]
    step = getattr(module, name)

    def stepped(*said, **more):
        if when == "before" and not (name == "rmtree" and more.get("ignore_errors")):
            os.kill(os.getpid(), signal.SIGKILL)
        step(*said, **more)
        if when == "after":
            os.kill(os.getpid(), signal.SIGKILL)

    setattr(module, name, stepped)


def change(root, moment, tokens):
    os.environ[CONF] = tokens  # workers come of a process that may be older than the token
    with at_work(root) as place:
        die_at(moment)
        rotate_keys(place)


def named_in(keys):
    """Give the ids of all pairs in the token that sign a log, and that of the office's own."""
    name = TokenKeyName.read((keys / "log.key").read_text().strip(), where="log.key")
    wanted = {pkcs11.Attribute.CLASS: pkcs11.ObjectClass.PRIVATE_KEY, pkcs11.Attribute.LABEL: "log"}
    found = set()

    def look(session):
        found.update(bytes(one[pkcs11.Attribute.ID]) for one in session.get_objects(wanted))

    session_of(name).use(look)
    return found, name.id


@pytest.fixture(scope="module")
def root(token, tmp_path_factory):
    folder = tmp_path_factory.mktemp("killed")
    return create_office(folder / "office", token=token.uri, training=True).root


@pytest.mark.parametrize("moment", MOMENTS)
def test_the_office_goes_on_with_one_key_and_leaves_no_other(root, token, moment):
    keys = root / "keys"
    there, before = named_in(keys)
    others = there - {before}
    if moment == "there is no way back":  # the token is away when the switch is finished: a warning
        others |= {before}
    old = (keys / "log.key").read_text()
    worker = FORKS.Process(target=change, args=(root, moment, os.environ[CONF]))
    worker.start()
    worker.join()
    assert worker.exitcode == -signal.SIGKILL

    away = token.pin_file.rename(token.pin_file.with_suffix(".away"))
    check_without_the_token(root)
    away.rename(token.pin_file)

    with at_work(root) as place:
        place.publish()
    assert ((keys / "log.key").read_text() != old) is (moment in CHANGED)
    found, own = named_in(keys)
    assert found - others == {own}, len(found)
    assert not [one for one in keys.iterdir() if "next" in one.name or ".gone" in one.name]
    trust = read_trust(root / "accounting" / TRUST_FILE)
    with open_source(str(root / "accounting")) as source:
        signers = [one.vkey for one in trust.logs]
        assert verify_log(source, signers, every=True, retired=trust.earlier).faults == ()


def check_without_the_token(root):
    """See that an office says what it lacks, unless its session with the token began before."""
    worker = FORKS.Process(target=enter_without, args=(root, os.environ[CONF]))
    worker.start()
    worker.join()
    assert worker.exitcode == 0


def enter_without(root, tokens):
    os.environ[CONF] = tokens
    with pytest.raises(KeyFileError, match="PIN of the token"), at_work(root):
        pass


def test_what_an_earlier_version_was_cut_from_taking_away_is_no_key_to_destroy(root):
    """It took away under the name of keys that are being made, and this held the present key."""
    keys = root / "keys"
    left = keys / ".next.0123abcd"
    left.mkdir()
    (left / "log.key").write_bytes((keys / "log.key").read_bytes())
    drop_next(keys)
    token_key((keys / "log.key").read_text(), where="here")
    assert not left.exists()
