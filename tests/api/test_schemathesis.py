"""The API document is kept: what Schemathesis makes of it never breaks a promise of it."""

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS

from officers import NEXT_DAY
from ostiary.faces.api.endpoints import document
from programs import PROGRAM, fresh_key, program, site_with_programs


def asked():
    """The document without the proofs, which no fuzzer can make: the test adds a good one."""
    found = document()
    for verbs in found["paths"].values():
        for call in verbs.values():
            if call["security"]:
                call["parameters"] = [one for one in call["parameters"] if one["name"] != "DPoP"]
    return found


OPERATIONS = [
    (verb.upper(), path, mode)
    for path, verbs in asked()["paths"].items()
    for verb, call in verbs.items()
    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
    if (call["parameters"] or "requestBody" in call)
    # Schemathesis puts no slash into an address, and every tile's name has one.
    if mode is GenerationMode.NEGATIVE or not path.endswith("{name}")
]
_EXAMPLES = 12
# Schemathesis would have to know of DPoP to ask this: each call needs a proof made for it alone.
# That calls without one are refused, tests/attacks/test_forged_or_replayed_calls.py shows.
_NOT_ASKED = {"ignored_auth"}
# No text of the right form is a proof, which the token endpoint refuses with 400 (RFC 9449, 5).
_LEFT_OUT_THERE = _NOT_ASKED | {"positive_data_acceptance"}


@pytest.fixture(scope="module")
def served(served_office, stores, tmp_path_factory):
    """A program before an office of this module's own; every example calls it."""
    root = stores.copy(served_office, tmp_path_factory.mktemp("fuzzed") / "office").root
    text = (root / "office.toml").read_text()
    (root / "office.toml").write_text(
        text.replace("calls_per_minute = 600", "calls_per_minute = 60000")
    )
    with site_with_programs(root, NEXT_DAY) as (site, keys):
        yield site, program(site, PROGRAM, keys[PROGRAM])


@pytest.mark.parametrize(("verb", "path", "mode"), OPERATIONS, ids=str)
def test_no_call_breaks_a_promise_of_the_document(served, verb, path, mode):
    site, client = served
    schema = schemathesis.openapi.from_dict(asked())
    schema.app = WSGIHandler()
    left_out = _LEFT_OUT_THERE if path.endswith("/token") else _NOT_ASKED
    checks = [CHECKS.get_one(name) for name in CHECKS.get_all_names() if name not in left_out]
    seen = []

    @settings(
        max_examples=_EXAMPLES,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=schema[path][verb].as_strategy(generation_mode=mode))
    def keeps_its_promises(case):
        if not path.endswith("/token"):
            address = f"{site.address}{case.formatted_path}"
            case.headers.update(client.headers(case.method, address))
        if "Idempotency-Key" in case.headers and mode is GenerationMode.POSITIVE:
            case.headers["Idempotency-Key"] = fresh_key()
        seen.append(case.call_and_validate(base_url=site.address, checks=checks).status_code)

    keeps_its_promises()
    assert seen
    assert all(status < 500 for status in seen)
