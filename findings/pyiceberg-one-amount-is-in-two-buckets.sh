#!/bin/sh
# pyiceberg 0.12.0: to which bucket of an Iceberg table an amount belongs depends on how many places its column has:
# 14.20 is in bucket 59 of a hundred, 14.2 in bucket 15. The format hashes the number without its point, and so do
# all who follow it; whole numbers of two widths are in one bucket, as the format wants it. A part that is sought by
# the bucket of an amount in another column's type is another part. Seen: 59 15; 79 79
# Ostiary: keys are hashed as text in their standard form, of which there is one.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder" pyiceberg==0.12.0 pydantic
PYTHONPATH=$folder python3 - <<'END'
from decimal import Decimal

from pyiceberg.transforms import BucketTransform
from pyiceberg.types import DecimalType, IntegerType, LongType

bucket = BucketTransform(100).transform
cents, tenths = bucket(DecimalType(9, 2))(Decimal("14.20")), bucket(DecimalType(9, 1))(Decimal("14.2"))
narrow, wide = bucket(IntegerType())(34), bucket(LongType())(34)
print(cents, tenths, narrow, wide)
assert Decimal("14.20") == Decimal("14.2")
assert (cents, tenths, narrow, wide) == (59, 15, 79, 79)
END
