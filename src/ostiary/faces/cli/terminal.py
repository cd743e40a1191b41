"""The terminal, as Rich sees it: read by the first line that is printed, and not for ``--help``."""

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

__all__ = [
    "Console",
    "Progress",
    "SpinnerColumn",
    "Table",
    "TextColumn",
    "TimeElapsedColumn",
    "console",
]

_WIDE = 160  # where nobody's terminal says how wide lines may be
console = Console(highlight=False, soft_wrap=True)
if not console.is_terminal:
    console = Console(highlight=False, soft_wrap=True, width=_WIDE)
