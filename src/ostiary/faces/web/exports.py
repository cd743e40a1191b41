"""Lists that somebody takes away: that it was taken, by whom and how long, stands in the log."""

from ostiary.faces.server.site import site
from ostiary.office.store.journal import journal_entry


def log_export(reader: str, name: str, rows: int) -> None:
    """Write into the log that somebody takes a list away; its entry is committed before it goes.

    Args:
        reader: id of who takes it.
        name: which list it is: a word, such as ``worklist``, or a path of the office's own making,
            such as ``order/ID``, ``registers/webhooks.csv`` or ``reports/2025/report.csv``; nothing
            that a person wrote.
        rows: how many it has; of a file of the annual report, how many agencies the report has.
    """
    with site().working() as place, place.store.write() as txn:
        txn.log(
            journal_entry("list.exported", at=place.moment.at, reader=reader, list=name, rows=rows)
        )
