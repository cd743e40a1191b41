"""The office's own files, changed by persons: prepared, checked, put into force, remembered.

In: a register, an order or the settings as somebody wants them. Out: the file in its place, an
entry of the log, and what it was before. The files stay the truth: whoever edits one by hand needs
nothing of this room. What may never happen here: a file put in its place that the office's own
readers refuse, or one that opens a door on one person's word.
"""
