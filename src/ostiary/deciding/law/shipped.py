"""Where the rule book that comes with Ostiary lies: in the package, or beside it in a checkout."""

from pathlib import Path

import ostiary


def shipped_book() -> Path:
    """Give the folder of the shipped rule book."""
    package = Path(ostiary.__file__).parent
    installed = package / "_book"
    return installed if installed.is_dir() else package.parents[1] / "book"
