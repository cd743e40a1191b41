"""Our own documents, redacted at the source and set anew; what was withheld can be proved later.

In: a text in which each deletion is marked with its ground. Out: the public document, in which a
token with the ground stands for each deletion whatever it held; commitments to every piece; an
index of what is withheld. Later: the opening of a piece, proved to be the very text.
Never here: a withheld word, its length or a digest of it without a salt, in anything public; an
output that the audit did not pass.
"""
