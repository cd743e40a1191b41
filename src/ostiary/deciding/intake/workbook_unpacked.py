"""The parts of a workbook, unpacked once into nothing before a library opens it.

All are counted: a small archive can hold terabytes, and a single cell in the last corner of a sheet
makes a reader lay out all the cells before it. Each part must be well-formed XML without a DOCTYPE,
too: where it is not, python-calamine 0.9.1 passes over cells and rows without a word.
"""

import zipfile
from pathlib import Path
from xml.parsers.expat import ExpatError

from ostiary.deciding.intake.workbook_extent import Extent
from ostiary.deciding.intake.workbook_parts import WellFormed
from ostiary.deciding.intake.workbook_sheets import BROKEN
from ostiary.domain.errors import InputError

MOST_BYTES = 256 << 20
"""Of all parts of a workbook, unpacked."""
MOST_CELLS = 8_000_000
"""Of a sheet, from its first cell to the last row and column that it mentions."""
_CHUNK = 1 << 20


def checked_parts(path: Path) -> dict[str, WellFormed]:
    """Unpack all parts into nothing, as far as they may go, and give what was seen of each.

    Raises:
        InputError: they are larger than a workbook may be, or damaged.
    """
    left, cells, parts = MOST_BYTES, 0, dict[str, WellFormed]()
    try:
        with zipfile.ZipFile(path) as archive:
            for part in archive.infolist():
                part.file_size = left + 2 * _CHUNK  # what it says of itself is not relied on
                with archive.open(part) as file:
                    extent, well_formed = Extent(), WellFormed()
                    while chunk := file.read(_CHUNK):
                        left -= len(chunk)
                        if left < 0:
                            raise _too_large(path, f"{MOST_BYTES >> 20} MiB unpacked")
                        extent.add(chunk)
                        well_formed.add(chunk)
                well_formed.end()
                name = part.filename.lower()
                if name in parts:  # ECMA-376, part 2: no two parts of a package have one name
                    raise damaged(path)
                parts[name] = well_formed
                cells += extent.cells()
    except (*BROKEN, ExpatError, OSError, NotImplementedError, RuntimeError):
        raise damaged(path) from None
    if cells > MOST_CELLS:
        raise _too_large(path, f"{MOST_CELLS:,} cells")
    return parts


def _too_large(path: Path, most: str) -> InputError:
    return InputError(
        f"the workbook has more than {most}, empty ones between its corners included",
        where=str(path),
        cure="delete rows and columns beyond the table, or save the sheet as CSV",
    )


def damaged(path: Path) -> InputError:
    """Give the error of a workbook that cannot be read."""
    return InputError(
        "the workbook cannot be read", where=str(path), cure="save it again as .xlsx, or as CSV"
    )
