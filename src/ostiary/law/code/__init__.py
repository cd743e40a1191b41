"""A copy of the United States Code, read so that the book can be held against it.

In comes a folder: the Code in USLM XML, or in Markdown with a file a subsection. Out go identifiers
that exist there and digests of the provisions that were asked for. Nothing here keeps the text.
"""
