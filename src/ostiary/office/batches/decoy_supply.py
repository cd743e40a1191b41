"""Decoys stand ready before anybody asks: so that no small batch and no single look draws any.

Those by which most small batches are measured are drawn when a reference file was loaded; the more
that an office needs which has had many near misses, by a server that has nothing else to do.
"""

import logging
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from typing import Final

from ostiary.deciding.decoys.kept import FEWER, MORE, lay_up, stands_ready
from ostiary.deciding.matching.verify import verify_batch
from ostiary.domain.errors import OfficeError
from ostiary.office.folder.background import in_background
from ostiary.office.folder.session import OfficeSession

_LOG: Final = logging.getLogger(__name__)

AFTER: Final = 60.0
"""Seconds between two looks whether a reference has its decoys: also before the first."""


def supply_decoys(place: OfficeSession, *, more: bool = False) -> None:
    """Have the decoys of the present reference stand ready for requests of every manner.

    Args:
        place: the office.
        more: those for an office with many near misses as well.

    Raises:
        OfficeError: there is no reference, or another version of the standard form wrote it.
    """
    for many in (FEWER, MORE) if more else (FEWER,):
        if not stands_ready(place.office.reference, place.office.secret(), many):
            with place.scratch() as con:
                lay_up(con, place.office.reference, verify_batch, place.office.secret(), many)


def supplying(
    place: Callable[[], OfficeSession], after: float = AFTER
) -> AbstractContextManager[None]:
    """Keep decoys ready beside other work, for as long as the block lasts.

    A reference that is loaded meanwhile, by whatever program, gets its decoys too. At the end a
    drawing that is under way is waited for.

    Args:
        place: gives the office as it is.
        after: seconds before each look.
    """
    return in_background("decoys", partial(_supply, place, after))


def _supply(place: Callable[[], OfficeSession], after: float, stop: threading.Event) -> None:
    while not stop.wait(after):
        try:
            supply_decoys(place(), more=True)
        except OfficeError:
            continue  # no reference yet, or a damaged one: whoever looks something up is told
        except Exception:  # noqa: BLE001 - whatever it was, the next pass tries again
            _LOG.warning("decoys could not be laid up", exc_info=True)
