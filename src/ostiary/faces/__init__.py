"""The faces of the office: the command line, the pages of the web office, the API for programs.

In: what people and programs ask. Out: what a room below answers.
Never here: a decision.
"""

import os

# Django is set up once in a process, by whoever first needs the tables: with pages and calls.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ostiary.faces.settings")
