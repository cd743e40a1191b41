"""Letters: what an agency is told about a request, in words that people can act on.

In: what is stored about a request. Out: plain values, text and tagged PDF.
Never here: what the file holds beyond the lawful answer.
"""
