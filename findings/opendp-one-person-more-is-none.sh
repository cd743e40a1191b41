#!/bin/sh
# opendp 0.16.0: where the size of the table is part of what is known of it, one row more or less cannot happen, and a
# row changed is two steps: the privacy map of a noisy sum gives 0 for one contribution, and the same for two and
# three. Who asks the context for one contribution, as for tables of unknown size, gets an error that the scale is
# negative. The size is also believed: a mean of three rows in a table declared of five is their sum by five.
# Seen: 0.0 1.0 1.0 for one, two and three; MakeMeasurement("scale (-1/2) must not be negative"); 1.2 of 1, 2, 3
# Known: SymmetricDistance is documented as counting additions and removals, ChangeOneDistance as for known sizes.
# Ostiary: small cells are suppressed by counts of persons; no noise is added.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --no-compile --target "$folder" \
    opendp==0.16.0 deprecated==1.3.1 wrapt==2.5.2
PYTHONPATH=$folder python3 -W ignore - <<'END'
import opendp.prelude as dp

dp.enable_features("contrib")
known = (dp.vector_domain(dp.atom_domain(bounds=(0, 10)), size=5), dp.symmetric_distance())
noisy = known >> dp.t.then_sum() >> dp.m.then_laplace(scale=10.0)
losses = [noisy.map(rows) for rows in (1, 2, 3)]
query = dp.Context.compositor(
    data=[1, 2, 3, 4, 5], privacy_unit=dp.unit_of(contributions=1), privacy_loss=dp.loss_of(epsilon=1.0),
    split_evenly_over=1, domain=known[0],
).query()
try:
    said = str(query.sum().laplace().release())
except dp.OpenDPException as error:
    said = str(error)
floats = (dp.vector_domain(dp.atom_domain(bounds=(0.0, 10.0)), size=5), dp.symmetric_distance())
mean = (floats >> dp.t.then_mean())([1.0, 2.0, 3.0])
print(losses, said, mean)
assert losses == [0, 1, 1] and "must not be negative" in said and abs(mean - 1.2) < 1e-9
END
