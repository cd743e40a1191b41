"""Matching: does the file hold exactly one person with that name at that address?

In: requests the law let through, and the reference file. Out: one verification each.
Never here: a request the law has not let through; a TIN standing in for an address; a new address.
"""
