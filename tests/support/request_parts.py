"""Cuts a request file into several, as an agency would that sends in parts."""

from pathlib import Path


def in_parts(file: Path, folder: Path, rows: int) -> list[Path]:
    """Write a file's rows into files of so many rows each, every one with the header."""
    header, *lines = file.read_text().splitlines()
    folder.mkdir()
    parts = []
    for start in range(0, len(lines), rows):
        parts.append(folder / f"part-{start // rows:04}.csv")
        parts[-1].write_text("\n".join([header, *lines[start : start + rows]]) + "\n")
    return parts
