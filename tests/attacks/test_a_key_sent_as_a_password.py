"""Attack: two administrators name a key of the office as its password at a relay of theirs.

Which file holds a credential, and to whom it is shown, are settings; so the office would hand the
key over by itself, at the next sign-in or mail.
"""

import pytest

from ostiary.domain.errors import OfficeError
from ostiary.faces.server.oidc import _secret
from ostiary.office.folder.credentials import read_credential
from ostiary.office.folder.oidc_config import SignInProvider

SETTING = "client_secret_file"


@pytest.mark.parametrize(
    "name",
    [
        *("keys/log.key", "keys/log-ml-dsa.key", "keys/release.key", "keys/record.key"),
        *("keys/secret", "web/secret", "keys/../keys/secret", "link", "web/../keys/log.key"),
        *("cases.db", "office.toml", "registers/officers.csv", ".log-marks", "batches", "nothing"),
        *("/etc/passwd", "/dev/zero", "", "empty", "pin", "long", "two-lines", "a\0b"),
    ],
)
def test_nothing_but_one_line_that_is_not_the_offices_own_is_shown(site, name):
    root = site.office.root
    (root / "link").symlink_to("keys/secret")
    (root / "pin").write_text("123456\n")
    uri = f"pkcs11:token=t;object=log?module-path=/m.so&pin-source={root}/pin\n"
    (root / "keys" / "in-a-token.key").write_text(uri)
    (root / "empty").write_text("\n")
    (root / "long").write_text("x" * 1_001)
    (root / "two-lines").write_text("one\ntwo\n")
    with pytest.raises(OfficeError, match="one line with a secret of others"):
        read_credential(root, name, SETTING)
    if name:  # without one the office has no secret there
        with pytest.raises(OfficeError, match="one line with a secret of others"):
            _secret(site, SignInProvider("https://login.example", "office", name))


@pytest.mark.parametrize("text", ["open sesame", "open sesame\n", "ä-Umlaut\r\n", "x" * 1_000])
def test_one_line_is(site, text):
    (site.office.keys / "oidc-secret").write_text(text, encoding="utf-8", newline="")
    assert read_credential(site.office.root, "keys/oidc-secret", SETTING) == text.strip()
