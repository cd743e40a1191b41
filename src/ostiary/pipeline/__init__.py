"""The pipeline: walks a batch through the corridor, room by room, in one direction.

In: an office and a request file. Out: a batch folder, a filled queue, a published log.
Never here: steps of its own; a step skipped; a batch that is half done.
"""
