"""Gives the process that commands are forked from a file, as every program has one.

DuckDB takes a process whose ``__main__`` has no file for a person at a prompt, and shows progress
between the lines of a command when a query takes longer than two seconds.
"""

import sys

sys.modules["__main__"].__file__ = __file__
