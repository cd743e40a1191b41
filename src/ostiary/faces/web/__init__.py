"""The web office: pages for officers, requesting agencies, auditors and counsel.

In: a browser's requests, by people who signed in with a passkey. Out: pages, and steps of the rooms
below. Never here: a decision; a rule of law; a person's name, number or address in a URL, a log
line, a session or an error page; a page that declares neither role nor object rule.
"""
