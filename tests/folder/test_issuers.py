"""Issuers as providers publish them (OpenID Connect Discovery 1.0, section 4.1)."""

import pytest

from ostiary.office.folder.oidc_config import SignInProvider, provider_checks


def is_taken(issuer: str) -> bool:
    checks = provider_checks(SignInProvider(issuer, "office"))
    return next(good for name, good, _ in checks if name == "issuer")


@pytest.mark.parametrize(
    "issuer",
    [
        "https://accounts.example.com",
        "https://tenant.us.auth.example/",
        "https://login.example/application/o/office/",
        "https://sts.example.net/9b2f3a1e-0000-4000-8000-000000000000/",
        "https://login.example/9b2f3a1e/v2.0",
        "https://SSO.Example.gov/realms/Disclosure",
        "https://[2001:db8::7]:8443/op",
        "http://localhost:3000",
        "http://127.0.0.1:3000/",
        "http://[::1]:3000",
    ],
)
def test_what_discovery_allows_can_be_configured(issuer):
    assert is_taken(issuer)


@pytest.mark.parametrize(
    "issuer",
    [
        "http://accounts.example.com",
        "https://",
        "https:///path",
        "accounts.example.com",
        "https://accounts.example.com/?tenant=1",
        "https://accounts.example.com/#here",
        "https://user@accounts.example.com",
        "https://accounts.example.com:port",
        "https://accounts example.com",
        "ftp://accounts.example.com",
        "https://[2001:db8::7/op",
        "https://accounts..example",
        "https://.example.com",
    ],
)
def test_what_is_no_issuer_is_refused(issuer):
    assert not is_taken(issuer)
