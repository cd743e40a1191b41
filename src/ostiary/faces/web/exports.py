"""Lists that somebody takes away: that it was taken, by whom and how long, stands in the log."""

from ostiary.faces.server.site import site
from ostiary.office.store.journal import journal_entry


def log_export(reader: str, name: str, rows: int) -> None:
    """Write into the log that somebody takes a list away; its entry is committed before it goes.

    Args:
        reader: id of who takes it.
        name: of the list, in small letters and hyphens.
        rows: how many it has.
    """
    with site().working() as place, place.store.write() as txn:
        txn.log(
            journal_entry("list.exported", at=place.moment.at, reader=reader, list=name, rows=rows)
        )
