"""The office as a folder: its layout, settings, keys, clock, and the session in which one works.

In: a path. Out: an open office, the law in force in it, the moment of a step.
Never here: a case.
"""
