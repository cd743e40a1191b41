"""The command line: a face that calls the rooms and prints what they say.

In: arguments. Out: text for people, JSON for programs, an exit status (0, 1 fault, 2 bad input).
Never here: decisions.
"""
