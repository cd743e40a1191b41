"""A batch through the corridor, room by room, in one direction; and the loading of the reference.

In: an office and a request file. Out: a batch folder, a filled queue, a published log.
Never here: a step skipped; a batch that is half done.
"""
