"""A copy of the United States Code, read for the identifiers that exist in it.

In comes a folder of Markdown with a file a section, as public repositories keep it, or the USLM XML
of the Law Revision Counsel. Out go identifiers and digests. Nothing here keeps the text.
"""
