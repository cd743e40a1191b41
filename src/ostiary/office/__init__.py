"""What an office does, a room for each of its works: cases, batches, release, letters, reports.

In: an office's folder and the steps of its people. Out: a store and a log that tell the same.
Never here: a page, a command or a call; they are faces, and stand above.
"""
