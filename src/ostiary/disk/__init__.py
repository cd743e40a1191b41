"""The disk: files that are there after a loss of power, and locks between programs.

In: paths and bytes. Out: nothing that a crash could tear.
Never here: what the bytes mean.
"""
