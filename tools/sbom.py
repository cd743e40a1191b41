"""Writes the software bill of materials: CycloneDX 1.6 JSON, from the hashed requirements.

    python tools/sbom.py [FILE]        build/sbom.cdx.json unless named

It lists what ``requirements/runtime.txt`` installs, each package with its version, package URL,
every SHA-256 that a download may have, the marker under which it is installed, if there is one, and
its licence as the installed package states it; and the files of others that ship with the source.
The same requirements, installed on the same system, give the same bytes.
"""

import hashlib
import json
import re
import sys
import uuid
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
REQUIREMENTS = ROOT / "requirements" / "runtime.txt"
FORMAT = "http://cyclonedx.org/schema/bom-1.6.schema.json"  # its name; nothing is fetched
_PINNED = re.compile(
    r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^ ;\\]+)(?: ; (?P<when>[^\\\n]+))?", re.MULTILINE
)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_A_NAME = 40  # characters; some packages put the whole text there
_SHIPPED = {
    "src/ostiary/faces/web/static/fonts/PublicSans[wght].ttf": ("Public Sans", "2.001", "OFL-1.1"),
    "src/ostiary/worlds/places.parquet": ("Places of GeoNames beside ZIP Codes", "1", "CC-BY-4.0"),
}


def components(requirements: str) -> Iterator[dict[str, Any]]:
    """Give a component for each pinned package of a requirements file, in its order."""
    pins = list(_PINNED.finditer(requirements))
    ends = [pin.start() for pin in pins[1:]] + [len(requirements)]
    for pin, end in zip(pins, ends, strict=True):
        name, version = pin["name"], pin["version"]
        digests = sorted(set(_HASH.findall(requirements[pin.start() : end])))
        purl = f"pkg:pypi/{name.lower().replace('_', '-')}@{version}"
        yield {
            "type": "library",
            "bom-ref": purl,
            "name": name,
            "version": version,
            "purl": purl,
            "hashes": [{"alg": "SHA-256", "content": one} for one in digests],
            **_licences(name),
            **_when(pin["when"]),
        }


def shipped() -> Iterator[dict[str, Any]]:
    """Give a component for each file of others that ships with the source."""
    for path, (name, version, licence) in _SHIPPED.items():
        digest = hashlib.sha256((ROOT / path).read_bytes()).hexdigest()
        yield {
            "type": "file",
            "bom-ref": path,
            "name": name,
            "version": version,
            "hashes": [{"alg": "SHA-256", "content": digest}],
            "licenses": [{"license": {"id": licence}}],
        }


def bill(version: str) -> dict[str, Any]:
    """Give the whole bill of this version of Ostiary."""
    found = [*components(REQUIREMENTS.read_text(encoding="ascii")), *shipped()]
    text = json.dumps([version, found], sort_keys=True)
    return {
        "$schema": FORMAT,
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": uuid.uuid5(uuid.NAMESPACE_OID, text).urn,
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": "ostiary",
                "name": "ostiary",
                "version": version,
                "licenses": [{"license": {"id": "Apache-2.0"}}],
            }
        },
        "components": found,
        "dependencies": [{"ref": "ostiary", "dependsOn": [one["bom-ref"] for one in found]}],
    }


def _when(marker: str | None) -> dict[str, Any]:
    """Give the marker of a pin (PEP 508) as a property; nothing where it has none."""
    if not marker:
        return {}
    return {"properties": [{"name": "ostiary:installed-when", "value": marker.strip()}]}


def _licences(name: str) -> dict[str, Any]:
    """Give what an installed package says of its licence; nothing where it is not installed."""
    try:
        about = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return {}
    expression = about.get("License-Expression")
    if expression:
        return {"licenses": [{"expression": expression}]}
    said = [one for one in about.get_all("Classifier") or () if one.startswith("License :: ")]
    names = sorted({one.rpartition(" :: ")[2] for one in said} - {"OSI Approved"})
    stated = about.get("License") or ""
    if not names and 0 < len(stated) <= _A_NAME:
        names = [stated]
    return {"licenses": [{"license": {"name": one}} for one in names]} if names else {}


def main() -> None:
    """Write the bill."""
    target = Path(sys.argv[1]) if sys.argv[1:] else ROOT / "build" / "sbom.cdx.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    written = bill(metadata.version("ostiary"))
    target.write_text(json.dumps(written, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{target}: {len(written['components'])} components")


if __name__ == "__main__":
    main()
