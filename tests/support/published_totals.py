"""Files of published totals: lawful ones, and what is changed in them."""

import numpy as np

from bench_filings import ROWS, make
from ostiary.office.filings.months import label
from ostiary.office.filings.plan import read_plan


def a_series(effect=0.0, *, seed=1, before=120, after=18):
    """Ten years of a synthetic series, with an effect from the first break on; and the truth."""
    row = next(one for one in ROWS["promise"] if (one.before, one.after) == (before, after))
    return make(row, read_plan(), effect, np.random.default_rng(seed))


def lines(series, *, area="TX", name="itin-returns"):
    """The series as lines of a file, long form, without header."""
    return [
        f"{name},{area},{label(month)},{'' if count is None else max(count, 10)}"
        for month, count in series.counts.items()
    ]


HEADER = "series,area,month,count"


def written(path, rows, header=HEADER):
    """Write a file of totals."""
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path
