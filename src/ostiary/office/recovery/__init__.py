"""Recovery: what an earlier step left unfinished, backups and their return, fitness to work.

In: an office's folder. Out: an office that stands where its log says that it stands.
Never here: a step that hides what was logged.
"""
