"""One standard form of names and addresses, the same for requests and for the reference file.

In: text as people wrote it. Out: standard names, standard addresses and the *shape* of an address.
Never here: a comparison, a decision, two sides treated differently. Every change has a version.
"""
