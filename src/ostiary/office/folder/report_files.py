"""The files of an annual report, which are published; nothing else that lies beside them is."""

from typing import Final

REPORT_FILES: Final = (
    "report.json",
    "report.csv",
    "statuses.csv",
    "table.csv",
    "report.html",
    "uses.csv",
)
"""Names in the folder that ``ostiary report --out`` writes."""
