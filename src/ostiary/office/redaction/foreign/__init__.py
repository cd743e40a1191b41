"""PDFs that others made: marked by two people, then a text set anew, or pages burned in.

In: a PDF that may be hostile, and marks on it (page, rectangle, ground, two people). Out: blocks of
kept words and deletions, which go the way of our own documents: set anew, audited, committed to.
On request pages are painted, boxed and rebuilt. The file is opened by a child process with limits
and by nothing else. Never here: an object of the source in a public file, a place of a kept word
that tells how wide a withheld one was, a word that a reader of the page does not see.
"""
