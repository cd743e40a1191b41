"""The bill of materials is CycloneDX by its schema, and lists what is installed, by digest."""

import json
from importlib import metadata

import pytest

import sbom


@pytest.fixture(scope="module")
def bill():
    return sbom.bill("1.2.3")


def test_it_is_sound_cyclonedx(bill):
    validation = pytest.importorskip("cyclonedx.validation.json")
    schema = pytest.importorskip("cyclonedx.schema").SchemaVersion.V1_6
    assert validation.JsonStrictValidator(schema).validate_str(json.dumps(bill)) is None


def test_it_lists_every_pin_with_its_digests(bill):
    text = sbom.REQUIREMENTS.read_text()
    listed = {(one["name"], one["version"]) for one in bill["components"] if "purl" in one}
    assert listed == {
        tuple(line.split(" ")[0].split("==")) for line in text.splitlines() if "==" in line[:60]
    }
    pinned = [part for part in bill["components"] if "purl" in part]
    digests = [one["content"] for part in pinned for one in part["hashes"]]
    assert sum(line.strip().startswith("--hash") for line in text.splitlines()) == len(digests)
    assert all(part["hashes"] for part in bill["components"])


def test_what_is_installed_is_what_it_lists(bill):
    pins = {}
    for one in bill["components"]:
        if "licenses" in one and "purl" in one:
            pins.setdefault(one["name"], set()).add(one["version"])
    assert len(pins) > 30
    assert all(metadata.version(name) in versions for name, versions in pins.items())


def test_no_licence_of_what_is_installed_asks_for_our_source(bill):
    told = json.dumps([one.get("licenses") for one in bill["components"]])
    assert "AGPL" not in told
    assert "Affero" not in told


def test_the_same_requirements_give_the_same_bytes(bill):
    assert sbom.bill("1.2.3") == bill
    assert sbom.bill("1.2.4")["serialNumber"] != bill["serialNumber"]
