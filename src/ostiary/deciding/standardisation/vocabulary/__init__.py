"""The words that the standard form knows, as tables: facts only.

What is done with them is in ``names``, ``streets``, ``places`` and ``shapes``. Each change here
changes the digest of the standard form.
"""
