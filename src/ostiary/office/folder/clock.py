"""A clock that stands before the office's last entry closes the office.

The law of a day is chosen by the clock. Whoever sets it back could release in spite of a stay, and
an outsider would find it later, by the moments of the entries; the office finds it now. Minutes are
allowed for: clocks are set, and programs read them when they begin.
"""

from datetime import timedelta

from ostiary.domain.errors import OfficeError
from ostiary.office.folder.session import OfficeSession
from ostiary.verifying.log.clock_order import moment_of
from ostiary.verifying.log.entries import read_entry

TOLERANCE = timedelta(minutes=10)


def check_clock(place: OfficeSession) -> None:
    """See that no entry would be dated before the last one. A training office may set its day.

    Raises:
        OfficeError: the clock stands more than ten minutes before the last entry.
    """
    size = place.store.log_size()
    if place.office.config.training or not size:
        return
    last = read_entry(place.store.entry(size - 1).body).at
    if moment_of(last) - moment_of(place.moment.at) > TOLERANCE:
        raise OfficeError(
            f"the clock says {place.moment.at}, and the office's last entry is of {last}",
            where=str(place.office.root),
            cure="set the clock right; an office writes nothing into its past. If the last entries"
            " were written by a clock that had leapt ahead, two officers put that right:"
            " `ostiary clock`",
        )
