#!/bin/sh
# asn1tools 0.169.0: the codec named der writes a SET OF, a SET and a named BIT STRING as they are given: the elements
# of a SET OF unsorted, those of a SET in the order of the definition, and the zeros behind the last named bit. DER
# (X.690, 10.3, 11.2.2, 11.6) wants them sorted and the zeros gone, and who hashes the signed attributes of a time-
# stamp hashes other bytes than its verifier. Defaults are left out as DER has it.
# Seen: 31 09 02 01 03 02 01 01 02 01 02; 31 06 81 01 01 80 01 02; 03 02 00 80; 30 00. asn1crypto 1.5.1 sorts and
# trims.
# Ostiary: writes DER with the cryptography package and rfc3161-client alone.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --no-compile --target "$folder" \
    asn1tools==0.169.0 asn1crypto==1.5.1 bitstruct==8.24.0 pyparsing==3.3.2 \
    diskcache==5.6.3 prompt_toolkit==3.0.52 wcwidth==0.2.14
PYTHONPATH=$folder python3 -W ignore - <<'END'
import asn1tools
from asn1crypto import core

written = asn1tools.compile_string(
    """Try DEFINITIONS AUTOMATIC TAGS ::= BEGIN
    Numbers ::= SET OF INTEGER
    Pair ::= SET { second [1] INTEGER, first [0] INTEGER }
    Bits ::= BIT STRING { one(0), eight(7) }
    Absent ::= SEQUENCE { version INTEGER DEFAULT 1 }
    END""",
    "der",
)
found = [
    written.encode("Numbers", [3, 1, 2]).hex(),
    written.encode("Pair", {"first": 2, "second": 1}).hex(),
    written.encode("Bits", (b"\x80", 8)).hex(),
    written.encode("Absent", {"version": 1}).hex(),
]
print(found)
assert found == ["3109020103020101020102", "3106810101800102", "03020080", "3000"]

class Numbers(core.SetOf):
    _child_spec = core.Integer

class Bits(core.BitString):
    _map = {0: "one", 7: "eight"}

assert Numbers([3, 1, 2]).dump().hex() == "3109020101020102020103"
assert Bits({"one"}).dump().hex() == "03020780"
END
