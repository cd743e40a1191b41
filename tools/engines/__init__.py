"""The rule book in other policy engines: translated from the same trees, compared, then timed.

In: one book, one legal day, rows of facts. Out: for each engine the set of rules that each row
does not meet. Ostiary never imports these engines; they serve to check it, and to be measured
beside it. ``tools/bench_engines.py`` runs them.
"""
