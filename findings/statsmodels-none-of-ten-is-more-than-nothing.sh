#!/bin/sh
# statsmodels 0.15.0: of a share that was seen never, the 95 % interval by `jeffreys` begins above 0, and of one that
# was seen always it ends below 1: a share of exactly 0 is never within it, however many are counted, where four other
# methods of the function (beta, wilson, agresti_coull, binom_test) begin at 0 for 0 of 10. Astropy's interval of the
# same name begins at 0, as the paper that both cite (Brown, Cai and DasGupta, 2001) advises for the ends.
# Seen: 0 of 10 from 0.0000479, of 10,000 from above 0; 10 of 10 to 0.99995; Astropy 0 and 1
# Ostiary: the bound on a rate is that of Clopper and Pearson, which holds for none as well (decision 20).
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --no-compile --target "$folder" \
    statsmodels==0.15.0 scipy==1.17.1 numpy==2.4.6 pandas==3.1.1 patsy==1.0.3 formulaic==1.2.2 interface-meta==2.0.1 \
    narwhals==2.29.0 wrapt==2.5.2 packaging==26.4 python-dateutil==2.9.0.post0 six==1.17.0 typing_extensions==4.16.0 \
    astropy==8.0.2 astropy-iers-data==0.2026.11.2.0.34.55 pyerfa==2.0.1.5 pyyaml==6.0.4
PYTHONPATH=$folder python3 -W ignore - <<'END'
from astropy.stats import binom_conf_interval
from statsmodels.stats.proportion import proportion_confint

none, many, all_ = (proportion_confint(*shares, method="jeffreys") for shares in ((0, 10), (0, 10_000), (10, 10)))
others = [proportion_confint(0, 10, method=way)[0] for way in ("beta", "wilson", "agresti_coull", "binom_test")]
theirs = [binom_conf_interval(seen, 10, 0.95, interval="jeffreys")[end] for seen, end in ((0, 0), (10, 1))]
print(none, many, all_, others, theirs)
assert none[0] > 4e-5 and many[0] > 0 and all_[1] < 1
assert others == [0, 0, 0, 0] and theirs == [0, 1]
END
