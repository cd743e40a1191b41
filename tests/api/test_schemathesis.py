"""The API document is kept: what Schemathesis makes of it never breaks a promise of it."""

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from hypothesis import HealthCheck, settings
from schemathesis.checks import CHECKS

from officers import NEXT_DAY
from ostiary.api.calling import buckets
from ostiary.api.endpoints import document
from programs import PROGRAM, fresh_key, program, site_with_programs

_EXAMPLES = 12
# What a check would have to know of DPoP: each call needs a proof made for it alone.
_NOT_ASKED = {"ignored_auth"}


@pytest.fixture(scope="module")
def caller(served_office, stores, tmp_path_factory):
    """A program before an office of this module's own; every example calls it."""
    root = stores.copy(served_office, tmp_path_factory.mktemp("fuzzed") / "office").root
    text = (root / "office.toml").read_text()
    (root / "office.toml").write_text(
        text.replace("calls_per_minute = 600", "calls_per_minute = 60000")
    )
    buckets.cache_clear()
    with site_with_programs(root, NEXT_DAY) as (site, keys):
        yield program(site, PROGRAM, keys[PROGRAM]), site


@pytest.fixture(scope="module")
def schema(caller):
    assert caller
    return schemathesis.openapi.from_dict(document())


parametrized = schemathesis.pytest.from_fixture("schema")


@parametrized.parametrize()
@settings(
    max_examples=_EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
def test_no_call_breaks_a_promise_of_the_document(case, caller):
    client, site = caller
    case.operation.app = WSGIHandler()
    address = f"{site.address}{case.formatted_path}"
    if not case.path.endswith("/token"):
        case.headers.update(client.headers(case.method, address))
    if "Idempotency-Key" in case.headers:
        case.headers["Idempotency-Key"] = fresh_key()
    checks = [CHECKS.get_one(name) for name in CHECKS.get_all_names() if name not in _NOT_ASKED]
    case.call_and_validate(base_url=site.address, checks=checks)
