"""What is proved of a book for every request there could be, with the prover Z3.

In: a book. Out: what holds, and where something fails a request on which it does.
Never here: a decision on a request.
"""
