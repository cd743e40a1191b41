"""What decides: the law, the reading of requests, the standard form, the comparison with the file.

In: values and tables. Out: values and tables.
Never here: the case store; a clock; a network.
"""
