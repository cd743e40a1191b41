"""Keys that stay in a token do what key files do, and never come out."""

import copy
from functools import partial

import pkcs11
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from pkcs11 import Attribute, KeyType

from at_once import at_once
from ostiary.domain.errors import KeyFileError, UnsupportedAlgorithmError
from ostiary.verifying.answers.sealing import Purpose, seal, unseal
from ostiary.verifying.keys import tokens
from ostiary.verifying.keys.files import (
    new_signing_key,
    private_pem,
    read_opening_key,
    read_private,
    read_signing_key,
)
from ostiary.verifying.keys.signatures import is_signed, sign
from ostiary.verifying.keys.token_session import session_of
from ostiary.verifying.keys.token_uri import TokenKeyName

PURPOSE = Purpose("statement", "ostiary.invalid/office", "answer-1")
PREFIX = b"the first thirty-two bytes alike"


@pytest.fixture(scope="module", params=["Ed25519", "P-256"])
def named(request, token, tmp_path_factory):
    """A key file that names a key in the token."""
    uri = tokens.make_token_key(token.uri, "log", curve=request.param == "P-256", where="here")
    path = tmp_path_factory.mktemp("keys") / "log.key"
    path.write_text(f"{uri}\n")
    return path


def test_it_signs_as_a_key_file_does(named):
    key, other = read_signing_key(named), new_signing_key("fips")
    messages = [b"", PREFIX[:31], PREFIX, PREFIX + b"a", PREFIX + b"b", bytes(1_000_000)]
    signatures = [sign(key, message) for message in messages]
    for message in messages:
        held = [is_signed(key.public_key(), one, message) for one in signatures]
        assert held == [one is message for one in messages]  # a signature is of its message alone
        assert not is_signed(other.public_key(), sign(other, b"x"), message)


def test_many_threads_sign(named):
    key = read_signing_key(named)
    made = at_once([partial(_signatures, key, str(n).encode()) for n in range(8)])
    assert all(
        is_signed(key.public_key(), one, str(n).encode())
        for n, mine in enumerate(made)
        for one in mine
    )


def _signatures(key, message):
    return [sign(key, message) for _ in range(30)]


def test_the_private_half_never_comes_out(named):
    key = copy.deepcopy(read_private(named))
    for take in (partial(private_pem, key), *_other_ways(key)):
        with pytest.raises(KeyFileError, match="never leaves its token"):
            take()


def _other_ways(key):
    if isinstance(key, ec.EllipticCurvePrivateKey):
        return (key.private_numbers,)
    return (key.private_bytes_raw,)


def test_a_digest_that_was_made_elsewhere_is_not_signed(token, tmp_path):
    path = tmp_path / "answers.key"
    path.write_text(tokens.make_token_key(token.uri, "digests", curve=True, where="here"))
    with pytest.raises(UnsupportedAlgorithmError, match="hashes what it signs"):
        read_private(path).sign(bytes(32), ec.ECDSA(Prehashed(hashes.SHA256())))


def test_what_is_sealed_to_it_opens(token, tmp_path):
    path = tmp_path / "officer.key"
    path.write_text(tokens.make_token_key(token.uri, "officer", curve=True, where="here"))
    key = read_opening_key(path)
    for content in (b"confirmed", b"no answer", bytes(9000)):
        sealed = seal(content, key.public_key(), PURPOSE, block=4096)
        assert unseal(sealed, key, PURPOSE) == content
    assert _objects_left(token) == 0  # the secrets that were agreed on are destroyed


def _objects_left(token):
    name = TokenKeyName.read(token.uri, where="here")
    asked = {Attribute.KEY_TYPE: KeyType.GENERIC_SECRET}
    return session_of(name).use(lambda session: len(list(session.get_objects(asked))))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("pin-source=", "pin-value=2468&pin-source="), "pin-value"),
        (("token=ostiary", "token=nobody"), "no token of this label"),
        (("object=log", "object=other"), "no private keys of this name"),
        (("libsofthsm2", "libnothing"), "module is not there"),
        (("pin-source=", "pin-source=/nowhere"), "cannot read the PIN"),
        (("module-path", "module"), "module"),
        (("pkcs11:token=ostiary", "pkcs11:serial=1"), "names token"),
    ],
)
def test_a_name_that_will_not_do(named, tmp_path, change, said):
    path = tmp_path / "log.key"
    path.write_text(named.read_text().replace(*change))
    with pytest.raises(KeyFileError, match=said) as refused:
        read_private(path)
    assert "2468" not in str(refused.value)


def test_a_pin_that_others_may_read(named, token):
    token.pin_file.chmod(0o644)
    path = named.with_name("again.key")
    other = token.pin_file.with_name("other.pin")
    other.write_text(token.pin_file.read_text())
    token.pin_file.chmod(0o600)
    other.chmod(0o644)
    path.write_text(named.read_text().replace("ostiary.pin", "other.pin"))
    with pytest.raises(KeyFileError, match="others may read this PIN"):
        read_private(path)


def test_a_refused_pin_is_tried_once(tokens, tmp_path):
    token = tokens["wrong"]
    path = tmp_path / "log.key"
    path.write_text(token.uri.replace("?", ";object=log?"))
    for _ in range(2):
        with pytest.raises(KeyFileError, match="refused the PIN; it is not tried again"):
            read_private(path)
        token.pin_file.write_text("2468\n")  # this very process asks no more


def test_a_key_that_could_leave_is_refused(token, tmp_path):
    name = TokenKeyName.read(token.uri, where="here")

    def make(session):
        parameters = session.create_domain_parameters(
            KeyType.EC, {Attribute.EC_PARAMS: tokens._P256}, local=True
        )
        loose = {Attribute.SENSITIVE: False, Attribute.EXTRACTABLE: True}
        parameters.generate_keypair(
            store=True, id=b"1", label="loose", mechanism=pkcs11.Mechanism.EC_KEY_PAIR_GEN,
            private_template=loose,
        )  # fmt: skip

    session_of(name).change(make)
    path = tmp_path / "loose.key"
    path.write_text(token.uri.replace("?", ";object=loose?"))
    with pytest.raises(KeyFileError, match="can leave its token"):
        read_private(path)


def test_an_error_of_the_token_ends_its_session_and_nothing_else(token):
    uris = [tokens.make_token_key(token.uri, name, curve=True, where="") for name in ("one", "two")]
    one, two = (tokens.token_key(uri, where="here") for uri in uris)
    for _ in range(2):
        tokens.destroy_token_key(uris[0], where="here")  # gone already is no harm
    with pytest.raises(KeyFileError, match="token"):
        sign(one, b"x")
    assert is_signed(two.public_key(), sign(two, b"x"), b"x")
