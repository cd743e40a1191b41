"""The words of Ostiary: requests, findings, determinations, verifications, approvals, answers.

In: values. Out: frozen values and the tables that say what may follow what.
Never here: Django, files, a clock, randomness. What decides, decides from values it is given.
"""
