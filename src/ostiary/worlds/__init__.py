"""Synthetic people, addresses and requests, with the truth about each of them known.

In: a seed and two numbers. Out: a reference file, a request file, registers, the truth.
Never here: a real person. Taxpayer numbers are from ranges that are never issued.
"""
