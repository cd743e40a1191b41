#!/bin/sh
# cel-python 0.5.0 and common-expression-language 0.10.0: of a time that is written with its zone, the day, the month
# and the year are those in UTC by the one and those at the place by the other: 11 p.m. of the last of December at the
# East Coast is 2026 or 2025. The definition of the language says UTC where no zone is named. That two such times are
# equal, both say. One policy on the day of receipt, run by two engines, so has two answers in the evening.
# Seen: 2026, 7 and 4 by cel-python; 2025, 6 and 23 by the other; both equal to the time in UTC
# Ostiary: its rules have days and no times of day.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --no-deps --no-compile --target "$folder" \
    cel-python==0.5.0 common-expression-language==0.10.0 typer==0.28.0 rich==15.0.0 shellingham==1.5.4 \
    annotated-doc==0.0.7 click==8.5.1 prompt_toolkit==3.0.52 pygments==2.21.0 wcwidth==0.9.4 markdown-it-py==4.0.0 \
    mdurl==0.1.2 typing_extensions==4.15.0 lark==1.3.1 google-re2==1.1.20251105 pendulum==3.3.0 \
    python-dateutil==2.9.0.post0 six==1.17.0 tzdata==2026.6 pyyaml==6.0.4 jmespath==1.1.0
PYTHONPATH=$folder python3 -W ignore - <<'END'
import cel
import celpy

engine = celpy.Environment()
questions = (
    "timestamp('2025-12-31T23:00:00-05:00').getFullYear()",
    "timestamp('2025-08-06T23:00:00-05:00').getDate()",
    "timestamp('2025-08-06T23:00:00-05:00').getHours()",
    "timestamp('2025-12-31T23:00:00-05:00') == timestamp('2026-01-01T04:00:00Z')",
)
one = [engine.program(engine.compile(question)).evaluate({}) for question in questions]
other = [cel.evaluate(question) for question in questions]
print([str(each) for each in one], other)
assert one == [2026, 7, 4, True]
assert other == [2025, 6, 23, True]
END
