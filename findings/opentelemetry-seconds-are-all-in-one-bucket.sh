#!/bin/sh
# opentelemetry-sdk 1.45.2: a histogram's bounds are those of milliseconds (0, 5, 10 to 10,000) whatever its unit, and
# the conventions of the same project have durations in seconds: 1 ms, 200 ms and 4.9 s are one bucket, and no
# percentile can be told.
# Seen: 0.001, 0.2, 1, 4.9 and 5 s in one bucket, of a histogram whose unit is s
# Ostiary: tells durations in seconds with bounds of its own, for Prometheus, without this library.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --target "$folder" \
    opentelemetry-sdk==1.45.2 opentelemetry-api==1.45.2 opentelemetry-semantic-conventions==0.66b2 \
    typing_extensions==4.16.0
PYTHONPATH=$folder python3 - <<'END'
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader

reader = InMemoryMetricReader()
took = MeterProvider([reader]).get_meter("office").create_histogram("took", unit="s")
for seconds in (0.001, 0.2, 1, 4.9, 5):
    took.record(seconds)
(metric,) = reader.get_metrics_data().resource_metrics[0].scope_metrics[0].metrics
(point,) = metric.data.data_points
print(metric.unit, point.explicit_bounds[:4], point.bucket_counts)
assert (metric.unit, point.explicit_bounds[:3]) == ("s", (0.0, 5.0, 10.0))
assert [count for count in point.bucket_counts if count] == [5]
END
