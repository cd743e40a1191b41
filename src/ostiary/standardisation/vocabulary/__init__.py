"""The words that the standard form knows, as tables. Facts only; what is done with them is in
``names``, ``streets`` and ``shapes``. Each change here changes the digest of the standard form.
"""
