"""``python -m ostiary``: the command line."""

from ostiary.cli.main import main

main()
