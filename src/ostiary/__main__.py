"""``python -m ostiary``: the command line."""

from ostiary.faces.cli.main import program

program()
