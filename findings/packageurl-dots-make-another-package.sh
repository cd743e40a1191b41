#!/bin/sh
# packageurl-python 0.17.6: a package URL of the type pypi is put in lower case and its underscores become hyphens, and
# dots stay, as the type's definition says; the index itself (PEP 503) takes dot, underscore and hyphen for one. So
# zope.interface and zope-interface, one package, are two in bills of materials, and lists that are joined by the URL
# lose one of them.
# Seen: pkg:pypi/zope.interface and pkg:pypi/zope-interface, not equal; Zope_Interface is the latter
# Known: the definition of the type pypi in the package-url specification.
# Ostiary: writes the name as the type's definition says.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" packageurl-python==0.17.6
PYTHONPATH=$folder python3 - <<'END'
from packageurl import PackageURL

found = [str(PackageURL("pypi", name=name)) for name in ("zope.interface", "zope-interface", "Zope_Interface")]
print(found)
assert found == ["pkg:pypi/zope.interface", "pkg:pypi/zope-interface", "pkg:pypi/zope-interface"]
END
