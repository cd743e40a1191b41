"""Decoys: requests that are wrong on purpose, and the bound on wrong confirmations that they prove.

In: a batch of requests and the reference. Out: verifications, with a bound for the batch.
Never here: a decoy that is told to anybody, or counted as a request.
"""
