"""Signatures of webhooks: another implementation of RFC 9421 takes them for what they are."""

import time
from urllib.parse import urlsplit

import pytest
from http_message_signatures import HTTPMessageVerifier, HTTPSignatureKeyResolver
from http_message_signatures.algorithms import ECDSA_P256_SHA256, ED25519
from requests import Request

from ostiary.verifying.client.message_signatures import content_digest, signature_headers
from ostiary.verifying.keys.files import new_signing_key


class _OneKey(HTTPSignatureKeyResolver):
    def __init__(self, key):
        self._key = key

    def resolve_public_key(self, key_id):
        assert key_id == "0a" * 16
        return self._key


@pytest.mark.parametrize(("profile", "by"), [("modern", ED25519), ("fips", ECDSA_P256_SHA256)])
def test_another_implementation_of_the_standard_agrees(profile, by):
    key, body, url = new_signing_key(profile), b'{"id":"1"}', "https://agency.example/hook"
    headers = signature_headers(key, "0a" * 16, url, body, created=int(time.time()))
    sent = Request("POST", url, headers=headers, data=body).prepare()
    verifier = HTTPMessageVerifier(signature_algorithm=by, key_resolver=_OneKey(key.public_key()))
    [found] = verifier.verify(sent)
    assert set(found.covered_components) == {
        *('"@method"', '"@target-uri"'),
        *('"content-digest"', '"content-type"', '"@signature-params"'),
    }
    assert content_digest(body) in found.covered_components.values()
    assert urlsplit(found.covered_components['"@target-uri"']).hostname == "agency.example"
