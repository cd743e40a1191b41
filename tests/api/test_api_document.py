"""The API document is enough to write a client from: who, which headers, which bodies."""

import pytest

from ostiary.faces.api.endpoints import document

PUBLIC = {"checkpoint", "tile", "token"}
CALLS = {
    call["operationId"]: call for verbs in document()["paths"].values() for call in verbs.values()
}


def test_names_of_calls_are_words_of_the_field():
    assert set(CALLS) == {*PUBLIC, "submit", "status", "answer", "letter", "receipt", "use"}


def test_it_says_where_an_office_is_and_under_what_licence():
    found = document()
    assert found["servers"]
    assert found["info"]["license"]["identifier"] == "Apache-2.0"


@pytest.mark.parametrize("name", CALLS)
def test_every_call_says_who_may_and_what_it_needs(name):
    call = CALLS[name]
    assert call["security"] == ([] if name in PUBLIC else [{"ByKey": []}])
    needed = {
        one["name"] for one in call["parameters"] if one["required"] and one["in"] == "header"
    }
    proofs = {"DPoP"} if name not in {"checkpoint", "tile"} else set()
    assert needed == proofs | ({"Idempotency-Key"} if name == "submit" else set())


@pytest.mark.parametrize("name", CALLS)
def test_every_response_says_what_it_brings(name):
    for status, said in CALLS[name]["responses"].items():
        assert bool(said["content"]) is (status != "304"), (name, status)  # RFC 9110, 15.4.5
        assert all(body["schema"] for body in said["content"].values()), (name, status)
        headers = set(said.get("headers", {}))
        assert ("DPoP-Nonce" in headers) is (name not in {"checkpoint", "tile"})
        assert ("Retry-After" in headers) is (status in {"429", "503"})


def test_days_are_days():
    schemas = document()["components"]["schemas"]
    assert schemas["StatusOut"]["properties"]["received"]["format"] == "date"
    assert schemas["EventOut"]["properties"]["time"]["format"] == "date-time"


def test_the_webhook_says_that_it_needs_no_key():
    assert document()["webhooks"]["status-changed"]["post"]["security"] == []
